import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { hide, hideAll } from '../../src/domain/disclosure.js';
import { hiddenFields, isAsked, type ErasedRecord } from '../../src/domain/erasure.js';
import { markOf } from '../../src/domain/marks.js';
import type { JsonObject, LedgerRecord } from '../../src/domain/record.js';
import { audit } from '../../src/ledger/audit.js';
import { draftOf, type Draft } from '../../src/ledger/draft.js';
import { readEntry } from '../../src/ledger/entry.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import { hex } from '../../src/ledger/merkle.js';
import { hiding, sha256 } from '../../src/ledger/node.js';
import { sealedDigest } from '../../src/ledger/seal.js';
import { streamAgrees } from '../../src/ledger/stream.js';
import { hidingOf } from '../../src/queries/erased.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import type { Store } from '../../src/store/port.js';
import { mth } from './naive.js';

const farm = 'urn:suyuan:uscc:93510131MA61UQ4D52';
const lot = (n: number) => `https://id.gs1.org/01/09520131000102/10/L${n}`;
const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');
const uuid = (n: number) => `urn:uuid:00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** An event about a lot with hidden values beside it. */
function eventDraft(n: number, item: string, values: JsonObject): Draft {
  const hidden = hideAll(values, { price: 'confidential' }, hiding);
  const record: LedgerRecord = {
    v: 1,
    kind: 'event',
    id: uuid(n),
    by: farm,
    body: {
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'inspecting',
      eventID: uuid(n),
      eventTime: '2026-10-18T07:40:00.000+08:00',
      eventTimeZoneOffset: '+08:00',
      quantityList: [{ epcClass: item }],
    },
    ...(hidden.disclosures.length > 0 && { hidden: hidden.value }),
  };
  return draftOf(record, { role: 'producer', disclosures: hidden.disclosures });
}

function erasureDraft(n: number, records: readonly ErasedRecord[], about: string[]): Draft {
  const body = { reason: 'withdrawn', records, about } as unknown as JsonObject;
  return draftOf({ v: 1, kind: 'erasure', id: uuid(100_000 + n), by: farm, body }, { role: 'producer' });
}

describe('where hidden values stand', () => {
  it('finds them by their digests, nested ones and those of lists', () => {
    const schema = {
      properties: {
        contact: { 'x-personal': true },
        home: { properties: { street: { 'x-confidential': true } } },
        phones: { items: { 'x-personal': true } },
        'a/b': { 'x-personal': true },
      },
    };
    const body = { contact: '李四', town: '大塘镇', home: { street: '一号' }, phones: ['1', '2'], 'a/b': 1 };
    const hidden = hide(body, schema, markOf, hiding);
    const known = new Map(hidden.disclosures.map(({ digest, mark, text }) => [digest, { mark, text }]));
    const record = { v: 1, kind: 'party', id: farm, by: farm, body: hidden.value } as const;
    const found = hiddenFields(record, known, decode).map(({ field, mark }) => `${field} ${mark}`);
    expect(found).to.deep.equal([
      '/a~1b personal',
      '/contact personal',
      '/home/street confidential',
      '/phones/0 personal',
      '/phones/1 personal',
    ]);
  });

  it('takes names and pointers, whole members with what is in them', () => {
    expect(isAsked('/contact', 'contact')).to.equal(true);
    expect(isAsked('/home/street', 'home')).to.equal(true);
    expect(isAsked('/home/street', '/home/street')).to.equal(true);
    expect(isAsked('/a~1b', 'a/b')).to.equal(true);
    expect(isAsked('/contacts', 'contact')).to.equal(false);
  });
});

describe('erasure in the ledger', () => {
  let folder: string;
  let store: Store;
  let ledger: Ledger;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    store = await openSqlite(folder);
    ledger = await openLedger(store, { clock: () => 1_790_000_000_000 });
  });
  afterEach(async () => {
    await ledger.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  const inFiles = async (text: string): Promise<boolean> => {
    for (const name of await readdir(folder)) if ((await readFile(join(folder, name))).includes(text)) return true;
    return false;
  };

  it('deletes in the append that says so, and leaves nothing in any file', async () => {
    const draft = eventDraft(1, lot(1), { operator: '周大明' });
    const text = draft.disclosures[0]?.text as string;
    await ledger.submit([draft]);
    expect(await inFiles(text)).to.equal(true);
    const known = await hidingOf(store, 0);
    await ledger.submit([erasureDraft(1, [{ entry: 0, fields: known?.fields ?? [] }], [lot(1), farm])]);
    expect(await store.range('disclosures', { prefix: [0], limit: 9 })).to.deep.equal([]);
    expect(await inFiles(text)).to.equal(false);
    const [row] = await store.range('erased', { prefix: [0], limit: 9 });
    expect(row).to.deep.include({ seq: 0, field: '/operator', mark: 'personal', reason: 'withdrawn', erasure: 1 });
    // It stands in the streams of what was erased.
    expect((await store.get('heads', [lot(1)]))?.count).to.equal(2);
    expect((await store.get('heads', [farm]))?.count).to.equal(2);
  });

  it('does not even write what is disclosed and erased in one batch', async () => {
    const draft = eventDraft(1, lot(1), { operator: '周大明', note: '留着' });
    const fields = draft.disclosures
      .filter(({ text }) => decode(text).includes('operator'))
      .map(({ digest, mark }) => ({ field: '/operator', digest, mark }));
    const outcomes = await Promise.all([
      ledger.submit([draft]),
      ledger.submit([erasureDraft(1, [{ entry: 0, fields }], [lot(1), farm])]),
    ]);
    expect(outcomes.flat().map((o) => Object.keys(o)[0])).to.deep.equal(['recorded', 'recorded']);
    expect((await hidingOf(store, 0))?.fields.map(({ field }) => field)).to.deep.equal(['/note']);
  });

  it('refuses to erase what is not there, and to erase twice, alone and in one batch', async () => {
    const draft = eventDraft(1, lot(1), { operator: '周大明' });
    await ledger.submit([draft]);
    const fields = (await hidingOf(store, 0))?.fields ?? [];
    const nowhere = [{ entry: 0, fields: [{ field: '/operator', digest: 'A'.repeat(43), mark: 'personal' as const }] }];
    const [wrong] = await ledger.submit([erasureDraft(1, nowhere, [farm])]);
    expect(wrong).to.have.property('refused');
    const both = [1, 2].map((n) => erasureDraft(n, [{ entry: 0, fields }], [lot(1), farm]));
    const outcomes = await ledger.submit(both);
    expect(outcomes.map((o) => Object.keys(o)[0])).to.deep.equal(['recorded', 'refused']);
    expect(ledger.size).to.equal(2);
    const [again] = await ledger.submit([erasureDraft(3, [{ entry: 0, fields }], [lot(1), farm])]);
    expect(again).to.have.property('refused');
  });

  it('takes nothing back when the group it stands in falls', async () => {
    await ledger.submit([eventDraft(1, lot(1), { operator: '周大明' })]);
    const fields = (await hidingOf(store, 0))?.fields ?? [];
    const good = erasureDraft(1, [{ entry: 0, fields }], [lot(1), farm]);
    const bad = erasureDraft(2, [{ entry: 7, fields }], [lot(1), farm]);
    await ledger.submit([good, bad], { together: true });
    expect(ledger.size).to.equal(1);
    expect((await hidingOf(store, 0))?.fields).to.have.length(1);
  });

  it('leaves every digest, every stream and the root as they were, whatever is erased', async function () {
    this.timeout(60_000);
    const values = fc.dictionary(
      fc.constantFrom('operator', 'driver', 'note', 'price'),
      fc.oneof(fc.string({ maxLength: 30 }), fc.integer(), fc.constant({ zh: '名' }), fc.array(fc.string({ maxLength: 5 }))),
      { minKeys: 1 },
    );
    let n = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ item: fc.integer({ min: 0, max: 3 }), values }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 8 }),
        async (events, choices) => {
          const first = ledger.size;
          await ledger.submit(events.map(({ item, values: hidden }) => eventDraft(++n, lot(item), hidden as JsonObject)));
          const digests = await entryDigests(store);
          for (const [which, what] of choices) {
            const entry = first + (which % events.length);
            const left = (await hidingOf(store, entry))?.fields ?? [];
            if (left.length === 0) continue;
            const fields = left.slice(0, 1 + (what % left.length));
            const about = [lot(events[entry - first]?.item ?? 0), farm];
            const [outcome] = await ledger.submit([erasureDraft(++n, [{ entry, fields }], about)]);
            expect(outcome).to.have.property('recorded');
            const still = await store.range('disclosures', { prefix: [entry], limit: 99 });
            for (const { digest } of fields) expect(still.map((row) => row.digest)).to.not.include(digest);
          }
          expect((await entryDigests(store)).slice(0, digests.length)).to.deep.equal(digests);
          const rows = await store.range('records', { prefix: [], limit: 10_000 });
          for (const { entry, body, seed } of rows) expect(sealedDigest(body, seed)).to.equal(readEntry(entry).digest);
          expect(ledger.root()).to.equal(hex(mth(rows.map(({ entry }) => Buffer.from(entry)))));
          for (const item of [farm, lot(0), lot(1), lot(2), lot(3)]) {
            const head = await store.get('heads', [item]);
            if (head === undefined) continue;
            const touches = await store.range('touches', { prefix: [item], limit: 10_000 });
            const seqs = touches.map(({ seq }) => seq).sort((a, b) => a - b);
            const own = (
              await store.getMany(
                'records',
                seqs.map((seq) => [seq]),
              )
            ).flatMap((row) => row ?? []);
            expect(streamAgrees(sha256, item, own, head, 1_000_000)).to.equal(true);
          }
        },
      ),
      { numRuns: 25 },
    );
    expect((await audit(store, { checkpoints: [] })).disagreements).to.deep.equal([]);
  });
});

const entryDigests = async (store: Store): Promise<string[]> =>
  (await store.range('records', { prefix: [], limit: 10_000 })).map(({ entry }) => readEntry(entry).digest);
