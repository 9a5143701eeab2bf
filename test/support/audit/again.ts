import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Disclosure, LedgerRecord, Mark } from '../../../src/domain/record.js';
import { draftOf, type Draft } from '../../../src/ledger/draft.js';
import { openLedger } from '../../../src/ledger/sequencer.js';
import { collections, type Cell, type CollectionName } from '../../../src/store/collections.js';
import type { Store } from '../../../src/store/port.js';
import { openSqlite } from '../../../src/store/sqlite/open.js';
import { allRows } from './rows.js';
import { same } from './views.js';

/** Everything that an append writes. */
export const appended = (Object.keys(collections) as CollectionName[]).filter((name) => collections[name].kind !== 'side');
const step = 200;

/**
 * Records all that is in a store again, in an empty one, by the code of today, and says where the two then differ: rows that an append
 * left out or half-written, or that a new collection should have had of records from before it. Corrections that stand in for an event
 * are not told apart from others, so a store with such ones cannot be held against this.
 */
export async function differences(store: Store): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'suyuan-again-'));
  const again = await openSqlite(folder);
  try {
    const faults = await recordAgain(store, again);
    const say = (place: string, what: string): void => void faults.push(`${place} ${what}`);
    for (const name of appended) {
      const [stored, due] = [await texts(store, name), await texts(again, name)];
      same(`recorded again, ${name}`, stored, due, say);
    }
    return faults;
  } finally {
    await again.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function recordAgain(store: Store, again: Store): Promise<string[]> {
  const disclosed = new Map<number, Disclosure[]>();
  const disclose = (seq: number, one: Disclosure): void => void disclosed.set(seq, [...(disclosed.get(seq) ?? []), one]);
  for (const { seq, digest, mark, text } of await allRows(store, 'disclosures'))
    disclose(seq, { digest, mark: mark as Mark, text });
  // What was erased later was there when it was recorded; nobody knows any more what it said.
  for (const { seq, digest, mark } of await allRows(store, 'erased'))
    disclose(seq, { digest, mark: mark as Mark, text: 'erased' });
  let now = 0;
  const ledger = await openLedger(again, { clock: () => now });
  const faults: string[] = [];
  const rows = await allRows(store, 'records');
  for (let from = 0; from < rows.length; from += step) {
    const part = rows.slice(from, from + step);
    now = part.at(-1)?.time ?? now;
    const drafts = part.map(({ seq, body, seed, time }): Draft => {
      const record = JSON.parse(body) as LedgerRecord;
      return draftOf(record, {
        role: record.kind === 'event' ? 'inspector' : 'system',
        seed,
        recordedAt: time,
        disclosures: disclosed.get(seq) ?? [],
      });
    });
    for (const [n, outcome] of (await ledger.submit(drafts)).entries())
      if (!('recorded' in outcome)) faults.push(`entry ${from + n} recorded again is ${JSON.stringify(outcome)}`);
    if (faults.length > 0) break;
  }
  await ledger.close();
  return faults;
}

/** The rows of a collection as texts. */
export const texts = async (store: Store, name: CollectionName): Promise<string[]> =>
  (await allRows(store, name)).map((row) =>
    JSON.stringify(Object.entries(row).map(([column, cell]) => [column, plain(cell as Cell)])),
  );

const plain = (cell: Cell): string | number | null => (cell instanceof Uint8Array ? Buffer.from(cell).toString('base64') : cell);
