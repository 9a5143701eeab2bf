import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openCheckpoint, readCheckpoint } from '../../src/ledger/checkpoint.js';
import { Checkpoints } from '../../src/ledger/checkpoints.js';
import { cosignaturesOf } from '../../src/ledger/cosignature.js';
import { draftOf } from '../../src/ledger/draft.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { nodeCrypto, sha256 } from '../../src/ledger/node.js';
import { cosigned, readNote, readVkey, type NoteKey } from '../../src/ledger/note.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import { Witness } from '../../src/ledger/witness.js';
import { Witnesses, type WitnessesOptions } from '../../src/ledger/witnesses.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import type { Store } from '../../src/store/port.js';

const origin = 'suyuan.test/log';
const by = 'urn:suyuan:registry';

/** How a witness answers: as it should, or as a test has it. */
type Answering = (honest: (body: string) => Promise<{ status: number; type: string; text: string }>, body: string, res: ServerResponse) => unknown; // prettier-ignore

/** A witness of ours on a port of its own, which may be made to misbehave. */
class Other {
  readonly asked: { old: number; size: number; at: number }[] = [];
  answering: Answering | undefined;
  witness: Witness | undefined;
  private constructor(
    readonly server: Server,
    readonly folder: string,
    private readonly store: Store,
  ) {}
  static async open(): Promise<Other> {
    const folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const other = new Other(server, folder, await openSqlite(folder));
    server.on('request', (req, res) => void other.serve(req, res));
    return other;
  }
  trust(name: string, vkey: string): void {
    this.witness = Witness.open(this.store, { folder: this.folder, name, logs: [readVkey(sha256, vkey)], clock: Date.now });
  }
  get address() {
    const { port } = this.server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/witness`, key: readVkey(sha256, (this.witness as Witness).vkey, cosigned) };
  }
  /** Forgets what it cosigned, or believes that it was another size. */
  async believe(size: number): Promise<void> {
    const row = await this.store.get('witnessed', [origin]);
    if (row) await this.store.put('witnessed', { ...row, version: row.version + 1, size }, row.version);
  }
  async seen(): Promise<number> {
    return (await this.store.get('witnessed', [origin]))?.size ?? 0;
  }
  private async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of req.setEncoding('utf8')) body += part as string;
    this.asked.push({ old: Number(/^old (\d+)/.exec(body)?.[1]), size: readCheckpoint(body.slice(body.indexOf('\n\n') + 2)).size, at: performance.now() });
    const honest = async (text: string) => {
      const told = await (this.witness as Witness).add(text);
      if (told.told === 'cosigned') return { status: 200, type: 'text/plain', text: told.lines };
      if (told.told === 'size') return { status: 409, type: 'text/x.tlog.size', text: `${told.size}\n` };
      const statuses = { malformed: 400, unknown: 404, untrusted: 403, forked: 409, inconsistent: 422 };
      return { status: statuses[told.told], type: 'text/plain', text: told.told };
    };
    if (this.answering) return void (await this.answering(honest, body, res));
    const { status, type, text } = await honest(body);
    res.writeHead(status, { 'content-type': type }).end(text);
  } // prettier-ignore
  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await this.store.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

describe('our witnesses', () => {
  let folder: string;
  let others: Other[];
  let told: { level: string; words: string; fields: Record<string, unknown> }[];
  let open: Awaited<ReturnType<typeof start>> | undefined;
  let parties = 0;

  async function start(options: Partial<WitnessesOptions> = {}) {
    const store = await openSqlite(folder);
    const ledger = await openLedger(store, { clock: Date.now });
    const checkpoints = await Checkpoints.open(store, ledger, { folder, origin, asked: true });
    for (const [i, other] of others.entries()) if (!other.witness) other.trust(`w${i}.test/witness`, checkpoints.vkey);
    const witnesses = await Witnesses.open(store, ledger, checkpoints, {
      witnesses: others.map(({ address }) => address),
      quorum: 1,
      pace: 20,
      patience: 200,
      told: (level, fields, words) => told.push({ level, words, fields }),
      ...options,
    });
    return { store, ledger, checkpoints, witnesses };
  }
  async function stop(): Promise<void> {
    if (!open) return;
    const { store, ledger, checkpoints, witnesses } = open;
    open = undefined;
    await witnesses.close();
    await ledger.close();
    await checkpoints.close();
    await store.close();
  }
  const add = (ledger: Ledger, count = 1) =>
    ledger.submit(
      Array.from({ length: count }, () =>
        draftOf({ v: 1, kind: 'party', id: `urn:suyuan:party:${parties++}`, by, body: {} }, { role: 'admin' }),
      ),
    );
  async function until(what: string, holds: () => unknown): Promise<void> {
    for (let n = 0; n < 400; n++) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`it never came: ${what}; told ${JSON.stringify(told)}`);
  }
  const allSaw = (size: number) =>
    until(`all saw ${size}`, async () => (await Promise.all(others.map((other) => other.seen()))).every((seen) => seen === size));
  const alarms = () => told.filter(({ level }) => level === 'error');
  const names = (note: string, keys: NoteKey[] = others.map(({ address }) => address.key)) =>
    cosignaturesOf(nodeCrypto, readNote(note), keys).map(({ key }) => key.name);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    others = await Promise.all([Other.open(), Other.open(), Other.open()]);
    told = [];
  });
  afterEach(async () => {
    await stop();
    await Promise.all(others.map((other) => other.close()));
    await rm(folder, { recursive: true, force: true });
  });

  it('cosign every checkpoint that they are sent, and the log serves it with all their lines', async () => {
    open = await start({ quorum: 3 });
    const { ledger, checkpoints } = open;
    for (const size of [3, 4, 300]) {
      await add(ledger, size - ledger.size);
      await until(`three cosignatures over ${size}`, () => checkpoints.cosigned?.size === size && checkpoints.cosigned.enough);
      const { note } = checkpoints.published();
      expect(names(note)).to.have.members(['w0.test/witness', 'w1.test/witness', 'w2.test/witness']);
      expect(openCheckpoint(nodeCrypto, note, readVkey(sha256, checkpoints.vkey)).size).to.equal(size);
      expect(checkpoints.covering(size).note).to.equal(note);
      expect(checkpoints.covering(size + 1)).to.equal(checkpoints.current());
    }
    expect(others.map(({ asked }) => asked.map(({ old, size }) => [old, size]))).to.deep.equal(
      others.map(() => [[0, 3], [3, 4], [4, 300]]),
    );
    expect(told).to.deep.equal([]);
  }); // prettier-ignore

  it('are waited for by the checkpoint that is served, as many as the quorum says, and by nothing else', async () => {
    const [, second, third] = others as [Other, Other, Other];
    for (const other of [second, third]) other.answering = (_, __, res) => res.writeHead(503).end();
    open = await start({ quorum: 2 });
    const { ledger, checkpoints } = open;
    await add(ledger, 5);
    await until('one cosignature', () => checkpoints.cosigned?.size === 5);
    expect(names(checkpoints.published().note)).to.deep.equal(['w0.test/witness']);
    await add(ledger);
    expect(checkpoints.published()).to.equal(checkpoints.current());
    third.answering = undefined;
    await until('a quorum', () => checkpoints.cosigned?.enough);
    const { size } = checkpoints.published();
    third.answering = second.answering;
    await add(ledger, 2);
    await until('the first to go on alone', async () => (await others[0]?.seen()) === 8);
    expect(checkpoints.published().size).to.equal(size);
    expect(names(checkpoints.published().note)).to.have.members(['w0.test/witness', 'w2.test/witness']);
  });

  it('delay no record while they are slow or away, and are asked less and less', async () => {
    const [slow, away, good] = others as [Other, Other, Other];
    slow.answering = () => undefined;
    open = await start();
    const { ledger, checkpoints } = open;
    away.server.close();
    away.server.closeAllConnections();
    const began = performance.now();
    for (let n = 0; n < 40; n++) {
      await add(ledger);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    expect(performance.now() - began).to.be.below(4000);
    await until('the good one to have it all', () => checkpoints.cosigned?.size === 40);
    expect(good.asked.length).to.be.above(10);
    // 20 ms, 40, 80 ... beside 200 ms of patience each time.
    expect(slow.asked.length).to.be.within(1, 6);
    expect(told.some(({ fields }) => fields.witness === 'w0.test/witness' && fields.why === 'TimeoutError')).to.equal(true);
    expect(
      told.some(({ fields }) => fields.witness === 'w1.test/witness' && String(fields.why).startsWith('TypeError')),
    ).to.equal(true);
    expect(alarms()).to.deep.equal([]);
    slow.answering = undefined;
    await until('the slow one to come back', async () => (await slow.seen()) === 40);
    expect(told.some(({ words }) => words === 'the witness answers again')).to.equal(true);
  });

  it('are given the proof from the size that they name, older or newer than we thought', async () => {
    open = await start({ quorum: 3 });
    const { ledger, checkpoints, store } = open;
    await add(ledger, 5);
    await until('all', () => checkpoints.cosigned?.enough);
    // They lose the last checkpoint: an older one was put back, with its root.
    const root = await checkpoints.prover.root(2);
    const [first] = others as [Other, Other, Other];
    const row = await (first as unknown as { store: Store }).store.get('witnessed', [origin]);
    if (!row) throw new Error('nothing was witnessed');
    await (first as unknown as { store: Store }).store.put('witnessed', { ...row, version: 9, size: 2, root }, row.version);
    await add(ledger, 4);
    await until('all again', () => checkpoints.cosigned?.size === 9 && checkpoints.cosigned.enough);
    expect(first.asked.slice(-2).map(({ old, size }) => [old, size])).to.deep.equal([[5, 9], [2, 9]]);
    // A start that has forgotten which size they know asks with 0, and is told.
    await store.delete('meta', ['cosigned']);
    await stop();
    open = await start({ quorum: 3 });
    await add(open.ledger);
    await until('all after the restart', () => open?.checkpoints.cosigned?.size === 10 && open.checkpoints.cosigned.enough);
    expect(first.asked.slice(-2).map(({ old, size }) => [old, size])).to.deep.equal([[0, 10], [9, 10]]);
    expect(told).to.deep.equal([]);
  }); // prettier-ignore

  it('raise an alarm when they have seen a larger ledger, and records go on', async () => {
    open = await start();
    const { ledger, checkpoints } = open;
    await add(ledger, 5);
    await until('one', () => checkpoints.cosigned?.size === 5);
    await allSaw(5);
    await Promise.all(others.map((other) => other.believe(50)));
    await add(ledger, 2);
    await until('the alarms', () => alarms().length === 3);
    expect(alarms().map(({ words, fields }) => [words, fields.size, fields.here])).to.deep.equal(
      others.map(() => ['a witness has cosigned a larger ledger than this one', 50, 7]),
    );
    await add(ledger);
    expect(ledger.size).to.equal(8);
  });

  it('raise an alarm when they hold another history of the same ledger, and do not cosign ours', async () => {
    open = await start();
    await add(open.ledger, 5);
    await allSaw(5);
    await stop();
    // The same key over another history, once as long and once longer: the data was rewritten.
    for (const [size, status] of [
      [5, 409],
      [8, 422],
    ] as const) {
      await stop();
      told = [];
      const rewritten = await mkdtemp(join(tmpdir(), 'suyuan-'));
      await cp(join(folder, 'log.key'), join(rewritten, 'log.key'));
      await rm(folder, { recursive: true });
      folder = rewritten;
      open = await start();
      await add(open.ledger, size);
      await until(`${status} from all`, () => alarms().length === 3);
      expect(alarms().map(({ words, fields }) => [words, fields.status])).to.deep.equal(
        others.map(() => ['a witness holds another history of this ledger than ours', status]),
      );
    }
    expect(open.checkpoints.cosigned).to.equal(undefined);
    expect(await Promise.all(others.map((other) => other.seen()))).to.deep.equal([5, 5, 5]);
  });

  it('add nothing to a checkpoint but their own right signature, whatever they answer', async () => {
    const [first, second] = others as [Other, Other, Other];
    const { key } = await (async () => ((open = await start({ pace: 100_000 })), first.address))();
    await stop();
    const answers: [string, Answering][] = [
      ['nothing', (_, __, res) => res.end()],
      ['no signature', (_, __, res) => res.end('hello\n')],
      ['a page', (_, __, res) => res.end('<!doctype html>\n\n<p>')],
      ['too much', (_, __, res) => res.end('x'.repeat(100_000))],
      ['a size of 2^60', (_, __, res) => res.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end('1152921504606846976\n')],
      ['another size each time', (_, __, res) => res.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end(`${Math.floor(Math.random() * 3)}\n`)],
      ['a redirect', (_, __, res) => res.writeHead(307, { location: second.address.url }).end()],
      ['half an answer', (_, __, res) => { res.writeHead(200, { 'content-length': '500' }); res.write('— '); res.destroy(); }],
      ['a turned bit', async (honest, body, res) => res.end((await honest(body)).text.replace(/.{6}\n$/, 'AAAA==\n'))],
      ['the signature of another', async (_, body, res) => {
        const answer = await second.witness?.add(body);
        res.end(answer?.told === 'cosigned' ? answer.lines : '');
      }],
    ]; // prettier-ignore
    for (const [what, answering] of answers) {
      told = [];
      first.answering = answering;
      second.answering = what === 'the signature of another' ? (_, __, res) => res.writeHead(503).end() : undefined;
      open = await start({ witnesses: [first.address], patience: 1000 });
      await add(open.ledger, 3);
      await until(what, () => told.some(({ words }) => words === 'the witness did not cosign'));
      expect(open.checkpoints.cosigned, what).to.equal(undefined);
      expect(alarms(), what).to.deep.equal([]);
      await stop();
    }
    // Lines of others beside its own are left out.
    first.answering = async (honest, body, res) => {
      const right = await honest(body);
      if (right.status !== 200) return res.writeHead(right.status, { 'content-type': right.type }).end(right.text);
      return res.end(`— else.test AAAAAAAA\n${right.text}— ${origin} AAAAAAAA\n`);
    };
    open = await start({ witnesses: [first.address] });
    await add(open.ledger);
    await until('its own line', () => open?.checkpoints.cosigned?.enough);
    const lines = open.checkpoints.published().note.split('\n\n')[1]?.trimEnd().split('\n').map((line) => line.split(' ')[1]);
    expect(lines).to.deep.equal([origin, key.name]);
  }); // prettier-ignore

  it('are remembered with their cosignatures over a restart, and forgotten when these are of another history', async () => {
    open = await start({ quorum: 3 });
    await add(open.ledger, 5);
    await until('all', () => open?.checkpoints.cosigned?.enough);
    const { note } = open.checkpoints.published();
    await stop();
    for (const other of others) other.answering = (_, __, res) => res.writeHead(503).end();
    open = await start({ quorum: 3 });
    expect(open.checkpoints.published()).to.deep.equal({ size: 5, note, enough: true });
    await add(open.ledger);
    expect(open.checkpoints.published().size).to.equal(5);
    const row = await open.store.get('meta', ['cosigned']);
    const lie = note.replace('\n5\n', '\n4\n');
    await open.store.put('meta', { name: 'cosigned', version: 99, body: lie }, row?.version ?? 0);
    await stop();
    told = [];
    open = await start({ quorum: 3 });
    expect(open.checkpoints.cosigned).to.equal(undefined);
    expect(open.checkpoints.published()).to.equal(open.checkpoints.current());
    expect(told[0]?.words).to.equal('the stored cosignatures are not of this ledger');
  });

  it('let go at once when the service stops, however slow they are', async () => {
    for (const other of others) other.answering = () => undefined;
    open = await start({ patience: 60_000 });
    await add(open.ledger);
    await until('all to be asked', () => others.every(({ asked }) => asked.length === 1));
    const began = performance.now();
    await stop();
    expect(performance.now() - began).to.be.below(1000);
    expect((await readdir(folder)).includes('checkpoint')).to.equal(true);
  });
});
