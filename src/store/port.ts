import type { CollectionName, ExpiringName, Row, SideName } from './collections.js';

/**
 * What one append writes. Rows replace rows of the same key, except `records`, whose numbers must be new and without gap and which
 * are never deleted. Deletes come before puts; deleting what is not there is no fault.
 */
export type Batch = {
  readonly [N in CollectionName]?: { readonly put?: readonly Row<N>[]; readonly delete?: readonly Key[] };
};

/** The values of a collection's key columns, in their declared order; a prefix of them where a prefix is asked for. */
export type Key = readonly (string | number)[];

export interface Range {
  /** Name of a declared index; the collection's own key when left out. Rows with a null in a column of the index are not in it. */
  readonly index?: string;
  /** Leading columns held equal. */
  readonly prefix: Key;
  /** Bounds on the column right after the prefix: `from` inclusive, `to` exclusive. */
  readonly from?: string | number;
  readonly to?: string | number;
  /** Continue after this full key of the index (exclusive), in the direction of travel. */
  readonly after?: Key;
  readonly reverse?: boolean;
  /** At most this many rows; always given, so that no read is unbounded by accident. */
  readonly limit: number;
}

/** The ledger is not the size that the writer thought: another writer was first. Reload and try again. */
export class SizeConflict extends Error {
  constructor(
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`the ledger has ${actual} records, not ${expected}`);
  }
}

/** The row is not at the version that the writer read. */
export class VersionConflict extends Error {
  constructor(
    readonly collection: string,
    readonly key: Key,
  ) {
    super(`${collection} ${key.join('/')} was changed by another`);
  }
}

/** The store cannot answer now (closed, busy past its patience, disk full). Nothing of the call took place unless it says so. */
export class StoreUnavailable extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

/**
 * Where bytes lie. Every method that resolves has done what it says; every method that rejects with SizeConflict,
 * VersionConflict or StoreUnavailable has done nothing. Reads see all appends and puts that resolved before they were called.
 * Writes take effect in the order in which they were called, so a second append may be handed over before the first has resolved:
 * when the first fails, the second is a SizeConflict.
 * A row, key or range that the collection cannot have (a missing column, a wrong type, text with a lone surrogate) is a fault of
 * the program: TypeError, and nothing is written. All other text and bytes come back exactly as they went in, NUL included.
 */
export interface Store {
  /** The number of records: the next record's number. */
  size(): Promise<number>;
  /**
   * Writes the whole batch or nothing, durably: after it resolves neither a crash of the process nor of the machine loses it.
   * Rejects with SizeConflict when `size()` is not `expectedSize`. Records must be numbered expectedSize, +1, ...
   */
  append(batch: Batch, expectedSize: number): Promise<void>;
  /** The row with this full key. */
  get<N extends CollectionName>(collection: N, key: Key): Promise<Row<N> | undefined>;
  /** The rows with these full keys, in the order asked, `undefined` where there is none. Any number of keys. */
  getMany<N extends CollectionName>(collection: N, keys: readonly Key[]): Promise<(Row<N> | undefined)[]>;
  /** Rows in the order of the key or index. */
  range<N extends CollectionName>(collection: N, range: Range): Promise<Row<N>[]>;
  /** The first `limit` rows under each of these prefixes of the key, as of one moment. Any number of prefixes. */
  ranges<N extends CollectionName>(collection: N, prefixes: readonly Key[], limit: number): Promise<Row<N>[][]>;
  /**
   * Puts a side row, durably. With `ifVersion` only when the stored row has that version (0: only when there is none), else
   * VersionConflict. The row is stored with the version in it, which the caller raises.
   */
  put<N extends SideName>(collection: N, row: Row<N>, ifVersion?: number): Promise<void>;
  delete(collection: SideName, key: Key): Promise<void>;
  /** Deletes rows whose `expires` is before `now` (Unix milliseconds); answers how many. */
  expire(collection: ExpiringName, now: number): Promise<number>;
  /** A consistent copy of everything into a new file or folder at `path`, while the store keeps working. */
  backup(path: string): Promise<void>;
  /** Finishes what is under way and lets go of the files. Calls after it reject with StoreUnavailable. */
  close(): Promise<void>;
}
