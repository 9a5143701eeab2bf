import type { Text } from '../domain/text.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';
import { openCheckpoint } from './checkpoint.js';
import { linksRoot, readEntry, readRecord, streamOf, type StreamLink } from './entry.js';
import { hex, leafHash } from './merkle.js';
import { nodeCrypto, sha256 } from './node.js';
import type { NoteKey } from './note.js';
import { equal } from './proof.js';
import { Prover } from './prove.js';
import { noteOf, successorsOf } from './rotation.js';
import { sealedDigest } from './seal.js';
import { streamsOf } from './streams.js';
import { Edge, tileWidth, type Tile } from './tiles.js';
import type { Trust } from './trust.js';
import { Unproven } from './unproven.js';
import { unprovenText } from './unprovenWords.js';

/** Something that does not agree, and where. */
export interface Disagreement {
  /** `entry 17`, `tile 0/3`, `head of <uri>`, `checkpoint`. */
  readonly place: string;
  readonly text: Text;
}

export interface AuditResult {
  readonly size: number;
  /** Root over all entries, recomputed from them; lower-case hex. */
  readonly root: string;
  readonly streams: number;
  readonly disagreements: readonly Disagreement[];
}

export interface AuditOptions {
  /** Checkpoint notes that were signed before: the ledger must still begin with their trees. */
  readonly checkpoints: readonly string[];
  readonly key?: NoteKey;
  /** Told after each page how many entries are done. */
  readonly progress?: (done: number, size: number) => void;
  /** Disagreements after which the audit ends. */
  readonly most?: number;
}

/** Records read at a time: whole tiles. */
const page = 4 * tileWidth;

interface Head {
  count: number;
  leaf: string;
}

/**
 * Replays the whole ledger from its records: every digest from the record, every leaf from its entry, every stream without a gap and
 * with all that the record names, every tile, every head, and the roots of the checkpoints. Reads beside a running server: what is
 * appended meanwhile is not looked at.
 */
export async function audit(store: Store, options: AuditOptions): Promise<AuditResult> {
  const size = await store.size();
  const found: Disagreement[] = [];
  const most = options.most ?? 20;
  const note = (place: string, zh: string, en: string): void => void found.push({ place, text: { zh, en } });
  const heads = new Map<string, Head>();
  const rotations: Rotations = [];
  let edge = Edge.empty(sha256);
  let time = 0;

  for (let from = 0; from < size && found.length < most; from += page) {
    const rows = await store.range('records', { prefix: [], from, to: Math.min(from + page, size), limit: page });
    const hidden = await disclosuresOf(store, from, Math.min(from + page, size));
    const leaves: Uint8Array[] = [];
    for (let at = 0; at < Math.min(page, size - from); at++) {
      const row = rows[at];
      if (row?.seq !== from + at) {
        note(`entry ${from + at}`, '记录不见了', 'the record is missing');
        return { size, root: '', streams: heads.size, disagreements: found };
      }
      const leaf = leafHash(sha256, row.entry);
      leaves.push(leaf);
      for (const [zh, en] of faultsOf(row, time, heads, hex(leaf))) note(`entry ${row.seq}`, zh, en);
      if (row.kind === 'key') rotations.push({ entry: row.seq, body: row.body });
      time = row.time;
    }
    for (const row of hidden)
      if (nodeDigest(row.text) !== row.digest)
        note(`entry ${row.seq}`, '隐去的值与其摘要不符', 'a hidden value does not have its digest');
    edge = edge.fork();
    const tiles = edge.append(leaves);
    const last = from + page >= size;
    for (const tile of tiles)
      if (tile.hashes.length === tileWidth * 32 || last)
        if (!(await sameTile(store, tile)))
          note(`tile ${tile.level}/${tile.n}`, '与其账目不符', 'does not agree with its entries');
    options.progress?.(Math.min(from + page, size), size);
  }
  const root = edge.root();
  if (found.length < most) await auditHeads(store, size, heads, note);
  const trust = found.length === 0 && options.key ? trustOf(options.key, rotations, note) : undefined;
  if (trust) await auditCheckpoints(store, size, options.checkpoints, trust, note);
  return { size, root: hex(root), streams: heads.size, disagreements: found };
}

type Note = (place: string, zh: string, en: string) => void;

/** What is wrong with one record, given the heads of all streams before it, which it moves on. */
function faultsOf(row: Row<'records'>, time: number, heads: Map<string, Head>, leaf: string): [zh: string, en: string][] {
  const faults: [string, string][] = [];
  try {
    const entry = readEntry(row.entry);
    const links = JSON.parse(row.links) as StreamLink[];
    if (sealedDigest(row.body, row.seed) !== entry.digest) faults.push(['记录与摘要不符', 'the record does not have its digest']);
    if (entry.kind !== row.kind || entry.time !== row.time)
      faults.push(['种类或时间与账目不符', 'kind or time are not those of the entry']);
    if (row.time < time) faults.push(['时间倒退', 'its time is before that of the entry before']);
    if (entry.streams.count !== links.length || entry.streams.root !== linksRoot(sha256, links))
      faults.push(['所列的链与账目不符', 'its links are not those of the entry']);
    const record = readRecord(row.body);
    const named = streamsOf(record).map((uri) => streamOf(sha256, uri));
    const stated = new Set(links.map(([stream]) => stream));
    if (
      named.length !== stated.size ||
      named.some((stream) => !stated.has(stream)) ||
      record.kind !== row.kind ||
      record.by !== row.by
    )
      faults.push(['记录所涉与所列的链不符', 'it names other things than its links']);
    for (const [stream, n, previous] of links) {
      const head = heads.get(stream);
      if (n !== (head?.count ?? 0) + 1 || previous !== (head?.leaf ?? null))
        faults.push(['没有接上前一条', 'it does not follow the entry before in its stream']);
      if (head) [head.count, head.leaf] = [n, leaf];
      else heads.set(stream, { count: n, leaf });
    }
  } catch {
    faults.push(['读不懂', 'it cannot be read']);
  }
  return faults;
}

async function disclosuresOf(store: Store, from: number, to: number): Promise<Row<'disclosures'>[]> {
  const all: Row<'disclosures'>[] = [];
  for (let after: [number, string] | undefined; ;) {
    const rows = await store.range('disclosures', { prefix: [], from, to, limit: page, ...(after && { after }) });
    all.push(...rows);
    const last = rows.at(-1);
    if (!last || rows.length < page) return all;
    after = [last.seq, last.digest];
  }
}

const nodeDigest = (text: string): string => Buffer.from(sha256(Buffer.from(text, 'ascii'))).toString('base64url');

/** Whether the stored tile begins with these hashes: one that is being filled may have grown since. */
async function sameTile(store: Store, { level, n, hashes }: Tile): Promise<boolean> {
  const stored = (await store.get('tiles', [level, n]))?.hashes;
  return stored !== undefined && equal(stored.subarray(0, hashes.length), hashes);
}

/** The stored heads are those of the streams; where records were added since the audit began, they may be ahead. */
async function auditHeads(store: Store, size: number, heads: ReadonlyMap<string, Head>, note: Note): Promise<void> {
  const grown = async (): Promise<boolean> => (await store.size()) > size;
  let count = 0;
  for (let after: [string] | undefined; ;) {
    const rows = await store.range('heads', { prefix: [], limit: page, ...(after && { after }) });
    for (const row of rows) {
      const head = heads.get(streamOf(sha256, row.item));
      if (head) count++;
      const same = head !== undefined && head.count === row.count && head.leaf === hex(row.head);
      const ahead = row.count > (head?.count ?? 0);
      if (!same && !(ahead && (await grown()))) note(`head of ${row.item}`, '不是这条链的末端', 'is not the end of its stream');
    }
    const last = rows.at(-1);
    if (!last || rows.length < page) break;
    after = [last.item];
  }
  if (count !== heads.size) note('heads', `少了 ${heads.size - count} 条链的末端`, `${heads.size - count} streams have none`);
}

type Rotations = { readonly entry: number; readonly body: string }[];

/** The key and those that took its place by statements that both signed; undefined when such a statement does not hold. */
function trustOf(key: NoteKey, rotations: Rotations, note: Note): Trust | undefined {
  try {
    const notes = rotations.map(({ entry, body }) => ({ entry, note: noteOf(readRecord(body).body) }));
    return { ...key, successors: successorsOf(nodeCrypto, key, notes) };
  } catch (error) {
    if (!(error instanceof Unproven)) throw error;
    const { zh, en } = unprovenText(error);
    note('key', zh, en);
    return undefined;
  }
}

async function auditCheckpoints(
  store: Store,
  size: number,
  checkpoints: readonly string[],
  trust: Trust,
  note: Note,
): Promise<void> {
  const prover = new Prover(sha256, async (level, n) => (await store.get('tiles', [level, n]))?.hashes);
  for (const signed of checkpoints) {
    try {
      const checkpoint = openCheckpoint(nodeCrypto, signed, trust);
      // Signed while the audit ran: its tree is larger than what was looked at.
      if (checkpoint.size > size && checkpoint.size <= (await store.size())) continue;
      if (checkpoint.size > size)
        note(
          'checkpoint',
          `签到 ${checkpoint.size} 条，账上只有 ${size} 条`,
          `is over ${checkpoint.size} entries, the ledger has ${size}`,
        );
      else if (!equal(await prover.root(checkpoint.size), checkpoint.root))
        note('checkpoint', '与它签过的账不符', 'is of another history');
    } catch (error) {
      if (!(error instanceof Unproven)) throw error;
      const { zh, en } = unprovenText(error);
      note('checkpoint', zh, en);
    }
  }
}
