import { Connection } from '../../src/store/sqlite/connection.js';
import { createIndex, createTable, put } from '../../src/store/sqlite/sql.js';
import { table, type Table } from '../../src/store/sqlite/table.js';
import { createUris } from '../../src/store/sqlite/uris.js';
import type { CollectionName } from '../../src/store/collections.js';
import type { Appended } from './workload.js';

/**
 * The limit to compare with: the same bytes and index rows appended straight to SQLite, with the same tables, pragmas and batches,
 * in the calling thread. No port, no thread to cross, no check of cells; ids of URIs come from a map that is never looked up in
 * the file. Synchronous: it has nothing to wait for.
 */
export class BareStore {
  readonly #connection: Connection;
  readonly #ids = new Map<string, number>();
  readonly #tables: readonly { readonly name: keyof Appended; readonly table: Table; readonly sql: string }[];

  constructor(file: string) {
    this.#connection = new Connection(file, { cacheKiB: 32_768 });
    const { db } = this.#connection;
    db.exec(createUris);
    const names: (keyof Appended & CollectionName)[] = ['records', 'ids', 'touches', 'heads', 'lots', 'holdings', 'tiles'];
    this.#tables = names.map((name) => ({ name, table: table(name), sql: put(table(name)) }));
    for (const { table: each } of this.#tables) {
      db.exec(createTable(each));
      for (const index of each.indexes.keys()) db.exec(createIndex(each, index));
    }
  }

  append(batch: Appended): void {
    this.#connection.begin();
    for (const { name, table: each, sql } of this.#tables) {
      const statement = this.#connection.statement(sql);
      for (const row of batch[name] as Record<string, unknown>[]) {
        statement.run(
          ...each.columns.map((c) => (c.type === 'uri' && row[c.name] !== null ? this.#id(row[c.name] as string) : row[c.name])),
        );
      }
    }
    this.#connection.commit();
  }

  close(): void {
    this.#connection.checkpoint(0);
    this.#connection.close();
  }

  #id(uri: string): number {
    let id = this.#ids.get(uri);
    if (id === undefined) {
      id = Number(this.#connection.statement('INSERT INTO _uris (uri) VALUES (?)').run(uri).lastInsertRowid);
      this.#ids.set(uri, id);
    }
    return id;
  }
}
