import { bizSteps, dispositions } from '../domain/epcis/cbv.js';
import { itemsOf, type EpcisEvent } from '../domain/epcis/event.js';
import { everyone, type ValueField } from '../domain/epcis/query/entries.js';
import type { Query } from '../domain/epcis/query.js';
import type { Reader } from '../domain/reader.js';
import type { LedgerRecord } from '../domain/record.js';
import type { Store } from '../store/port.js';
import { isWithin } from './desk.js';
import { type Place, planOf } from './eventPlan.js';
import { examine, examinedAtOnce, type Search } from './eventQuery.js';
import { type Candidate, EventViews } from './eventViews.js';
import { statementsAt } from './statements.js';

export interface ValuePage {
  readonly values: readonly string[];
  /** Give it back as `after` for the next page. */
  readonly next?: string;
}

/**
 * The values of a field in the events that a reader may read whole, in the order of their text: terms as Web URIs, places canonical.
 * An inspector gets the places of the jurisdiction and the terms of the standard; terms of somebody's own could be of others.
 */
export async function valuesOf(
  store: Store,
  field: ValueField,
  reader: Reader,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<ValuePage> {
  const key = reader.role === 'inspector' ? everyone : reader.party;
  if (key === undefined) return { values: [] };
  const found: string[] = [];
  for (let last = after; ;) {
    const rows = await store.range('values', {
      prefix: [key, field],
      limit: limit + 1,
      ...(last !== undefined && { after: [key, field, last] }),
    });
    const values = rows.map(({ value }) => value);
    found.push(...(reader.role === 'inspector' ? await inJurisdiction(store, field, values, reader) : values));
    last = values.at(-1);
    if (found.length > limit) return { values: found.slice(0, limit), next: found[limit - 1]! };
    if (last === undefined || rows.length <= limit) return { values: found };
  }
}

async function inJurisdiction(store: Store, field: ValueField, values: readonly string[], reader: Reader): Promise<string[]> {
  if (field === 'bizStep' || field === 'disposition') {
    const { base } = field === 'bizStep' ? bizSteps : dispositions;
    return values.filter((value) => value.startsWith(base));
  }
  const said = await statementsAt(store, values);
  return values.filter((value) => {
    const statement = said.get(value);
    return statement !== undefined && isWithin(statement.body, reader);
  });
}

/** Where the next page of identifiers begins: behind an event, and behind so many of the identifiers of the one after it. */
export interface EpcCursor {
  readonly upper: number;
  readonly after?: Place;
  readonly skip: number;
}

export interface EpcPage {
  readonly epcs: readonly string[];
  readonly next?: EpcCursor;
}

const everything: Query = { conditions: [], descending: false };

/**
 * What the events that a reader may read whole are about, each identifier at the first of its events: so pages neither skip nor repeat
 * and nothing has to be remembered between them.
 */
export async function epcsOf(
  store: Store,
  reader: Reader,
  { limit, cursor }: { readonly limit: number; readonly cursor?: EpcCursor },
): Promise<EpcPage> {
  const { upper, after, skip } = cursor ?? { upper: await store.size(), skip: 0 };
  const views = new EventViews(store, everything, reader);
  const plan = await planOf(store, everything, reader, 'eventTime', upper);
  const search: Search = { store, views, plan, order: 'eventTime', descending: false };
  const epcs: string[] = [];
  let [last, passed, examined] = [after, skip, 0];
  for await (const { place, found } of examine(search, after)) {
    const items = found === undefined ? [] : [...new Set(itemsOf(found.event as unknown as EpcisEvent).map(({ uri }) => uri))];
    for (let i = passed; i < items.length; i++) {
      if (!(await isFirst(search, reader, items[i]!, place, upper))) continue;
      if (epcs.length === limit) return { epcs, next: { upper, ...(last && { after: last }), skip: i } };
      epcs.push(items[i]!);
    }
    [last, passed] = [place, 0];
    if (++examined >= examinedAtOnce) return { epcs, next: { upper, after: last, skip: 0 } };
  }
  return { epcs };
}

const pageSize = 100;

/** Whether no earlier event about the item is one that the reader may read whole. */
async function isFirst({ store, views }: Search, reader: Reader, item: string, place: Place, upper: number): Promise<boolean> {
  for (let after: [string, number, number] | undefined; ;) {
    const rows = await store.range('touches', { prefix: [item], limit: pageSize, to: place.time + 1, ...(after && { after }) });
    const earlier = rows.filter(({ time, seq }) => seq < upper && (time < place.time || seq < place.seq));
    if (
      await seesAny(
        store,
        views,
        reader,
        earlier.map(({ seq }) => seq),
      )
    )
      return false;
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return true;
    after = [last.item, last.time, last.seq];
  }
}

async function seesAny(store: Store, views: EventViews, reader: Reader, seqs: readonly number[]): Promise<boolean> {
  if (reader.role !== 'inspector') {
    const rows = await store.getMany(
      'happenings',
      seqs.map((seq) => [reader.party ?? '', seq]),
    );
    return rows.some((row) => row !== undefined);
  }
  const records = await store.getMany(
    'records',
    seqs.map((seq) => [seq]),
  );
  const candidates = records.flatMap((row): Candidate[] =>
    row?.kind === 'event' ? [{ seq: row.seq, time: row.time, record: JSON.parse(row.body) as LedgerRecord }] : [],
  );
  return (await views.found(candidates)).some((found) => found !== undefined);
}
