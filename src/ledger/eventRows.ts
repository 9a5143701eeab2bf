import { everyone, valueFields, valueOf } from '../domain/epcis/query/entries.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import type { LedgerRecord } from '../domain/record.js';
import { readersOf } from '../domain/visible.js';
import type { Row } from '../store/collections.js';

export const valueKey = ({ reader, field, value }: Row<'values'>): string => `${reader}\n${field}\n${value}`;

/** The index rows of an event: by each party that reads it whole, and by everyone (store/collections.ts, `happenings` and `values`). */
export function eventRows(
  { by, behalf }: LedgerRecord,
  event: EpcisEvent,
  time: number,
  seq: number,
): { readonly happenings: Row<'happenings'>[]; readonly values: Row<'values'>[] } {
  const readers = [...readersOf(event, behalf === undefined ? [by] : [by, behalf]), everyone];
  const said = valueFields.flatMap((field) => {
    const value = valueOf(event, field);
    return value === undefined ? [] : [{ field, value }];
  });
  const step = said.find(({ field }) => field === 'bizStep')?.value ?? null;
  const sensed = (event.sensorElementList ?? []).length > 0 ? 1 : null;
  return {
    happenings: readers.map((reader) => ({ reader, seq, time, step, sensed })),
    values: readers.flatMap((reader) => said.map(({ field, value }) => ({ reader, field, value }))),
  };
}
