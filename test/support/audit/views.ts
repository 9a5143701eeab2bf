import { isDeepStrictEqual } from 'node:util';
import { alsoAbout } from '../../../src/domain/about.js';
import { itemsOf, type EpcisEvent } from '../../../src/domain/epcis/event.js';
import { whenOf } from '../../../src/domain/epcis/time.js';
import { replay } from '../../../src/domain/fold/fold.js';
import type { Happening, Lot } from '../../../src/domain/lot.js';
import type { LedgerRecord } from '../../../src/domain/record.js';
import type { Store } from '../../../src/store/port.js';
import { allRows } from './rows.js';

/** A record with its number and the time at which it was recorded. */
export interface Read {
  readonly seq: number;
  readonly time: number;
  readonly record: LedgerRecord;
}

type Say = (place: string, what: string) => void;

/** The items that a record speaks of and who says so, each once. */
export const touchedBy = ({ kind, body, id, by, behalf }: LedgerRecord): Set<string> => {
  const subjects = subjectsOf({ kind, body, id });
  return new Set([...subjects, ...(behalf === undefined ? [] : [behalf]), by]);
};

function subjectsOf({ kind, body, id }: Pick<LedgerRecord, 'kind' | 'body' | 'id'>): readonly string[] {
  if (kind === 'event') return itemsOf(body as unknown as EpcisEvent).map((item) => item.uri);
  // An erasure is found with what it was erased from.
  return kind === 'erasure' ? (body.about as string[]) : [id, ...alsoAbout({ kind, body })];
}

/** Holds every view against what follows from the records alone: nothing half-written, nothing left over. */
export async function checkViews(store: Store, read: readonly Read[], say: Say): Promise<void> {
  await checkLots(store, read, say);
  const events = read.filter(({ record }) => record.kind === 'event');
  const happened = new Map(events.map(({ seq, record }) => [seq, whenOf(record.body as unknown as EpcisEvent).time]));
  const touches = read.flatMap(({ seq, time, record }) =>
    [...touchedBy(record)].map((item) => `${item} ${happened.get(seq) ?? time} ${seq}`),
  );
  same(
    'touches',
    (await allRows(store, 'touches')).map(({ item, time, seq }) => `${item} ${time} ${seq}`),
    touches,
    say,
  );
  const runs = events.flatMap(({ seq, record }) => {
    const { transformationID: run } = record.body;
    return typeof run === 'string' ? [`${run} ${happened.get(seq)} ${seq}`] : [];
  });
  same(
    'runs',
    (await allRows(store, 'runs')).map(({ run, time, seq }) => `${run} ${time} ${seq}`),
    runs,
    say,
  );
  const ids = events.map(({ seq, record }) => `${record.id} ${record.by} ${seq}`);
  same(
    'ids',
    (await allRows(store, 'ids')).map(({ id, by, seq }) => `${id} ${by} ${seq}`),
    ids,
    say,
  );
  const statements = read
    .filter(({ record }) => record.kind !== 'event')
    .map(({ seq, time, record: { id, kind, by, behalf } }) => `${id} ${seq} ${kind} ${behalf ?? by} ${time}`);
  const about = read.flatMap(({ seq, record }) => alsoAbout(record).map((uri) => `${uri} ${record.kind} ${seq} ${record.id}`));
  same(
    'about',
    (await allRows(store, 'about')).map((row) => `${row.subject} ${row.kind} ${row.seq} ${row.item}`),
    about,
    say,
  );
  const stated = await allRows(store, 'statements');
  same(
    'statements',
    stated.map((row) => `${row.item} ${row.seq} ${row.kind} ${row.by} ${row.time}`),
    statements,
    say,
  );
}

/** Lots are the fold over the effective events, and holdings say in whose hands the lots are. */
async function checkLots(store: Store, read: readonly Read[], say: Say): Promise<void> {
  const world = replay(effective(read)).world;
  const rows = await allRows(store, 'lots');
  const stored = new Map(rows.map((row) => [row.item, row]));
  for (const item of new Set([...world.keys(), ...stored.keys()])) {
    const lot = world.get(item);
    const row = stored.get(item);
    if (!row || !lot) say(`lot ${item}`, row ? 'is stored, and no event speaks of it' : 'is missing');
    else if (!isDeepStrictEqual(JSON.parse(row.body), JSON.parse(JSON.stringify(lot))))
      say(`lot ${item}`, `is stored as ${row.body}, and its events give ${JSON.stringify(lot)}`);
  }
  const hands = [...world.values()].flatMap((lot) => handsOf(lot).map((hand) => `${hand} ${lot.time} ${lot.item}`));
  const held = await allRows(store, 'holdings');
  same(
    'holdings',
    held.map(({ party, role, time, item }) => `${party} ${role} ${time} ${item}`),
    hands,
    say,
  );
}

/** Events without error declarations and what these took back. */
function effective(read: readonly Read[]): Happening[] {
  const events = read.filter(({ record }) => record.kind === 'event');
  const eventOf = ({ body }: LedgerRecord) => body as unknown as EpcisEvent;
  const declared = new Set(
    events.filter(({ record }) => eventOf(record).errorDeclaration).map(({ record: { id, by } }) => `${id} ${by}`),
  );
  return events
    .filter(({ record: { id, by } }) => !declared.has(`${id} ${by}`))
    .map(({ seq, record }) => {
      const event = eventOf(record);
      return { event, seq, time: whenOf(event).time, party: record.behalf ?? record.by };
    });
}

function handsOf({ producer, holdings }: Lot): string[] {
  const hands = new Set<string>();
  if (producer) hands.add(`${producer} made`);
  for (const { party, transit } of holdings) {
    hands.add(`${party} ${transit ? 'sent' : 'holds'}`);
    if (transit?.to) hands.add(`${transit.to} incoming`);
  }
  return [...hands];
}

/** Two lists hold the same, in any order, each as often. */
export function same(place: string, stored: readonly string[], due: readonly string[], say: Say): void {
  const left = new Map<string, number>();
  for (const row of due) left.set(row, (left.get(row) ?? 0) + 1);
  for (const row of stored) {
    const count = left.get(row) ?? 0;
    if (count === 0) say(place, `has a row that follows from no record: ${row}`);
    else left.set(row, count - 1);
  }
  for (const [row, count] of left) if (count > 0) say(place, `lacks the row ${row}`);
}
