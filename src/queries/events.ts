import type { EpcisEvent } from '../domain/epcis/event.js';
import { type Reader, within } from '../domain/reader.js';
import type { LedgerRecord } from '../domain/record.js';
import type { Store } from '../store/port.js';
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
 * uses the id. Read whole are one's own events and those recorded on one's behalf; by an inspector those of the parties of the
 * jurisdiction. Whether others exist is not told: an id that is a hash could be guessed.
 */
export async function eventsById(store: Store, id: string, reader: Reader): Promise<StoredEvent[]> {
  const rows = await store.range('ids', { prefix: [id], limit: 1000 });
  const records = await store.getMany(
    'records',
    rows.map(({ seq }) => [seq]),
  );
  const found: StoredEvent[] = [];
  for (const row of records) {
    if (row === undefined) continue;
    const record = JSON.parse(row.body) as LedgerRecord;
    if (!(await mayRead(store, reader, record))) continue;
    found.push({ seq: row.seq, time: row.time, by: record.by, id: record.id, event: record.body as unknown as EpcisEvent });
  }
  return found.sort((a, b) => a.seq - b.seq);
}

async function mayRead(store: Store, { role, party, division }: Reader, { by, behalf }: LedgerRecord): Promise<boolean> {
  if (party !== undefined && (party === by || party === behalf)) return true;
  if (role !== 'inspector' || division === undefined) return false;
  const statement = await statementAt(store, behalf ?? by);
  return typeof statement?.body.division === 'string' && within(statement.body.division, division);
}
