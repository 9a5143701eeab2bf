import { expect } from 'chai';
import { verify } from '../../src/cli/verify.js';
import { checkBundle } from '../../src/ledger/bundleCheck.js';
import { nodeCrypto, sha256 } from '../../src/ledger/node.js';
import { readVkey } from '../../src/ledger/note.js';
import { farmOf, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

const spray = (farm: Farm) => ({
  crop: farm.crop,
  place: farm.place,
  name: '春雷霉素',
  registration: 'PD20120345',
  active: '春雷霉素 2%',
  dose: { value: '100', unit: 'MLT' },
  interval: 21,
  source: '蒲江农资店',
  operator: '周大明',
});

describe('erasure over HTTP', () => {
  let service: Service;
  let farm: Farm;
  let other: Farm;
  let grower: Caller;
  let neighbour: Caller;
  let admin: Caller;
  let inspector: Caller;
  let coop: Caller;
  let coopUri: string;
  let household: string;

  const record = async (caller: Caller, name: string, body: object, query = ''): Promise<number> => {
    const answer = await caller.post(`/api/activities/${name}${query}`).send(body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body.entry as number;
  };
  const history = async (caller: Caller, item: string) =>
    (
      await caller
        .get(`/api/items${new URL(item).pathname}`)
        .query({ view: 'history' })
        .expect(200)
    ).body.items as {
      entry: number;
      kind: string;
      hidden?: Record<string, unknown>;
      erased?: { field: string; at: string; entry: number; reason: { code: string; zh: string; en: string } }[];
      reason?: { code: string };
    }[];

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    other = await farmOf(service, '李家果园', '09520131000201');
    grower = await service.as('producer', { party: farm.uri });
    neighbour = await service.as('producer', { party: other.uri });
    admin = await service.as('admin');
    inspector = await service.as('inspector', { division: '510000' });
    const made = async (body: object): Promise<string> =>
      (await admin.post('/api/parties').send(body).expect(201)).body.id as string;
    coopUri = await made({ type: 'organisation', name: { zh: '大塘合作社' }, division: '510131', gln: '6901234000009' });
    coop = await service.as('operator', { party: coopUri });
    const registered = await coop.post('/api/parties').send({
      type: 'household',
      name: { zh: '王秀英' },
      phone: '13800001111',
      division: '510131',
    });
    household = registered.body.id as string;
    const own = await service.as('producer', { party: household });
    await own.post('/api/mandates').send({ from: household, to: coopUri, since: '2026-01-01T00:00:00+08:00' }).expect(201);
  });
  after(() => service.close());

  it('erases a personal value for the one who recorded it; every reader is told when and why, and nothing disagrees', async () => {
    const entry = await record(grower, 'apply-input', spray(farm));
    expect((await history(grower, farm.crop)).at(-1)?.hidden).to.deep.include({ operator: '周大明' });
    const answer = await grower
      .post('/api/erasures')
      .send({ record: entry, fields: ['operator'], reason: 'withdrawn', note: '周大明已离职' })
      .expect(201);
    expect(answer.body.erased).to.deep.equal([{ entry, fields: ['/operator'] }]);
    for (const reader of [grower, service.anyone, inspector]) {
      const lines = await history(reader, farm.crop);
      const line = lines.find((each) => each.entry === entry);
      expect(line?.hidden ?? {}).to.not.have.property('operator');
      expect(line?.erased).to.deep.equal([
        {
          field: '/operator',
          at: new Date(service.now).toISOString(),
          entry: answer.body.entry,
          reason: { code: 'withdrawn', zh: '本人撤回了同意', en: 'the person withdrew consent' },
        },
      ]);
      expect(lines.find((each) => each.entry === answer.body.entry)).to.deep.include({ kind: 'erasure' });
    }
    // The rest of what it hides is still there for those who may see it.
    expect((await history(grower, farm.crop)).find((each) => each.entry === entry)?.hidden).to.deep.equal({
      source: '蒲江农资店',
    });
    const everything = JSON.stringify(await history(service.anyone, farm.crop));
    expect(everything).to.not.include('周大明').and.not.include('离职');
    const item = await service.anyone.get(`/api/items${new URL(farm.crop).pathname}`).expect(200);
    expect(item.body.entry.checked).to.equal(true);
    expect(item.body.verdict.cause).to.not.equal('entries-disagree');
    // Every proof holds as before, for whoever may see most and for strangers, and none of them has the value.
    const { vkey } = service.app.checkpoints;
    for (const reader of [grower, service.anyone, inspector]) {
      const bundle = (
        await reader
          .get(`/api/items${new URL(farm.crop).pathname}`)
          .query({ view: 'proof' })
          .expect(200)
      ).body;
      const { code, text } = verify(Buffer.from(JSON.stringify(bundle)), vkey);
      expect(code, text.en).to.equal(0);
      const entries = bundle.entries as { n: number; disclosures: string[] }[];
      const told = entries.flatMap(({ disclosures }) => disclosures.map((one) => Buffer.from(one, 'base64url').toString()));
      expect(told.join()).to.not.include('"operator"');
      // The free text of the erasure names him, to those who may see it.
      if (reader === service.anyone) expect(told.join()).to.not.include('周大明');
      const opened = checkBundle(nodeCrypto, bundle, readVkey(sha256, vkey)).entries.find(({ n }) => n === answer.body.entry);
      expect(opened?.record.body).to.include({ reason: 'withdrawn' });
    }
    for (const n of [entry, answer.body.entry as number]) {
      const receipt = await service.anyone.get(`/log/receipt/${n}`).responseType('blob').expect(200);
      expect(verify(receipt.body as Buffer, vkey).code).to.equal(0);
    }
    // Gone is gone: nothing is left to erase.
    await grower
      .post('/api/erasures')
      .send({ record: entry, fields: ['operator'], reason: 'withdrawn' })
      .expect(400);
    await grower.post('/api/erasures').send({ record: entry, reason: 'withdrawn' }).expect(409);
  });

  it('refuses what the law wants kept and says which law, which article and from when', async () => {
    const entry = await record(grower, 'apply-input', spray(farm));
    const size = service.app.ledger.size;
    const ask = { record: entry, fields: ['/source'], reason: 'period-over' };
    const zh = await grower.post('/api/erasures').set('accept-language', 'zh').send(ask).expect(409);
    expect(zh.body.detail).to.include('农产品质量安全法').and.include('第二十七条').and.include('2028-11-24');
    const en = await grower.post('/api/erasures').set('accept-language', 'en').send(ask).expect(409);
    expect(en.body.detail).to.include('art. 27').and.include('from 2028-11-24 on');
    expect(en.body.kept).to.have.length(1);
    expect(en.body.kept[0]).to.include({ entry, field: '/source', from: '2028-11-24' });
    expect(service.app.ledger.size).to.equal(size);
    const then = service.now;
    service.now = Date.parse('2028-11-24T00:00:00+08:00');
    try {
      await grower.post('/api/erasures').send(ask).expect(201);
    } finally {
      service.now = then;
    }
  });

  it('keeps what is said of food until six months after its shelf life', async () => {
    const harvested = await record(grower, 'harvest', {
      crop: farm.crop,
      place: farm.place,
      lots: [{ product: farm.product, number: 'A1', quantity: '100', unit: 'KGM' }],
      bestBefore: '2026-12-31',
    });
    expect(harvested).to.be.greaterThan(0);
    const sold = await record(grower, 'sell', {
      place: farm.place,
      lots: [{ lot: `${farm.product}/10/A1`, quantity: '10', unit: 'KGM' }],
      price: '12.50',
    });
    const refused = await grower
      .post('/api/erasures')
      .send({ record: sold, fields: ['price'], reason: 'not-needed' })
      .expect(409);
    expect(refused.body.kept[0].from).to.equal('2027-07-01');
    expect(refused.body.detail).to.include('食品安全法').and.include('第四十二条');
  });

  it('erases everything personal of a natural person, and leaves what stays with a date', async () => {
    const own = await service.as('producer', { party: household });
    const place = (
      await coop
        .post('/api/places')
        .query({ for: household })
        .send({ name: { zh: '王家地' }, kind: 'plot', division: '510131', party: household })
        .expect(201)
    ).body.id as string;
    const product = (
      await coop
        .post('/api/products')
        .query({ for: household })
        .send({ gtin: '09520131000300', name: { zh: '耙耙柑' }, sector: 'fruit', unit: 'KGM' })
        .expect(201)
    ).body.id as string;
    const behalf = `?for=${encodeURIComponent(household)}`;
    await record(coop, 'plant', { crop: [{ product, number: 'K1' }], place }, behalf);
    const crop = `${product}/10/K1`;
    const sprayed = await record(coop, 'apply-input', { ...spray({ ...farm, crop, place }), operator: '王秀英' }, behalf);
    const promised = await record(own, 'issue-promise-certificate', {
      place,
      lot: crop,
      name: '耙耙柑',
      quantity: { value: '100', unit: 'KGM' },
      origin: '四川蒲江',
      issued: '2026-11-23',
      promiser: '王秀英',
      contact: '13800001111',
      basis: ['own-control'],
      promise: true,
    });
    const party = (await own.get('/api/parties').query({ id: household }).expect(200)).body;
    expect(party).to.deep.include({ name: { zh: '王秀英' }, phone: '13800001111' });

    const { body } = await own.post('/api/erasures').send({ party: household, reason: 'withdrawn' }).expect(201);
    const erased = new Map((body.erased as { entry: number; fields: string[] }[]).map((one) => [one.entry, one.fields]));
    expect(erased.get(sprayed)).to.deep.equal(['/operator']);
    expect([...erased.values()].flat().sort()).to.deep.equal(['/name', '/operator', '/phone']);
    expect(
      body.kept.map((one: { entry: number; field: string; from: string }) => [one.entry, one.field, one.from]),
    ).to.deep.equal([
      [promised, '/contact', '2027-05-24'],
      [promised, '/promiser', '2027-05-24'],
    ]);
    const after = (await own.get('/api/parties').query({ id: household }).expect(200)).body;
    expect(after).to.not.have.any.keys('name', 'phone', 'withheld');
    expect(after.erased.map(({ field }: { field: string }) => field)).to.deep.equal(['/name', '/phone']);
    // It stands in the history of the lots, too, and of them nothing is said that was not public before.
    const lines = await history(service.anyone, crop);
    expect(lines.at(-1)).to.deep.include({ kind: 'erasure', entry: body.entry });
    expect(JSON.stringify(lines)).to.not.include('王秀英');
  });

  it('is for the party, for who recorded it and for the registry; to others the record does not exist', async () => {
    const entry = await record(grower, 'apply-input', spray(farm));
    const ask = { record: entry, fields: ['operator'], reason: 'mistake' };
    await service.anyone.post('/api/erasures').send(ask).expect(401);
    await neighbour.post('/api/erasures').send(ask).expect(404);
    await inspector.post('/api/erasures').send(ask).expect(403);
    await coop.post('/api/erasures').query({ for: farm.uri }).send(ask).expect(404);
    await neighbour.post('/api/erasures').send({ party: household, reason: 'withdrawn' }).expect(404);
    await neighbour.post('/api/erasures').send({ record: 999_999, reason: 'withdrawn' }).expect(404);
    await admin.post('/api/erasures').send(ask).expect(201);
  });

  it('names every fault of a bad body', async () => {
    const size = service.app.ledger.size;
    const bad = [
      {},
      { record: 0 },
      { record: -1, reason: 'withdrawn' },
      { record: '0', reason: 'withdrawn' },
      { record: 0, reason: 'because' },
      { record: 0, party: household, reason: 'withdrawn' },
      { party: household, fields: ['phone'], reason: 'withdrawn' },
      { record: 0, fields: [], reason: 'withdrawn' },
      { record: 0, reason: 'withdrawn', extra: 1 },
    ];
    for (const body of bad) {
      const answer = await grower.post('/api/erasures').send(body);
      expect(answer.status, JSON.stringify(body)).to.equal(400);
      expect(answer.body.errors ?? answer.body.faults, JSON.stringify(answer.body)).to.have.length.greaterThan(0);
    }
    const entry = await record(grower, 'apply-input', spray(farm));
    const unknown = await grower.post('/api/erasures').send({ record: entry, fields: ['operator', 'name'], reason: 'mistake' });
    expect([unknown.status, JSON.stringify(unknown.body)]).to.satisfy(
      ([status, text]: [number, string]) => status === 400 && text.includes('/fields/1') && !text.includes('/fields/0'),
    );
    const organisation = await grower.post('/api/erasures').send({ party: farm.uri, reason: 'withdrawn' });
    expect(organisation.status).to.equal(400);
    expect(service.app.ledger.size).to.equal(size + 1);
  });

  it('answers a retry under the same Idempotency-Key with the first answer', async () => {
    const entry = await record(grower, 'apply-input', spray(farm));
    const ask = { record: entry, fields: ['operator'], reason: 'withdrawn' };
    const first = await grower.post('/api/erasures').set('idempotency-key', 'e-1').send(ask).expect(201);
    const again = await grower.post('/api/erasures').set('idempotency-key', 'e-1').send(ask).expect(201);
    expect(again.body).to.deep.equal(first.body);
  });
});
