import type { JsonObject } from '../record.js';
import type { Context, EpcisEvent } from './event.js';

/** Prefix -> namespace. */
export type Prefixes = ReadonlyMap<string, string>;

/** The JSON-LD context of EPCIS 2.0, added to what this ledger gives out. */
export const epcisContext = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** The extensions of this project (interfaces.md): part of event hashes, so a constant. */
export const suyuanNamespace = 'https://suyuan.example/ns/';

/** What the context of EPCIS 2.0 itself declares; a context is never fetched. */
export const standardPrefixes: Prefixes = new Map([
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda'],
  ['gs1', 'https://gs1.org/voc/'],
  ['rdfs', 'http://www.w3.org/2000/01/rdf-schema#'],
  ['owl', 'http://www.w3.org/2002/07/owl#'],
  ['xsd', 'http://www.w3.org/2001/XMLSchema#'],
  ['dcterms', 'http://purl.org/dc/terms/'],
]);

const parts = (context: Context | undefined): readonly (string | JsonObject)[] =>
  context === undefined
    ? []
    : Array.isArray(context)
      ? (context as readonly (string | JsonObject)[])
      : [context as string | JsonObject];

/** The namespace that a member of a context object declares: a string, or an object with `@id`. */
function namespaceOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const id = typeof value === 'object' && value !== null ? (value as JsonObject)['@id'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** The prefixes in force inside a context: those around it (`outer`), and its own over them. */
export function prefixesOf(context: Context | undefined, outer: Prefixes = standardPrefixes): Prefixes {
  let own: Map<string, string> | undefined;
  for (const part of parts(context)) {
    if (typeof part === 'string') continue;
    for (const [prefix, value] of Object.entries(part)) {
      const namespace = namespaceOf(value);
      if (namespace === undefined || prefix.startsWith('@')) continue;
      own ??= new Map(outer);
      own.set(prefix, namespace);
    }
  }
  return own ?? outer;
}

/**
 * The event with as much of its document's context as it needs to be read alone: the prefixes that it uses, and contexts by URL
 * other than EPCIS's own when it uses a prefix that none of the declared ones explains. Its own context stays as it is and wins.
 */
export function withContext(event: EpcisEvent, document: Context | undefined): EpcisEvent {
  const around = parts(document);
  if (around.length === 0) return event;
  const used = new Set<string>();
  collect(event, used);
  if (used.size === 0) return event;
  const own = prefixesOf(event['@context'], new Map());
  const declared = prefixesOf(document, new Map());
  const carried: JsonObject = {};
  let unexplained = false;
  for (const prefix of [...used].sort()) {
    if (own.has(prefix)) continue;
    const namespace = declared.get(prefix);
    if (namespace !== undefined) carried[prefix] = namespace;
    else if (!standardPrefixes.has(prefix)) unexplained = true;
  }
  const urls = unexplained ? around.filter((part) => typeof part === 'string' && !isEpcisContext(part)) : [];
  const context = [...urls, ...(Object.keys(carried).length > 0 ? [carried] : []), ...parts(event['@context'])];
  if (context.length === parts(event['@context']).length) return event;
  return { ...event, '@context': context.length === 1 ? context[0]! : context };
}

/** Whether a context URL is one of the addresses of the standard's own context (2.0.x, and the drafts that examples still name). */
export const isEpcisContext = (url: string): boolean => /\/epcis-context(-[\w-]+)?\.jsonld$/.test(url);

const curie = /^([A-Za-z_][\w.-]*):(?!\/\/)/;
const schemes = new Set(['urn', 'http', 'https', 'ni', 'geo', 'did', 'tag', 'mailto']);

function note(text: string, used: Set<string>): void {
  const prefix = curie.exec(text)?.[1];
  if (prefix !== undefined && !schemes.has(prefix)) used.add(prefix);
}

/** Every prefix in front of a colon, in names and in texts; a text that only looks like a CURIE costs a line of context, no more. */
function collect(value: unknown, used: Set<string>): void {
  if (typeof value === 'string') note(value, used);
  else if (Array.isArray(value)) for (const item of value) collect(item, used);
  else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) {
      if (name === '@context') continue;
      note(name, used);
      collect(member, used);
    }
}
