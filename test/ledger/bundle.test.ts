import { expect } from 'chai';
import fc from 'fast-check';
import { verify } from '../../src/cli/verify.js';
import type { BundledEntry, LotBundle } from '../../src/ledger/bundleForm.js';
import { checkBundle } from '../../src/ledger/bundleCheck.js';
import { nodeCrypto, sha256 } from '../../src/ledger/node.js';
import { readVkey } from '../../src/ledger/note.js';
import { openService, type Caller, type Service } from '../support/service.js';

const crop = 'https://id.gs1.org/01/09520131000003/10/2026';
const lot = 'https://id.gs1.org/01/09520131000102/10/A1';
const path = '/api/items/01/09520131000102/10/A1?view=proof';

describe('the proof of a lot', () => {
  let service: Service;
  let farm: Caller;
  let shop: Caller;
  let shopUri: string;
  let vkey: string;
  const proofFor = async (caller: Caller) => (await caller.get(path).expect(200)).body as LotBundle;
  const said = (bundle: unknown, key: string | undefined = vkey) => verify(Buffer.from(JSON.stringify(bundle)), key);
  const changed = (bundle: LotBundle, n: number, change: Partial<BundledEntry>): LotBundle => ({
    ...bundle,
    entries: bundle.entries.map((entry, i) => (i === n ? { ...entry, ...change } : entry)),
  });

  before(async () => {
    service = await openService();
    const admin = await service.as('admin');
    const party = async (name: string) =>
      (
        await admin
          .post('/api/parties')
          .send({ type: 'organisation', name: { zh: name }, division: '510131' })
          .expect(201)
      ).body.id as string;
    const farmUri = await party('果园');
    shopUri = await party('超市');
    farm = await service.as('producer', { party: farmUri });
    shop = await service.as('producer', { party: shopUri });
    const place = async (caller: Caller, kind: string) =>
      (
        await caller
          .post('/api/places')
          .send({ name: { zh: kind }, kind, division: '510131' })
          .expect(201)
      ).body.id as string;
    const plot = await place(farm, 'plot');
    for (const gtin of ['09520131000003', '09520131000102'])
      await farm
        .post('/api/products')
        .send({ gtin, name: { zh: '猕猴桃' }, sector: 'fruit', unit: 'KGM' })
        .expect(201);
    const act = async (caller: Caller, name: string, values: object) => {
      const { status, body } = await caller.post(`/api/activities/${name}`).send(values);
      expect(status, JSON.stringify(body)).to.equal(201);
    };
    await act(farm, 'plant', { crop: [{ product: '09520131000003', number: '2026' }], place: plot, variety: '金艳' });
    await act(farm, 'harvest', {
      crop,
      place: plot,
      lots: [{ product: '09520131000102', number: 'A1', quantity: '640.5', unit: 'KGM' }],
    });
    for (let n = 0; n < 5; n++) await place(farm, 'plot');
    await act(farm, 'ship', { lots: [{ lot, quantity: '100', unit: 'KGM' }], place: plot, to: shopUri });
    vkey = service.app.checkpoints.vkey;
  });
  after(() => service.close());

  it('is checked by whoever has the key and the file, and nothing else', async () => {
    const { code, text } = said(await proofFor(service.anyone));
    expect(code, text.en).to.equal(0);
    expect(text.en).to.match(
      /^Holds: the 2 entries of .*A1 \(6, 12\).*first 13 of the ledger suyuan\.test\/log; that none follows them/,
    );
    expect(text.zh).to.match(/^成立：/);
  });

  it('agrees only with itself when no key is given, and is nothing under another key', async () => {
    const bundle = await proofFor(service.anyone);
    expect(verify(Buffer.from(JSON.stringify(bundle)), undefined)).to.include({ code: 2 });
    expect(said(bundle, 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW').code).to.equal(1);
    expect(said(bundle, `${vkey}x`)).to.deep.include({ code: 1 });
  });

  it('opens for each reader what pages show it, and holds all the same', async () => {
    const key = readVkey(sha256, vkey);
    const [anyone, mine, theirs] = [await proofFor(service.anyone), await proofFor(farm), await proofFor(shop)];
    const event = (bundle: LotBundle, n: number) =>
      checkBundle(nodeCrypto, bundle, key).entries[n]?.record.body as Record<string, unknown>;
    for (const n of [0, 1]) {
      expect(event(anyone, n)).to.include.keys('type', 'eventTime', 'bizStep', 'suyuan:activity', 'eventID');
      expect(event(anyone, n)).to.not.have.any.keys(
        'quantityList',
        'outputQuantityList',
        'sourceList',
        'destinationList',
        'readPoint',
      );
    }
    for (const bundle of [mine, theirs]) expect(event(bundle, 1)).to.include.keys('quantityList', 'destinationList');
    expect(event(theirs, 0), 'the shop was no part of the harvest').to.not.include.keys('outputQuantityList');
    expect(event(mine, 0)).to.include.keys('outputQuantityList');
    // What is closed to strangers stands nowhere in their file, in no encoding of it.
    const opened =
      JSON.stringify(anyone) +
      anyone.entries.flatMap((e) => e.disclosures.map((d) => Buffer.from(d, 'base64url').toString())).join();
    for (const secret of [shopUri, '640.5', '"quantity"']) expect(opened).to.not.include(secret);
    expect(anyone.entries.map(({ entry }) => entry)).to.deep.equal(mine.entries.map(({ entry }) => entry));
  });

  it('says what is wrong when an entry is left out, moved, or of another lot', async () => {
    const bundle = await proofFor(farm);
    const [first, second] = bundle.entries as [BundledEntry, BundledEntry];
    const other = (await farm.get('/api/items/01/09520131000003/10/2026?view=proof').expect(200)).body as LotBundle;
    const wrong: [LotBundle, RegExp][] = [
      [{ ...bundle, entries: [second] }, /something between is missing \(12\)/],
      [{ ...bundle, entries: [second, first] }, /missing \(12\)/],
      [{ ...bundle, entries: [first, first] }, /missing \(6\)/],
      [{ ...bundle, entries: [] }, /cannot be read/],
      [{ ...bundle, item: crop }, /does not belong to what was asked for \(6\)/],
      [{ ...bundle, entries: other.entries }, /does not belong/],
      [changed(bundle, 1, { n: 11 }), /not in the tree of the checkpoint \(11\)/],
      [changed(bundle, 1, { n: 13 }), /lies beyond the checkpoint/],
      [changed(bundle, 1, { entry: first.entry }), /not in the tree/],
      [changed(bundle, 1, { record: first.record }), /does not have the digest of its entry \(12\)/],
      [changed(bundle, 1, { disclosures: first.disclosures }), /does not stand in the record \(12\)/],
      [
        changed(bundle, 1, { disclosures: [...second.disclosures, second.disclosures[0] as string] }),
        /does not stand in the record/,
      ],
      [changed(bundle, 1, { disclosures: [forged(second.disclosures[0] as string)] }), /does not stand in the record/],
      [changed(bundle, 1, { link: [second.link[0], 1, null] }), /does not belong/],
    ];
    for (const [file, why] of wrong) {
      const { code, text } = said(file);
      expect(text.en).to.match(why);
      expect(code).to.equal(1);
    }
  });

  it('does not hold with any one character changed', async () => {
    const text = JSON.stringify(await proofFor(farm));
    // Bits that no base 64 text uses and white space of the file itself are all that may differ unseen; JSON escapes are another.
    const body = Buffer.from(text);
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.nat(6), (at, bit) => {
        const turned = Buffer.from(body);
        turned.writeUInt8((turned[at] as number) ^ (1 << bit), at);
        const { code } = verify(turned, vkey);
        if (code === 0) expect(JSON.parse(turned.toString()), `byte ${at}, bit ${bit}`).to.deep.equal(JSON.parse(text));
        else expect(code).to.equal(1);
      }),
      { numRuns: 600 },
    );
  });

  it('is refused, never more, whatever the file is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.uint8Array().map((b) => Buffer.from(b).toString('latin1')),
        ),
        (text) => {
          expect(verify(Buffer.from(text), vkey).code).to.equal(1);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** The same value under another salt: as somebody would make it who knows the value. */
const forged = (disclosure: string): string => {
  const parts = JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as string[];
  return Buffer.from(JSON.stringify(['AAAAAAAAAAAAAAAAAAAAAA', ...parts.slice(1)])).toString('base64url');
};
