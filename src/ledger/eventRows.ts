import { everyone, valueFields, valueOf } from '../domain/epcis/query/entries.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import type { LedgerRecord } from '../domain/record.js';
import { readersOf } from '../domain/visible.js';
import type { Row } from '../store/collections.js';

export const valueKey = ({ reader, field, value }: Row<'values'>): string => `${reader}\n${field}\n${value}`;

/**
 * The index rows of an event: by each party that reads it whole, and by everyone (store/collections.ts, `happenings` and `values`).
 * @param isNew whether the rows of a reader's values are wanted: it is asked with one text for all values of the event together
 */
export function eventRows(
  { by, behalf }: LedgerRecord,
  event: EpcisEvent,
  time: number,
  seq: number,
  isNew: (values: string) => boolean = () => true,
): { readonly happenings: Row<'happenings'>[]; readonly values: Row<'values'>[] } {
  const readers = [...readersOf(event, behalf === undefined ? [by] : [by, behalf]), everyone];
  const said = valueFields.map((field) => ({ field, value: valueOf(event, field) }));
  const step = said.find(({ field }) => field === 'bizStep')?.value ?? null;
  const sensed = (event.sensorElementList ?? []).length > 0 ? 1 : null;
  const text = said.map(({ value }) => value).join('\n');
  return {
    happenings: readers.map((reader) => ({ reader, seq, time, step, sensed })),
    values: readers
      .filter((reader) => isNew(`${reader}\n${text}`))
      .flatMap((reader) => said.flatMap(({ field, value }) => (value === undefined ? [] : [{ reader, field, value }]))),
  };
}
