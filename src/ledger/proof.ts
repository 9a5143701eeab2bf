import { fromBase64, toBase64 } from './base64.js';
import { isCount, openCheckpoint, readCheckpoint, type Checkpoint } from './checkpoint.js';
import { leafHash, nodeHash, type Sha256 } from './merkle.js';
import type { Crypto } from './note.js';
import type { Trust } from './trust.js';
import { Unproven } from './unproven.js';

const half = (n: number): number => Math.floor(n / 2);
const odd = (n: number): boolean => n % 2 === 1;
export const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, at) => byte === b[at]);

/**
 * The root that an inclusion proof leads to (RFC 9162 section 2.1.3.2): hashes of siblings from the leaf's up. Undefined when the
 * proof has not the length that index and size call for.
 */
export function rootFrom(
  sha256: Sha256,
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  if (index < 0 || index >= size) return undefined;
  let at = index;
  let last = size - 1;
  let root = leaf;
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (odd(at) || at === last) {
      root = nodeHash(sha256, sibling, root);
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else root = nodeHash(sha256, root, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? root : undefined;
}

/** Whether the leaf stands at `index` of the tree of this size and root. */
export function included(
  sha256: Sha256,
  leaf: Uint8Array,
  index: number,
  proof: readonly Uint8Array[],
  tree: Pick<Checkpoint, 'size' | 'root'>,
): boolean {
  const root = rootFrom(sha256, leaf, index, tree.size, proof);
  return root !== undefined && equal(root, tree.root);
}

/** Whether the larger tree begins with all of the smaller one (RFC 9162 section 2.1.4.2). Every tree begins with the empty one. */
export function consistent(
  sha256: Sha256,
  smaller: Pick<Checkpoint, 'size' | 'root'>,
  larger: Pick<Checkpoint, 'size' | 'root'>,
  proof: readonly Uint8Array[],
): boolean {
  if (smaller.size > larger.size) return false;
  if (smaller.size === larger.size) return proof.length === 0 && equal(smaller.root, larger.root);
  if (smaller.size === 0) return proof.length === 0 && equal(smaller.root, sha256(new Uint8Array(0)));
  let at = smaller.size - 1;
  let last = larger.size - 1;
  while (odd(at)) [at, last] = [half(at), half(last)];
  // A smaller tree that is complete is itself a node of the larger one: its root begins the path.
  const [first, ...path] = at === 0 ? [smaller.root, ...proof] : proof;
  if (first === undefined) return false;
  let [old, whole] = [first, first];
  for (const sibling of path) {
    if (last === 0) return false;
    if (odd(at) || at === last) {
      old = nodeHash(sha256, sibling, old);
      whole = nodeHash(sha256, sibling, whole);
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else whole = nodeHash(sha256, whole, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equal(old, smaller.root) && equal(whole, larger.root);
}

/** A receipt (c2sp.org/tlog-proof): that an entry stands in the log, to be checked without asking it. */
export interface Receipt {
  /** Not authenticated by itself: our receipts carry the entry here. */
  readonly extra?: Uint8Array;
  readonly index: number;
  /** Sibling hashes, the leaf's first. */
  readonly proof: readonly Uint8Array[];
  /** The checkpoint note, verbatim. */
  readonly checkpoint: string;
}

const title = 'c2sp.org/tlog-proof@v1';

export function receiptText({ extra, index, proof, checkpoint }: Receipt): string {
  const lines = [title, ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]), `index ${index}`, ...proof.map(toBase64)];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a receipt. Throws Unproven `receipt` with the line that is wrong. */
export function readReceipt(text: string): Receipt {
  const cut = text.indexOf('\n\n');
  if (cut < 0 || text.length > 1_100_000) throw new Unproven('receipt');
  const lines = text.slice(0, cut).split('\n');
  const wrong = (line: number): Unproven => new Unproven('receipt', String(line));
  if (lines.shift() !== title) throw wrong(1);
  const more = lines[0]?.startsWith('extra ') ? lines.shift()?.slice(6) : undefined;
  const extra = more === undefined ? undefined : fromBase64(more);
  if (more !== undefined && extra === undefined) throw wrong(2);
  const before = more === undefined ? 2 : 3;
  const count = /^index (.+)$/.exec(lines.shift() ?? '')?.[1] ?? '';
  if (!isCount(count)) throw wrong(before);
  const proof = lines.map((line, at) => {
    const hash = fromBase64(line);
    if (hash?.length !== 32 || at > 62) throw wrong(before + 1 + at);
    return hash;
  });
  return { ...(extra && { extra }), index: Number(count), proof, checkpoint: text.slice(cut + 2) };
}

/** What a receipt proves: that this entry is number `index` of the log that this checkpoint is of. */
export interface Proven {
  readonly index: number;
  readonly checkpoint: Checkpoint;
  /** Whether a key was given and the checkpoint is signed by it. */
  readonly signed: boolean;
}

/**
 * Checks a receipt for an entry (its bytes). Without a key it is only held against itself: a checkpoint inside a receipt says nothing
 * about who made it. Throws Unproven with the step that failed.
 */
export function checkReceipt(crypto: Crypto, text: string, entry: Uint8Array, key: Trust | undefined): Proven {
  const { index, proof, checkpoint: note } = readReceipt(text);
  const checkpoint = key ? openCheckpoint(crypto, note, key) : readCheckpoint(note);
  if (index >= checkpoint.size) throw new Unproven('index', String(index));
  if (!included(crypto.sha256, leafHash(crypto.sha256, entry), index, proof, checkpoint))
    throw new Unproven('inclusion', String(index));
  return { index, checkpoint, signed: key !== undefined };
}
