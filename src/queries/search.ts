import { foldNumber, meant } from '../domain/number.js';
import { identify } from '../domain/gs1/identify.js';
import { isFaulty } from '../domain/gs1/gs1Error.js';
import type { Lot } from '../domain/lot.js';
import type { Fault } from '../domain/text.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';
import { recorded } from './item.js';
import { listStatements } from './statements.js';
import { textOf } from './names.js';

/** What a search found: identifiers to show, best first. */
export interface Found {
  readonly items: readonly string[];
  /** There were more than were asked for. */
  readonly more: boolean;
  /** What is wrong with the code as typed (a check digit, a form). */
  readonly faults: readonly Fault[];
}

/**
 * Looks for what a person typed or pasted: a code in any form that GS1 knows, a lot or serial number, a part of a product's name.
 * `product` narrows a lot number to one product (its canonical URI).
 */
export async function search(
  store: Store,
  text: string,
  { limit, product }: { limit: number; product?: string },
): Promise<Found> {
  const none = { items: [], more: false, faults: [] };
  const typed = text.normalize('NFKC').trim();
  if (typed === '') return none;
  const asCode = identify(typed);
  if (!isFaulty(asCode) && asCode.kind !== 'other' && asCode.keys.length > 0) return { ...none, items: [asCode.uri] };
  if (!isFaulty(asCode) && asCode.keys.length === 0 && (await recorded(store, asCode)) !== undefined)
    return { ...none, items: [asCode.uri] };

  const number = foldNumber(typed);
  const rows = await store.range('lots', { index: 'number', prefix: [number], limit: limit + 1 });
  const fitting = product === undefined ? rows : rows.filter((row) => row.product === product);
  if (fitting.length > 0)
    return { items: fitting.slice(0, limit).map((row) => row.item), more: fitting.length > limit, faults: [] };

  const products = await productsNamed(store, typed);
  const lots = (await Promise.all(products.map((uri) => newestLots(store, uri, limit)))).flat();
  if (lots.length > 0) return { items: lots.slice(0, limit).map((row) => row.item), more: lots.length > limit, faults: [] };
  if (products.length > 0) return { ...none, items: products };
  const codeLike = /^[\d()[\] -]{8,}$|^(https?|urn):/i.test(typed);
  return { ...none, faults: isFaulty(asCode) && codeLike ? asCode.faults : [] };
}

/** Products whose name, in either language, holds the text: the newest names of at most 2,000 products are looked at. */
async function productsNamed(store: Store, text: string): Promise<string[]> {
  if ([...text].length < 2) return [];
  const wanted = text.toLowerCase();
  const { statements } = await listStatements(store, 'product', { limit: 2000 });
  return statements
    .filter(({ body }) => {
      const name = textOf(body.name);
      return name !== undefined && (name.zh.toLowerCase().includes(wanted) || name.en.toLowerCase().includes(wanted));
    })
    .map(({ uri }) => uri)
    .slice(0, 20);
}

/** The newest lots of a product that are not the growing of it. */
export async function newestLots(store: Store, product: string, limit: number): Promise<Row<'lots'>[]> {
  return store.range('lots', { index: 'product', prefix: [product], reverse: true, limit });
}

/** The lot number of a product that somebody may have misread as `given`, and its item. */
export async function misread(
  store: Store,
  product: string,
  given: string,
): Promise<{ value: string; item: string } | undefined> {
  const rows = await newestLots(store, product, 500);
  const byNumber = new Map(rows.flatMap((row) => (row.number === null ? [] : [[row.number, row.item] as const])));
  const value = meant(
    given,
    [...byNumber.keys()].filter((number) => number !== foldNumber(given)),
  );
  const item = value === undefined ? undefined : byNumber.get(value);
  return value === undefined || item === undefined ? undefined : { value, item };
}

/** The present state of a lot, whole: what of it may be shown is up to who asks. */
export async function lotState(store: Store, item: string): Promise<Lot | undefined> {
  const row = await store.get('lots', [item]);
  return row && (JSON.parse(row.body) as Lot);
}
