import { everyone } from '../domain/epcis/query/entries.js';
import type { Condition, Query } from '../domain/epcis/query.js';
import type { Reader } from '../domain/reader.js';
import type { Range, Store } from '../store/port.js';

/** Where an event stands in the order of a result: by what happened, or by recording (then the time does not count). */
export interface Place {
  readonly time: number;
  readonly seq: number;
}
export type Order = 'eventTime' | 'recordTime';

/** A range of places to walk along; several are merged. */
export interface Source {
  readonly collection: 'touches' | 'happenings';
  readonly index?: 'time' | 'step' | 'sensed';
  readonly prefix: readonly (string | number)[];
}

/**
 * What a query has to look through: every event that it can find for its reader lies in one of the sources, or is one of the few
 * `seqs`. `matches` decides; this only narrows.
 */
export type Plan =
  | { readonly kind: 'walk'; readonly sources: readonly Source[]; readonly bounds: Bounds }
  | { readonly kind: 'few'; readonly sources: readonly Source[]; readonly ids: readonly string[]; readonly bounds: Bounds }
  | { readonly kind: 'nothing' };

/** Event times from (inclusive) and to (exclusive), entry numbers likewise. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly end: number;
}

/** The identifiers that a query names one by one in a MATCH parameter; undefined when none of its parameters does only that. */
export function namedOnes(query: Query): string[] | undefined {
  const lists = query.conditions.flatMap((condition) => {
    if (condition.kind !== 'epc') return [];
    const ones = condition.any.flatMap((pattern) => (pattern.kind === 'one' ? [pattern.uri] : []));
    return ones.length === condition.any.length ? [[...new Set(ones)]] : [];
  });
  return lists.sort((a, b) => a.length - b.length)[0];
}

const ofKind = <K extends Condition['kind']>(query: Query, kind: K): Extract<Condition, { kind: K }>[] =>
  query.conditions.filter((condition): condition is Extract<Condition, { kind: K }> => condition.kind === kind);

export async function planOf(store: Store, query: Query, reader: Reader, order: Order, upper: number): Promise<Plan> {
  const bounds = await boundsOf(store, query, upper);
  if (bounds.from >= bounds.to || bounds.first >= bounds.end) return { kind: 'nothing' };
  const ids = ofKind(query, 'id').find(({ of }) => of === 'eventID');
  if (ids) return { kind: 'few', sources: [], ids: ids.any, bounds };
  const named = namedOnes(query);
  if (named) {
    const sources = named.map((item): Source => ({ collection: 'touches', prefix: [item] }));
    return order === 'eventTime' ? { kind: 'walk', sources, bounds } : { kind: 'few', sources, ids: [], bounds };
  }
  // Without a right over whole events nothing is found but by the name of a lot.
  const key = reader.role === 'inspector' ? (reader.division === undefined ? undefined : everyone) : reader.party;
  if (key === undefined) return { kind: 'nothing' };
  if (order === 'recordTime') return { kind: 'walk', sources: [{ collection: 'happenings', prefix: [key] }], bounds };
  return { kind: 'walk', sources: happeningsOf(query, key), bounds };
}

/** The narrowest of the orders in which a reader's events can be walked by time. */
function happeningsOf(query: Query, key: string): Source[] {
  if (query.conditions.some(asksSensors)) return [{ collection: 'happenings', index: 'sensed', prefix: [key, 1] }];
  const steps = ofKind(query, 'term').find(({ of }) => of === 'bizStep');
  if (steps === undefined) return [{ collection: 'happenings', index: 'time', prefix: [key] }];
  return [...new Set(steps.any)].map((step) => ({ collection: 'happenings', index: 'step', prefix: [key, step] }));
}

/** Whether only an event with sensor elements can meet the condition. */
const asksSensors = (condition: Condition): boolean =>
  condition.kind.startsWith('sensor') ||
  condition.kind === 'measure' ||
  (condition.kind === 'present' && condition.of === 'sensorElementList') ||
  ((condition.kind === 'field' || condition.kind === 'hasField') && condition.holder.startsWith('sensor'));

async function boundsOf(store: Store, query: Query, upper: number): Promise<Bounds> {
  let [from, to, first, end] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 0, upper];
  for (const { of, op, time } of ofKind(query, 'time')) {
    if (of === 'eventTime' && op === 'GE') from = Math.max(from, time);
    if (of === 'eventTime' && op === 'LT') to = Math.min(to, time);
    if (of === 'recordTime' && op === 'GE') first = Math.max(first, await firstSince(store, time, upper));
    if (of === 'recordTime' && op === 'LT') end = Math.min(end, await firstSince(store, time, upper));
  }
  return { from, to, first, end };
}

/** The number of the first record of this time (Unix milliseconds) or later: record times never decrease. */
async function firstSince(store: Store, time: number, size: number): Promise<number> {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await store.get('records', [middle]);
    if (row === undefined || row.time >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}

const pageSize = 256;

/** The places of a source in order, behind `after`, inside the bounds; a page of rows is read at a time. */
export async function* walk(
  store: Store,
  source: Source,
  { order, descending, after, bounds }: { order: Order; descending: boolean; after?: Place; bounds: Bounds },
): AsyncGenerator<Place> {
  const byTime = order === 'eventTime';
  let place = after;
  for (;;) {
    const range: Range = {
      prefix: source.prefix,
      ...(source.index && { index: source.index }),
      ...(byTime ? { from: bounds.from, to: bounds.to } : { from: bounds.first, to: bounds.end }),
      ...(place && { after: [...source.prefix, ...(byTime ? [place.time, place.seq] : [place.seq])] }),
      reverse: descending,
      limit: pageSize,
    };
    const rows = await store.range(source.collection, range);
    for (const row of rows) {
      place = { time: row.time, seq: row.seq };
      if (row.seq >= bounds.first && row.seq < bounds.end) yield place;
    }
    if (rows.length < pageSize) return;
  }
}

/** Less than zero when `a` comes first. */
export function compare(a: Place, b: Place, order: Order, descending: boolean): number {
  const up = order === 'recordTime' || a.time === b.time ? a.seq - b.seq : a.time - b.time;
  return descending ? -up : up;
}

/** Several ordered walks as one; a place that more than one has comes once. */
export async function* merged(walks: readonly AsyncGenerator<Place>[], order: Order, descending: boolean): AsyncGenerator<Place> {
  const heads: { place: Place; walk: AsyncGenerator<Place> }[] = [];
  const advance = async (one: AsyncGenerator<Place>): Promise<void> => {
    const { value, done } = await one.next();
    if (done !== true) heads.push({ place: value, walk: one });
  };
  for (const one of walks) await advance(one);
  let last: Place | undefined;
  while (heads.length > 0) {
    let least = 0;
    for (let i = 1; i < heads.length; i++) if (compare(heads[i]!.place, heads[least]!.place, order, descending) < 0) least = i;
    const [{ place, walk: one }] = heads.splice(least, 1) as [(typeof heads)[number]];
    if (last?.seq !== place.seq) yield place;
    last = place;
    await advance(one);
  }
}
