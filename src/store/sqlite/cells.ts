import type { Cell } from '../collections.js';
import type { Key } from '../port.js';
import type { Part } from './message.js';
import type { Column, Table } from './table.js';
import { plainText, storedText, wellFormed } from './text.js';
import type { Uris } from './uris.js';

const wrong = (table: Table, column: Column, why: string) => new TypeError(`${table.name}.${column.name} ${why}`);

/** Rows and keys as they cross to the writer's thread. Throws TypeError for what should be bytes and is not. */
export function partOf(table: Table, rows: readonly Readonly<Record<string, unknown>>[], deletes: readonly Key[] = []): Part {
  const cells: unknown[] = [];
  const blobs: Uint8Array[] = [];
  for (const row of rows) {
    for (const column of table.columns) {
      const cell = row[column.name];
      if (column.type !== 'blob' || cell === null) cells.push(cell);
      else if (cell instanceof Uint8Array) cells.push(blobs[blobs.push(cell) - 1]!.length);
      else throw wrong(table, column, 'is not bytes');
    }
  }
  return { collection: table.name, cells, deletes, ...(blobs.length > 0 && { bytes: joined(blobs) }) };
}

function joined(blobs: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(blobs.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const blob of blobs) {
    bytes.set(blob, at);
    at += blob.length;
  }
  return bytes;
}

/** The cells of a part, bytes in their places again. */
export function cellsOf(table: Table, { cells, bytes }: Part): readonly unknown[] {
  if (!bytes) return cells;
  const whole = [...cells];
  const width = table.columns.length;
  let at = 0;
  for (let place = 0; place < whole.length; place++) {
    if (table.columns[place % width]!.type !== 'blob' || whole[place] === null) continue;
    const next = at + (whole[place] as number);
    whole[place] = bytes.subarray(at, next);
    at = next;
  }
  return whole;
}

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
