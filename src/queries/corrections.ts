import { statedOf, takesBack, type Stated } from '../domain/corrections.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import { cbvWord } from '../domain/lot.js';
import type { LedgerRecord } from '../domain/record.js';
import type { Store } from '../store/port.js';

/** An event of the ledger with its entry number and record time (Unix milliseconds). */
export interface EventRecord extends Stated {
  readonly seq: number;
  readonly entered: number;
  readonly record: LedgerRecord;
  readonly event: EpcisEvent;
}

/** How an event stands after corrections (EPCIS 2.0 section 7.4.1.4, error declarations). */
export interface Standing {
  /** It counts: nobody declared it in error, and it is no declaration. */
  readonly effective: boolean;
  /** The declaration that takes it back. */
  readonly correctedBy?: Correction;
  /** Of a declaration: the entry that it takes back. */
  readonly corrects?: number;
}

export interface Correction {
  /** Entry number of the declaration, and when it was recorded (Unix milliseconds). */
  readonly entry: number;
  readonly at: number;
  /** CBV 2.0 section 7.5: `did_not_occur`, `incorrect_data`. */
  readonly reason?: string;
  /** Who declared it, and for whom. */
  readonly by: string;
  readonly party: string;
  /** Entry numbers of the events that stand in its place. */
  readonly corrective: readonly number[];
}

/** Events under one id that are looked at: an original, its declarations, and what other parties have under the same id. */
const most = 1000;

const parsed = (row: { seq: number; time: number; body: string }): EventRecord => {
  const record = JSON.parse(row.body) as LedgerRecord;
  return { ...statedOf(record), seq: row.seq, entered: row.time, record, event: record.body as unknown as EpcisEvent };
};

/** The event that an entry holds; undefined for other records. */
export async function eventAt(store: Store, seq: number): Promise<EventRecord | undefined> {
  const row = await store.get('records', [seq]);
  return row?.kind === 'event' ? parsed(row) : undefined;
}

/** Every event under an id, declarations included, oldest first. */
export async function eventsUnder(store: Store, id: string): Promise<EventRecord[]> {
  return readEvents(
    store,
    (await store.range('ids', { prefix: [id], limit: most })).map(({ seq }) => seq),
  );
}

async function readEvents(store: Store, seqs: readonly number[]): Promise<EventRecord[]> {
  const rows = await store.getMany(
    'records',
    seqs.map((seq) => [seq]),
  );
  return rows.flatMap((row) => (row ? [parsed(row)] : [])).sort((a, b) => a.seq - b.seq);
}

/** How an event stands, as known at a record time (now when left out). */
export async function standingOf(
  store: Store,
  { seq, record }: { seq: number; record: LedgerRecord },
  known = Infinity,
): Promise<Standing> {
  const stated = statedOf(record);
  const declaration = stated.event.errorDeclaration !== undefined;
  const rows = await store.range('ids', { prefix: [record.id], limit: most });
  // The content of a declaration is marked (ledger/assembly.ts): of an event that was never corrected nothing more is read.
  const others = rows.filter((row) => row.seq !== seq && row.content.startsWith('d:') !== declaration);
  const events = await readEvents(
    store,
    others.map((row) => row.seq),
  );
  if (declaration) {
    const original = events.find((one) => takesBack(stated, one));
    return { effective: false, ...(original && { corrects: original.seq }) };
  }
  const found = events.find((one) => one.entered <= known && takesBack(one, stated));
  return found ? { effective: false, correctedBy: await correctionOf(store, found) } : { effective: true };
}

/** What a declaration says: why, and which entries stand in the place of what it takes back. */
async function correctionOf(store: Store, { seq, entered, by, party, event }: EventRecord): Promise<Correction> {
  const { reason, correctiveEventIDs = [] } = event.errorDeclaration ?? {};
  const corrective = await Promise.all(correctiveEventIDs.map((id) => eventsUnder(store, id)));
  const own = corrective.flat().filter((one) => !one.event.errorDeclaration && (one.by === by || one.party === party));
  const word = cbvWord(reason)?.replace(/^.*[-:]/, '');
  return { entry: seq, at: entered, by, party, corrective: own.map((one) => one.seq), ...(word && { reason: word }) };
}
