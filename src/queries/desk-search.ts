import { isFaulty } from '../domain/gs1/gs1Error.js';
import { identify } from '../domain/gs1/identify.js';
import { foldNumber } from '../domain/number.js';
import type { Reader } from '../domain/reader.js';
import type { JsonObject } from '../domain/record.js';
import type { Text } from '../domain/text.js';
import type { Store } from '../store/port.js';
import { isWithin, productOf, surroundings } from './desk.js';
import { codeOf, namesOf, textOf } from './named.js';
import { lotsOf } from './picks.js';
import { listStatements } from './statements.js';

/** Limits of one page; a page that reaches one says so. */
const mostLots = 50;
const mostNames = 1000;

/** A lot that a search found. */
export interface Found {
  readonly item: string;
  readonly product: Text;
  readonly number: Text;
  readonly producer?: Text;
  /** Unix milliseconds of its newest event. */
  readonly time: number;
}

export interface Search {
  readonly lots: readonly Found[];
  readonly products: readonly { readonly item: string; readonly name: Text }[];
  readonly parties: readonly { readonly item: string; readonly name: Text }[];
  /** More was there than was looked through. */
  readonly more: boolean;
}

/** Lots, products and parties by code, number or part of a name, as far as the inspector's division goes. */
export async function search(store: Store, text: string, reader: Reader): Promise<Search> {
  const asked = text.trim();
  const found = identify(asked);
  const uri = isFaulty(found) ? asked : found.uri;
  const byNumber = await store.range('lots', { index: 'number', prefix: [foldNumber(asked)], limit: mostLots });
  const ofProduct = await store.range('lots', { index: 'product', prefix: [uri], reverse: true, limit: mostLots });
  const direct = await store.getMany('lots', [[uri]]);
  const rows = [...direct.flatMap((row) => row ?? []), ...byNumber, ...ofProduct];
  const [products, parties] = await Promise.all([
    listStatements(store, 'product', { limit: mostNames, reader }),
    listStatements(store, 'party', { limit: mostNames, reader }),
  ]);
  const matches = ({ uri: item, body }: { uri: string; body: JsonObject }): boolean =>
    item === uri || matchesName(body, asked) || body.uscc === asked.toUpperCase();
  const named = ({ uri: item, body }: { uri: string; body: JsonObject }) => ({ item, name: textOf(body.name) ?? codeOf(item) });
  return {
    lots: await foundIn(store, [...new Set(rows.map(({ item }) => item))], reader),
    products: products.statements.filter(matches).slice(0, mostLots).map(named),
    parties: parties.statements
      .filter((statement) => isWithin(statement.body, reader) && matches(statement))
      .slice(0, mostLots)
      .map(named),
    more:
      products.next !== undefined || parties.next !== undefined || byNumber.length === mostLots || ofProduct.length === mostLots,
  };
}

const matchesName = (body: JsonObject, text: string): boolean => {
  const name = textOf(body.name);
  const wanted = text.toLowerCase();
  return (
    wanted !== '' && name !== undefined && (name.zh.toLowerCase().includes(wanted) || name.en.toLowerCase().includes(wanted))
  );
};

/** Lots of a product, or made or held by a party, newest first. */
export async function lotsAbout(store: Store, subject: string, reader: Reader): Promise<Found[]> {
  const ofProduct = await store.range('lots', { index: 'product', prefix: [subject], reverse: true, limit: mostLots });
  const roles = ['made', 'holds', 'incoming', 'sent'] as const;
  const ofParty = await Promise.all(
    roles.map((role) => store.range('holdings', { index: 'time', prefix: [subject, role], reverse: true, limit: mostLots })),
  );
  return foundIn(store, [...new Set([...ofProduct, ...ofParty.flat()].map(({ item }) => item))], reader);
}

const foundIn = async (store: Store, items: readonly string[], reader: Reader): Promise<Found[]> => {
  const seen = await Promise.all(items.map(async (item) => ((await surroundings(store, item, reader)).touches ? [item] : [])));
  const lots = await lotsOf(store, seen.flat());
  const names = await namesOf(
    store,
    lots.flatMap((lot) => [...productOf(lot.item), ...(lot.producer === undefined ? [] : [lot.producer])]),
    reader,
  );
  return lots
    .map((lot) => {
      const producer = names.get(lot.producer ?? '');
      const product = productOf(lot.item).map((uri) => names.get(uri))[0];
      return {
        item: lot.item,
        product: product ?? codeOf(lot.item),
        number: codeOf(lot.item),
        ...(producer && { producer }),
        time: lot.time,
      };
    })
    .sort((a, b) => b.time - a.time);
};
