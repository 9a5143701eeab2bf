import { prefixesOf } from '../context.js';
import type { EpcisEvent } from '../event.js';
import { byCodePoint } from '../hash.js';
import type { FieldName } from '../query.js';
import { parseTime } from '../time.js';
import { namesField, scalarOf } from './field.js';
import { queryPrefixes } from './parse.js';

/** What an event is ordered by: the first value of an extension field; undefined where it has none that can be compared. */
export type Comparand = number | string | undefined;

export function comparandOf(event: EpcisEvent, by: FieldName): Comparand {
  const prefixes = prefixesOf(event['@context'], queryPrefixes);
  const member = Object.entries(event).find(([name]) => name.includes(':') && namesField(name, by, prefixes));
  const value = scalarOf([member?.[1]].flat()[0]);
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (parseTime(value) ?? value) : undefined;
}

/** Numbers and times by size, before texts by code points; what has no value comes last in both directions. */
export function compareComparands(a: Comparand, b: Comparand, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const up = typeof a === 'number' ? (typeof b === 'number' ? a - b : -1) : typeof b === 'number' ? 1 : byCodePoint(a, b);
  return descending ? -up : up;
}
