import { cp, mkdtemp, readFile, rm, stat, writeFile, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openCheckpoint } from '../../src/ledger/checkpoint.js';
import { Checkpoints, type CheckpointsOptions } from '../../src/ledger/checkpoints.js';
import { draftOf } from '../../src/ledger/draft.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import { nodeCrypto, sha256 } from '../../src/ledger/node.js';
import { readVkey } from '../../src/ledger/note.js';
import { LedgerRefused } from '../../src/ledger/refused.js';
import { databaseFile } from '../../src/store/sqlite/files.js';
import { openSqlite } from '../../src/store/sqlite/open.js';

const origin = 'suyuan.test/log';
const party = (n: number) =>
  draftOf({ v: 1, kind: 'party', id: `urn:suyuan:party:${n}`, by: 'urn:suyuan:registry', body: { n } }, { role: 'admin' });

describe('checkpoints of a data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Opens the folder, appends so many records, and closes it again. */
  async function run(records: number, options: Partial<CheckpointsOptions> = {}, before = 0) {
    const store = await openSqlite(folder);
    try {
      const ledger = await openLedger(store, { clock: () => 1_800_000_000_000 });
      const checkpoints = await Checkpoints.open(store, ledger, { folder, origin, asked: true, ...options });
      for (let n = 0; n < records; n++) await ledger.submit([party(before + n)]);
      const { note } = checkpoints.current();
      await ledger.close();
      await checkpoints.close();
      return { note, vkey: checkpoints.vkey, size: ledger.size };
    } finally {
      await store.close();
    }
  }
  async function refused(options: Partial<CheckpointsOptions> = {}): Promise<string> {
    const error = await run(0, options).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof LedgerRefused)) throw error ?? new Error('it was not refused');
    expect(error.text.zh).to.match(/[\u4e00-\u9fff]/);
    return error.text.en;
  }
  /** Writes into the database as a thief or a broken disk would. */
  async function change(sql: string): Promise<void> {
    const { DatabaseSync } = await import('@photostructure/sqlite');
    const db = new DatabaseSync(databaseFile(folder));
    db.exec(sql);
    db.close();
  }

  it('keep their key and their origin over every start', async () => {
    const first = await run(3);
    const again = await run(2, { origin: 'elsewhere.test/log', asked: false }, 3);
    expect(again.vkey).to.equal(first.vkey);
    expect(openCheckpoint(nodeCrypto, again.note, readVkey(sha256, first.vkey))).to.include({ origin, size: 5 });
    expect(await readFile(join(folder, 'checkpoint'), 'utf8')).to.equal(again.note);
    expect((await stat(join(folder, 'log.key'))).mode & 0o777).to.equal(0o600);
    expect(await refused({ origin: 'elsewhere.test/log' })).to.match(
      /was named suyuan\.test\/log .* cannot become elsewhere\.test\/log/,
    );
  });

  it('take a key from the environment: 32 bytes in base 64 or PEM, and no other key later', async () => {
    const seed = Buffer.alloc(32, 5).toString('base64');
    const { vkey } = await run(1, { secret: seed });
    expect((await run(1, { secret: seed }, 1)).vkey).to.equal(vkey);
    expect(await stat(join(folder, 'log.key')).catch(() => 'none')).to.equal('none');
    expect(await refused({ secret: Buffer.alloc(32, 6).toString('base64') })).to.match(/not the key of this ledger/);
    for (const secret of ['x', seed.slice(4), '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----'])
      expect(await refused({ secret })).to.match(/SUYUAN_LOG_KEY does not hold an Ed25519 private key/);
  });

  it('are not signed with a key that others can read, nor with a new one when theirs is gone', async () => {
    await run(1);
    await chmod(join(folder, 'log.key'), 0o644);
    expect(await refused()).to.match(/chmod 600/);
    await rm(join(folder, 'log.key'));
    expect(await refused()).to.match(/not the key of this ledger/);
  });

  it('show an old copy of the database that was put in place of the newest', async () => {
    await run(3);
    await cp(databaseFile(folder), join(folder, 'old'));
    await run(4, {}, 3);
    await cp(join(folder, 'old'), databaseFile(folder));
    expect(await refused()).to.match(/signed up to 7 entries and has 3 now.*--accept-rollback/);
    const lost = await readFile(join(folder, 'checkpoint'), 'utf8');
    // The way on: what was lost is written into the ledger, and the next start needs no word.
    expect((await run(0, { acceptRollback: true })).size).to.equal(4);
    expect((await run(0)).size).to.equal(4);
    const store = await openSqlite(folder, { readOnly: true });
    const row = await store.get('records', [3]);
    await store.close();
    expect(row?.kind).to.equal('rollback');
    expect(JSON.parse(row?.body ?? '').body).to.deep.equal({ checkpoint: lost, signed: 7, left: 3 });
  });

  it('show a history that was rewritten whole, tiles and all', async () => {
    await run(3);
    const note = await readFile(join(folder, 'checkpoint'), 'utf8');
    const key = await readFile(join(folder, 'log.key'));
    await rm(folder, { recursive: true });
    folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    await writeFile(join(folder, 'log.key'), key, { mode: 0o600 });
    await run(4, {}, 10);
    await writeFile(join(folder, 'checkpoint'), note);
    expect(await refused()).to.match(/first 3 entries are not those of the signed checkpoint/);
  });

  it('are refused over a right edge that does not agree with its entries, with the place', async () => {
    await run(300);
    const copy = await mkdtemp(join(tmpdir(), 'suyuan-'));
    await cp(folder, copy, { recursive: true });
    const faults: [string, RegExp][] = [
      [`UPDATE records SET entry = replace(entry, '"v":1', '"v":2') WHERE seq = 299`, /entry 299/],
      [`UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 0 AND n = 1`, /entry 256/],
      [`UPDATE tiles SET hashes = zeroblob(length(hashes)) WHERE level = 1`, /tile 1\/0/],
      [`DELETE FROM tiles WHERE level = 0 AND n = 1`, /tile 0\/1/],
    ];
    for (const [sql, place] of faults) {
      await change(sql);
      expect(await refused(), sql).to.match(place);
      await rm(folder, { recursive: true });
      await cp(copy, folder, { recursive: true });
    }
    await rm(copy, { recursive: true });
    expect((await run(0)).size).to.equal(300);
  });

  it("are refused when the stored one is another key's or damaged", async () => {
    const { note } = await run(2);
    for (const wrong of ['', 'x', note.slice(0, -20), note.replace(/— (\S+) ..../, '— $1 AAAA')]) {
      await writeFile(join(folder, 'checkpoint'), wrong);
      expect(await refused(), wrong).to.match(/not signed by the key of this ledger or is damaged/);
    }
  });

  it('are stored within a second of an append, while the ledger goes on', async () => {
    const store = await openSqlite(folder);
    const ledger = await openLedger(store, { clock: Date.now });
    const checkpoints = await Checkpoints.open(store, ledger, { folder, origin, asked: true });
    await ledger.submit([party(1), party(2)]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const kept = await readFile(join(folder, 'checkpoint'), 'utf8');
    expect(kept).to.equal(checkpoints.current().note);
    expect((await store.get('meta', ['checkpoint']))?.body).to.equal(kept);
    await ledger.close();
    await checkpoints.close();
    await store.close();
  });
});
