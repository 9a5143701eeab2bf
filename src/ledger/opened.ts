import type { Json, JsonObject } from '../domain/record.js';
import { fromBase64, toBase64 } from './base64.js';
import type { Sha256 } from './merkle.js';

/** A sealed record with the values put back that were disclosed. */
export interface Opened {
  readonly record: JsonObject;
  /** Values that stay closed: not for this reader, or erased. */
  readonly closed: number;
}

const ascii = new TextEncoder();
const utf8 = new TextDecoder('utf-8', { fatal: true });

const toUrl = (text: string): string => text.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
const fromUrl = (text: string): string => text.replace(/-/g, '+').replace(/_/g, '/') + '==='.slice((text.length + 3) % 4);

/**
 * Puts disclosures (RFC 9901 section 4.2) back into the sealed text of a record, those inside others too. Undefined when one of them
 * does not stand in it, stands in it twice, or is malformed: then something is shown that was not recorded.
 */
export function openSealed(sha256: Sha256, sealed: string, disclosures: readonly string[]): Opened | undefined {
  const byDigest = new Map(disclosures.map((text) => [toUrl(toBase64(sha256(ascii.encode(text)))), text]));
  if (byDigest.size !== disclosures.length) return undefined;
  let closed = 0;
  const take = (digest: Json | undefined): Json[] | undefined => {
    const text = byDigest.get(String(digest));
    if (text === undefined) {
      closed++;
      return undefined;
    }
    byDigest.delete(String(digest));
    const bytes = fromBase64(fromUrl(text));
    const parts: unknown = JSON.parse(utf8.decode(bytes));
    if (!bytes || !Array.isArray(parts)) throw new SyntaxError('not a disclosure');
    return parts as Json[];
  };
  const openIn = (part: Json): Json => {
    if (Array.isArray(part))
      return part.flatMap((element) => {
        if (!isObject(element) || typeof element['...'] !== 'string') return [openIn(element)];
        const parts = take(element['...']);
        return parts ? [openIn(parts[1] as Json)] : [];
      });
    if (!isObject(part)) return part;
    const shown: JsonObject = {};
    for (const [name, member] of Object.entries(part))
      if (name !== '_sd' || !Array.isArray(member)) put(shown, name, openIn(member));
    for (const digest of Array.isArray(part._sd) ? part._sd : []) {
      const parts = take(digest);
      if (!parts) continue;
      const [, name, member] = parts;
      if (parts.length !== 3 || typeof name !== 'string' || Object.prototype.hasOwnProperty.call(shown, name))
        throw new SyntaxError('not a disclosure');
      put(shown, name, openIn(member as Json));
    }
    return shown;
  };
  try {
    const record = openIn(JSON.parse(sealed) as Json);
    return byDigest.size === 0 && isObject(record) ? { record, closed } : undefined;
  } catch {
    return undefined;
  }
}

/** Sets a member whatever its name is (`__proto__` too). */
function put(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
