import { collections, type CollectionName, type Row } from '../../../src/store/collections.js';
import type { Key, Store } from '../../../src/store/port.js';

const page = 2000;

/** Every row of a collection, in the order of its key. */
export async function allRows<N extends CollectionName>(store: Store, name: N): Promise<Row<N>[]> {
  const rows: Row<N>[] = [];
  let after: Key | undefined;
  for (;;) {
    const found = await store.range(name, { prefix: [], limit: page, ...(after && { after }) });
    rows.push(...found);
    const last = found.at(-1) as Record<string, string | number> | undefined;
    if (!last || found.length < page) return rows;
    after = collections[name].key.map((column) => last[column] as string | number);
  }
}
