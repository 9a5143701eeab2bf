import type { CollectionShape } from '../collections.js';
import { StoreUnavailable } from '../port.js';
import { Damaged, NewerShape } from './errors.js';
import type { Connection } from './connection.js';
import { columnDefinition, createIndex, createTable, indexName, quote } from './sql.js';
import { tableOf, type Table } from './table.js';
import { createUris } from './uris.js';

/** Raised when a collection or index goes or changes; those that are added are noticed without it. */
export const shapeVersion = 1;
/** "SUYN", in the file's header (PRAGMA application_id), so that another program's database is never taken for ours. */
export const applicationId = 0x5355594e;

const createShape = 'CREATE TABLE _shape (version INTEGER NOT NULL, body TEXT NOT NULL) STRICT';

type Shapes = Readonly<Record<string, CollectionShape>>;
type Stored = { readonly version: number; readonly shapes: Shapes };

/**
 * Brings a file to the shape of `shapes`: an empty one gets all tables, an older one what was added since. Runs in one
 * transaction; throws NewerShape, and changes nothing, when the file has what `shapes` does not know. A collection that went out
 * of use (with a raised version) keeps its table, so that nothing is lost by it.
 */
export function bringForward(connection: Connection, folder: string, shapes: Shapes, version = shapeVersion): void {
  const { db } = connection;
  const stored = readShape(connection, folder);
  if (stored && stored.version === version && JSON.stringify(stored.shapes) === JSON.stringify(shapes)) return;
  if (stored) refuseNewer(folder, stored, shapes, version);
  db.exec('BEGIN IMMEDIATE');
  try {
    if (!stored) db.exec(`PRAGMA application_id = ${applicationId}; ${createUris}; ${createShape}`);
    for (const [name, shape] of Object.entries(shapes)) {
      const before = stored?.shapes[name];
      change(connection, before && tableOf(name, before), tableOf(name, shape));
    }
    db.exec('DELETE FROM _shape');
    db.prepare('INSERT INTO _shape VALUES (?, ?)').run(version, JSON.stringify(shapes));
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** The shape that the file has; undefined for an empty file. */
function readShape(connection: Connection, folder: string): Stored | undefined {
  const id = connection.pragma('application_id');
  const objects = connection.statement('SELECT count(*) FROM sqlite_schema').get() as [number];
  if (id === 0 && objects[0] === 0) return undefined;
  if (id !== applicationId) throw new Damaged(`the database in ${folder} is another program's`);
  const row = connection.db.prepare('SELECT version, body FROM _shape').get() as { version: number; body: string } | undefined;
  if (!row) throw new Damaged(`the database in ${folder} does not say its shape`);
  return { version: row.version, shapes: JSON.parse(row.body) as Shapes };
}

/** For those that only read: throws NewerShape, or StoreUnavailable when the file must first be brought forward. */
export function mustBeCurrent(connection: Connection, folder: string, shapes: Shapes): void {
  const stored = readShape(connection, folder);
  if (!stored) throw new StoreUnavailable(`the store in ${folder} is empty: it was never opened for writing`);
  refuseNewer(folder, stored, shapes, shapeVersion);
  for (const [name, shape] of Object.entries(shapes)) {
    if (JSON.stringify(stored.shapes[name]) !== JSON.stringify(shape)) {
      throw new StoreUnavailable(`the store in ${folder} is of an older version (${name} differs): open it for writing once`);
    }
  }
}

function refuseNewer(folder: string, stored: Stored, shapes: Shapes, version: number): void {
  if (stored.version > version) throw new NewerShape(folder, `shape ${stored.version}; this one knows up to ${version}`);
  if (stored.version === version) refuseUnknown(folder, stored.shapes, shapes);
}

/** At the same version, whatever the file has and we do not know was added by a newer one. */
function refuseUnknown(folder: string, before: Shapes, now: Shapes): void {
  for (const [name, shape] of Object.entries(before)) {
    const known = now[name];
    if (!known) throw new NewerShape(folder, `it has the collection ${name}`);
    for (const column of Object.keys(shape.columns))
      if (!(column in known.columns)) throw new NewerShape(folder, `it has the column ${name}.${column}`);
    for (const index of Object.keys(shape.indexes ?? {}))
      if (!(index in (known.indexes ?? {}))) throw new NewerShape(folder, `it has the index ${name}.${index}`);
  }
}

function change({ db }: Connection, before: Table | undefined, now: Table): void {
  if (!before) db.exec(createTable(now));
  else alter({ db }, before, now);
  const definition = (table: Table, index: string) => (table.indexes.has(index) ? createIndex(table, index) : undefined);
  for (const index of before?.indexes.keys() ?? []) {
    if (definition(before!, index) !== definition(now, index)) db.exec(`DROP INDEX ${quote(indexName(now.name, index))}`);
  }
  for (const index of now.indexes.keys()) {
    if (!before || definition(before, index) !== definition(now, index)) db.exec(createIndex(now, index));
  }
}

function alter({ db }: Pick<Connection, 'db'>, before: Table, now: Table): void {
  const names = (table: Table) => table.key.map((c) => c.name).join();
  if (names(before) !== names(now) || before.rowid !== now.rowid)
    throw new Error(`the key of ${now.name} changed: that needs a migration of its own`);
  const gone = before.columns.find((column) => !now.columns.some((c) => c.name === column.name));
  if (gone) throw new Error(`${now.name}.${gone.name} is no longer declared: that needs a migration of its own`);
  for (const column of now.columns) {
    const old = before.columns.find((c) => c.name === column.name);
    if (old && (old.type !== column.type || old.nullable !== column.nullable)) {
      throw new Error(`the type of ${now.name}.${column.name} changed: that needs a migration of its own`);
    }
    if (!old && !column.nullable)
      throw new Error(`${now.name}.${column.name} is new and not nullable: that needs a migration of its own`);
    if (!old) db.exec(`ALTER TABLE ${quote(now.name)} ADD COLUMN ${columnDefinition(column)}`);
  }
}
