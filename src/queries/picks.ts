import type { Holding, Lot } from '../domain/lot.js';
import { add } from '../domain/quantity.js';
import type { Reader } from '../domain/reader.js';
import type { Text } from '../domain/text.js';
import type { Store } from '../store/port.js';
import { codeOf, namesOf, textOf } from './named.js';
import { listStatements, statementsBy, type Statement } from './statements.js';

/** As many as a person can choose from; who has more finds a lot by typing its number. */
const most = 200;

export interface Amount {
  /** Decimal string. */
  readonly quantity: string;
  /** UN/ECE Rec 20. */
  readonly unit: string;
}

/** A lot that a party has in its hands. */
export interface LotPick {
  readonly item: string;
  readonly product: Text;
  readonly number: Text;
  /** What is left of it in this party's hands, one for each unit; none of what nobody counts. */
  readonly left: readonly Amount[];
  readonly growing: boolean;
  readonly place?: string;
  /** Unix milliseconds of its newest event. */
  readonly time: number;
}

const inHand =
  (party: string) =>
  (holding: Holding): boolean =>
    holding.party === party && holding.transit === undefined;

/** Amounts of holdings added up, one for each unit. */
export const sums = (holdings: readonly Holding[]): Amount[] => {
  const totals = new Map<string, string>();
  for (const { quantity, unit } of holdings) {
    if (quantity !== undefined && unit !== undefined) totals.set(unit, add(totals.get(unit) ?? '0', quantity));
  }
  return [...totals].map(([unit, quantity]) => ({ unit, quantity }));
};

/** The lots that a party holds, the one with the newest event first; what is used up is not among them. */
export async function lotsHeld(store: Store, party: string, reader: Reader): Promise<LotPick[]> {
  const rows = await store.range('holdings', { index: 'time', prefix: [party, 'holds'], reverse: true, limit: most });
  const lots = await lotsOf(
    store,
    rows.map(({ item }) => item),
  );
  const alive = lots.filter((lot) => lot.ended === undefined && lot.holdings.some(inHand(party)));
  const names = await namesOf(
    store,
    alive.flatMap(({ product }) => product ?? []),
    reader,
  );
  return alive.map((lot) => {
    const mine = lot.holdings.filter(inHand(party));
    const place = mine.find((holding) => holding.place !== undefined)?.place;
    return {
      item: lot.item,
      product: names.get(lot.product ?? '') ?? codeOf(lot.item),
      number: codeOf(lot.item),
      left: sums(mine),
      growing: lot.growing === true,
      ...(place !== undefined && { place }),
      time: lot.time,
    };
  });
}

/** The present states of lots, in the order asked; what has no history here is left out. */
export async function lotsOf(store: Store, items: readonly string[]): Promise<Lot[]> {
  const rows = await store.getMany(
    'lots',
    items.map((item) => [item]),
  );
  return rows.flatMap((row) => (row === undefined ? [] : [JSON.parse(row.body) as Lot]));
}

export interface Named {
  readonly item: string;
  readonly name: Text;
}

const named = ({ uri, body }: Statement): Named => ({ item: uri, name: textOf(body.name) ?? codeOf(uri) });

/** What the registry states, it states under this name. */
const registry = 'urn:suyuan:registry';

/**
 * The places or products of a party, newest statements: those that it stated, or had stated for it, and places that the registry
 * stated to belong to it.
 */
export async function ownStatements(
  store: Store,
  party: string,
  kind: 'place' | 'product',
  reader: Reader,
): Promise<Statement[]> {
  const own = await statementsBy(store, party, kind, reader, most);
  if (kind === 'product') return own;
  const given = (await statementsBy(store, registry, kind, reader)).filter(({ body }) => body.party === party);
  const all = new Map([...given, ...own].map((statement) => [statement.uri, statement]));
  return [...all.values()].filter(({ body }) => body.party === party);
}

/** What of its own a party can choose: places that are still used, products. */
export async function ownOf(store: Store, party: string, kind: 'place' | 'product', reader: Reader): Promise<Named[]> {
  return (await ownStatements(store, party, kind, reader)).filter(({ body }) => body.closed !== true).map(named);
}

/** Parties to choose from. */
export async function partiesKnown(store: Store, reader: Reader): Promise<Named[]> {
  return (await listStatements(store, 'party', { limit: most, reader })).statements.map(named);
}

/** Lot numbers of the lots that a party made lately: what a proposed number must not repeat. */
export async function numbersMade(store: Store, party: string): Promise<Set<string>> {
  const rows = await store.range('holdings', { index: 'time', prefix: [party, 'made'], reverse: true, limit: most });
  return new Set(rows.map(({ item }) => codeOf(item).zh));
}
