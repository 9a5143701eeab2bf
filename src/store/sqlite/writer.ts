import { SizeConflict, StoreUnavailable, VersionConflict, type Key } from '../port.js';
import type { Cell } from '../collections.js';
import { cellsOf, keyCells, stored } from './cells.js';
import type { Connection } from './connection.js';
import { portError } from './errors.js';
import type { Part, SideCall } from './message.js';
import { expire, get, put, remove } from './sql.js';
import { tables, type Column, type Table } from './table.js';
import { Uris } from './uris.js';

/** Milliseconds to wait for readers before the WAL is left as it is. */
const patience = 1000;

export type Outcome = { readonly value: number } | { readonly error: Error };

/** COMMIT itself failed: SQLite does not say whether the transaction is in the file. */
class CommitUnknown extends Error {}

const tableNamed = (name: string): Table => {
  const found = tables.get(name);
  if (!found) throw new TypeError(`there is no collection ${name}`);
  return found;
};

/**
 * The one writer. Each call is a transaction; side calls that wait together share one. After a failed COMMIT it opens the file
 * anew, makes the file the whole truth with a checkpoint, and answers by what is in it.
 */
export class Writer {
  #connection: Connection;
  #uris: Uris;
  #size: number;
  #usable = true;
  #unscrubbed = false;
  readonly #sql = new Map<string, string>();

  constructor(private readonly open: () => Connection) {
    this.#connection = open();
    this.#uris = new Uris(this.#connection);
    // What a killed process left in the WAL may be written but not synced: before anyone is told of it, it is made durable.
    this.#connection.checkpoint(patience);
    this.#size = this.#countRecords();
  }

  append(parts: readonly Part[], expectedSize: number): void {
    const count = parts.reduce(
      (sum, part) => sum + (part.collection === 'records' ? part.cells.length / tableNamed('records').columns.length : 0),
      0,
    );
    try {
      this.#transaction(() => this.#write(parts, expectedSize));
    } catch (error) {
      if (!(error instanceof CommitUnknown)) throw error;
      this.#recover(error);
      if (count === 0) this.#transaction(() => this.#write(parts, expectedSize));
      else if (this.#size !== expectedSize + count) throw portError(error.cause);
      return this.#scrub(parts);
    }
    this.#size = expectedSize + count;
    this.#scrub(parts);
  }

  /** Runs side calls in one transaction. A version that differs is that call's answer alone and leaves the others be. */
  side(calls: readonly SideCall[]): Outcome[] {
    try {
      return this.#transaction(() => calls.map((call) => this.#attempt(call)));
    } catch (error) {
      if (!(error instanceof CommitUnknown))
        return calls.length === 1 ? [{ error: portError(error) }] : calls.flatMap((call) => this.side([call]));
      try {
        this.#recover(error);
        // Each of them done twice is done once: a put finds its own row, a delete finds none.
        return this.#transaction(() => calls.map((call) => this.#attempt(call, true)));
      } catch (again) {
        return calls.map(() => ({ error: portError(again instanceof CommitUnknown ? again.cause : again) }));
      }
    }
  }

  /** Empties the WAL first, so that the file alone is the store. */
  close(): void {
    try {
      this.#connection.checkpoint(patience);
    } finally {
      this.#connection.close();
    }
  }

  #write(parts: readonly Part[], expectedSize: number): void {
    if (this.#size !== expectedSize) throw new SizeConflict(expectedSize, this.#size);
    for (const { collection, deletes } of parts) {
      if (collection === 'records' && deletes.length > 0) throw new TypeError('records are never deleted');
      for (const key of deletes) this.#delete(tableNamed(collection), key);
    }
    for (const part of parts) this.#put(part, expectedSize);
  }

  #put(part: Part, expectedSize = 0): void {
    const { collection } = part;
    const table = tableNamed(collection);
    const cells = cellsOf(table, part);
    const { columns } = table;
    const statement = this.#statement('put', table, put);
    const row: unknown[] = Array.from({ length: columns.length });
    for (let at = 0, next = expectedSize; at < cells.length; at += columns.length, next++) {
      if (collection === 'records' && cells[at] !== next)
        throw new TypeError(`record ${String(cells[at])} stands where ${next} is due`);
      for (let c = 0; c < columns.length; c++) {
        const column = columns[c]!;
        const cell = stored(table, column, cells[at + c]);
        row[c] = column.type === 'uri' && cell !== null ? this.#uris.intern(cell as string) : cell;
      }
      statement.run(...row);
    }
  }

  #delete(table: Table, key: Key): number {
    const cells = this.#key(table, key);
    return cells ? Number(this.#statement('remove', table, remove).run(...cells).changes) : 0;
  }

  #attempt(call: SideCall, again = false): Outcome {
    if (call.call === 'delete') return { value: this.#delete(tableNamed(call.collection), call.key) };
    if (call.call === 'expire')
      return { value: Number(this.#statement('expire', tableNamed(call.collection), expire).run(call.now, call.limit).changes) };
    const conflict = call.ifVersion === undefined ? undefined : this.#conflict(call.part, call.ifVersion, again);
    if (conflict) return { error: conflict };
    this.#put(call.part);
    return { value: 0 };
  }

  /** The conflict of a put with what is stored; `again` when the stored row may be this very put's. */
  #conflict(part: Part, ifVersion: number, again: boolean): VersionConflict | undefined {
    const { collection } = part;
    const table = tableNamed(collection);
    const cells = cellsOf(table, part);
    const key = table.key.map((column) => cells[table.columns.indexOf(column)] as string | number);
    const cellsOfKey = this.#key(table, key);
    const row = cellsOfKey && (this.#statement('get', table, get).get(...cellsOfKey) as unknown[] | undefined);
    const version = row ? row[table.columns.findIndex((c) => c.name === 'version')] : 0;
    const own =
      again && row?.every((cell, c) => cell === this.#known(table.columns[c]!, stored(table, table.columns[c]!, cells[c])));
    return version === ifVersion || own ? undefined : new VersionConflict(collection, key);
  }

  /** The key with URIs as ids; undefined when one of them was never seen. */
  #key(table: Table, key: Key): (string | number)[] | undefined {
    const cells: (string | number | undefined)[] = keyCells(table, table.key, key);
    table.key.forEach((column, place) => {
      if (column.type === 'uri') cells[place] = this.#uris.id(cells[place] as string);
    });
    return cells.includes(undefined) ? undefined : (cells as (string | number)[]);
  }

  #known = (column: Column, cell: Cell) => (column.type === 'uri' && cell !== null ? this.#uris.id(cell as string) : cell);

  #statement(verb: string, table: Table, sqlOf: (table: Table) => string) {
    const name = `${verb} ${table.name}`;
    let sql = this.#sql.get(name);
    if (sql === undefined) this.#sql.set(name, (sql = sqlOf(table)));
    return this.#connection.statement(sql);
  }

  #transaction<T>(work: () => T): T {
    if (!this.#usable) this.#recover();
    let value: T;
    try {
      this.#connection.begin();
      value = work();
    } catch (error) {
      this.#undo();
      throw error;
    }
    try {
      this.#connection.commit();
    } catch (error) {
      this.#usable = false;
      throw new CommitUnknown('the commit failed, and whether it took place is not known yet', { cause: error });
    }
    this.#uris.keep();
    return value;
  }

  #undo(): void {
    this.#uris.takeBack();
    try {
      this.#connection.rollback();
    } catch {
      this.#usable = false;
    }
  }

  /**
   * Opens the file anew and moves all that is committed from the WAL into it: what a failed sync left in the WAL is then either
   * durable or gone, and the size says which. Until that works every write is refused.
   */
  #recover(unknown?: CommitUnknown): void {
    this.#usable = false;
    try {
      this.#letGo();
      this.#connection = this.open();
      this.#uris = new Uris(this.#connection);
      if (!this.#connection.checkpoint(patience)) throw new Error('a reader holds the WAL');
      this.#size = this.#countRecords();
      this.#usable = true;
    } catch (error) {
      const what = unknown
        ? 'the commit failed and the store cannot yet tell whether it took place'
        : 'the store has not recovered from a failed write';
      throw new StoreUnavailable(`${what} (${portError(error).message})`, unknown?.cause ?? error);
    }
  }

  /**
   * Erased values leave the WAL too: the checkpoint writes their zeroed pages into the file and empties it. While a backup still
   * reads the WAL that cannot be, and is tried again after the next append (and done when the store is closed).
   */
  #scrub(parts: readonly Part[]): void {
    this.#unscrubbed ||= parts.some((part) => part.deletes.length > 0 && tableNamed(part.collection).kind === 'private');
    if (!this.#unscrubbed) return;
    try {
      this.#unscrubbed = !this.#connection.checkpoint(0);
    } catch {
      // The append itself is durable and must be answered as done; the file's trouble shows at the next write.
    }
  }

  /** The driver keeps a connection alive that still has statements, so its transaction is ended first. */
  #letGo(): void {
    if (!this.#connection.db.isOpen) return;
    try {
      this.#connection.rollback();
    } finally {
      this.#connection.close();
    }
  }

  #countRecords(): number {
    return (this.#connection.statement('SELECT coalesce(max(seq) + 1, 0) FROM records').get() as [number])[0];
  }
}
