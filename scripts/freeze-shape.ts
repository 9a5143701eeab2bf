// npm run freeze-shape: makes a small data folder with the tables of today and packs it into test/store/shapes/<shape>/, for every later
// version to open. To be run once before each release; what was released already is never made again (git checkout it).
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { collections, type CollectionName } from '../src/store/collections.js';
import { databaseFile } from '../src/store/sqlite/files.js';
import { openSqlite } from '../src/store/sqlite/open.js';
import { shapeVersion } from '../src/store/sqlite/shape.js';
import { cellsDigest } from '../test/store/cellsDigest.js';
import { shapesFolder, writeKey, type Expected } from '../test/store/frozen.js';
import { tell } from '../test/store/frozenStory.js';
import { openService } from '../test/support/service.js';

const work = await mkdtemp(join(tmpdir(), 'suyuan-freeze-'));
try {
  const folder = join(work, 'data');
  await mkdir(folder);
  await writeKey(folder);
  const service = await openService({ folder });
  const told = await tell(service);
  const vkey = service.app.checkpoints.vkey;
  const { size: records } = service.app.ledger;
  const root = service.app.ledger.root();
  await service.close();

  const store = await openSqlite(folder);
  const facts: Record<string, Expected['collections'][string]> = {};
  for (const name of Object.keys(collections) as CollectionName[]) {
    const columns = Object.keys(collections[name].columns);
    facts[name] = { columns, ...(await cellsDigest(store, name, columns)) };
  }
  await store.backup(join(work, 'copy'));
  await store.close();

  const target = join(shapesFolder, String(shapeVersion));
  const expected: Expected = { shape: shapeVersion, records, root, vkey, collections: facts, ...told };
  await mkdir(target, { recursive: true });
  const packed = gzipSync(await readFile(databaseFile(join(work, 'copy'))), { level: 9 });
  await writeFile(join(target, 'store.sqlite.gz'), packed);
  await writeFile(join(target, 'checkpoint'), await readFile(join(folder, 'checkpoint')));
  await writeFile(join(target, 'expected.json'), `${JSON.stringify(expected, null, 2)}\n`);
  console.log(`Shape ${shapeVersion}: ${records} records, root ${root}, ${(packed.length / 1024).toFixed(0)} kB in ${target}`);
} finally {
  await rm(work, { recursive: true, force: true });
}
