import { reveal } from '../domain/disclosure.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import { canonical } from '../domain/gs1/identify.js';
import { replay } from '../domain/fold/fold.js';
import type { Lot } from '../domain/lot.js';
import { maySee, within, type Reader } from '../domain/reader.js';
import type { JsonObject, LedgerRecord, Mark } from '../domain/record.js';
import { seesAll, visible, type EventContext } from '../domain/visible.js';
import type { Text } from '../domain/text.js';
import type { Row } from '../store/collections.js';
import type { Key, Store } from '../store/port.js';
import { standingOf, type Correction } from './corrections.js';
import { erasedOf, reasonWords, type Erased } from './erased.js';
import { Names } from './names.js';
import { itemsIn, readTrunk } from './trunk.js';

/** One record about an item, cut to what the reader may see. */
export interface HistoryLine {
  readonly entry: number;
  readonly kind: string;
  /** Record time, Unix milliseconds, and the digest of the record. */
  readonly recorded: number;
  readonly digest: string;
  /** The event as captured, or its public part. */
  readonly event?: JsonObject;
  /** Who recorded it, for those who see the whole event. */
  readonly by?: string;
  /** Personal and confidential values beside the event that this reader may see. */
  readonly hidden?: JsonObject;
  /** Hidden values of it that were erased; of an erasure itself, why. */
  readonly erased?: readonly Erased[];
  readonly reason?: { readonly code: string } & Text;
  /** Of an event whether it counts, by which entry it was taken back, or which one it takes back (queries/corrections.ts). */
  readonly effective?: boolean;
  readonly correctedBy?: Correction;
  readonly corrects?: number;
}

export interface History {
  readonly lines: readonly HistoryLine[];
  /** Give it back as `after` for the next page. */
  readonly next?: string;
}

/** All records about an item in order of what happened, by pages. One range, one read of the records. */
export async function historyOf(
  store: Store,
  item: string,
  options: { reader: Reader; after?: string; limit: number; at?: number; known?: number },
): Promise<History> {
  const { reader, limit, at, known } = options;
  const [time, seq] = (options.after ?? '').split('.').map(Number);
  const after: Key | undefined =
    time !== undefined && seq !== undefined && Number.isFinite(time) && Number.isFinite(seq) ? [item, time, seq] : undefined;
  const touches = await store.range('touches', {
    prefix: [item],
    limit: limit + 1,
    ...(at !== undefined && { to: at + 1 }),
    ...(after && { after }),
  });
  const page = touches.slice(0, limit);
  const rows = await store.getMany(
    'records',
    page.map((touch) => [touch.seq]),
  );
  const parsed = rows.flatMap((row) => (row && row.kind === 'event' && row.time <= (known ?? Infinity) ? named(row, item) : []));
  const events = parsed.map(({ record }) => record.body as unknown as EpcisEvent);
  const divisions = reader.role === 'inspector' ? await divisionsOf(store, events) : events.map(() => []);
  const chain =
    reader.role === 'inspector' &&
    reader.division !== undefined &&
    divisions.flat().some((code) => within(code, reader.division as string));
  const about = new Set([item]);

  const lines = await Promise.all(
    parsed.map(async ({ row, record }, i): Promise<HistoryLine> => {
      const event = events[i] as EpcisEvent;
      const parties = [record.by, ...(record.behalf ? [record.behalf] : [])];
      const context: EventContext = { parties, divisions: divisions[i] ?? [], about, chain };
      const whole = seesAll(event, reader, context);
      const hidden = whole ? await opened(store, record, row.seq, reader, divisions[i]?.[0]) : undefined;
      const erased = record.hidden ? await erasedOf(store, row.seq) : [];
      return {
        entry: row.seq,
        kind: row.kind,
        recorded: row.time,
        digest: (JSON.parse(row.entry) as { digest: string }).digest,
        event: visible(event, reader, context),
        ...(whole && { by: record.by }),
        ...(hidden && { hidden }),
        ...(erased.length > 0 && { erased }),
        ...(await standingOf(store, { seq: row.seq, record }, known)),
      };
    }),
  );
  const erasures = rows.flatMap((row) => (row?.kind === 'erasure' && row.time <= (known ?? Infinity) ? erasureLine(row) : []));
  const order = new Map(page.map((touch, i) => [touch.seq, i]));
  const all = [...lines, ...erasures].sort((a, b) => (order.get(a.entry) ?? 0) - (order.get(b.entry) ?? 0));
  const last = page.at(-1);
  return { lines: all, ...(touches.length > limit && last && { next: `${last.time}.${last.seq}` }) };
}

/** That something was erased, and why; what it was of, the erased records tell. */
function erasureLine({ seq, kind, time, entry, body }: Row<'records'>): HistoryLine {
  const { digest } = JSON.parse(entry) as { digest: string };
  const code = String((JSON.parse(body) as LedgerRecord).body.reason);
  return { entry: seq, kind, recorded: time, digest, reason: { code, ...reasonWords(code) } };
}

/** A record whose event names the item; a party's stream also holds what it recorded of other things. */
function named(row: Row<'records'>, item: string): { row: Row<'records'>; record: LedgerRecord }[] {
  const record = JSON.parse(row.body) as LedgerRecord;
  return itemsIn(record.body as unknown as EpcisEvent).some(({ uri }) => uri === item) ? [{ row, record }] : [];
}

/** Division codes of the places of each event. */
export async function divisionsOf(store: Store, events: readonly EpcisEvent[]): Promise<string[][]> {
  const places = events.map((event) =>
    [event.bizLocation?.id, event.readPoint?.id].flatMap((id) => (id === undefined ? [] : [canonical(id)])),
  );
  const names = await Names.read(store, places.flat());
  return places.map((uris) => [
    ...new Set(
      uris.flatMap((uri) =>
        typeof names.at(uri, Infinity)?.division === 'string' ? [String(names.at(uri, Infinity)?.division)] : [],
      ),
    ),
  ]);
}

const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

async function opened(
  store: Store,
  record: LedgerRecord,
  seq: number,
  reader: Reader,
  division: string | undefined,
): Promise<JsonObject | undefined> {
  if (!record.hidden) return undefined;
  const rows = await store.range('disclosures', { prefix: [seq], limit: 1000 });
  const of = { by: record.by, ...(record.behalf && { behalf: record.behalf }), ...(division && { division }) };
  const mine = rows.filter((row) => maySee(reader, row.mark as Mark, of));
  const { value } = reveal(record.hidden, new Map(mine.map((row: Row<'disclosures'>) => [row.digest, row.text])), decode);
  return Object.keys(value as JsonObject).length > 0 ? (value as JsonObject) : undefined;
}

/** The state of an item as its events up to `at` (event time), entered up to `known`, give it: the fold of model.md, replayed. */
export async function stateAt(store: Store, item: string, options: { at?: number; known?: number }): Promise<Lot | undefined> {
  const { told } = await readTrunk(store, item, options);
  const own = told.filter(
    ({ depth, event }) => depth === 0 || (event.type === 'AggregationEvent' && itemsIn(event).some(({ uri }) => uri === item)),
  );
  return replay(own, options.at ?? Infinity).world.get(item);
}
