import { registeredOf, standingOf, type Registered } from '../domain/gs1/registered.js';
import type { LedgerRecord } from '../domain/record.js';
import { productOf } from '../domain/lot.js';
import type { Reader } from '../domain/reader.js';
import type { Text } from '../domain/text.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';
import { codeOf, namesOf } from './named.js';
import { ownOf, type Named } from './picks.js';
import { statementAt, type Statement } from './statements.js';

/** Statements about the links of one identifier that are looked at, the newest first. */
const most = 2000;

/**
 * Everything that was said of the links of an identifier (canonical URI), oldest first, up to a record time (Unix milliseconds).
 * Links of what it is a part of (a lot's product) are not among them.
 */
export async function linkStatements(store: Store, anchor: string, at = Infinity): Promise<Statement[]> {
  const rows = await store.range('about', { prefix: [anchor, 'link'], reverse: true, limit: most });
  const records = await store.getMany(
    'records',
    rows.map(({ seq }) => [seq]),
  );
  return records.flatMap((row) => (row && row.time <= at ? [statementOf(row)] : [])).sort((a, b) => a.seq - b.seq);
}

function statementOf(row: Row<'records'>): Statement {
  const { id, kind, by, body, demo } = JSON.parse(row.body) as LedgerRecord;
  return { uri: id, kind, body, by, seq: row.seq, time: row.time, closed: 0, erased: [], ...(demo && { demo }) };
}

/** The links of an identifier, each by what was last said of it. */
export async function linksAt(store: Store, anchor: string, at?: number): Promise<Statement[]> {
  const newest = new Map((await linkStatements(store, anchor, at)).map((statement) => [statement.uri, statement]));
  return [...newest.values()];
}

/** Those that lead on at a time: as they were stated then, and in force then. */
export async function linksInForce(store: Store, anchor: string, time: number): Promise<Registered[]> {
  const links = (await linksAt(store, anchor, time)).map(({ body }) => registeredOf(body));
  return links.filter((link) => standingOf(link, time) === 'in-force');
}

/**
 * Whether links of an identifier are a party's to register: its registered products and lots of them, lots, items and units that it
 * made, its places, and itself.
 */
export async function mayLink(store: Store, anchor: string, party: string): Promise<boolean> {
  if (anchor === party) return true;
  const place = await statementAt(store, anchor);
  if (place?.kind === 'place') return place.body.party === party;
  const product = productOf(anchor);
  const lot = anchor === product ? undefined : await store.get('lots', [anchor]);
  if (anchor !== product && lot === undefined) return false;
  if (lot?.producer === party) return true;
  if (product === undefined) return false;
  const [first] = await store.range('statements', { prefix: [product], limit: 1 });
  return first?.kind === 'product' && first.by === party;
}

/** Lots that are offered to choose from, the newest first. */
const offered = 50;

/** What a party may register links for, to choose from: its products, then the lots that it made lately. */
export async function linkable(store: Store, party: string, reader: Reader): Promise<Named[]> {
  const products = await ownOf(store, party, 'product', reader);
  const rows = await store.range('holdings', { index: 'time', prefix: [party, 'made'], reverse: true, limit: offered });
  const lots = rows.map(({ item }) => item).filter((item) => item.startsWith('https://id.gs1.org/'));
  const names = await nameOfLinked(store, lots, reader);
  return [...products, ...lots.map((item) => ({ item, name: names.get(item) as Text }))];
}

/** What people call the things that links lead on from: a product by its name, a lot by that and its number. */
export async function nameOfLinked(store: Store, anchors: readonly string[], reader: Reader): Promise<Map<string, Text>> {
  const subjects = anchors.map((anchor) => productOf(anchor) ?? anchor);
  const names = await namesOf(store, subjects, reader);
  return new Map(
    anchors.map((anchor, i) => {
      const subject = subjects[i] as string;
      const name = names.get(subject) as Text;
      const code = codeOf(anchor);
      return [anchor, subject === anchor ? name : { zh: `${name.zh} ${code.zh}`, en: `${name.en} ${code.en}` }];
    }),
  );
}
