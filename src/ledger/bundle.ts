import { jcs } from '../domain/jcs.js';
import type { Json, JsonObject, LedgerRecord, Mark } from '../domain/record.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';
import { toBase64 } from './base64.js';
import type { BundledEntry, LotBundle } from './bundleForm.js';
import { bundleFormat } from './bundleForm.js';
import type { Checkpoints } from './checkpoints.js';
import { linkText, streamOf, type StreamLink } from './entry.js';
import { leafHash, pathTo } from './merkle.js';
import { sha256 } from './node.js';
import { seal, type SealedValue } from './seal.js';

/** What one reader sees of a record: of an event the members shown (`whole`: all of them), and which marked values. */
export interface Seen {
  readonly whole: boolean;
  readonly shown?: JsonObject;
  readonly mark: (mark: Mark) => boolean;
}

/** What the reader sees of each of the records of one history. */
export type See = (records: readonly LedgerRecord[]) => Promise<readonly Seen[]>;

/** Records in one bundle at most; a longer stream is asked for by pages elsewhere and checked by an audit. */
export const bundleMost = 2000;
const page = 1000;

/** The stream is longer than one bundle holds. */
export class TooLong extends Error {}

/**
 * Everything that a verifier needs to check the history of an item without us: its entries up to the present checkpoint with their
 * proofs, and of each record as much as the reader may see. Undefined when nothing is recorded about it. Throws TooLong.
 */
export async function bundleOf(store: Store, checkpoints: Checkpoints, item: string, see: See): Promise<LotBundle | undefined> {
  const newest = checkpoints.current();
  const { cosigned } = checkpoints;
  const rows = await recordsOf(store, item, newest.size);
  const last = rows.at(-1);
  if (!last) return undefined;
  const { size, note } = cosigned && cosigned.size > last.seq ? cosigned : newest;
  const stream = streamOf(sha256, item);
  const records = rows.map(({ body }) => JSON.parse(body) as LedgerRecord);
  const seen = await see(records);
  const entries: BundledEntry[] = [];
  for (const [i, row] of rows.entries()) {
    const links = JSON.parse(row.links) as StreamLink[];
    const at = links.findIndex(([name]) => name === stream);
    const leaves = links.map((link) => leafHash(sha256, linkText(link)));
    const sealed = seal(row.body, row.seed);
    const mine = seen[i] as Seen;
    entries.push({
      n: row.seq,
      entry: row.entry,
      proof: (await checkpoints.prover.inclusion(row.seq, size)).map(toBase64),
      link: links[at] as StreamLink,
      linkIndex: at,
      linkPath: pathTo(sha256, leaves, at).map(toBase64),
      record: sealed.text,
      disclosures: [...shownOf(sealed.values, records[i] as LedgerRecord, mine), ...(await markedOf(store, row.seq, mine))],
    });
  }
  return { format: bundleFormat, item, checkpoint: note, entries };
}

async function recordsOf(store: Store, item: string, size: number): Promise<Row<'records'>[]> {
  const seqs: number[] = [];
  for (let after: [string, number, number] | undefined; ;) {
    const touches = await store.range('touches', { prefix: [item], limit: page, ...(after && { after }) });
    seqs.push(...touches.map(({ seq }) => seq));
    if (seqs.length > bundleMost) throw new TooLong(item);
    const last = touches.at(-1);
    if (!last || touches.length < page) break;
    after = [last.item, last.time, last.seq];
  }
  const wanted = seqs.filter((seq) => seq < size).sort((a, b) => a - b);
  const rows = await store.getMany(
    'records',
    wanted.map((seq) => [seq]),
  );
  return rows.filter((row) => row !== undefined);
}

/** Disclosures of the values that the reader sees exactly as they were recorded; what is shown only in part stays closed. */
function shownOf(values: readonly SealedValue[], record: LedgerRecord, { whole, shown }: Seen): string[] {
  if (whole) return values.map(({ text }) => text);
  const same = (pointer: string): boolean => {
    const [, top = '', ...path] = pointer.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (top === 'demo') return true;
    if (top === 'id') return shown?.eventID === record.id;
    if (top !== 'body') return false;
    const told = at(shown, path);
    return told !== undefined && jcs(told) === jcs(at(record.body, path) as Json);
  };
  const open = values.filter(({ pointer }) => same(pointer));
  const holds = (outer: string): boolean => open.some(({ pointer }) => pointer.startsWith(`${outer}/`));
  return values.filter((value) => open.includes(value) || holds(value.pointer)).map(({ text }) => text);
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  let found = value;
  for (const name of path) found = typeof found === 'object' && found !== null && !Array.isArray(found) ? found[name] : undefined;
  return found;
}

/** Personal and confidential values that this reader may see and that nobody erased. */
async function markedOf(store: Store, seq: number, { whole, mark }: Seen): Promise<string[]> {
  if (!whole) return [];
  const rows = await store.range('disclosures', { prefix: [seq], limit: 1000 });
  return rows.filter((row) => mark(row.mark as Mark)).map(({ text }) => text);
}
