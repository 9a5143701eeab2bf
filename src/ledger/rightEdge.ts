import type { Store } from '../store/port.js';
import { leafHash, treeRoot } from './merkle.js';
import { sha256 } from './node.js';
import { equal } from './proof.js';
import { LedgerRefused } from './refused.js';
import { tileWidth } from './tiles.js';

/**
 * Recomputes the right edge of the stored tree: the last tile's leaves from their entries, and of each level above its last hash from
 * the full tile below. Throws LedgerRefused with the place that disagrees: nothing may be signed over it.
 */
export async function checkRightEdge(store: Store, size: number): Promise<void> {
  if (size === 0) return;
  const hashes = async (level: number, n: number, width: number): Promise<Uint8Array[]> => {
    const bytes = (await store.get('tiles', [level, n]))?.hashes;
    if (!bytes || bytes.length < width * 32) throw edgeDisagrees(`tile ${level}/${n}`);
    return Array.from({ length: width }, (_, at) => bytes.subarray(at * 32, at * 32 + 32));
  };
  const last = Math.floor((size - 1) / tileWidth);
  const rows = await store.range('records', { prefix: [], from: last * tileWidth, limit: tileWidth });
  const leaves = await hashes(0, last, size - last * tileWidth);
  for (const [at, leaf] of leaves.entries()) {
    const row = rows[at];
    if (row?.seq !== last * tileWidth + at || !equal(leafHash(sha256, row.entry), leaf))
      throw edgeDisagrees(`entry ${last * tileWidth + at}`);
  }
  for (let level = 1, width = Math.floor(size / tileWidth); width > 0; level++, width = Math.floor(width / tileWidth)) {
    const n = Math.floor((width - 1) / tileWidth);
    const above = await hashes(level, n, width - n * tileWidth);
    const below = treeRoot(sha256, await hashes(level - 1, width - 1, tileWidth));
    if (!equal(above.at(-1) as Uint8Array, below)) throw edgeDisagrees(`tile ${level}/${n}`);
  }
}

/** Why a ledger whose right edge does not agree with itself is not opened. */
export const edgeDisagrees = (place: string): LedgerRefused =>
  new LedgerRefused({
    zh: `账本的末端对不上（${place}）：数据已损坏或被改过。不再签名；请用 suyuan audit 查明，再从备份恢复`,
    en: `The end of the ledger does not agree with itself (${place}): the data is damaged or was changed. Nothing is signed; find out with suyuan audit and restore a backup`,
  });
