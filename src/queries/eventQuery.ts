import { setImmediate } from 'node:timers/promises';
import { type Comparand, comparandOf, compareComparands } from '../domain/epcis/query/order.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import { whenOf } from '../domain/epcis/time.js';
import type { FieldName, Query } from '../domain/epcis/query.js';
import type { Reader } from '../domain/reader.js';
import type { LedgerRecord } from '../domain/record.js';
import type { Store } from '../store/port.js';
import { type Bounds, compare, merged, type Order, type Place, planOf, type Plan, type Source, walk } from './eventPlan.js';
import { type Candidate, EventViews, type FoundEvent } from './eventViews.js';

/** Where the next page begins. Events that were recorded after the first page (from entry `upper`) are in none of the pages. */
export interface Cursor {
  readonly upper: number;
  readonly after?: Place;
  /** Events given so far. */
  readonly given: number;
}

export interface EventPage {
  readonly events: readonly FoundEvent[];
  /** None on the last page. */
  readonly next?: Cursor;
}

/** More events than the query allows (`maxEventCount`). */
export class QueryTooLarge extends Error {}
/** The query would have to look through too much. */
export class QueryTooComplex extends Error {}

/** Characters of the events of a page, about: then it ends, too, but never before its first event. */
const longestPage = 8_000_000;
/** Records looked through for one page: then it ends, shorter than asked for, and the next one goes on. */
export const examinedAtOnce = 20_000;
/** Events that are counted, sorted by an extension, or gathered without an index in their order. */
const most = 20_000;
const chunkSize = 128;

/**
 * One page of what a query finds for a reader.
 * @param options `limit` events at most; `effort`: records looked through before the page ends as it is
 * @throws QueryTooLarge, QueryTooComplex
 */
export async function queryEvents(
  store: Store,
  query: Query,
  reader: Reader,
  options: { readonly limit: number; readonly cursor?: Cursor; readonly effort?: number },
): Promise<EventPage> {
  const { effort = examinedAtOnce } = options;
  const cursor = options.cursor ?? { upper: await store.size(), given: 0 };
  const views = new EventViews(store, query, reader);
  const { orderBy = 'eventTime', descending, maxEventCount, eventCountLimit = Infinity } = query;
  const order: Order = orderBy === 'recordTime' ? 'recordTime' : 'eventTime';
  const plan = await planOf(store, query, reader, order, cursor.upper);
  const search: Search = { store, views, plan, order, descending };
  if (maxEventCount !== undefined && cursor.given === 0 && cursor.after === undefined) await countUpTo(search, maxEventCount);
  const limit = Math.min(options.limit, eventCountLimit - cursor.given);
  if (typeof orderBy === 'object') return sortedPage(search, cursor, orderBy, limit, eventCountLimit);

  const events: FoundEvent[] = [];
  let [last, end, examined]: [Place | undefined, Place | undefined, number] = [cursor.after, undefined, 0];
  let characters = 0;
  for await (const { place, found, length } of examine(search, cursor.after)) {
    if (found) characters += length;
    if (found && (events.length === limit || (events.length > 0 && characters > longestPage))) {
      end = last;
      break;
    }
    if (found) events.push(found);
    last = place;
    if (++examined >= effort) {
      end = last;
      break;
    }
  }
  const given = cursor.given + events.length;
  return { events, ...(end && given < eventCountLimit && { next: { upper: cursor.upper, after: end, given } }) };
}

export interface Examined {
  readonly place: Place;
  readonly found?: FoundEvent;
  /** Characters of the record. */
  readonly length: number;
}

export interface Search {
  readonly store: Store;
  readonly views: EventViews;
  readonly plan: Plan;
  readonly order: Order;
  readonly descending: boolean;
}

/** Every place that the plan names, in order, with what is found there. */
export async function* examine(search: Search, after?: Place): AsyncGenerator<Examined> {
  let chunk: Place[] = [];
  for await (const place of placesOf(search, after)) {
    chunk.push(place);
    if (chunk.length < chunkSize) continue;
    yield* examined(search, chunk);
    chunk = [];
    // Others are answered between two chunks.
    await setImmediate();
  }
  yield* examined(search, chunk);
}

async function* examined({ store, views }: Search, places: readonly Place[]): AsyncGenerator<Examined> {
  const rows = await store.getMany(
    'records',
    places.map(({ seq }) => [seq]),
  );
  const candidates = rows.flatMap((row): Candidate[] =>
    row?.kind === 'event' ? [{ seq: row.seq, time: row.time, record: JSON.parse(row.body) as LedgerRecord }] : [],
  );
  const found = new Map((await views.found(candidates)).flatMap((one) => (one ? [[one.seq, one] as const] : [])));
  for (const [i, place] of places.entries()) {
    const event = found.get(place.seq);
    yield { place, length: rows[i]?.body.length ?? 0, ...(event && { found: event }) };
  }
}

async function* placesOf({ store, plan, order, descending }: Search, after?: Place): AsyncGenerator<Place> {
  if (plan.kind === 'nothing') return;
  const along = { order, descending, bounds: plan.bounds, ...(after && { after }) };
  if (plan.kind === 'walk') {
    yield* merged(
      plan.sources.map((source) => walk(store, source, along)),
      order,
      descending,
    );
    return;
  }
  const few = await gathered(store, plan.sources, plan.ids, plan.bounds);
  few.sort((a, b) => compare(a, b, order, descending));
  for (const place of few) if (after === undefined || compare(after, place, order, descending) < 0) yield place;
}

/** All places of a plan without an index in the order of the query. */
async function gathered(
  store: Store,
  sources: readonly Source[],
  ids: readonly string[],
  { from, to, first, end }: Bounds,
): Promise<Place[]> {
  const found = new Map<number, Place>();
  for (const { collection, prefix } of sources) {
    const rows = await store.range(collection, { prefix, from, to, limit: most + 1 });
    for (const { time, seq } of rows) if (seq >= first && seq < end) found.set(seq, { time, seq });
    if (rows.length > most || found.size > most) throw new QueryTooComplex();
  }
  for (const id of new Set(ids)) {
    const rows = await store.range('ids', { prefix: [id], limit: 1000 });
    const records = await store.getMany(
      'records',
      rows.map(({ seq }) => [seq]),
    );
    // This index alone does not hold the time of the event.
    for (const row of records) {
      if (row === undefined) continue;
      const { time } = whenOf((JSON.parse(row.body) as LedgerRecord).body as unknown as EpcisEvent);
      if (row.seq >= first && row.seq < end && time >= from && time < to) found.set(row.seq, { time, seq: row.seq });
    }
  }
  return [...found.values()];
}

async function countUpTo(search: Search, limit: number): Promise<void> {
  let [count, examined_] = [0, 0];
  for await (const { found } of examine(search)) {
    if (found && ++count > limit) throw new QueryTooLarge();
    if (++examined_ > most) throw new QueryTooComplex();
  }
}

/** Ordered by an extension field there is no index: all that is found is sorted, and a page cut from it. Events without it come last. */
async function sortedPage(search: Search, cursor: Cursor, by: FieldName, limit: number, atMost: number): Promise<EventPage> {
  const all: { found: FoundEvent; place: Place; key: Comparand }[] = [];
  let count = 0;
  for await (const { place, found } of examine(search)) {
    if (++count > most) throw new QueryTooComplex();
    if (found) all.push({ found, place, key: comparandOf(found.event as unknown as EpcisEvent, by) });
  }
  const { order, descending } = search;
  all.sort((a, b) => compareComparands(a.key, b.key, descending) || compare(a.place, b.place, order, descending));
  const events = all.slice(cursor.given, cursor.given + limit).map(({ found }) => found);
  const given = cursor.given + events.length;
  return { events, ...(given < Math.min(all.length, atMost) && { next: { upper: cursor.upper, given } }) };
}
