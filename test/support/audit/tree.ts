import { createHash } from 'node:crypto';

/**
 * RFC 6962 section 2.1 over leaf hashes, by its recursion and with nothing of src/ledger: what the ledger's own tree is held against.
 * Complete subtrees are remembered, so that the roots of many sizes of one growing tree cost little.
 */
export const sha = (...parts: (Uint8Array | string)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

const zero = Uint8Array.of(0);
const one = Uint8Array.of(1);

export const leafOf = (entry: string): Buffer => sha(zero, entry);

export class NaiveTree {
  readonly #known = new Map<string, Buffer>();

  constructor(readonly leaves: readonly Uint8Array[]) {}

  /** MTH over the leaves [from, to). */
  root(to = this.leaves.length, from = 0): Buffer {
    if (to > this.leaves.length) throw new RangeError(`there are ${this.leaves.length} leaves, not ${to}`);
    if (to === from) return sha();
    if (to === from + 1) return Buffer.from(this.leaves[from] as Uint8Array);
    const key = `${from} ${to}`;
    const known = this.#known.get(key);
    if (known) return known;
    let k = 1;
    while (k * 2 < to - from) k *= 2;
    const node = sha(one, this.root(from + k, from), this.root(to, from + k));
    if (k * 2 === to - from) this.#known.set(key, node);
    return node;
  }
}
