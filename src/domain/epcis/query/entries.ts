import { bizSteps, dispositions } from '../cbv.js';
import { prefixesOf } from '../context.js';
import type { EpcisEvent } from '../event.js';
import { term } from '../hash.js';
import { thingOrText } from '../identifier.js';
import { queryPrefixes } from './parse.js';

/** The reader under whose name all events are indexed: for those who see events by other rights than a party's own. */
export const everyone = 'urn:suyuan:everyone';

/** The fields whose values are top-level resources of EPCIS, beside event types and EPCs. */
export const valueFields = ['bizStep', 'disposition', 'readPoint', 'bizLocation'] as const;
export type ValueField = (typeof valueFields)[number];

/** A value of such a field as queries compare it: terms as Web URIs, places canonical. */
export function valueOf(event: EpcisEvent, field: ValueField): string | undefined {
  if (field === 'readPoint' || field === 'bizLocation') {
    const id = event[field]?.id;
    return id === undefined ? undefined : thingOrText(id);
  }
  const word = event[field];
  if (word === undefined) return undefined;
  const terms = field === 'bizStep' ? bizSteps : dispositions;
  // Most events use bare words of the standard: then no prefixes are needed.
  return terms.uris.get(word) ?? term(word, terms, prefixesOf(event['@context'], queryPrefixes));
}
