import { createHash } from 'node:crypto';
import type { Cell, CollectionName } from '../../src/store/collections.js';
import type { Store } from '../../src/store/port.js';
import { allRows } from '../support/audit/rows.js';

/** How many rows a collection has, and the SHA-256 of these columns of all of them, in no order. */
export async function cellsDigest(
  store: Store,
  name: CollectionName,
  columns: readonly string[],
): Promise<{ rows: number; digest: string }> {
  const rows = await allRows(store, name);
  const texts = rows.map((row) => JSON.stringify(columns.map((column) => plain((row as Record<string, Cell>)[column]))));
  return { rows: rows.length, digest: createHash('sha256').update(texts.sort().join('\n')).digest('hex') };
}

const plain = (cell: Cell | undefined): string | number | null =>
  cell instanceof Uint8Array ? Buffer.from(cell).toString('base64') : (cell ?? null);
