import type { Column, Table } from './table.js';

/** The SQL of a table: made from its collection, so that nothing of it is written twice. */
export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const list = (columns: readonly Column[]) => columns.map((c) => quote(c.name)).join(', ');
const equal = (columns: readonly Column[]) => columns.map((c) => `${quote(c.name)} = ?`).join(' AND ');

const storage = { int: 'INTEGER', text: 'TEXT', uri: 'INTEGER', blob: 'BLOB' } as const;

export const columnDefinition = (column: Column) =>
  `${quote(column.name)} ${storage[column.type]}${column.nullable ? '' : ' NOT NULL'}`;

export function createTable(table: Table): string {
  const columns = table.columns.map(columnDefinition);
  const key = table.rowid === 'hidden' ? `UNIQUE (${list(table.key)})` : `PRIMARY KEY (${list(table.key)})`;
  return `CREATE TABLE ${quote(table.name)} (${[...columns, key].join(', ')}) STRICT${table.rowid === 'none' ? ', WITHOUT ROWID' : ''}`;
}

export const indexName = (table: string, index: string) => `${table}.${index}`;

/** Rows with a null in one of the index's columns are not in it: no cursor could name them. */
export const notNull = (columns: readonly Column[]) =>
  columns
    .filter((c) => c.nullable)
    .map((c) => `${quote(c.name)} IS NOT NULL`)
    .join(' AND ');

export function createIndex(table: Table, index: string): string {
  const columns = table.indexes.get(index)!;
  const where = notNull(columns);
  return `CREATE INDEX ${quote(indexName(table.name, index))} ON ${quote(table.name)} (${list(columns)})${where && ` WHERE ${where}`}`;
}

const insert = (table: Table) =>
  `INSERT INTO ${quote(table.name)} (${list(table.columns)}) VALUES (${table.columns.map(() => '?').join(', ')})`;

/** Writes a row over the one of the same key, touching only the indexes that change; records are never written over. */
export function put(table: Table): string {
  if (table.name === 'records') return insert(table);
  const others = table.columns.filter((c) => !table.key.includes(c));
  const change =
    others.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${others.map((c) => `${quote(c.name)} = excluded.${quote(c.name)}`).join(', ')}`;
  return `${insert(table)} ON CONFLICT (${list(table.key)}) DO ${change}`;
}

export const remove = (table: Table) => `DELETE FROM ${quote(table.name)} WHERE ${equal(table.key)}`;

export const get = (table: Table) => `SELECT ${list(table.columns)} FROM ${quote(table.name)} WHERE ${equal(table.key)}`;

/** Rows of many keys of one column in one statement: half the time of asking one by one. Its first column is the key's place. */
export function getMany(table: Table): string {
  const columns = table.columns.map((c) => `t.${quote(c.name)}`).join(', ');
  const [key] = table.key as [Column];
  if (key.type !== 'uri')
    return `SELECT j.key, ${columns} FROM json_each(?) j CROSS JOIN ${quote(table.name)} t ON t.${quote(key.name)} = j.value`;
  return `SELECT j.key, ${columns} FROM json_each(?) j CROSS JOIN _uris u ON u.uri = j.value CROSS JOIN ${quote(table.name)} t ON t.${quote(key.name)} = u.id`;
}

/** Rows under many prefixes of the key, so many columns long, in one statement. Its first column is the prefix's place. */
export function ranges(table: Table, held: number): string {
  const columns = table.columns.map((c) => `t.${quote(c.name)}`).join(', ');
  const equals = table.key.slice(0, held).map((c, place) => `t.${quote(c.name)} = j.value ->> ${place}`);
  const order = table.key.slice(held).map((c) => `, t.${quote(c.name)}`);
  return `SELECT j.key, ${columns} FROM json_each(?) j CROSS JOIN ${quote(table.name)} t ON ${equals.join(' AND ')} ORDER BY j.key${order.join('')} LIMIT ?`;
}

/** At most so many of the rows that are due, oldest first. */
export function expire(table: Table): string {
  const due = `SELECT ${list(table.key)} FROM ${quote(table.name)} WHERE "expires" < ? ORDER BY "expires" LIMIT ?`;
  return `DELETE FROM ${quote(table.name)} WHERE (${list(table.key)}) IN (${due})`;
}
