import type { Reader } from '../domain/reader.js';
import type { Text } from '../domain/text.js';
import type { Store } from '../store/port.js';
import { codeOf, namesOf } from './named.js';
import { type Amount, lotsOf } from './picks.js';

/** Something on the way to a party that it has not received. */
export interface Delivery {
  readonly item: string;
  readonly product: Text;
  readonly number: Text;
  /** The party that sent it. */
  readonly from: string;
  readonly sender: Text;
  /** Unix milliseconds of the shipping. */
  readonly since: number;
  readonly amount?: Amount;
  /** How many lots are packed in it. */
  readonly contents: number;
}

/** Deliveries shown at once. */
const most = 200;

/** What was shipped to a party and waits to be received, newest first; what is packed comes with its container. */
export async function deliveriesTo(store: Store, party: string, reader: Reader): Promise<Delivery[]> {
  const rows = await store.range('holdings', { index: 'time', prefix: [party, 'incoming'], reverse: true, limit: most });
  const items = rows.map(({ item }) => item);
  const parts = (await lotsOf(store, items)).flatMap((lot) =>
    lot.holdings.flatMap((holding) => {
      const { transit } = holding;
      return transit?.to === party && holding.in === undefined ? [{ lot, holding, transit }] : [];
    }),
  );
  const names = await namesOf(
    store,
    parts.flatMap(({ lot, holding }) => [holding.party, ...(lot.product === undefined ? [] : [lot.product])]),
    reader,
  );
  return parts
    .map(({ lot, holding, transit }) => ({
      item: lot.item,
      product: names.get(lot.product ?? '') ?? codeOf(lot.item),
      number: codeOf(lot.item),
      from: holding.party,
      sender: names.get(holding.party) ?? codeOf(holding.party),
      since: transit.since,
      ...(holding.quantity !== undefined &&
        holding.unit !== undefined && { amount: { quantity: holding.quantity, unit: holding.unit } }),
      contents: lot.contents.length,
    }))
    .sort((a, b) => b.since - a.since);
}
