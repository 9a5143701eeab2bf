import { expect } from 'chai';
import { DatabaseSync } from '@photostructure/sqlite';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { collections, type CollectionShape } from '../../../src/store/collections.js';
import { StoreUnavailable } from '../../../src/store/port.js';
import { Connection } from '../../../src/store/sqlite/connection.js';
import { databaseFile } from '../../../src/store/sqlite/files.js';
import { AlreadyOpen, Damaged, NewerShape, openSqlite } from '../../../src/store/sqlite/open.js';
import { bringForward, shapeVersion } from '../../../src/store/sqlite/shape.js';
import { job, lot, lotRow, record, rejection } from '../../contract/rows.js';
import { withFolder } from './place.js';
import { child } from './process.js';

const shapes: Record<string, CollectionShape> = collections;

/** A folder as another version would have left it. */
function made(folder: string, by: Record<string, CollectionShape>, version = shapeVersion, fill = ''): void {
  const connection = new Connection(databaseFile(folder));
  bringForward(connection, folder, by, version);
  connection.db.exec(fill);
  connection.close();
}

describe('opening a folder', () => {
  it('asks SQLite for full durability on every connection, and reads it back', () =>
    withFolder(async (folder) => {
      const writer = new Connection(databaseFile(folder));
      const reader = new Connection(databaseFile(folder), { readOnly: true });
      for (const connection of [writer, reader]) {
        expect(connection.pragma('synchronous')).to.equal(2);
        expect(connection.pragma('journal_mode')).to.equal('wal');
        expect(connection.pragma('page_size')).to.equal(8192);
        expect(connection.pragma('mmap_size') ?? 0).to.equal(0);
      }
      expect(writer.pragma('wal_autocheckpoint')).to.be.within(4000, 16_000);
      expect(() => reader.db.exec('CREATE TABLE t (a)')).to.throw(/readonly/);
      reader.close();
      writer.close();
    }));

  it('refuses a file on which SQLite does not take what is asked', () =>
    withFolder(async (folder) => {
      const db = new DatabaseSync(databaseFile(folder));
      db.exec('PRAGMA page_size = 4096; CREATE TABLE t (a)');
      db.close();
      const error = await rejection(openSqlite(folder));
      expect(error).to.be.instanceOf(StoreUnavailable);
      expect(error.message).to.contain('page_size=4096');
    }));

  it("refuses another program's database", () =>
    withFolder(async (folder) => {
      const db = new DatabaseSync(databaseFile(folder));
      db.exec('PRAGMA page_size = 8192; CREATE TABLE t (a)');
      db.close();
      expect(await rejection(openSqlite(folder))).to.be.instanceOf(Damaged);
      expect(await rejection(openSqlite(folder, { readOnly: true }))).to.be.instanceOf(Damaged);
    }));

  it('refuses a second writer, in this process and in another, until the first lets go', () =>
    withFolder(async (folder) => {
      const first = await openSqlite(folder);
      const error = await rejection(openSqlite(folder));
      expect(error).to.be.instanceOf(AlreadyOpen).that.includes({ folder });
      const other = child('append', folder);
      expect((await other.ended).code).to.equal(3);
      expect(other.lines).to.deep.equal([`refused AlreadyOpen ${error.message}`]);
      await first.append({ records: { put: [record(0)] } }, 0);
      await first.close();
      const next = await openSqlite(folder);
      expect(await next.size()).to.equal(1);
      await next.close();
    }));

  it('is free again when its writer was killed', () =>
    withFolder(async (folder) => {
      const holder = child('hold', folder);
      await holder.until(1);
      expect(await rejection(openSqlite(folder))).to.be.instanceOf(AlreadyOpen);
      holder.kill();
      await holder.ended;
      await (await openSqlite(folder)).close();
    }));

  it('lets others read beside the writer, and follow it, but not write', () =>
    withFolder(async (folder) => {
      expect(await rejection(openSqlite(folder, { readOnly: true }))).to.be.instanceOf(StoreUnavailable);
      const writer = await openSqlite(folder);
      const reader = await openSqlite(folder, { readOnly: true });
      await writer.append({ records: { put: [record(0)] } }, 0);
      expect(await reader.get('records', [0])).to.deep.equal(record(0));
      await writer.put('jobs', job('a'));
      expect(await reader.get('jobs', ['a'])).to.deep.equal(job('a'));
      for (const call of [
        reader.append({}, 1),
        reader.put('jobs', job('b')),
        reader.delete('jobs', ['a']),
        reader.expire('jobs', 1),
      ]) {
        expect(await rejection(call)).to.be.instanceOf(StoreUnavailable);
      }
      const backup = join(folder, 'copy');
      await reader.backup(backup);
      await writer.close();
      expect(await reader.size()).to.equal(1);
      await reader.close();
      const copy = await openSqlite(backup, { readOnly: true });
      expect(await copy.size()).to.equal(1);
      await copy.close();
    }));

  it('keeps what is erased in no file', () =>
    withFolder(async (folder) => {
      const store = await openSqlite(folder);
      const secret = 'Wang-Fang-13800000000';
      const rows = Array.from({ length: 40 }, (_, n) => ({
        seq: n,
        digest: `d${n}`,
        mark: 'personal',
        text: n === 17 ? secret : `other ${n}`,
      }));
      await store.append({ disclosures: { put: rows } }, 0);
      const holds = () => readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(secret));
      expect(holds()).to.not.deep.equal([]);
      await store.append({ disclosures: { delete: [[17, 'd17']] } }, 0);
      expect(holds()).to.deep.equal([]);
      expect(await store.range('disclosures', { prefix: [], limit: 50 })).to.deep.equal(rows.filter((row) => row.seq !== 17));
      await store.close();
      expect(holds()).to.deep.equal([]);
    }));
});

describe('the shape of a folder', () => {
  it('comes forward from an older one, with all that was in it', () =>
    withFolder(async (folder) => {
      const { jobs: _jobs, ...others } = shapes;
      const later = Object.keys(shapes['lots']!.columns).filter(
        (c) => c !== 'product' && shapes['lots']!.columns[c]!.endsWith('?'),
      );
      const columns = Object.fromEntries(Object.entries(shapes['lots']!.columns).filter(([c]) => !later.includes(c)));
      const lots: CollectionShape = { kind: 'ledger', columns, key: ['item'] };
      const row = lotRow(1, Object.fromEntries(later.map((c) => [c, null])));
      const uris = `INSERT INTO _uris VALUES (1, '${lot(1)}'), (2, '${lotRow(1).product}')`;
      const rows = `INSERT INTO lots (item, product, time, body) VALUES (1, 2, 1, '{"n":1}')`;
      made(folder, { ...others, lots }, shapeVersion, `${uris}; ${rows}`);
      expect(await rejection(openSqlite(folder, { readOnly: true })))
        .to.be.instanceOf(StoreUnavailable)
        .and.not.instanceOf(NewerShape);
      for (let turn = 0; turn < 2; turn++) {
        const store = await openSqlite(folder);
        expect(await store.range('lots', { index: 'product', prefix: [lotRow(1).product!], limit: 2 })).to.deep.equal([row]);
        await store.put('jobs', job('a'));
        expect(await store.range('jobs', { index: 'party', prefix: [job('a').party], limit: 2 })).to.deep.equal([job('a')]);
        await store.close();
      }
    }));

  const newer: Record<string, [Record<string, CollectionShape>, number]> = {
    'a later version': [shapes, shapeVersion + 1],
    'a collection more': [
      { ...shapes, scans: { kind: 'side', columns: { id: 'text', version: 'int' }, key: ['id'] } },
      shapeVersion,
    ],
    'a column more': [
      { ...shapes, meta: { ...shapes['meta']!, columns: { ...shapes['meta']!.columns, more: 'text?' } } },
      shapeVersion,
    ],
    'an index more': [{ ...shapes, meta: { ...shapes['meta']!, indexes: { more: ['version', 'name'] } } }, shapeVersion],
  };
  for (const [what, [by, version]] of Object.entries(newer)) {
    it(`of a newer version is refused: ${what}`, () =>
      withFolder(async (folder) => {
        made(folder, by, version);
        for (const readOnly of [false, true]) {
          const error = await rejection(openSqlite(folder, { readOnly }));
          expect(error).to.be.instanceOf(NewerShape).that.includes({ folder });
        }
        await rejection(openSqlite(folder));
      }));
  }

  const unlike: Record<string, CollectionShape> = {
    'another key': { ...shapes['keys']!, key: ['party', 'id'] },
    'another type': { ...shapes['keys']!, columns: { ...shapes['keys']!.columns, body: 'int' } },
    'a column that may not be null': { ...shapes['keys']!, columns: { id: 'text', version: 'int', body: 'text' }, indexes: {} },
  };
  for (const [what, shape] of Object.entries(unlike)) {
    it(`that no forward step leads from changes nothing: ${what}`, () =>
      withFolder(async (folder) => {
        const { jobs: _jobs, ...others } = shapes;
        made(folder, { ...others, keys: shape });
        const error = await rejection(openSqlite(folder));
        expect(error).to.be.instanceOf(StoreUnavailable);
        expect(error.message).to.contain('migration of its own');
        const db = new DatabaseSync(databaseFile(folder), { readOnly: true });
        expect(db.prepare(`SELECT count(*) n FROM sqlite_schema WHERE name = 'jobs'`).get()).to.include({ n: 0 });
        db.close();
      }));
  }

  it('lets a collection go that a raised version no longer declares, and keeps its table', () =>
    withFolder(async (folder) => {
      made(
        folder,
        { ...shapes, old: { kind: 'side', columns: { id: 'text', version: 'int' }, key: ['id'] } },
        shapeVersion - 1,
        `INSERT INTO old VALUES ('a', 1)`,
      );
      for (let turn = 0; turn < 2; turn++) await (await openSqlite(folder)).close();
      const db = new DatabaseSync(databaseFile(folder), { readOnly: true });
      expect(db.prepare('SELECT count(*) n FROM old').get()).to.include({ n: 1 });
      db.close();
    }));
});
