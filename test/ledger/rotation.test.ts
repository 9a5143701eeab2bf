import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { verify } from '../../src/cli/verify.js';
import { audit } from '../../src/ledger/audit.js';
import { bundleOf } from '../../src/ledger/bundle.js';
import { openCheckpoint } from '../../src/ledger/checkpoint.js';
import { Checkpoints, type CheckpointsOptions } from '../../src/ledger/checkpoints.js';
import { draftOf } from '../../src/ledger/draft.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { nodeCrypto, sha256 } from '../../src/ledger/node.js';
import { readVkey } from '../../src/ledger/note.js';
import { receiptText } from '../../src/ledger/proof.js';
import { LedgerRefused } from '../../src/ledger/refused.js';
import { rotateKey } from '../../src/ledger/rotate.js';
import { followKeys, logUri, newestKey, readRotation } from '../../src/ledger/rotation.js';
import { openLedger } from '../../src/ledger/sequencer.js';

import { openSqlite } from '../../src/store/sqlite/open.js';
import { faulty, type FaultyStore } from '../support/faulty.js';
import { stepOf } from './note.test.js';

const origin = 'suyuan.test/log';
const by = 'urn:suyuan:registry';
const day = 86_400_000;
const begin = Date.parse('2026-11-23T04:00:00Z');
const key = (vkey: string) => readVkey(sha256, vkey);
const seed = (n: number) => Buffer.alloc(32, n).toString('base64');

interface Opened {
  readonly store: FaultyStore;
  readonly ledger: Ledger;
  readonly checkpoints: Checkpoints;
}

describe('a change of the key', () => {
  let folder: string;
  let now: number;
  let parties = 0;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    now = begin;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function run<T>(work: (opened: Opened) => Promise<T>, options: Partial<CheckpointsOptions> = {}): Promise<T> {
    const store = faulty(await openSqlite(folder));
    try {
      const ledger = await openLedger(store, { clock: () => now });
      const checkpoints = await Checkpoints.open(store, ledger, { folder, origin, asked: true, clock: () => now, ...options });
      const done = await work({ store, ledger, checkpoints });
      await ledger.close();
      await checkpoints.close();
      return done;
    } finally {
      await store.close();
    }
  }
  const add = ({ ledger }: Opened) =>
    ledger.submit([draftOf({ v: 1, kind: 'party', id: `urn:suyuan:party:${parties++}`, by, body: {} }, { role: 'admin' })]);
  const rotate = ({ store, ledger, checkpoints }: Opened, days = 30) =>
    rotateKey(store, ledger, checkpoints, { by, until: now + days * day });
  const keysOf = async ({ store, checkpoints }: Opened) => {
    const see = (records: readonly unknown[]) => Promise.resolve(records.map(() => ({ whole: true, mark: () => false })));
    return JSON.parse(JSON.stringify(await bundleOf(store, checkpoints, logUri(origin), see))) as Record<string, unknown>;
  };
  const opens = (note: string, vkey: string) => stepOf(() => openCheckpoint(nodeCrypto, note, key(vkey)));

  it('is an entry that both keys signed; both sign for a while, then the new one alone', async () => {
    const { before, after, entry } = await run(async (opened) => {
      await add(opened);
      const done = await rotate(opened);
      const row = await opened.store.get('records', [done.entry]);
      expect(row?.kind).to.equal('key');
      const { note } = (JSON.parse(row?.body ?? '') as { body: { note: string } }).body;
      const told = readRotation(nodeCrypto, note);
      expect([told.before, told.after]).to.deep.equal([key(done.before), key(done.after)]);
      expect(note.split('\n').filter((line) => line.startsWith('— '))).to.have.length(2);
      expect(opened.checkpoints.vkey).to.equal(done.after);
      for (const vkey of [done.before, done.after]) expect(opens(opened.checkpoints.current().note, vkey)).to.equal(undefined);
      now += 30 * day - 1;
      expect(opens(opened.checkpoints.current().note, done.before)).to.equal(undefined);
      now += 1;
      expect(opens(opened.checkpoints.current().note, done.before)).to.equal('unsigned');
      expect(opens(opened.checkpoints.current().note, done.after)).to.equal(undefined);
      return done;
    });
    expect(entry).to.equal(1);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.key'));
    expect(files).to.have.members(['log.key', `log-${key(after).keyId}.key`]);
    for (const name of files) expect((await stat(join(folder, name))).mode & 0o777).to.equal(0o600);
    now = begin;
    await run(async (opened) => {
      await add(opened);
      expect(opened.checkpoints.vkey).to.equal(after);
      expect(opens(opened.checkpoints.current().note, before)).to.equal(undefined);
    });
    await rm(join(folder, 'log.key'));
    await run(async (opened) => {
      await add(opened);
      expect(opens(opened.checkpoints.current().note, before)).to.equal('unsigned');
      expect(opens(opened.checkpoints.current().note, after)).to.equal(undefined);
    });
    await rm(join(folder, `log-${key(after).keyId}.key`));
    const refused = await run(add).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(LedgerRefused);
    expect((refused as LedgerRefused).text.en).to.match(/not the key of this ledger.*missing/);
  });

  it('is followed by whoever trusts a key of before, as often as it changed', async () => {
    await run(async (opened) => {
      await add(opened);
      const early = opened.checkpoints.current().note;
      const first = await rotate(opened, 0);
      await add(opened);
      const second = await rotate(opened, 0);
      await add(opened);
      const bundle = await keysOf(opened);
      const trust = followKeys(nodeCrypto, bundle, key(first.before));
      expect(newestKey(trust)).to.deep.equal(key(second.after));
      expect(trust.successors?.map(({ entry }) => entry)).to.deep.equal([first.entry, second.entry]);
      const { note, size } = opened.checkpoints.current();
      expect(openCheckpoint(nodeCrypto, note, trust).size).to.equal(5);
      expect(openCheckpoint(nodeCrypto, early, trust).size).to.equal(1);
      expect(opens(note, first.before)).to.equal('unsigned');
      for (const vkey of [first.after, second.after])
        expect(openCheckpoint(nodeCrypto, note, followKeys(nodeCrypto, bundle, key(vkey))).size).to.equal(5);

      const row = await opened.store.get('records', [4]);
      const extra = Buffer.from(row?.entry ?? '');
      const receipt = Buffer.from(
        receiptText({ extra, index: 4, proof: await opened.checkpoints.prover.inclusion(4, size), checkpoint: note }),
      );
      const keys = Buffer.from(JSON.stringify(bundle));
      expect(verify(receipt, first.before).code).to.equal(1);
      expect(verify(receipt, first.before, { keys }).code).to.equal(0);
      expect(verify(receipt, second.after).code).to.equal(0);
    });
  });

  it('makes the key before worth nothing for larger trees, to whoever follows it', async () => {
    await run(async (opened) => {
      await add(opened);
      const { before } = await rotate(opened, 30);
      const trust = followKeys(nodeCrypto, await keysOf(opened), key(before));
      const { note } = opened.checkpoints.current();
      const [text = '', lines = ''] = note.split('\n\n');
      const mine = `— ${origin} `;
      const old = lines
        .split('\n')
        .filter((line) => line.startsWith(mine) && opens(`${text}\n\n${line}\n`, before) === undefined);
      expect(old).to.have.length(1);
      expect(stepOf(() => openCheckpoint(nodeCrypto, `${text}\n\n${old[0]}\n`, trust))).to.equal('unsigned');
    });
  });

  it('does not hold when anything of it is changed, left out or of another ledger', async () => {
    await run(async (opened) => {
      await add(opened);
      const first = await rotate(opened, 0);
      await rotate(opened, 0);
      const bundle = await keysOf(opened);
      const trusted = key(first.before);
      const step = (changed: unknown) => stepOf(() => followKeys(nodeCrypto, changed, trusted));
      expect(step(bundle)).to.equal(undefined);
      const entries = bundle.entries as unknown[];
      expect(step({ ...bundle, entries: entries.slice(0, 1) })).to.equal('unsigned');
      expect(step({ ...bundle, entries: entries.slice(1) })).to.equal('gap');
      expect(step({ ...bundle, item: logUri('other.test/log') })).to.equal('stream');
      for (const wrong of [null, 1, [], {}, { ...bundle, entries: [] }]) expect(step(wrong)).to.equal('form');

      const row = await opened.store.get('records', [first.entry]);
      const { note } = (JSON.parse(row?.body ?? '') as { body: { note: string } }).body;
      expect(stepOf(() => readRotation(nodeCrypto, note))).to.equal(undefined);
      const lines = note.trimEnd().split('\n');
      for (const gone of [5, 6]) {
        const less = `${lines.filter((_, at) => at !== gone).join('\n')}\n`;
        expect(
          stepOf(() => readRotation(nodeCrypto, less)),
          `without line ${gone}`,
        ).to.equal('rotation');
      }
      const bytes = Buffer.from(note);
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
          const turned = Buffer.from(bytes);
          turned.writeUInt8((turned[at] as number) ^ (1 << bit), at);
          expect(stepOf(() => readRotation(nodeCrypto, turned.toString('utf8')))).to.equal('rotation');
        }),
      );
    });
  });

  it('agrees with an audit by its first key and by its last', async () => {
    const { before, after } = await run(async (opened) => {
      await add(opened);
      return rotate(opened, 0);
    });
    const store = await openSqlite(folder, { readOnly: true });
    const checkpoints = [(await store.get('meta', ['checkpoint']))?.body ?? ''];
    for (const vkey of [before, after])
      expect((await audit(store, { checkpoints, key: key(vkey) })).disagreements).to.deep.equal([]);
    await store.close();
  });

  it('takes place once or not at all, whatever the store does to it', async () => {
    for (const moment of ['before', 'during', 'after'] as const)
      for (const persisted of [false, true]) {
        if (moment === 'after' && !persisted) continue;
        await rm(folder, { recursive: true });
        folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
        const what = `${moment}, ${persisted ? '' : 'not '}persisted`;
        const vkey = await run(async (opened) => {
          await add(opened);
          const first = opened.checkpoints.vkey;
          void opened.store.strike({ method: 'append', moment, persisted });
          const done = await rotate(opened).catch(() => undefined);
          await opened.store.settled();
          // Whatever was stored, what is signed now holds for those who know of the change and for those who do not.
          expect(opens(opened.checkpoints.current().note, first), what).to.equal(undefined);
          const { vkey: stored } = JSON.parse((await opened.store.get('meta', ['log']))?.body ?? '') as { vkey: string };
          expect(opens(opened.checkpoints.current().note, stored), what).to.equal(undefined);
          if (moment === 'after') expect(done?.after, what).to.equal(stored);
          const { before, after, entry } = done ?? (await rotate(opened));
          expect([before, entry], what).to.deep.equal([first, 1]);
          expect(opens(opened.checkpoints.current().note, after), what).to.equal(undefined);
          await add(opened);
          expect(opened.ledger.size, what).to.equal(3);
          return after;
        });
        await run(async ({ checkpoints }) => expect(checkpoints.vkey, what).to.equal(vkey));
      }
  });

  it('is one at a time', async () => {
    await run(async (opened) => {
      await add(opened);
      const both = await Promise.allSettled([rotate(opened), rotate(opened)]);
      expect(both.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected']);
      expect(opened.ledger.size).to.equal(2);
    });
  });

  it('takes its keys from the environment when they are not in the folder', async () => {
    const first = await run(async (opened) => {
      await add(opened);
      const error = await rotate(opened).catch((thrown: unknown) => thrown);
      expect((error as LedgerRefused).text.en).to.match(/put the new key behind the old one/);
      return opened.checkpoints.vkey;
    }, { secret: seed(1) });
    const after = await run(async (opened) => {
      expect(opened.checkpoints.vkey).to.equal(first);
      const done = await rotate(opened);
      expect([done.beforeFile, done.afterFile]).to.deep.equal([undefined, undefined]);
      return done.after;
    }, { secret: `${seed(1)},${seed(2)}` });
    await run(async (opened) => {
      await add(opened);
      expect(opens(opened.checkpoints.current().note, first)).to.equal(undefined);
      expect(opened.checkpoints.vkey).to.equal(after);
    }, { secret: `${seed(2)},${seed(1)}` });
    await run(async (opened) => {
      await add(opened);
      expect(opens(opened.checkpoints.current().note, first)).to.equal('unsigned');
      expect(opens(opened.checkpoints.current().note, after)).to.equal(undefined);
    }, { secret: seed(2) });
    const refused = await run(add, { secret: seed(1) }).catch((error: unknown) => error);
    expect((refused as LedgerRefused).text.en).to.match(/not the key of this ledger/);
    expect((await readdir(folder)).filter((name) => name.endsWith('.key'))).to.deep.equal([]);
  }); // prettier-ignore

  it('leaves an older copy of the data openable by those who accept it, with the newer key in the folder', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'suyuan-'));
    await run(add);
    await cp(folder, copy, { recursive: true });
    await run(async (opened) => {
      await rotate(opened, 0);
      await add(opened);
    });
    for (const name of await readdir(copy)) if (name.startsWith('store')) await cp(join(copy, name), join(folder, name));
    for (const name of await readdir(folder))
      if (name.startsWith('store') && !(await readdir(copy)).includes(name)) await rm(join(folder, name));
    const refused = await run(add).catch((error: unknown) => error);
    expect((refused as LedgerRefused).text.en).to.match(/signed up to 3 entries and has 1 now/);
    await run(async ({ ledger }) => expect(ledger.size).to.equal(2), { acceptRollback: true });
    await rm(copy, { recursive: true });
  });
});
