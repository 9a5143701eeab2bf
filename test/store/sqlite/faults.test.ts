import { expect } from 'chai';
import { openSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync, writeSync, closeSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreUnavailable, type Store } from '../../../src/store/port.js';
import { Damaged, openSqlite } from '../../../src/store/sqlite/open.js';
import { databaseFile } from '../../../src/store/sqlite/files.js';
import { lot, record, rejection, touch } from '../../contract/rows.js';
import { withFolder } from './place.js';
import { child } from './process.js';

/** Every record from 0 on is there with both its rows of touches: no gap, nothing torn. */
async function expectWhole(store: Store): Promise<void> {
  const size = await store.size();
  const records = await store.range('records', { prefix: [], limit: size + 1 });
  expect(records.map((row) => row.seq)).to.deep.equal(Array.from({ length: size }, (_, n) => n));
  const touches = await store.range('touches', { prefix: [], limit: 3 * size + 10 });
  const of = new Map<number, number>();
  for (const row of touches) of.set(row.seq, (of.get(row.seq) ?? 0) + 1);
  // Below 7 a record's two touches are one and the same row.
  for (let n = 0; n < size; n++) expect(of.get(n), `touches of ${n}`).to.equal(n < 7 ? 1 : 2);
  expect(of.size).to.equal(size);
}

describe('faults', function () {
  this.timeout(60_000);

  it('a process killed in the middle of appends: what it acknowledged is there, and no gap', () =>
    withFolder(async (folder) => {
      let before = 0;
      for (let round = 0; round < 8; round++) {
        const writer = child('append', folder);
        await writer.until(2 + round * 9);
        await new Promise((resolve) => setTimeout(resolve, round * 3));
        writer.kill();
        expect((await writer.ended).signal).to.equal('SIGKILL');
        expect(writer.lines[0]).to.equal(`open ${before}`);
        expect(writer.acknowledged()).to.be.greaterThan(before);
        const store = await openSqlite(folder);
        before = await store.size();
        // At most the append that was under way has come in unacknowledged.
        expect(before).to.be.within(writer.acknowledged(), writer.acknowledged() + 5);
        await expectWhole(store);
        await store.close();
      }
    }));

  it('a process that ends without closing: what it acknowledged is there', () =>
    withFolder(async (folder) => {
      const writer = child('leave', folder);
      expect((await writer.ended).code).to.equal(0);
      expect(writer.lines).to.deep.equal(['open 0', 'ack 3']);
      const store = await openSqlite(folder);
      expect(await store.size()).to.equal(3);
      await store.close();
    }));

  // Where a file ends at another size another write fails: of the WAL or of the file, at the edge of a page or within it.
  for (const limitKiB of [803, 1211, 1998, 3000])
    it(`writes that fail with an I/O error, at ${limitKiB} KiB: refused, and what was acknowledged before is whole`, () =>
      withFolder(async (folder) => {
        const writer = child('append', folder, { limitKiB });
        expect((await writer.ended).code).to.equal(3);
        expect(writer.lines[0]).to.equal('open 0');
        expect(writer.lines.at(-1)).to.match(/^refused StoreUnavailable /);
        expect(writer.acknowledged()).to.be.greaterThan(10);
        const store = await openSqlite(folder);
        expect(await store.size()).to.equal(writer.acknowledged());
        await expectWhole(store);
        await store.append({ records: { put: [record(writer.acknowledged())] } }, writer.acknowledged());
        await store.close();
      }));

  it('a new folder on a disk with no room for it: refused by name, and made later', () =>
    withFolder(async (folder) => {
      const writer = child('append', folder, { limitKiB: 100 });
      expect((await writer.ended).code).to.equal(3);
      expect(writer.lines).to.have.length(1);
      expect(writer.lines[0])
        .to.match(/^refused StoreUnavailable .*cannot be opened/)
        .and.to.contain(folder);
      const store = await openSqlite(folder);
      await store.append({ records: { put: [record(0)] } }, 0);
      await store.close();
    }));

  it('a full disk: the append is refused whole, reads go on, and so do writes that fit', () =>
    withFolder(async (folder) => {
      const store = await openSqlite(folder, { maxPages: 200 });
      let size = 0;
      const append = (bytes: number) =>
        store.append(
          { records: { put: [record(size, { body: 'x'.repeat(bytes) })] }, touches: { put: [touch(lot(size), 1, size)] } },
          size,
        );
      let refused: unknown;
      while (!refused && size < 1000)
        await append(20_000).then(
          () => size++,
          (error: unknown) => (refused = error),
        );
      expect(refused).to.be.instanceOf(StoreUnavailable);
      expect((refused as Error).message).to.contain('full');
      expect(await store.size()).to.equal(size);
      expect(await store.get('records', [size])).to.equal(undefined);
      expect(await store.range('touches', { prefix: [lot(size)], limit: 1 })).to.deep.equal([]);
      expect((await store.get('records', [0]))?.body).to.have.length(20_000);
      await append(10);
      expect(await store.size()).to.equal(size + 1);
      await store.close();
    }));

  it('a file that is no database: a clear error, and the file is left as it was', () =>
    withFolder(async (folder) => {
      writeFileSync(databaseFile(folder), 'These are notes, not a ledger.\n'.repeat(1000));
      const before = readFileSync(databaseFile(folder));
      for (const readOnly of [false, true]) {
        const error = await rejection(openSqlite(folder, { readOnly }));
        expect(error).to.be.instanceOf(Damaged);
        expect(error.message).to.contain(folder).and.contain('not a database');
      }
      expect(readFileSync(databaseFile(folder)).equals(before)).to.equal(true);
    }));

  const damaged = async (folder: string, damage: (file: string) => void) => {
    const store = await openSqlite(folder);
    const numbers = Array.from({ length: 500 }, (_, n) => n);
    await store.append({ records: { put: numbers.map((n) => record(n, { body: 'x'.repeat(700) })) } }, 0);
    await store.close();
    damage(databaseFile(folder));
    const again = await openSqlite(folder).catch((error: unknown) => error as Error);
    if (again instanceof Error) return again;
    const error = await rejection(again.range('records', { prefix: [], limit: 1000 }));
    await again.close();
    return error;
  };

  it('pages overwritten: a read that meets them says so', () =>
    withFolder(async (folder) => {
      const error = await damaged(folder, (file) => {
        const descriptor = openSync(file, 'r+');
        for (let page = 4; page < statSync(file).size / 8192; page++)
          writeSync(descriptor, Buffer.alloc(100, 0x55), 0, 100, page * 8192);
        closeSync(descriptor);
      });
      expect(error).to.be.instanceOf(Damaged);
    }));

  it('a file cut short: a clear error', () =>
    withFolder(async (folder) => {
      expect(await damaged(folder, (file) => truncateSync(file, 5 * 8192))).to.be.instanceOf(Damaged);
    }));

  it('a folder that cannot be written: refused, and read where it was closed well', () =>
    withFolder(async (folder) => {
      const data = join(folder, 'data');
      await mkdir(data);
      const store = await openSqlite(data);
      await store.append({ records: { put: [record(0)] } }, 0);
      await store.close();
      await chmod(folder, 0o755);
      for (const name of readdirSync(data)) await chmod(join(data, name), 0o444);
      await chmod(data, 0o555);
      // Permissions do not hold for root, so the child is nobody there.
      const who = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
      try {
        const writer = child('append', data, who);
        expect((await writer.ended).code).to.equal(3);
        expect(writer.lines).to.have.length(1);
        expect(writer.lines[0]).to.match(/^refused StoreUnavailable .*cannot be opened: (EACCES|EROFS)/);
        expect(writer.lines[0]).to.contain(data);
        const reader = child('read', data, who);
        expect((await reader.ended).code).to.equal(0);
        expect(reader.lines).to.deep.equal(['open 1', 'rows 1']);
      } finally {
        await chmod(data, 0o755);
      }
    }));

  it('a folder that is a file: refused by name', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'file');
      writeFileSync(path, '');
      const error = await rejection(openSqlite(path));
      expect(error).to.be.instanceOf(StoreUnavailable);
      expect(error.message).to.contain(path);
    }));
});
