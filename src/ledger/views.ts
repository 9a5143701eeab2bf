import type { Lot } from '../domain/lot.js';
import { numberOf } from '../domain/number.js';
import type { Row } from '../store/collections.js';
import type { Key } from '../store/port.js';

/** Rows of the views that follow from the new state of a lot. */
export interface LotRows {
  readonly lot?: Row<'lots'>;
  readonly holdings: readonly Row<'holdings'>[];
  readonly gone: readonly Key[];
}

const hands = (lot: Lot | undefined): Set<string> => {
  const found = new Set<string>();
  if (!lot) return found;
  if (lot.producer) found.add(`${lot.producer}\nmade`);
  for (const { party, transit } of lot.holdings) {
    found.add(`${party}\n${transit ? 'sent' : 'holds'}`);
    if (transit?.to) found.add(`${transit.to}\nincoming`);
  }
  return found;
};

export function lotRows(item: string, before: Lot | undefined, after: Lot | undefined): LotRows {
  const now = hands(after);
  const key = (hand: string): [string, string] => hand.split('\n') as [string, string];
  return {
    ...(after && {
      lot: {
        item,
        product: after.product ?? null,
        producer: after.producer ?? null,
        number: numberOf(item) ?? null,
        time: after.time,
        body: JSON.stringify(after),
      },
    }),
    holdings: [...now].map((hand) => {
      const [party, role] = key(hand);
      return { party, role, time: after?.time ?? 0, item };
    }),
    gone: [...hands(before)].filter((hand) => !now.has(hand)).map((hand) => [...key(hand), item]),
  };
}
