import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../../src/store/sqlite/open.js';
import type { Place } from '../../contract/store.js';

/** A new temporary folder. */
export const newFolder = () => mkdtemp(join(tmpdir(), 'suyuan-store-'));

/** Runs with a temporary folder and removes it. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await newFolder();
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function sqlitePlace(): Promise<Place> {
  const folder = await newFolder();
  return {
    open: () => openSqlite(join(folder, 'data')),
    backupPath: join(folder, 'backup'),
    openBackup: (path) => openSqlite(path),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
