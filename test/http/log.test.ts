import { stat } from 'node:fs/promises';
import { expect } from 'chai';
import { openCheckpoint } from '../../src/ledger/checkpoint.js';
import { readEntry } from '../../src/ledger/entry.js';
import { hex, leafHash, treeRoot } from '../../src/ledger/merkle.js';
import { nodeCrypto, sha256 } from '../../src/ledger/node.js';
import { readVkey } from '../../src/ledger/note.js';
import { checkReceipt, readReceipt } from '../../src/ledger/proof.js';
import { hasTile, readTilePath, tilePath } from '../../src/ledger/tilePath.js';
import { openService, type Caller, type Service } from '../support/service.js';

const bytes = (service: Service, path: string, headers: Record<string, string> = {}) =>
  service.anyone
    .get(path)
    .set(headers)
    .buffer(true)
    .parse((res, done) => {
      const parts: Buffer[] = [];
      res.on('data', (part: Buffer) => parts.push(part));
      res.on('end', () => done(null, Buffer.concat(parts)));
    });

function unbundle(bundle: Buffer): string[] {
  const entries: string[] = [];
  for (let at = 0; at < bundle.length;) {
    const length = bundle.readUInt16BE(at);
    entries.push(bundle.subarray(at + 2, at + 2 + length).toString());
    at += 2 + length;
  }
  return entries;
}

describe('the log, served', () => {
  let service: Service;
  let admin: Caller;
  const size = 260;
  before(async () => {
    service = await openService();
    admin = await service.as('admin');
    const party = (n: number) =>
      admin.post('/api/parties').send({ type: 'organisation', name: { zh: `果园${n}` }, division: '510131' });
    for (let n = 0; n < size; n += 20) await Promise.all(Array.from({ length: 20 }, (_, i) => party(n + i).expect(201)));
  });
  after(() => service.close());

  it('signs what is durable, with the key that it shows, under the origin of its first start', async () => {
    const { text, headers } = await service.anyone.get('/log/checkpoint').expect(200);
    expect(headers).to.include({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
    const key = readVkey(sha256, (await service.anyone.get('/log/vkey').expect(200)).text);
    expect(openCheckpoint(nodeCrypto, text, key)).to.include({ origin: 'suyuan.test/log', size });
    expect((await stat(`${service.folder}/log.key`)).mode & 0o777).to.equal(0o600);
  });

  it('serves tiles and entries from which anybody makes the root that it signed', async () => {
    const { headers, body } = await bytes(service, '/log/tile/0/000').expect(200);
    expect(headers).to.include({
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    const full = unbundle((await bytes(service, '/log/tile/entries/000').expect(200)).body as Buffer);
    const rest = unbundle((await bytes(service, '/log/tile/entries/001.p/4').expect(200)).body as Buffer);
    expect([full.length, rest.length]).to.deep.equal([256, 4]);
    const leaves = [...full, ...rest].map((entry) => leafHash(sha256, entry));
    expect(Buffer.concat(leaves.slice(0, 256)).equals(body as Buffer)).to.equal(true);
    expect(
      ((await bytes(service, '/log/tile/0/001.p/4').expect(200)).body as Buffer).equals(Buffer.concat(leaves.slice(256))),
    ).to.equal(true);
    expect(hex((await bytes(service, '/log/tile/1/000.p/1').expect(200)).body as Buffer)).to.equal(
      hex(treeRoot(sha256, leaves.slice(0, 256))),
    );
    const { text } = await service.anyone.get('/log/checkpoint');
    expect(text.split('\n')[2]).to.equal(Buffer.from(treeRoot(sha256, leaves)).toString('base64'));
    expect(readEntry(full[0] as string)).to.have.all.keys('v', 'kind', 'time', 'digest', 'streams');
  });

  it('gives bundles compressed to whoever asks for it, whole ones and parts', async () => {
    for (const path of ['/log/tile/entries/000', '/log/tile/entries/000', '/log/tile/entries/001.p/2']) {
      const plain = await bytes(service, path, { 'accept-encoding': 'identity' }).expect(200);
      const small = await bytes(service, path, { 'accept-encoding': 'br, gzip' }).expect(200);
      expect(small.headers).to.include({ 'content-encoding': 'gzip', vary: 'accept-encoding' });
      expect(plain.headers).to.not.have.property('content-encoding');
      expect((small.body as Buffer).equals(plain.body as Buffer)).to.equal(true);
      const refused = await bytes(service, path, { 'accept-encoding': 'gzip;q=0' }).expect(200);
      expect(refused.headers).to.not.have.property('content-encoding');
    }
  });

  it('answers 404 to tiles beyond the tree and to every other shape, without reading anything', async () => {
    const reads: unknown[] = [];
    const { get, range } = service.app.store;
    Object.assign(service.app.store, {
      get: (...args: Parameters<typeof get>) => (reads.push(args), get.apply(service.app.store, args)),
      range: (...args: Parameters<typeof range>) => (reads.push(args), range.apply(service.app.store, args)),
    });
    const wrong = [
      '0/001', '0/001.p/5', '0/002.p/1', '1/000', '1/000.p/2', '1/001.p/1', '2/000.p/1', '7/000.p/1', '63/000.p/1', '64/000', '00/000', '0/0', '0/00', '0/0000', '0/x000/000',
      '0/000.p/0', '0/000.p/256', '0/000.p/01', '0/000.p/-1', '0/000.p/', '0/000.p', '0/000/', '0/', '0', '', '0/x00/000', '0/000/000', '0/x999/x999/x999/x999/999',
      '0/x999/x999/x999/x999/x999/999', '-1/000', '0/-01', '0/%30%30%30', 'entries', 'entries/', 'entries/001', 'entries/001.p/5', 'entries/000.p/300', 'Entries/000', 'entries/0/000', 'data/000', `0/${'x000/'.repeat(500)}000`,
      '0/０００', '../checkpoint', '0/000.p/1e2', '0/1e2', `${'9'.repeat(3000)}/000`,
    ]; // prettier-ignore
    for (const path of wrong) {
      const { status } = await service.anyone.get(`/log/tile/${path}`);
      expect(status, path).to.be.oneOf([400, 404]);
    }
    for (const n of [String(size), '-1', '01', '1e2', '99999999999999999999', 'x', '0x1', '1.0', '%31%20'])
      await service.anyone.get(`/log/receipt/${n}`).expect(404);
    // The checkpoint's own clock reads what it stored last; that is nobody's request.
    expect(reads.filter((args) => (args as unknown[])[0] !== 'meta')).to.deep.equal([]);
    Object.assign(service.app.store, { get, range });
  });

  it('names each tile in one way', () => {
    for (const [n, path] of [[0, '000'], [999, '999'], [1000, 'x001/000'], [1_234_067, 'x001/x234/067']] as const) {
      expect(tilePath({ level: 3, n, width: 256 })).to.equal(`3/${path}`);
      expect(readTilePath(`entries/${path}.p/17`)).to.deep.equal({ level: 'entries', n, width: 17 });
    } // prettier-ignore
    // c2sp.org/tlog-tiles: the partial tiles of 70,000 entries, and a full one of each level.
    for (const path of ['0/272', '0/273.p/112', '1/000', '1/001.p/17', '2/000.p/1', 'entries/273.p/112'])
      expect(hasTile(70_000, readTilePath(path)!), path).to.equal(true);
    for (const path of ['0/273', '0/273.p/113', '1/001', '1/001.p/18', '2/000.p/2', '3/000.p/1', 'entries/274.p/1'])
      expect(hasTile(70_000, readTilePath(path)!), path).to.equal(false);
  });

  it('links every write to its receipt, which whoever has the key checks alone', async () => {
    const written = await admin
      .post('/api/parties')
      .send({ type: 'organisation', name: { zh: '合作社' }, division: '510131' })
      .expect(201);
    const href = (written.body.links as { rel: string; href: string }[]).find(({ rel }) => rel === 'receipt')?.href ?? '';
    expect(href).to.equal(`http://suyuan.test/log/receipt/${written.body.entry}`);
    const { text } = await service.anyone.get(new URL(href).pathname).expect(200);
    const key = readVkey(sha256, service.app.checkpoints.vkey);
    const { extra } = readReceipt(text);
    expect(checkReceipt(nodeCrypto, text, extra as Uint8Array, key)).to.deep.include({ index: size, signed: true });
    expect(readEntry(Buffer.from(extra as Uint8Array).toString()).kind).to.equal('party');
  });
});
