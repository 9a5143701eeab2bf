import { nodeHash, split, type Sha256 } from './merkle.js';
import { TileMissing, tileWidth } from './tiles.js';

/** The stored hashes of a tile, as many as there are. */
export type ReadTile = (level: number, n: number) => Promise<Uint8Array | undefined>;

/** Full tiles whose inner nodes are kept: 16 kB each. */
const kept = 256;
/** Levels of the tree within one tile. */
const height = 8;

/** Proofs and roots of any size that the log has had, made from stored tiles (RFC 6962 section 2.1). Sizes must be durable. */
export class Prover {
  /** Of a full tile all its inner nodes, level by level: [256 hashes, 128, ... 2]. */
  private readonly inner = new Map<string, Uint8Array[]>();

  constructor(
    private readonly sha256: Sha256,
    private readonly read: ReadTile,
  ) {}

  /** Root over the first `size` entries. */
  async root(size: number): Promise<Uint8Array> {
    return size === 0 ? this.sha256(new Uint8Array(0)) : this.over(0, size);
  }

  /** The audit path of entry `index` in the tree of `size` (section 2.1.1): sibling hashes, the leaf's first. */
  async inclusion(index: number, size: number): Promise<Uint8Array[]> {
    if (index < 0 || index >= size) throw new RangeError(`there is no entry ${index} among ${size}`);
    const path: Uint8Array[] = [];
    for (let from = 0, to = size; to - from > 1;) {
      const middle = from + split(to - from);
      const left = index < middle;
      path.push(left ? await this.over(middle, to) : await this.over(from, middle));
      if (left) to = middle;
      else from = middle;
    }
    return path.reverse();
  }

  /** The proof that the tree of `larger` begins with that of `smaller` (section 2.1.2). */
  async consistency(smaller: number, larger: number): Promise<Uint8Array[]> {
    if (smaller < 0 || smaller > larger) throw new RangeError(`${smaller} is more than ${larger}`);
    if (smaller === 0 || smaller === larger) return [];
    const path: Uint8Array[] = [];
    let from = 0;
    let to = larger;
    while (to !== smaller) {
      const middle = from + split(to - from);
      const left = smaller <= middle;
      path.push(left ? await this.over(middle, to) : await this.over(from, middle));
      if (left) to = middle;
      else from = middle;
    }
    // The subtree at which the smaller tree ends: its own root when it began at 0, and then the verifier has it.
    if (from > 0) path.push(await this.over(from, to));
    return path.reverse();
  }

  /** Root over entries [from, to): `from` is a multiple of the least power of two that is not less than their number. */
  private async over(from: number, to: number): Promise<Uint8Array> {
    const count = to - from;
    const level = Math.log2(count);
    if (Number.isInteger(level)) return this.node(level, from / count);
    const middle = from + split(count);
    return nodeHash(this.sha256, await this.over(from, middle), await this.over(middle, to));
  }

  /** Node `n` of a level of the tree: the root over 2^level entries. */
  private async node(level: number, n: number): Promise<Uint8Array> {
    const tileLevel = Math.floor(level / height);
    const inside = level % height;
    const across = tileWidth >> inside;
    const tile = Math.floor(n / across);
    const place = n % across;
    const known = this.inner.get(`${tileLevel}/${tile}`);
    if (known) return (known[inside] as Uint8Array).slice(place * 32, place * 32 + 32);
    const hashes = await this.read(tileLevel, tile);
    const end = ((place + 1) << inside) * 32;
    if (!hashes || hashes.length < end) throw new TileMissing(tileLevel, tile);
    if (hashes.length === tileWidth * 32) {
      this.keep(`${tileLevel}/${tile}`, hashes);
      return this.node(level, n);
    }
    let row = hashes.subarray((place << inside) * 32, end);
    for (let step = 0; step < inside; step++) row = this.pairs(row);
    return row.slice();
  }

  private keep(name: string, hashes: Uint8Array): void {
    const levels = [hashes];
    for (let row = hashes; row.length > 64;) levels.push((row = this.pairs(row)));
    this.inner.set(name, levels);
    if (this.inner.size > kept) this.inner.delete(this.inner.keys().next().value as string);
  }

  /** The row of nodes above a row. */
  private pairs(row: Uint8Array): Uint8Array {
    const above = new Uint8Array(row.length / 2);
    for (let at = 0; at < above.length; at += 32)
      above.set(nodeHash(this.sha256, row.subarray(at * 2, at * 2 + 32), row.subarray(at * 2 + 32, at * 2 + 64)), at);
    return above;
  }
}
