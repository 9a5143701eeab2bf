import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { collections, type CollectionName, type ExpiringName, type Row, type SideName } from '../collections.js';
import { StoreUnavailable, type Batch, type Key, type Range, type Store } from '../port.js';
import { backup } from './backup.js';
import { partOf } from './cells.js';
import { Connection, type ConnectionOptions } from './connection.js';
import { codeOf, portError, resultCode } from './errors.js';
import { databaseFile, lockFile, sync } from './files.js';
import { lockFolder } from './lock.js';
import { Reader } from './reader.js';
import { mustBeCurrent } from './shape.js';
import { table } from './table.js';
import { WriterThread } from './thread.js';

export { AlreadyOpen, Damaged, NewerShape } from './errors.js';

export interface SqliteOptions extends Pick<ConnectionOptions, 'cacheKiB' | 'maxPages'> {
  /** Only look: takes no lock, so that a tool may read beside the running server. Every write is refused. */
  readonly readOnly?: boolean;
}

/** Rows that one step of an expiry deletes. */
const expiryStep = 1000;

/**
 * Opens the store in a folder, which it makes when there is none. Throws AlreadyOpen when another process writes there,
 * NewerShape when a newer version wrote it, Damaged when its file is no database of ours, StoreUnavailable when the folder
 * cannot be read or written or SQLite does not take the durability asked of it.
 */
export async function openSqlite(folder: string, options: SqliteOptions = {}): Promise<Store> {
  const place = resolve(folder);
  try {
    return options.readOnly ? openToRead(place, options) : await openToWrite(place, options);
  } catch (error) {
    const known = portError(error);
    const named = known === error && known.message.includes(place);
    if (known instanceof StoreUnavailable && !named) known.message = `${place} cannot be opened: ${known.message}`;
    throw known;
  }
}

async function openToWrite(folder: string, options: SqliteOptions): Promise<Store> {
  mkdirSync(folder, { recursive: true });
  mustBeWritable(folder);
  const unlock = lockFolder(lockFile(folder), folder);
  try {
    const isNew = !existsSync(databaseFile(folder));
    const writer = await WriterThread.start(databaseFile(folder), folder, {
      cacheKiB: options.cacheKiB,
      maxPages: options.maxPages,
    });
    if (isNew) [folder, dirname(folder)].forEach(sync);
    const reader = new Reader(new Connection(databaseFile(folder), { readOnly: true, cacheKiB: options.cacheKiB }));
    return new SqliteStore(databaseFile(folder), reader, writer, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

/** SQLite opens what it may not write for reading, and without a word, so this is asked first. */
function mustBeWritable(folder: string): void {
  for (const path of [folder, lockFile(folder), databaseFile(folder)]) if (existsSync(path)) accessSync(path, constants.W_OK);
}

function openToRead(folder: string, options: SqliteOptions): Store {
  const file = databaseFile(folder);
  if (!existsSync(file)) throw new StoreUnavailable(`there is no store in ${folder}`);
  const connection = connectToRead(file, { readOnly: true, cacheKiB: options.cacheKiB });
  try {
    mustBeCurrent(connection, folder, collections);
  } catch (error) {
    connection.close();
    throw error;
  }
  return new SqliteStore(file, new Reader(connection), undefined, () => undefined);
}

/** Where not even a lock can be written (a read-only disk), a file that was closed well is read as it lies. */
function connectToRead(file: string, options: ConnectionOptions): Connection {
  const connection = new Connection(file, options);
  try {
    connection.statement('SELECT 1 FROM sqlite_schema').get();
    return connection;
  } catch (error) {
    connection.close();
    const shut = codeOf(error) === resultCode.cannotOpen || codeOf(error) === resultCode.readOnly;
    const wal = statSync(`${file}-wal`, { throwIfNoEntry: false });
    if (shut && !wal?.size) return new Connection(file, { ...options, immutable: true });
    throw error;
  }
}

class SqliteStore implements Store {
  #closing: Promise<void> | undefined;
  readonly #backups = new Set<Promise<void>>();

  constructor(
    private readonly file: string,
    private readonly reader: Reader,
    private readonly writer: WriterThread | undefined,
    private readonly unlock: () => void,
  ) {}

  async size(): Promise<number> {
    return this.#read(() => this.reader.size());
  }

  async append(batch: Batch, expectedSize: number): Promise<void> {
    const parts = Object.entries(batch).map(([name, part]) =>
      partOf(table(name as CollectionName), part.put ?? [], part.delete ?? []),
    );
    await this.#write().call({ call: 'append', parts, expectedSize });
  }

  async get<N extends CollectionName>(collection: N, key: Key): Promise<Row<N> | undefined> {
    return this.#read(() => this.reader.get(table(collection), key) as Row<N> | undefined);
  }

  async getMany<N extends CollectionName>(collection: N, keys: readonly Key[]): Promise<(Row<N> | undefined)[]> {
    return this.#read(() => this.reader.getMany(table(collection), keys) as (Row<N> | undefined)[]);
  }

  async range<N extends CollectionName>(collection: N, range: Range): Promise<Row<N>[]> {
    return this.#read(() => this.reader.range(table(collection), range) as Row<N>[]);
  }

  async ranges<N extends CollectionName>(collection: N, prefixes: readonly Key[], limit: number): Promise<Row<N>[][]> {
    return this.#read(() => this.reader.ranges(table(collection), prefixes, limit) as Row<N>[][]);
  }

  async put<N extends SideName>(collection: N, row: Row<N>, ifVersion?: number): Promise<void> {
    await this.#write().call({ call: 'put', part: partOf(table(this.#side(collection)), [row]), ifVersion });
  }

  async delete(collection: SideName, key: Key): Promise<void> {
    await this.#write().call({ call: 'delete', collection: this.#side(collection), key });
  }

  async expire(collection: ExpiringName, now: number): Promise<number> {
    if (!table(this.#side(collection)).indexes.has('expires')) throw new TypeError(`${collection} does not expire`);
    if (!Number.isSafeInteger(now)) throw new TypeError('the time of an expiry is in Unix milliseconds');
    let expired = 0;
    for (let step = expiryStep; step === expiryStep; expired += step) {
      step = await this.#write().call({ call: 'expire', collection, now, limit: expiryStep });
    }
    return expired;
  }

  async backup(path: string): Promise<void> {
    this.#open();
    const copied = backup(this.file, path);
    const settled = copied.catch(() => undefined).then(() => void this.#backups.delete(settled));
    this.#backups.add(settled);
    await copied;
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await Promise.all(this.#backups);
      this.reader.close();
      await this.writer?.close();
      this.unlock();
    })();
    return this.#closing;
  }

  #side<N extends SideName>(collection: N): N {
    if (table(collection).kind !== 'side') throw new TypeError(`${collection} is written only by append`);
    return collection;
  }

  #read<T>(work: () => T): T {
    this.#open();
    try {
      return work();
    } catch (error) {
      throw portError(error);
    }
  }

  #write(): WriterThread {
    this.#open();
    if (!this.writer) throw new StoreUnavailable('the store is open for reading only');
    return this.writer;
  }

  #open(): void {
    if (this.#closing) throw new StoreUnavailable('the store is closed');
  }
}
