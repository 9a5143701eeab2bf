import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../port.js';
import { databaseFile, sync } from './files.js';
import { fromMessage, type ErrorMessage } from './errors.js';

/**
 * Copies a store's file, as it stands at one moment, into a new folder: it appears there whole or not at all. The copy is made by
 * a thread and a connection of its own, so reads and writes go on; it holds no trace of what was erased before.
 */
export async function backup(file: string, target: string): Promise<void> {
  const folder = resolve(target);
  if (existsSync(folder)) throw new StoreUnavailable(`${folder} exists already: a backup goes into a new folder`);
  const part = `${folder}.part`;
  try {
    rmSync(part, { recursive: true, force: true });
    mkdirSync(part, { recursive: true });
    await copy(file, databaseFile(part));
    sync(databaseFile(part));
    sync(part);
    renameSync(part, folder);
    sync(dirname(folder));
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error instanceof StoreUnavailable ? error : new StoreUnavailable(`the backup to ${folder} failed`, error);
  }
}

function copy(from: string, to: string): Promise<void> {
  const worker = new Worker(new URL('./copy.js', import.meta.url), { workerData: { from, to }, name: 'backup' });
  return new Promise((resolved, reject) => {
    worker.on('message', (error: ErrorMessage | null) => (error ? reject(fromMessage(error)) : resolved()));
    worker.on('error', reject);
    worker.on('exit', () => reject(new StoreUnavailable('the backup ended before it was done')));
  });
}
