import type { Activity } from '../domain/activities.js';
import type { HiddenField } from '../domain/erasure.js';
import { itemsOf, type EpcisEvent } from '../domain/epcis/event.js';
import { whenOf } from '../domain/epcis/time.js';
import { productOf } from '../domain/lot.js';
import type { LedgerRecord } from '../domain/record.js';
import { keptBy, type Kept } from '../domain/retention.js';
import type { Store } from '../store/port.js';
import type { Hiding } from './erased.js';
import { expiryOf, productView } from './item.js';
import { Names } from './names.js';
import { lotsOf } from './picks.js';

/** A value that the law wants kept, and until when. */
export interface KeptField extends Kept {
  readonly entry: number;
  readonly field: string;
}

/** Which of the hidden values of a record may not be erased at `now` (Unix milliseconds). Statements have no period of their own. */
export async function keptOf(
  store: Store,
  activities: ReadonlyMap<string, Activity>,
  { seq, record }: Hiding,
  fields: readonly HiddenField[],
  now: number,
): Promise<KeptField[]> {
  if (record.kind !== 'event') return [];
  const event = record.body as unknown as EpcisEvent;
  const { food, expiry } = await shelfLife(store, event);
  const activity = activities.get(String(event['suyuan:activity']));
  const common = { time: whenOf(event).time, food, ...(activity && { activity }), ...(expiry !== undefined && { expiry }) };
  return fields.flatMap(({ field, mark }) => {
    const kept = keptBy({ ...common, field, mark }, now);
    return kept ? [{ entry: seq, field, ...kept }] : [];
  });
}

/** Whether an event is about food, and the end of the longest shelf life where every lot of it has one. */
async function shelfLife(store: Store, event: EpcisEvent): Promise<{ food: boolean; expiry?: number }> {
  const items = [...new Set(itemsOf(event).map(({ uri }) => uri))];
  const names = await Names.read(
    store,
    items.flatMap((item) => productOf(item) ?? []),
  );
  const views = items.map((item) => productView(productOf(item), names, Infinity));
  // What nobody here can name (a pallet, another's product) is taken for food: rather kept too long than lost.
  const food = views.some((view) => view?.food ?? true);
  const lots = await lotsOf(store, items);
  const makings = await store.getMany(
    'records',
    lots.map(({ began }) => [began.seq]),
  );
  const ends = lots.map((lot, i) => {
    const making = makings[i] && (JSON.parse(makings[i].body) as LedgerRecord).body;
    return making && expiryOf(making, names.at(lot.product, Infinity), lot.began.time, lot.began.how === 'made')?.at;
  });
  const all = ends.filter((end) => end !== undefined);
  return { food, ...(all.length === items.length && all.length > 0 && { expiry: Math.max(...all) }) };
}
