import { alsoAbout } from '../domain/about.js';
import { aboutOf } from '../domain/erasure.js';
import { itemsOf, type EpcisEvent } from '../domain/epcis/event.js';
import type { LedgerRecord } from '../domain/record.js';

/**
 * The streams that a record stands in, each once: every thing that an event names, the subject of a statement and what else it is about, or of an erasure all
 * that the erased records were about; the party on whose behalf it was recorded, whose own it is too; the stating party last.
 */
export function streamsOf(record: LedgerRecord): string[] {
  const subjects = subjectsOf(record);
  return [...new Set([...subjects, ...(record.behalf === undefined ? [] : [record.behalf]), record.by])];
}

function subjectsOf(record: LedgerRecord): readonly string[] {
  if (record.kind === 'event') return itemsOf(record.body as unknown as EpcisEvent).map((item) => item.uri);
  return record.kind === 'erasure' ? aboutOf(record) : [record.id, ...alsoAbout(record)];
}
