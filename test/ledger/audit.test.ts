import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/domain/record.js';
import { audit, type AuditResult } from '../../src/ledger/audit.js';
import { Checkpoints } from '../../src/ledger/checkpoints.js';
import { draftOf, type Draft } from '../../src/ledger/draft.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import { sha256 } from '../../src/ledger/node.js';
import { readVkey } from '../../src/ledger/note.js';
import { databaseFile } from '../../src/store/sqlite/files.js';
import { openSqlite } from '../../src/store/sqlite/open.js';

const farm = 'urn:suyuan:uscc:93510131MA61UQ4D52';
const event = (n: number): Draft => {
  const id = `urn:uuid:00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  const body: JsonObject = {
    type: 'ObjectEvent',
    eventID: id,
    eventTime: new Date(n * 60_000).toISOString(),
    eventTimeZoneOffset: '+00:00',
    action: 'ADD',
    bizStep: 'commissioning',
    quantityList: [{ epcClass: `https://id.gs1.org/01/09520131000102/10/${n % 97}`, quantity: n, uom: 'KGM' }],
    ilmd: { 'suyuan:variety': 'x' },
  };
  const hidden = {
    digest: sha256OfText('WyJzIiwib3BlcmF0b3IiLCLlvKDkuIkiXQ'),
    mark: 'personal' as const,
    text: 'WyJzIiwib3BlcmF0b3IiLCLlvKDkuIkiXQ',
  };
  return draftOf(
    { v: 1, kind: 'event', id, by: farm, body, ...(n % 10 === 0 && { hidden: { _sd: [hidden.digest] } }) },
    { role: 'producer', ...(n % 10 === 0 && { disclosures: [hidden] }) },
  );
};
const sha256OfText = (text: string): string => Buffer.from(sha256(Buffer.from(text))).toString('base64url');

describe('an audit', () => {
  let whole: string;
  let folder: string;
  let vkey: string;
  let notes: string[];
  const size = 1300;

  before(async () => {
    whole = await mkdtemp(join(tmpdir(), 'suyuan-'));
    const store = await openSqlite(whole);
    const ledger = await openLedger(store, { clock: () => 1_800_000_000_000 });
    const checkpoints = await Checkpoints.open(store, ledger, { folder: whole, origin: 'suyuan.test/log', asked: true });
    vkey = checkpoints.vkey;
    notes = [];
    for (let n = 0; n < size; n += 100) {
      await ledger.submit(Array.from({ length: 100 }, (_, i) => event(n + i)));
      notes.push(checkpoints.current().note);
    }
    await ledger.close();
    await checkpoints.close();
    await store.close();
  });
  after(() => rm(whole, { recursive: true }));
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    await cp(whole, folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function result(checkpoints: readonly string[] = notes): Promise<AuditResult> {
    const store = await openSqlite(folder, { readOnly: true });
    try {
      return await audit(store, { checkpoints, key: readVkey(sha256, vkey) });
    } finally {
      await store.close();
    }
  }
  async function change(sql: string): Promise<void> {
    const { DatabaseSync } = await import('@photostructure/sqlite');
    const db = new DatabaseSync(databaseFile(folder));
    db.exec(sql);
    db.close();
  }

  it('finds nothing in a ledger that is as it was written, at every checkpoint it signed', async () => {
    const { disagreements, streams, size: found } = await result();
    expect(disagreements).to.deep.equal([]);
    expect([found, streams]).to.deep.equal([size, 98]);
  });

  const flip = (column: string) => `CAST(substr(${column}, 1, 40) || x'7f' || substr(${column}, 42) AS BLOB)`;
  const faults: [string, string, RegExp][] = [
    [
      'a byte of an entry',
      `UPDATE records SET entry = replace(entry, '"kind":"event"', '"kind":"evenT"') WHERE seq = 700`,
      /^entry 700$/,
    ],
    [
      'a digit of a record',
      `UPDATE records SET body = replace(body, '"quantity":701', '"quantity":791') WHERE seq = 701`,
      /^entry 701$/,
    ],
    ['a byte of a seed', `UPDATE records SET seed = zeroblob(16) WHERE seq = 702`, /^entry 702$/],
    ['a link', `UPDATE records SET links = replace(links, ',8,', ',9,') WHERE seq = 703`, /^entry 703$/],
    ['a record time', `UPDATE records SET time = time + 1 WHERE seq = 704`, /^entry 70[45]$/],
    ['a byte of a full tile', `UPDATE tiles SET hashes = ${flip('hashes')} WHERE level = 0 AND n = 2`, /^tile 0\/2$/],
    ['a byte of the last tile', `UPDATE tiles SET hashes = ${flip('hashes')} WHERE level = 0 AND n = 5`, /^tile 0\/5$/],
    ['a byte of a tile above', `UPDATE tiles SET hashes = ${flip('hashes')} WHERE level = 1`, /^tile 1\/0$/],
    ['a missing tile', `DELETE FROM tiles WHERE level = 0 AND n = 1`, /^tile 0\/1$/],
    ['a head', `UPDATE heads SET count = count + 1 WHERE rowid = 5`, /^head of /],
    ['a missing head', `DELETE FROM heads WHERE rowid = 5`, /^heads$/],
    ['a hidden value', `UPDATE disclosures SET text = 'x' || text WHERE seq = 20`, /^entry 20$/],
    ['a missing record', `DELETE FROM records WHERE seq = 900`, /^entry 900$/],
  ];
  for (const [what, sql, place] of faults) {
    it(`names the place of ${what}`, async () => {
      await change(sql);
      const { disagreements } = await result();
      // What is chained to a changed entry no longer agrees either; the first that is named is the place.
      expect(disagreements[0]?.place, JSON.stringify(disagreements)).to.match(place);
      expect(new Set(disagreements.map((d) => d.place)).size).to.be.at.most(5);
    });
  }

  it('sees a record whose whole chain of proofs was made anew, by the checkpoints', async () => {
    // Another ledger of the same length under the same key: each agrees with itself.
    const other = await mkdtemp(join(tmpdir(), 'suyuan-'));
    await cp(join(whole, 'log.key'), join(other, 'log.key'));
    const store = await openSqlite(other);
    const ledger = await openLedger(store, { clock: () => 1_800_000_000_000 });
    await ledger.submit(Array.from({ length: size }, (_, n) => event(n + 1)));
    await ledger.close();
    await store.close();
    await rm(folder, { recursive: true });
    folder = other;
    expect((await result([])).disagreements).to.deep.equal([]);
    expect((await result()).disagreements.map((d) => d.place)).to.include('checkpoint');
  });

  it('says that the ledger is shorter than a checkpoint', async () => {
    await change('DELETE FROM records WHERE seq >= 1200');
    const { disagreements } = await result();
    expect(disagreements.length).to.be.greaterThan(0);
  });
});
