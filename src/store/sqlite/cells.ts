import type { Cell } from '../collections.js';
import type { Column, Table } from './table.js';
import { plainText, storedText, wellFormed } from './text.js';
import type { Uris } from './uris.js';

/** A row as an array of cells in the order of its columns: what crosses to the writer's thread. */
export function cellsOf(table: Table, row: Readonly<Record<string, unknown>>, into: unknown[] = []): unknown[] {
  for (const { name, type } of table.columns) {
    const cell = row[name];
    // A view is cloned with all of the buffer behind it, so a hash cut from a pool takes a copy of its own first.
    into.push(
      type === 'blob' && cell instanceof Uint8Array && cell.byteLength !== cell.buffer.byteLength ? new Uint8Array(cell) : cell,
    );
  }
  return into;
}

const wrong = (table: Table, column: Column, why: string) => new TypeError(`${table.name}.${column.name} ${why}`);

/** The cell as SQLite stores it, save that a URI is still text. Throws TypeError when it is not of the column's type. */
export function stored(table: Table, column: Column, cell: unknown): Cell {
  if (cell === null && column.nullable) return null;
  if (column.type === 'int') {
    if (!Number.isSafeInteger(cell)) throw wrong(table, column, 'is not a safe integer');
    return cell as number;
  }
  if (column.type === 'blob') {
    if (!(cell instanceof Uint8Array)) throw wrong(table, column, 'is not bytes');
    return cell;
  }
  if (typeof cell !== 'string') throw wrong(table, column, 'is not text');
  if (!wellFormed(cell)) throw wrong(table, column, 'has a lone surrogate, which no UTF-8 can hold');
  return column.type === 'uri' ? cell : storedText(cell);
}

/** A row that SQLite answered, from its cell `first` on, as the port's row. */
export function rowOf(table: Table, uris: Uris, cells: readonly unknown[], first = 0): Record<string, Cell> {
  const row: Record<string, Cell> = {};
  let place = first;
  for (const { name, type } of table.columns) {
    const cell = cells[place++] as Cell;
    row[name] =
      cell === null ? null : type === 'uri' ? uris.text(cell as number) : type === 'text' ? plainText(cell as string) : cell;
  }
  return row;
}

/** The cells of a key or of its first columns. Throws TypeError when it has too many or too few, or one of a wrong type. */
export function keyCells(table: Table, columns: readonly Column[], key: readonly unknown[], whole = true): (string | number)[] {
  if (whole ? key.length !== columns.length : key.length > columns.length)
    throw new TypeError(`a key of ${table.name} has ${columns.length} columns, not ${key.length}`);
  return key.map((cell, place) => stored(table, { ...columns[place]!, nullable: false }, cell) as string | number);
}
