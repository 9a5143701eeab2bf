import { everyone } from '../domain/epcis/query/entries.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import { whenOf } from '../domain/epcis/time.js';
import type { LedgerRecord } from '../domain/record.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';
import { eventRows } from './eventRows.js';

const page = 500;

/** Writes the index rows of events that were recorded before there were such rows; nothing to do in a ledger that has always had them. */
export async function indexEvents(store: Store): Promise<void> {
  const [newest] = await store.range('records', { index: 'kind', prefix: ['event'], reverse: true, limit: 1 });
  const [indexed] = await store.range('happenings', { prefix: [everyone], reverse: true, limit: 1 });
  if (newest === undefined || newest.seq === indexed?.seq) return;
  const size = await store.size();
  for (let last = indexed?.seq ?? -1; last < newest.seq;) {
    const rows = await store.range('records', { index: 'kind', prefix: ['event'], from: last + 1, limit: page });
    const happenings: Row<'happenings'>[] = [];
    const values: Row<'values'>[] = [];
    for (const { seq, body } of rows) {
      const record = JSON.parse(body) as LedgerRecord;
      const event = record.body as unknown as EpcisEvent;
      const made = eventRows(record, event, whenOf(event).time, seq);
      happenings.push(...made.happenings);
      values.push(...made.values);
      last = seq;
    }
    await store.append({ happenings: { put: happenings }, values: { put: values } }, size);
  }
}
