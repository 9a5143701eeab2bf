import { add, compare, isPositive, least, subtract } from './quantity.js';
import type { Holding, Lot, Totals, Transit } from './lot.js';

/** Pure arithmetic on the holdings and sums of one lot. Every function gives a new lot. */

const none: Totals = { made: '0', received: '0', shipped: '0', sold: '0', used: '0', lost: '0' };

export function sum(lot: Lot, what: keyof Totals, unit: string, quantity: string): Lot {
  const before = lot.totals[unit] ?? none;
  return { ...lot, totals: { ...lot.totals, [unit]: { ...before, [what]: add(before[what], quantity) } } };
}

const sameTransit = (a?: Transit, b?: Transit): boolean =>
  a === b || (!!a && !!b && a.to === b.to && a.place === b.place && a.since === b.since && a.carrier === b.carrier);

const sameHand = (a: Holding, b: Holding): boolean =>
  a.party === b.party && a.place === b.place && a.unit === b.unit && a.in === b.in && sameTransit(a.transit, b.transit);

/** Puts a quantity into a hand, beside what it has already. */
export function give(lot: Lot, part: Holding): Lot {
  const at = lot.holdings.findIndex((h) => sameHand(h, part));
  if (at < 0) return { ...lot, holdings: [...lot.holdings, part] };
  const held = lot.holdings[at] as Holding;
  const together = part.quantity === undefined ? held : { ...held, quantity: add(held.quantity ?? '0', part.quantity) };
  return { ...lot, holdings: lot.holdings.with(at, together) };
}

export interface Taken {
  readonly lot: Lot;
  /** The parts taken, as they were held. */
  readonly parts: readonly Holding[];
  /** What was asked for and not there; decimal string. */
  readonly missing?: string;
}

/**
 * Takes a quantity out of the hands that `from` accepts, those of the highest `rank` first, then in the order of arrival. Without a
 * quantity takes all of them, whatever their unit.
 */
export function take(
  lot: Lot,
  from: (h: Holding) => boolean,
  quantity?: string,
  unit?: string,
  rank?: (h: Holding) => number,
): Taken {
  const ranked = lot.holdings.filter((h) => from(h) && (quantity === undefined || h.unit === unit));
  if (rank) ranked.sort((a, b) => rank(b) - rank(a));
  if (quantity === undefined)
    return { lot: { ...lot, holdings: lot.holdings.filter((h) => !ranked.includes(h)) }, parts: ranked };

  let left = quantity;
  const parts: Holding[] = [];
  const after = new Map<Holding, Holding | undefined>();
  for (const held of ranked) {
    if (!isPositive(left)) break;
    const part = least(left, held.quantity ?? '0');
    if (!isPositive(part)) continue;
    left = subtract(left, part);
    parts.push({ ...held, quantity: part });
    const rest = subtract(held.quantity ?? '0', part);
    after.set(held, isPositive(rest) ? { ...held, quantity: rest } : undefined);
  }
  const holdings = lot.holdings.flatMap((h) => (after.has(h) ? (after.get(h) ?? []) : h));
  return { lot: { ...lot, holdings }, parts, ...(isPositive(left) && { missing: left }) };
}

/** What the hands that `of` accepts hold in one unit. */
export function held(lot: Lot, unit: string | undefined, of: (h: Holding) => boolean): string {
  return lot.holdings.reduce((total, h) => (h.unit === unit && of(h) ? add(total, h.quantity ?? '0') : total), '0');
}

export const holdsAny = (lot: Lot): boolean =>
  lot.holdings.some((h) => h.quantity === undefined || compare(h.quantity, '0') !== 0);
