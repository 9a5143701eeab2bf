import type { EpcisEvent } from '../domain/epcis/event.js';
import type { Reader } from '../domain/reader.js';
import type { LedgerRecord } from '../domain/record.js';
import { seesAll } from '../domain/visible.js';
import type { Store } from '../store/port.js';
import { divisionsOf } from './history.js';
import { statementAt } from './statements.js';

/** An event of the ledger with its entry number and record time (Unix milliseconds). */
export interface StoredEvent {
  readonly seq: number;
  readonly time: number;
  readonly by: string;
  readonly id: string;
  /** As it was captured. */
  readonly event: EpcisEvent;
}

/**
 * The events under an id that the reader may read whole, oldest first: an original and its error declarations, of each party that
 * uses the id. Whether others exist is not told: an id that is a hash of its content could be guessed.
 */
export async function eventsById(store: Store, id: string, reader: Reader): Promise<StoredEvent[]> {
  const ids = await store.range('ids', { prefix: [id], limit: 1000 });
  const rows = await store.getMany(
    'records',
    ids.map(({ seq }) => [seq]),
  );
  const found: StoredEvent[] = [];
  for (const row of rows) {
    if (row === undefined) continue;
    const record = JSON.parse(row.body) as LedgerRecord;
    const event = record.body as unknown as EpcisEvent;
    if (await readsWhole(store, reader, record, event))
      found.push({ seq: row.seq, time: row.time, by: record.by, id: record.id, event });
  }
  return found.sort((a, b) => a.seq - b.seq);
}

/** The same right as on the page of a lot; an inspector also by the division of the party whose act it is. */
async function readsWhole(store: Store, reader: Reader, { by, behalf }: LedgerRecord, event: EpcisEvent): Promise<boolean> {
  const parties = [by, ...(behalf === undefined ? [] : [behalf])];
  if (reader.role !== 'inspector') return seesAll(event, reader, { parties, divisions: [], about: new Set() });
  const places = (await divisionsOf(store, [event])).flat();
  const division = (await statementAt(store, behalf ?? by))?.body.division;
  const divisions = typeof division === 'string' ? [...places, division] : places;
  return seesAll(event, reader, { parties, divisions, about: new Set() });
}
