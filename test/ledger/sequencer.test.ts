import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/domain/record.js';
import { draftOf, type Draft } from '../../src/ledger/draft.js';
import { readEntry } from '../../src/ledger/entry.js';
import { Busy, type Ledger, type Outcome } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import { hex, leafHash, nodeHash } from '../../src/ledger/merkle.js';
import { sha256 } from '../../src/ledger/node.js';
import { sealedDigest } from '../../src/ledger/seal.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import { StoreUnavailable, type Store } from '../../src/store/port.js';

const farm = 'urn:suyuan:uscc:93510131MA61UQ4D52';
const shop = 'urn:suyuan:uscc:91510107MA61RE0F1X';
const lot = (n: string) => `https://id.gs1.org/01/09520131000102/10/${n}`;

let count = 0;
const event = (minute: number, more: JsonObject, by = farm): Draft => {
  const id = (more.eventID as string | undefined) ?? `urn:uuid:00000000-0000-7000-8000-${String(++count).padStart(12, '0')}`;
  const body: JsonObject = {
    type: 'ObjectEvent',
    eventID: id,
    eventTime: new Date(minute * 60_000).toISOString(),
    eventTimeZoneOffset: '+00:00',
    ...more,
  };
  return draftOf({ v: 1, kind: 'event', id, by, body }, { role: 'producer' });
};
const make = (minute: number, item: string, quantity: number, more: JsonObject = {}) =>
  event(minute, { action: 'ADD', bizStep: 'commissioning', quantityList: [{ epcClass: item, quantity, uom: 'KGM' }], ...more });
const sell = (minute: number, item: string, quantity: number, by = farm) =>
  event(minute, { action: 'DELETE', bizStep: 'retail_selling', quantityList: [{ epcClass: item, quantity, uom: 'KGM' }] }, by);

const kinds = (outcomes: readonly Outcome[]): string[] => outcomes.map((o) => Object.keys(o)[0] as string);
const naiveRoot = (leaves: Uint8Array[]): Uint8Array => {
  if (leaves.length <= 1) return leaves[0] ?? sha256(new Uint8Array(0));
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(sha256, naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
};

describe('the sequencer', () => {
  let folder: string;
  let store: Store;
  let ledger: Ledger;
  let now = 1_000_000_000_000;
  const clock = (): number => now;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    store = await openSqlite(folder);
    ledger = await openLedger(store, { clock });
  });
  afterEach(async () => {
    await ledger.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  const lotState = async (item: string) =>
    JSON.parse((await store.get('lots', [item]))?.body ?? 'null') as {
      holdings: { quantity: string }[];
      ended?: { how: string };
    } | null;

  it('numbers records without gaps and keeps a tree over their entries', async () => {
    const groups = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        ledger.submit(Array.from({ length: (i % 13) + 1 }, (_v, j) => make(i, lot(`${i}-${j}`), 1))),
      ),
    );
    const seqs = groups
      .flat()
      .map((o) => ('recorded' in o ? o.recorded.seq : -1))
      .sort((a, b) => a - b);
    expect(seqs).to.deep.equal(Array.from({ length: seqs.length }, (_, i) => i));
    expect(ledger.size).to.equal(seqs.length);
    const rows = await store.range('records', { prefix: [], limit: 1000 });
    for (const row of rows) expect(readEntry(row.entry).digest).to.equal(sealedDigest(row.body, row.seed));
  });

  it('comes back as it was after a restart', async () => {
    await ledger.submit([make(1, lot('A'), 10), make(2, lot('B'), 10)]);
    const root = ledger.root();
    await ledger.close();
    ledger = await openLedger(store, { clock });
    expect(ledger.root()).to.equal(root);
    expect(kinds(await ledger.submit([sell(3, lot('A'), 10)]))).to.deep.equal(['recorded']);
  });

  it('chains the entries of a lot: number and leaf hash of the one before', async () => {
    const [first] = await ledger.submit([make(1, lot('A'), 10)]);
    await ledger.submit([make(1, lot('B'), 10)]);
    await ledger.submit([sell(2, lot('A'), 1)]);
    const row = await store.get('records', [2]);
    const stream = hex(sha256(new TextEncoder().encode(lot('A'))));
    const links = JSON.parse(row?.links ?? '[]') as [string, number, string | null][];
    expect(links.find((l) => l[0] === stream)).to.deep.equal([
      stream,
      2,
      first && 'recorded' in first ? first.recorded.leaf : '',
    ]);
    expect(links.map((l) => l[0])).to.deep.equal(links.map((l) => l[0]).sort());
  });

  it('lets one bad record fail alone, never its neighbours', async () => {
    const outcomes = await ledger.submit([make(1, lot('A'), 10), sell(2, lot('A'), 11), sell(3, lot('A'), 10)]);
    expect(kinds(outcomes)).to.deep.equal(['recorded', 'refused', 'recorded']);
  });

  it('lets a record that cannot be stored fail alone, too', async () => {
    const broken = { ...make(1, lot('broken'), 1), text: 'a lone surrogate \ud800' };
    const thrown = ledger.submit([broken]).then(
      () => undefined,
      (error: unknown) => error,
    );
    const [before, after] = await Promise.all([ledger.submit([make(1, lot('A'), 1)]), ledger.submit([make(1, lot('B'), 1)])]);
    expect(await thrown).to.be.instanceOf(TypeError);
    expect(kinds([...before, ...after])).to.deep.equal(['recorded', 'recorded']);
    expect(ledger.size).to.equal(2);
  });

  it('names no number of a group that was undone', async () => {
    const twice = make(1, lot('A'), 1);
    const outcomes = await ledger.submit([twice, twice, sell(2, lot('A'), 1, shop)], { together: true });
    expect(outcomes.slice(0, 2)).to.deep.equal([{ refused: [] }, { refused: [] }]);
    expect(ledger.size).to.equal(0);
  });

  it('records all or none of a group that stands together', async () => {
    const outcomes = await ledger.submit([make(1, lot('A'), 10), sell(2, lot('A'), 11)], { together: true });
    expect(kinds(outcomes)).to.deep.equal(['refused', 'refused']);
    expect(ledger.size).to.equal(0);
    expect(await lotState(lot('A'))).to.equal(null);
    expect(kinds(await ledger.submit([make(1, lot('A'), 10), sell(2, lot('A'), 10)], { together: true }))).to.deep.equal([
      'recorded',
      'recorded',
    ]);
  });

  it('answers a repeated event with its first number and appends nothing; other content under the id is a conflict', async () => {
    const eventID = 'urn:uuid:00000000-0000-7000-8000-00000000aaaa';
    const first = make(1, lot('A'), 10, { eventID });
    await ledger.submit([first]);
    expect(await ledger.submit([make(1, lot('A'), 10, { eventID })])).to.deep.equal([{ duplicate: 0 }]);
    expect(await ledger.submit([make(1, lot('A'), 11, { eventID })])).to.deep.equal([{ conflict: 0 }]);
    // In one batch too.
    const again = 'urn:uuid:00000000-0000-7000-8000-00000000bbbb';
    expect(
      kinds(await ledger.submit([make(1, lot('B'), 1, { eventID: again }), make(1, lot('B'), 1, { eventID: again })])),
    ).to.deep.equal(['recorded', 'duplicate']);
    expect(ledger.size).to.equal(2);
  });

  it('lets the id of one party say nothing about that of another', async () => {
    const eventID = 'urn:uuid:00000000-0000-7000-8000-00000000cccc';
    await ledger.submit([make(1, lot('A'), 10, { eventID })]);
    const other = event(
      1,
      { eventID, action: 'ADD', bizStep: 'commissioning', quantityList: [{ epcClass: lot('C'), quantity: 3, uom: 'KGM' }] },
      shop,
    );
    expect(kinds(await ledger.submit([other]))).to.deep.equal(['recorded']);
  });

  it('takes a late record into its place, unless a later state could then not have been', async () => {
    await ledger.submit([make(1, lot('A'), 10), sell(10, lot('A'), 6)]);
    expect(kinds(await ledger.submit([sell(5, lot('A'), 5)]))).to.deep.equal(['refused']);
    expect(kinds(await ledger.submit([sell(5, lot('A'), 4)]))).to.deep.equal(['recorded']);
    expect((await lotState(lot('A')))?.ended?.how).to.equal('sold');
  });

  it('takes back an event that its party declares in error, whatever the balance becomes', async () => {
    const eventID = 'urn:uuid:00000000-0000-7000-8000-00000000dddd';
    const quantityList = [{ epcClass: lot('A'), quantity: 10, uom: 'KGM' }];
    await ledger.submit([make(1, lot('A'), 4), make(1, lot('A'), 10, { eventID }), sell(5, lot('A'), 8)]);
    const declaration = event(1, {
      eventID,
      action: 'ADD',
      bizStep: 'commissioning',
      quantityList,
      errorDeclaration: { declarationTime: '2026-01-01T00:00:00Z', reason: 'incorrect_data' },
    });
    const [outcome] = await ledger.submit([declaration]);
    expect(outcome && 'recorded' in outcome && outcome.recorded.findings.map((f) => [f.rule, f.severity])).to.deep.equal([
      ['balance', 'hold'],
    ]);
    expect((await lotState(lot('A')))?.holdings.map((h) => h.quantity)).to.deep.equal(['-4']);
    // The right figures, under an id of their own.
    expect(kinds(await ledger.submit([make(2, lot('A'), 5)]))).to.deep.equal(['recorded']);
    expect((await lotState(lot('A')))?.holdings.reduce((sum, h) => sum + Number(h.quantity), 0)).to.equal(1);
  });

  it('forgets a lot of which no effective event is left', async () => {
    const eventID = 'urn:uuid:00000000-0000-7000-8000-00000000eeee';
    const quantityList = [{ epcClass: lot('X'), quantity: 10, uom: 'KGM' }];
    await ledger.submit([make(1, lot('X'), 10, { eventID })]);
    await ledger.submit([
      event(1, {
        eventID,
        action: 'ADD',
        bizStep: 'commissioning',
        quantityList,
        errorDeclaration: { declarationTime: '2026-01-01T00:00:00Z' },
      }),
    ]);
    expect(await lotState(lot('X'))).to.equal(null);
    expect(await store.range('holdings', { prefix: [farm], limit: 10 })).to.deep.equal([]);
  });

  it('never lets record time go back', async () => {
    await ledger.submit([make(1, lot('A'), 10)]);
    now -= 3_600_000;
    const [outcome] = await ledger.submit([sell(2, lot('A'), 1)]);
    expect(outcome && 'recorded' in outcome && outcome.recorded.time).to.equal(now + 3_600_000);
    now += 3_600_000;
  });

  it('refuses at a full queue and says so, and takes nothing of what it refused', async () => {
    await ledger.close();
    ledger = await openLedger(store, { clock, queueLimit: 10 });
    const asked = Array.from({ length: 30 }, (_, i) =>
      ledger.submit([make(i, lot(`Q${i}`), 1)]).then(
        () => 'taken',
        (error: unknown) => (error instanceof Busy ? 'busy' : String(error)),
      ),
    );
    const told = await Promise.all(asked);
    expect(told.filter((t) => t === 'taken')).to.have.length(ledger.size);
    expect(told.filter((t) => t === 'busy')).to.not.be.empty;
    expect(kinds(await ledger.submit([make(99, lot('after'), 1)]))).to.deep.equal(['recorded']);
  });

  /** The store fails at the commit: not persisted, or persisted but the answer is lost. */
  for (const persisted of [false, true]) {
    it(`keeps its numbers after a commit that failed and was ${persisted ? '' : 'not '}persisted`, async () => {
      let failing = false;
      const faulty: Store = new Proxy(store, {
        get: (target, name) => {
          if (name !== 'append') return Reflect.get(target, name).bind(target) as unknown;
          return async (...args: Parameters<Store['append']>) => {
            if (!failing) return target.append(...args);
            failing = false;
            if (persisted) await target.append(...args);
            throw new StoreUnavailable('injected');
          };
        },
      });
      await ledger.close();
      ledger = await openLedger(faulty, { clock });
      const first = make(1, lot('A'), 10);
      await ledger.submit([make(1, lot('Z'), 1)]);
      failing = true;
      const error = await ledger.submit([first]).catch((e: unknown) => e);
      expect(error).to.be.instanceOf(Busy);
      expect(kinds(await ledger.submit([first]))).to.deep.equal([persisted ? 'duplicate' : 'recorded']);
      expect(ledger.size).to.equal(2);
      const rows = await store.range('records', { prefix: [], limit: 10 });
      expect(hex(naiveRoot(rows.map((row) => leafHash(sha256, row.entry))))).to.equal(ledger.root());
    });
  }

  it('shares a store with another writer: one log, no gap, no fork', async () => {
    const other = await openLedger(store, { clock });
    const each = 60;
    const outcomes = await Promise.all(
      [ledger, other].flatMap((l, who) => Array.from({ length: each }, (_, i) => l.submit([make(i, lot(`W${who}-${i}`), 1)]))),
    );
    const seqs = outcomes
      .flat()
      .map((o) => ('recorded' in o ? o.recorded.seq : -1))
      .sort((a, b) => a - b);
    expect(seqs).to.deep.equal(Array.from({ length: each * 2 }, (_, i) => i));
    await other.close();
    const rows = await store.range('records', { prefix: [], limit: 1000 });
    const root = hex(naiveRoot(rows.map((row) => leafHash(sha256, row.entry))));
    await ledger.close();
    ledger = await openLedger(store, { clock });
    expect(ledger.root()).to.equal(root);
  });
});
