import { join } from 'node:path';
import { collections, type CollectionName } from '../../src/store/collections.js';
import type { Batch, Store } from '../../src/store/port.js';
import { Connection } from '../../src/store/sqlite/connection.js';
import { bringForward } from '../../src/store/sqlite/shape.js';
import { put, remove } from '../../src/store/sqlite/sql.js';
import { table } from '../../src/store/sqlite/table.js';

/** Keeps what is appended to a store, so that the very same rows can be written again without anything around them. */
export function recording(store: Store, appends: Batch[]): Store {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'append') return (batch: Batch, size: number) => (appends.push(batch), target.append(batch, size));
      const member = Reflect.get(target, name) as unknown;
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

interface Run {
  readonly sql: string;
  readonly cells: readonly (string | number | Uint8Array | null)[];
}

/**
 * The limit of the disk and SQLite: the rows of `appends` written by prepared statements in the same tables, with the same pragmas,
 * a transaction for each. Cells are laid out and addresses turned into numbers before the clock starts. Answers milliseconds.
 */
export function writeBare(folder: string, appends: readonly Batch[]): number {
  const connection = new Connection(join(folder, 'limit.db'));
  bringForward(connection, folder, collections);
  const ids = new Map<string, number>();
  const transactions = appends.map((batch) =>
    runsOf(batch, ids).map(({ sql, cells }) => ({ statement: connection.statement(sql), cells })),
  );
  const start = performance.now();
  for (const runs of transactions) {
    connection.db.exec('BEGIN IMMEDIATE');
    for (const { statement, cells } of runs) statement.run(...cells);
    connection.db.exec('COMMIT');
  }
  const taken = performance.now() - start;
  connection.close();
  return taken;
}

function runsOf(batch: Batch, ids: Map<string, number>): Run[] {
  const runs: Run[] = [];
  const idOf = (uri: string): number => {
    const known = ids.get(uri);
    if (known !== undefined) return known;
    const id = ids.size + 1;
    ids.set(uri, id);
    runs.push({ sql: 'INSERT INTO _uris (id, uri) VALUES (?, ?)', cells: [id, uri] });
    return id;
  };
  for (const [name, part] of Object.entries(batch)) {
    const shape = table(name as CollectionName);
    const cell = (type: string, value: unknown) =>
      type === 'uri' && value !== null ? idOf(value as string) : (value as Run['cells'][number]);
    for (const key of part.delete ?? [])
      runs.push({ sql: remove(shape), cells: shape.key.map((column, i) => cell(column.type, key[i])) });
    for (const row of (part.put ?? []) as readonly Record<string, unknown>[])
      runs.push({ sql: put(shape), cells: shape.columns.map((column) => cell(column.type, row[column.name])) });
  }
  return runs;
}
