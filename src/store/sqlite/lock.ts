import { DatabaseSync } from '@photostructure/sqlite';
import { AlreadyOpen, codeOf, resultCode } from './errors.js';

/**
 * Holds a folder for one writer: an exclusive lock that SQLite takes on an empty database beside the store. The system lets go of
 * it with the process, however that ends, so nothing stale is ever left. (No other code may open and close the file: POSIX
 * locks of a process go with the first descriptor that it closes.)
 */
export function lockFolder(file: string, folder: string): () => void {
  const db = new DatabaseSync(file, { timeout: 0 });
  try {
    db.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw codeOf(error) === resultCode.busy ? new AlreadyOpen(folder) : error;
  }
  return () => db.close();
}
