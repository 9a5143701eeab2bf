import type { Range } from '../port.js';
import { keyCells, stored } from './cells.js';
import { notNull, quote } from './sql.js';
import type { Column, Table } from './table.js';

/**
 * The SELECT of a range and what is bound to it; undefined when it names a URI that the store has never seen, so that no row
 * can match. Throws TypeError for a range that the collection does not have.
 */
export function rangeQuery(
  table: Table,
  range: Range,
  idOf: (uri: string) => number | undefined,
): { sql: string; binds: (string | number)[] } | undefined {
  const columns = range.index === undefined ? table.key : table.indexes.get(range.index);
  if (!columns) throw new TypeError(`${table.name} has no index ${range.index}`);
  if (!Number.isSafeInteger(range.limit) || range.limit < 0) throw new TypeError('a range needs a limit');
  const held = range.prefix.length;
  const conditions = range.index === undefined ? [] : [notNull(columns)].filter((c) => c !== '');
  const binds: (string | number)[] = [];
  let unknown = false;
  const bind = (column: Column, cell: string | number) => {
    const value = column.type === 'uri' ? idOf(cell as string) : cell;
    if (value === undefined) unknown = true;
    else binds.push(value);
    return '?';
  };

  keyCells(table, columns, range.prefix, false).forEach((cell, place) =>
    conditions.push(`${quote(columns[place]!.name)} = ${bind(columns[place]!, cell)}`),
  );

  for (const [bound, operator] of [
    ['from', '>='],
    ['to', '<'],
  ] as const) {
    const value = range[bound];
    if (value === undefined) continue;
    const column = columns[held];
    if (!column || column.type === 'uri') throw new TypeError(`${table.name} has no order to range over after ${held} columns`);
    conditions.push(
      `${quote(column.name)} ${operator} ${bind(column, stored(table, { ...column, nullable: false }, value) as string | number)}`,
    );
  }

  if (range.after !== undefined) {
    const cells = keyCells(table, columns, range.after);
    const rest = columns.slice(held);
    if (range.prefix.some((cell, place) => cell !== range.after![place]))
      throw new TypeError('a range continues after a key of its own prefix');
    // After the only row that the whole prefix can name there is none.
    if (rest.length === 0) return undefined;
    const places = rest.map((column, place) => bind(column, cells[held + place]!));
    conditions.push(`(${rest.map((c) => quote(c.name)).join(', ')}) ${range.reverse ? '<' : '>'} (${places.join(', ')})`);
  }
  if (unknown) return undefined;

  const order = columns.slice(held).map((c) => `${quote(c.name)}${range.reverse ? ' DESC' : ''}`);
  const sql = [
    `SELECT ${table.columns.map((c) => quote(c.name)).join(', ')} FROM ${quote(table.name)}`,
    conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
    order.length > 0 ? `ORDER BY ${order.join(', ')}` : '',
    'LIMIT ?',
  ];
  return { sql: sql.filter((part) => part !== '').join(' '), binds: [...binds, range.limit] };
}
