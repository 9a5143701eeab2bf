import { nodeHash, treeRoot, type Sha256 } from './merkle.js';

/** Hashes in a full tile (C2SP tlog-tiles); a tile of level L+1 holds the roots of full tiles of level L. */
export const tileWidth = 256;

export interface Tile {
  readonly level: number;
  readonly n: number;
  /** Up to 256 hashes of 32 bytes. */
  readonly hashes: Uint8Array;
}

/** A tile is missing or shorter than the size of the ledger says. */
export class TileMissing extends Error {
  constructor(
    readonly level: number,
    readonly n: number,
  ) {
    super(`tile ${level}/${n} is missing or too short`);
  }
}

interface Filling {
  /** Number of the tile that is being filled. */
  n: number;
  /** Its hashes so far: never 256 of them. */
  hashes: Uint8Array[];
}

/** The right edge of the tree: of every level its last, unfinished tile. All that is needed to append and to know the root. */
export class Edge {
  private constructor(
    private readonly sha256: Sha256,
    private readonly levels: Filling[],
    private count: number,
  ) {}

  static empty(sha256: Sha256): Edge {
    return new Edge(sha256, [], 0);
  }

  /** Rebuilds the edge of a tree of `size` leaves; `tile` gives the stored tiles. */
  static async load(
    sha256: Sha256,
    size: number,
    tile: (level: number, n: number) => Promise<Uint8Array | undefined>,
  ): Promise<Edge> {
    const levels: Filling[] = [];
    for (let level = 0, width = size; width > 0; level++, width = Math.floor(width / tileWidth)) {
      const n = Math.floor(width / tileWidth);
      const inside = width % tileWidth;
      const bytes = inside === 0 ? new Uint8Array(0) : await tile(level, n);
      if (!bytes || bytes.length < inside * 32) throw new TileMissing(level, n);
      levels.push({ n, hashes: Array.from({ length: inside }, (_, i) => bytes.slice(i * 32, i * 32 + 32)) });
    }
    return new Edge(sha256, levels, size);
  }

  get size(): number {
    return this.count;
  }

  /** A copy to append to: the old edge stays as it was when the append fails. */
  fork(): Edge {
    return new Edge(
      this.sha256,
      this.levels.map(({ n, hashes }) => ({ n, hashes: [...hashes] })),
      this.count,
    );
  }

  /** Appends leaf hashes; answers every tile that changed, in its new form. */
  append(leaves: readonly Uint8Array[]): Tile[] {
    const full: Tile[] = [];
    for (const leaf of leaves) this.push(0, leaf, full);
    this.count += leaves.length;
    const filling = this.levels.flatMap(({ n, hashes }, level) =>
      hashes.length > 0 ? [{ level, n, hashes: joined(hashes) }] : [],
    );
    return [...full, ...filling];
  }

  private push(level: number, hash: Uint8Array, full: Tile[]): void {
    const at = (this.levels[level] ??= { n: 0, hashes: [] });
    at.hashes.push(hash);
    if (at.hashes.length < tileWidth) return;
    full.push({ level, n: at.n, hashes: joined(at.hashes) });
    const root = treeRoot(this.sha256, at.hashes);
    this.levels[level] = { n: at.n + 1, hashes: [] };
    this.push(level + 1, root, full);
  }

  /** The RFC 6962 root: the unfinished tiles, from the lowest level up, are the tree's right-hand subtrees. */
  root(): Uint8Array {
    let right: Uint8Array | undefined;
    for (const { hashes } of this.levels) {
      if (hashes.length === 0) continue;
      right = right === undefined ? treeRoot(this.sha256, hashes) : withRight(this.sha256, hashes, right);
    }
    return right ?? this.sha256(new Uint8Array(0));
  }
}

/** The root over equal complete subtrees with a smaller one at their right: RFC 6962 splits at powers of two of them. */
function withRight(sha256: Sha256, whole: readonly Uint8Array[], right: Uint8Array): Uint8Array {
  let root = right;
  let end = whole.length;
  for (let size = 1; end > 0; size *= 2) {
    if ((whole.length & size) === 0) continue;
    root = nodeHash(sha256, treeRoot(sha256, whole.slice(end - size, end)), root);
    end -= size;
  }
  return root;
}

function joined(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * 32);
  hashes.forEach((hash, i) => bytes.set(hash, i * 32));
  return bytes;
}
