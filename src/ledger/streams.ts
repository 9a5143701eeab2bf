import { itemsOf, type EpcisEvent } from '../domain/epcis/event.js';
import type { LedgerRecord } from '../domain/record.js';

/**
 * The streams that a record stands in, each once: every thing that an event names, or the subject of a statement; the party on whose
 * behalf it was recorded, whose own it is too; the stating party last.
 */
export function streamsOf(record: LedgerRecord): string[] {
  const subjects = record.kind === 'event' ? itemsOf(record.body as unknown as EpcisEvent).map((item) => item.uri) : [record.id];
  return [...new Set([...subjects, ...(record.behalf === undefined ? [] : [record.behalf]), record.by])];
}
