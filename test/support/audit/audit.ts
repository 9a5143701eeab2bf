import type { LedgerRecord } from '../../../src/domain/record.js';
import { sealedDigest } from '../../../src/ledger/seal.js';
import type { Row } from '../../../src/store/collections.js';
import type { Store } from '../../../src/store/port.js';
import { allRows } from './rows.js';
import { leafOf, NaiveTree, sha } from './tree.js';
import { checkViews, touchedBy, type Read } from './views.js';

/** What a check of a whole store came to. */
export interface Audited {
  readonly size: number;
  /** Everything that is wrong, each with its place; nothing in a ledger that is whole. */
  readonly faults: readonly string[];
  /** The tree over the entries as they lie there, for the roots of any size. */
  readonly tree: NaiveTree;
  readonly records: readonly Read[];
}

interface Entry {
  readonly kind: string;
  readonly time: number;
  readonly digest: string;
  readonly streams: { readonly count: number; readonly root: string };
}

/** Stops collecting here: one fault early makes thousands after it. */
const most = 50;

/**
 * Reads everything that a store holds of its ledger and works it out again from the records alone: numbers without gap, digests,
 * streams, entries, tiles, and every view. Slow and plain, and with no code of the ledger but the sealed form of a record.
 */
export async function audit(store: Store): Promise<Audited> {
  const faults: string[] = [];
  const say = (place: string, what: string): void => {
    if (faults.length < most) faults.push(`${place} ${what}`);
  };
  const rows = await allRows(store, 'records');
  const size = await store.size();
  if (size !== rows.length) say('the store', `says that it has ${size} records and gives ${rows.length}`);
  const streams = new Map<string, { count: number; head: Buffer }>();
  const read: Read[] = [];
  const leaves: Buffer[] = [];
  let time = 0;
  for (const [seq, row] of rows.entries()) {
    if (row.seq !== seq) say(`record ${row.seq}`, `stands where ${seq} is due`);
    const record = JSON.parse(row.body) as LedgerRecord;
    const leaf = leafOf(row.entry);
    checkEntry(row, record, time, streams, leaf, say);
    time = row.time;
    leaves.push(leaf);
    read.push({ seq: row.seq, time: row.time, record });
  }
  const tree = new NaiveTree(leaves);
  await checkTiles(store, tree, say);
  const heads = await allRows(store, 'heads');
  for (const { item, count, head } of heads) {
    const due = streams.get(item);
    if (due?.count !== count || !due.head.equals(head)) say(`head of ${item}`, `says ${count}, and there are ${due?.count ?? 0}`);
  }
  if (heads.length !== streams.size) say('heads', `are ${heads.length}, and there are ${streams.size} streams`);
  await checkDisclosures(store, rows, say);
  await checkViews(store, read, say);
  return { size: rows.length, faults, tree, records: read };
}

function checkEntry(
  row: Row<'records'>,
  record: LedgerRecord,
  before: number,
  streams: Map<string, { count: number; head: Buffer }>,
  leaf: Buffer,
  say: (place: string, what: string) => void,
): void {
  const place = `entry ${row.seq}`;
  const entry = JSON.parse(row.entry) as Entry;
  if (entry.kind !== record.kind || row.kind !== record.kind || row.by !== record.by) say(place, 'is not of its record');
  if (entry.time !== row.time || row.time < before) say(place, `has the time ${entry.time} after ${before}`);
  if (entry.digest !== sealedDigest(row.body, row.seed)) say(place, 'has another digest than its record');
  const links = [...touchedBy(record)].map((uri): [string, number, string | null] => {
    const last = streams.get(uri);
    streams.set(uri, { count: (last?.count ?? 0) + 1, head: leaf });
    return [sha(uri).toString('hex'), (last?.count ?? 0) + 1, last?.head.toString('hex') ?? null];
  });
  links.sort(([a], [b]) => (a < b ? -1 : 1));
  if (JSON.stringify(links) !== row.links) say(place, `has the links ${row.links}, and ${JSON.stringify(links)} are due`);
  const root = new NaiveTree(links.map((link) => leafOf(JSON.stringify(link)))).root().toString('hex');
  const due = { count: links.length, root };
  const text = `{"digest":"${entry.digest}","kind":"${entry.kind}","streams":${JSON.stringify(due)},"time":${entry.time},"v":1}`;
  if (text !== row.entry) say(place, `is ${row.entry}, and ${text} is due`);
}

/** Level 0 has the leaves by 256, every level above the roots of the full tiles below. */
async function checkTiles(store: Store, tree: NaiveTree, say: (place: string, what: string) => void): Promise<void> {
  const stored = new Map((await allRows(store, 'tiles')).map((row) => [`${row.level}/${row.n}`, Buffer.from(row.hashes)]));
  for (let level = 0, span = 1; Math.floor(tree.leaves.length / span) > 0; level++, span *= 256) {
    const width = Math.floor(tree.leaves.length / span);
    for (let n = 0; n * 256 < width; n++) {
      const name = `${level}/${n}`;
      const hashes = Array.from({ length: Math.min(256, width - n * 256) }, (_, at) => {
        const from = (n * 256 + at) * span;
        return tree.root(from + span, from);
      });
      const tile = stored.get(name);
      stored.delete(name);
      if (!tile) say(`tile ${name}`, 'is missing');
      else if (!tile.equals(Buffer.concat(hashes))) {
        const at = hashes.findIndex((hash, i) => !tile.subarray(i * 32, i * 32 + 32).equals(hash));
        say(`tile ${name}`, at < 0 ? `has ${tile.length} bytes, not ${hashes.length * 32}` : `is wrong at hash ${at}`);
      }
    }
  }
  for (const name of stored.keys()) say(`tile ${name}`, 'is there and belongs to no entry');
}

/** Every stored salt and value stands in its record as a digest, and every digest has its value or a word that it was erased. */
async function checkDisclosures(
  store: Store,
  rows: readonly Row<'records'>[],
  say: (place: string, what: string) => void,
): Promise<void> {
  const found = new Map<number, number>();
  for (const { seq, digest, text } of await allRows(store, 'disclosures')) {
    found.set(seq, (found.get(seq) ?? 0) + 1);
    if (sha(text).toString('base64url') !== digest) say(`disclosure of entry ${seq}`, `does not have the digest ${digest}`);
    if (!rows[seq]?.body.includes(`"${digest}"`)) say(`disclosure of entry ${seq}`, 'does not stand in its record');
  }
  for (const { seq } of await allRows(store, 'erased')) found.set(seq, (found.get(seq) ?? 0) + 1);
  for (const { seq, body } of rows) {
    const due = [...body.matchAll(/"_sd":\[([^\]]*)\]/g)].reduce((sum, [, list]) => sum + (list ?? '').split(',').length, 0);
    const elements = [...body.matchAll(/\{"\.\.\.":"/g)].length;
    if ((found.get(seq) ?? 0) !== due + elements)
      say(`entry ${seq}`, `hides ${due + elements} values, and ${found.get(seq) ?? 0} are kept or erased`);
  }
}
