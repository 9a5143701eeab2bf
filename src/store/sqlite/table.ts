import { collections, type CollectionName, type CollectionShape } from '../collections.js';

export interface Column {
  readonly name: string;
  readonly type: 'int' | 'text' | 'uri' | 'blob';
  readonly nullable: boolean;
}

/** How a collection lies in SQLite. */
export interface Table {
  readonly name: string;
  readonly kind: CollectionShape['kind'];
  readonly columns: readonly Column[];
  readonly key: readonly Column[];
  /** Declared indexes, and `expires` where rows have one, so that expiry reads only what it deletes. */
  readonly indexes: ReadonlyMap<string, readonly Column[]>;
  /**
   * `key`: the one integer key is the rowid. `hidden`: a rowid of its own and a unique index, so that large values stay out of
   * the key's tree. `none`: WITHOUT ROWID, the rows lie in the key's tree (https://sqlite.org/withoutrowid.html).
   */
  readonly rowid: 'key' | 'hidden' | 'none';
}

/** Columns whose values run to kilobytes. */
const large = (column: Column) => column.type === 'blob' || column.name === 'body';

export function tableOf(name: string, shape: CollectionShape): Table {
  const columns = Object.entries(shape.columns).map(([column, type]): Column => ({
    name: column,
    type: type.replace('?', '') as Column['type'],
    nullable: type.endsWith('?'),
  }));
  const named = (column: string): Column => {
    const found = columns.find((c) => c.name === column);
    if (!found) throw new TypeError(`collection ${name} has no column ${column}`);
    return found;
  };
  const key = shape.key.map(named);
  const indexes = new Map(Object.entries(shape.indexes ?? {}).map(([index, names]) => [index, names.map(named)]));
  if (shape.kind === 'side' && columns.some((c) => c.name === 'expires')) indexes.set('expires', [named('expires'), ...key]);
  const whole = key.length === 1 && (key[0]!.type === 'int' || key[0]!.type === 'uri');
  return { name, kind: shape.kind, columns, key, indexes, rowid: whole ? 'key' : columns.some(large) ? 'hidden' : 'none' };
}

export const tables: ReadonlyMap<string, Table> = new Map(
  Object.entries(collections).map(([name, shape]) => [name, tableOf(name, shape)]),
);

export function table(name: CollectionName): Table {
  const found = tables.get(name);
  if (!found) throw new TypeError(`there is no collection ${String(name)}`);
  return found;
}
