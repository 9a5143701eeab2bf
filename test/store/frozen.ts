import { createPrivateKey } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { databaseFile } from '../../src/store/sqlite/files.js';

/** Data folders as released versions left them: a folder for each shape, packed, with what is expected of them. */
export const shapesFolder = fileURLToPath(new URL('../../../test/store/shapes/', import.meta.url));

export interface Expected {
  readonly shape: number;
  readonly records: number;
  /** RFC 6962 root over all entries, lower-case hex. */
  readonly root: string;
  readonly vkey: string;
  /** Of every collection its columns as they were then, how many rows it has, and the SHA-256 of those cells. */
  readonly collections: Readonly<
    Record<string, { readonly columns: readonly string[]; readonly rows: number; readonly digest: string }>
  >;
  /** Path of a lot's page. */
  readonly lot: string;
  /** A person who can sign in, a key that is taken, and a write that was answered under an Idempotency-Key. */
  readonly account: string;
  readonly secret: string;
  readonly answered: { readonly path: string; readonly key: string; readonly body: object; readonly answer: object };
}

export const frozenShapes = async (): Promise<string[]> =>
  (await readdir(shapesFolder)).filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(a) - Number(b));

export const expectedOf = async (shape: string): Promise<Expected> =>
  JSON.parse(await readFile(join(shapesFolder, shape, 'expected.json'), 'utf8')) as Expected;

/** Unpacks a frozen folder. */
export async function thaw(shape: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(databaseFile(folder), gunzipSync(await readFile(join(shapesFolder, shape, 'store.sqlite.gz'))));
  await writeFile(join(folder, 'checkpoint'), await readFile(join(shapesFolder, shape, 'checkpoint')));
  await writeKey(folder);
}

/** The key of the frozen ledgers: made of nothing but sevens, so that none is kept in the repository. */
export async function writeKey(folder: string): Promise<void> {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, 7)]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  await writeFile(join(folder, 'log.key'), key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
}
