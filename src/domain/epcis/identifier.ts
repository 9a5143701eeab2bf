import { isFaulty } from '../gs1/gs1Error.js';
import { canonical, identify, type Identifier } from '../gs1/identify.js';

const refined = /\/(?:22|7040|8019|8020)\/|\/10\/[^/]*\/21\//;
const qualifiers: Readonly<Record<string, readonly string[]>> = {
  '01': ['21', '235', '10'],
  '8006': ['21', '10'],
  '8010': ['8011'],
  '414': ['254'],
};

/** Primary key and at most one qualifier, the finest: the links that EPCIS uses (CBV 2.0 section 8.9.2, rule on Digital Links). */
function constrained(uri: string, keys: Identifier['keys']): string {
  if (!refined.test(uri)) return uri;
  const primary = keys[0]!.ai;
  const keep = qualifiers[primary]?.find((ai) => keys.some((key) => key.ai === ai));
  const segments = uri.slice('https://id.gs1.org/'.length).split('/');
  const at = keep === undefined ? -1 : keys.findIndex((key) => key.ai === keep) * 2;
  return `https://id.gs1.org/${segments.slice(0, 2).join('/')}${at < 0 ? '' : `/${segments[at]}/${segments[at + 1]}`}`;
}

/**
 * The canonical URI of a thing in an event: of a Digital Link only the primary key and its finest qualifier, so that an item
 * written with its lot and without it is one item. Throws GS1Error where the text is no identifier.
 */
export function thingOf(text: string): string {
  const uri = canonical(text);
  if (!refined.test(uri) || !uri.startsWith('https://id.gs1.org/')) return uri;
  const found = identify(uri);
  return isFaulty(found) ? uri : constrained(found.uri, found.keys);
}

/** As thingOf; a text that is no identifier stands for itself. */
export function thingOrText(text: string): string {
  try {
    return thingOf(text);
  } catch {
    return text;
  }
}

/** A value as the event hash writes it: EPC URNs and Digital Links of any domain canonical, every other text as it is. */
export function hashed(text: string): string {
  if (!/^(?:https?:\/\/|urn:epc:)/.test(text)) return text;
  const found = identify(text);
  return isFaulty(found) || found.keys.length === 0 ? text : constrained(found.uri, found.keys);
}

/** Keys with an optional serial: without it (this many digits) they name a kind of thing, not one thing. */
const unserialised: Readonly<Record<string, number>> = { '8003': 14, '253': 13, '255': 13 };

/** Whether an identifier names a class of things (belongs into quantity lists) and not one of them. */
export function isClass({ kind, keys }: Identifier): boolean {
  if (kind === 'class' || kind === 'product') return true;
  const primary = keys[0];
  return primary !== undefined && unserialised[primary.ai] === primary.value.length;
}
