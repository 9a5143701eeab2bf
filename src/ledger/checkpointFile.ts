import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** The last signed checkpoint, outside the database: what shows that an old copy of the database was put in its place. */
export const checkpointFile = (folder: string): string => join(folder, 'checkpoint');

export async function readCheckpointFile(folder: string): Promise<string | undefined> {
  try {
    return await readFile(checkpointFile(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Replaces the file whole and durably. */
export async function writeCheckpointFile(folder: string, note: string): Promise<void> {
  const file = checkpointFile(folder);
  const part = await open(`${file}.part`, 'w');
  try {
    await part.writeFile(note);
    await part.sync();
  } finally {
    await part.close();
  }
  await rename(`${file}.part`, file);
  const names = await open(folder, 'r');
  try {
    await names.sync();
  } catch {
    // Some systems cannot make the names of a folder durable; the file itself is.
  } finally {
    await names.close();
  }
}
