import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** The names in a data folder: the ledger and everything else in one database, and the writer's lock. */
export const databaseFile = (folder: string) => join(folder, 'store.sqlite');
export const lockFile = (folder: string) => join(folder, 'store.lock');

/** Makes what was written, or the names in a folder, durable. */
export function sync(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
