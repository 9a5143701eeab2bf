import type { Disclosure, Json, JsonObject, Mark } from './record.js';

/**
 * Hidden values as SD-JWT disclosures (RFC 9901 section 4.2): an object member becomes a digest in the object's `_sd` array
 * (sorted), an array element becomes `{"...": digest}`. Digest = base64url(SHA-256(ASCII of the disclosure)).
 */
export interface Hiding {
  /** base64url SHA-256 of ASCII text. */
  readonly digest: (ascii: string) => string;
  /** base64url of 128 random bits, new at every call. */
  readonly salt: () => string;
  /** base64url of the UTF-8 bytes of a text. */
  readonly encode: (text: string) => string;
}

/** Which values a schema hides: `mark(schema, holder)` of every property, found by walking schema and value together. */
export type MarkOf = (schema: JsonObject, root: JsonObject) => Mark | undefined;

export interface Hidden {
  readonly value: JsonObject;
  readonly disclosures: readonly Disclosure[];
}

/** Hides every marked member of `value`. `schema` is followed through `properties`, `items` and local `$ref` (`#/$defs/x`). */
export function hide(value: JsonObject, schema: JsonObject, markOf: MarkOf, hiding: Hiding): Hidden {
  const disclosures: Disclosure[] = [];
  const disclose = (mark: Mark, parts: Json[]): string => {
    const text = hiding.encode(JSON.stringify(parts));
    const digest = hiding.digest(text);
    disclosures.push({ digest, mark, text });
    return digest;
  };
  const follow = (part: Json | undefined): JsonObject => {
    const found = isObject(part) ? part : {};
    const ref = found.$ref;
    if (typeof ref !== 'string' || !ref.startsWith('#/$defs/')) return found;
    return { ...follow((schema.$defs as JsonObject | undefined)?.[ref.slice(8)]), ...found };
  };
  const walk = (part: Json, of: JsonObject): Json => {
    if (Array.isArray(part)) {
      const items = follow(of.items);
      const mark = markOf(items, value);
      return part.map((element) => (mark ? { '...': disclose(mark, [hiding.salt(), element]) } : walk(element, items)));
    }
    if (!isObject(part)) return part;
    const properties = isObject(of.properties) ? of.properties : {};
    const shown: JsonObject = {};
    const digests: string[] = [];
    for (const [name, member] of Object.entries(part)) {
      const rule = follow(properties[name]);
      const mark = markOf(rule, value);
      if (mark) digests.push(disclose(mark, [hiding.salt(), name, member]));
      else shown[name] = walk(member, rule);
    }
    return digests.length > 0 ? { ...shown, _sd: digests.sort() } : shown;
  };
  return { value: walk(value, schema) as JsonObject, disclosures };
}

/** Hides every member of an object, all under one mark each: for the envelope of an event, where nothing is public. */
export function hideAll(value: JsonObject, marks: Readonly<Record<string, Mark>>, hiding: Hiding): Hidden {
  const properties = Object.fromEntries(Object.keys(value).map((name) => [name, { 'x-mark': marks[name] ?? 'personal' }]));
  return hide(value, { properties }, (rule) => rule['x-mark'] as Mark | undefined, hiding);
}

export interface Opened {
  readonly value: Json;
  /** Members whose disclosure the reader does not get, or which was erased: how many. */
  readonly closed: number;
}

/** Puts the disclosed values back. Digests without a disclosure are dropped and counted. `decode` reads base64url UTF-8. */
export function reveal(value: Json, disclosures: ReadonlyMap<string, string>, decode: (text: string) => string): Opened {
  let closed = 0;
  const open = (part: Json): Json => {
    if (Array.isArray(part)) {
      return part.flatMap((element) => {
        const digest = isObject(element) ? element['...'] : undefined;
        if (typeof digest !== 'string') return [open(element)];
        const text = disclosures.get(digest);
        if (text === undefined) return (closed++, []);
        return [(JSON.parse(decode(text)) as Json[])[1] as Json];
      });
    }
    if (!isObject(part)) return part;
    const shown: JsonObject = {};
    for (const [name, member] of Object.entries(part)) if (name !== '_sd') shown[name] = open(member);
    for (const digest of Array.isArray(part._sd) ? part._sd : []) {
      const text = disclosures.get(String(digest));
      if (text === undefined) {
        closed++;
        continue;
      }
      const [, name, member] = JSON.parse(decode(text)) as [string, string, Json];
      shown[name] = member;
    }
    return shown;
  };
  return { value: open(value), closed };
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
