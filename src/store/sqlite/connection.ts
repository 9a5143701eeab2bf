import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { StoreUnavailable } from '../port.js';

/** The value of an integer pragma, or the text of another one. */
const pragma = (db: DatabaseSyncInstance, name: string) => {
  const row = db.prepare(`PRAGMA ${name}`).get() as Record<string, unknown> | undefined;
  return row && Object.values(row)[0];
};

/** 8 kB pages; a checkpoint each 64 MB of WAL; no memory map (closures read cold ran six times slower with one). */
export const pageSize = 8192;
export const checkpointPages = 8000;
const synchronousFull = 2;
/** Milliseconds to wait for a lock: only a checkpoint of another connection ever holds one for long. */
const busyTimeout = 5000;

export interface ConnectionOptions {
  readonly readOnly?: boolean;
  /** Page cache in KiB. */
  readonly cacheKiB?: number;
  /** At most so many pages in the file: SQLITE_FULL beyond. */
  readonly maxPages?: number;
  /** The folder cannot be written at all: the file is read as it lies, with no lock and no WAL. */
  readonly immutable?: boolean;
}

/** A connection with its prepared statements, whose durability was set and then read back. */
export class Connection {
  readonly db: DatabaseSyncInstance;
  readonly #statements = new Map<string, StatementSyncInstance>();

  constructor(file: string, options: ConnectionOptions = {}) {
    const readOnly = options.readOnly ?? false;
    const location = options.immutable
      ? new URL(`file://${encodeURI(file).replace(/[?#]/g, encodeURIComponent)}?immutable=1`)
      : file;
    this.db = new DatabaseSync(location, { readOnly, timeout: busyTimeout });
    try {
      this.#set(options, readOnly);
      this.#assert(readOnly);
    } catch (error) {
      this.db.close();
      throw error;
    }
  }

  #set(options: ConnectionOptions, readOnly: boolean): void {
    if (!readOnly)
      this.db.exec(`PRAGMA page_size = ${pageSize}; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = ${checkpointPages}`);
    if (!readOnly) this.db.exec(`PRAGMA journal_size_limit = ${2 * checkpointPages * pageSize}; PRAGMA secure_delete = ON`);
    this.db.exec(`PRAGMA synchronous = FULL; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF`);
    this.db.exec(`PRAGMA cache_size = -${options.cacheKiB ?? 32_768}`);
    if (options.maxPages) this.db.exec(`PRAGMA max_page_count = ${options.maxPages}`);
  }

  #assert(readOnly: boolean): void {
    const want: Record<string, string | number> = { synchronous: synchronousFull, mmap_size: 0 };
    if (!readOnly) Object.assign(want, { journal_mode: 'wal', page_size: pageSize, wal_autocheckpoint: checkpointPages });
    for (const [name, value] of Object.entries(want)) {
      const is = pragma(this.db, name) ?? 0;
      if (is !== value)
        throw new StoreUnavailable(`SQLite runs with ${name}=${String(is)}, not ${value}: what it commits might be lost`);
    }
  }

  pragma(name: string): unknown {
    return pragma(this.db, name);
  }

  /** The prepared statement of this SQL, which answers rows as arrays of cells. */
  statement(sql: string): StatementSyncInstance {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.db.prepare(sql);
    statement.setReturnArrays(true);
    this.#statements.set(sql, statement);
    return statement;
  }

  begin(): void {
    this.statement('BEGIN IMMEDIATE').run();
  }

  commit(): void {
    this.statement('COMMIT').run();
  }

  /** Undoes what is open; some errors have made SQLite do so already. */
  rollback(): void {
    if (this.db.isTransaction) this.db.exec('ROLLBACK');
  }

  /**
   * Moves the whole WAL into the file and empties it; false when a reader still needs some of it. `patience` in milliseconds.
   */
  checkpoint(patience: number): boolean {
    this.db.exec(`PRAGMA busy_timeout = ${patience}`);
    try {
      return pragma(this.db, 'wal_checkpoint(TRUNCATE)') === 0;
    } finally {
      this.db.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
    }
  }

  /** Lets go of the file. (The driver does so only when it has also collected the statements; until then it is open, idle.) */
  close(): void {
    this.#statements.clear();
    if (this.db.isOpen) this.db.close();
  }
}
