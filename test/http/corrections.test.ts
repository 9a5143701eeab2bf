import { expect } from 'chai';
import { farmOf, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

interface Line {
  readonly entry: number;
  readonly kind: string;
  readonly effective?: boolean;
  readonly corrects?: number;
  readonly correctedBy?: { entry: number; at: string; reason?: string; by?: string; corrective: number[] };
  readonly event: { eventID: string; errorDeclaration?: object };
}

describe('corrections over HTTP', () => {
  let service: Service;
  let farm: Farm;
  let other: Farm;
  let grower: Caller;
  let neighbour: Caller;
  let admin: Caller;
  let n = 0;

  const path = (lot: string) => new URL(lot).pathname;
  const record = async (caller: Caller, name: string, body: object, query = {}, status = 201) => {
    const answer = await caller.post(`/api/activities/${name}`).query(query).send(body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(status);
    return answer.body as { id: string; entry: number; findings: { rule: string; severity: string; message: string }[] };
  };
  const harvest = (number: string, quantity: string) => ({
    time: '2026-11-25T09:00:00+08:00',
    crop: farm.crop,
    place: farm.place,
    lots: [{ product: farm.product, number, quantity, unit: 'KGM' }],
  });
  const sell = (number: string, quantity: string) => ({
    time: '2026-11-26T09:00:00+08:00',
    place: farm.place,
    lots: [{ lot: `${farm.product}/10/${number}`, quantity, unit: 'KGM' }],
  });
  const history = async (caller: Caller, lot: string): Promise<Line[]> =>
    (
      await caller
        .get(`/api/items${path(lot)}`)
        .query({ view: 'history' })
        .expect(200)
    ).body.items as Line[];
  const amounts = async (lot: string): Promise<(string | undefined)[]> => {
    const { body } = await grower.get(`/api/items${path(lot)}`).expect(200);
    return (body.state.holdings as { quantity?: string }[]).map(({ quantity }) => quantity);
  };
  const fresh = (): { number: string; lot: string } => {
    const number = `C${++n}`;
    return { number, lot: `${farm.product}/10/${number}` };
  };

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    other = await farmOf(service, '李家果园', '09520131000201');
    grower = await service.as('producer', { party: farm.uri });
    neighbour = await service.as('producer', { party: other.uri });
    admin = await service.as('admin');
    service.now += 5 * 86_400_000;
  });
  after(() => service.close());

  it('puts the right values in the place of the wrong ones, both in one append', async () => {
    const { number, lot } = fresh();
    const wrong = await record(grower, 'harvest', harvest(number, '3260'));
    const size = service.app.ledger.size;
    const right = await record(grower, 'harvest', harvest(number, '326'), { corrects: wrong.id });
    expect(right).to.deep.include({ entry: size + 1, corrects: { entry: wrong.entry, declaration: size }, findings: [] });
    expect(service.app.ledger.size).to.equal(size + 2);
    expect(await amounts(lot)).to.deep.equal(['326']);

    const lines = await history(grower, lot);
    expect(lines.map(({ entry, effective }) => [entry, effective])).to.have.deep.members([
      [wrong.entry, false],
      [size, false],
      [size + 1, true],
    ]);
    const [original, declaration] = [wrong.entry, size].map((entry) => lines.find((line) => line.entry === entry) as Line);
    expect(original?.correctedBy).to.deep.equal({
      entry: size,
      at: new Date(service.now).toISOString(),
      reason: 'incorrect_data',
      by: farm.uri,
      corrective: [size + 1],
    });
    expect(declaration?.corrects).to.equal(wrong.entry);
    expect(declaration?.event.errorDeclaration).to.deep.equal({
      declarationTime: new Date(service.now).toISOString(),
      reason: 'incorrect_data',
      correctiveEventIDs: [right.id],
    });
    // Strangers see that and by which entries, not by whom.
    const shown = (await history(service.anyone, lot)).find((line) => line.entry === wrong.entry);
    expect(shown?.correctedBy).to.include({ entry: size }).and.to.not.have.property('by');
    // Before the correction it was what was known.
    const { body } = await service.anyone
      .get(`/api/items${path(lot)}`)
      .query({ view: 'history', known: new Date(service.now - 1).toISOString() });
    expect(body.items ?? []).to.deep.equal([]);
  });

  it('takes back what did not happen', async () => {
    const { number, lot } = fresh();
    await record(grower, 'harvest', harvest(number, '100'));
    const sold = await record(grower, 'sell', sell(number, '40'));
    expect(await amounts(lot)).to.deep.equal(['60']);
    const answer = await grower
      .post('/api/events/error')
      .send({ id: sold.id, reason: 'did_not_occur', note: '顾客退了订单' })
      .expect(201);
    expect(answer.body.corrects).to.deep.equal({ entry: sold.entry });
    expect(await amounts(lot)).to.deep.equal(['100']);
    const own = (await history(grower, lot)).find((line) => line.entry === answer.body.entry);
    expect(own).to.have.nested.property('hidden.note', '顾客退了订单');
    expect(JSON.stringify(await history(service.anyone, lot))).to.not.include('顾客退了订单');
  });

  it('is never refused for what follows: a balance that it makes negative is told, held and shown', async () => {
    const { number, lot } = fresh();
    const made = await record(grower, 'harvest', harvest(number, '100'));
    await record(grower, 'sell', sell(number, '80'));
    const right = await record(grower, 'harvest', harvest(number, '50'), { corrects: made.id });
    expect(right.findings.map(({ rule, severity }) => [rule, severity])).to.deep.equal([['balance', 'hold']]);
    expect(await amounts(lot)).to.include('-30');
    const item = (await service.anyone.get(`/api/items${path(lot)}`).expect(200)).body;
    expect(item.verdict).to.deep.equal({ kind: 'doubt', cause: 'short' });
    // Nothing more can be sold of what is not there.
    await record(grower, 'sell', { ...sell(number, '1'), time: '2026-11-27T09:00:00+08:00' }, {}, 409);
    // Once it adds up again, nothing is left of it.
    const again = await record(grower, 'harvest', harvest(number, '90'), { corrects: right.id });
    expect(again.findings).to.deep.equal([]);
    expect(await amounts(lot)).to.deep.equal(['10']);
    const mended = (await service.anyone.get(`/api/items${path(lot)}`).expect(200)).body;
    expect(mended.verdict.kind).to.equal('ok');
    expect(mended.corrections).to.have.length(2);
  });

  it('tells the shortage that an error declaration alone leaves', async () => {
    const { number, lot } = fresh();
    const made = await record(grower, 'harvest', harvest(number, '100'));
    await record(grower, 'sell', sell(number, '80'));
    const answer = await grower.post('/api/events/error').send({ id: made.id, reason: 'did_not_occur' }).expect(201);
    const found = answer.body.findings as { rule: string; severity: string }[];
    expect(found.map(({ rule, severity }) => [rule, severity])).to.deep.equal([['beginning', 'hold']]);
    expect((await service.anyone.get(`/api/items${path(lot)}`).expect(200)).body.verdict.cause).to.equal('short');
    // Under another number the lot begins, the sold one still does not.
    const { number: other } = fresh();
    await record(grower, 'harvest', harvest(other, '100'));
    expect((await service.anyone.get(`/api/items${path(lot)}`).expect(200)).body.verdict.cause).to.equal('short');
  });

  it('does not let a correction reach for what the wrong entry never named', async () => {
    const { number } = fresh();
    const mine = await record(grower, 'harvest', harvest(number, '100'));
    const sold = await record(grower, 'sell', sell(number, '10'));
    const theirs = await neighbour.post('/api/activities/harvest').send({
      crop: other.crop,
      place: other.place,
      lots: [{ product: other.product, number: 'N1', quantity: '70', unit: 'KGM' }],
    });
    expect(theirs.status).to.equal(201);
    const size = service.app.ledger.size;
    const lots = [{ lot: `${other.product}/10/N1`, quantity: '10', unit: 'KGM' }];
    await record(grower, 'sell', { ...sell(number, '10'), time: '2026-11-27T11:59:00+08:00', lots }, { corrects: sold.id }, 409);
    const { number: small } = fresh();
    await record(grower, 'harvest', harvest(small, '5'));
    const more = [{ lot: `${farm.product}/10/${small}`, quantity: '6', unit: 'KGM' }];
    await record(grower, 'sell', { ...sell(number, '10'), lots: more }, { corrects: sold.id }, 409);
    // Both halves fell: the wrong one still counts.
    expect(service.app.ledger.size).to.equal(size + 1);
    expect((await history(grower, `${farm.product}/10/${number}`)).map(({ effective }) => effective)).to.deep.equal([true, true]);
    expect(mine.entry).to.be.lessThan(size);
  });

  it('is for the recording party; to others the event does not exist', async () => {
    const { number } = fresh();
    const made = await record(grower, 'harvest', harvest(number, '100'));
    const ask = { id: made.id, reason: 'did_not_occur' };
    await service.anyone.post('/api/events/error').send(ask).expect(401);
    await neighbour.post('/api/events/error').send(ask).expect(404);
    await admin.post('/api/events/error').send(ask).expect(404);
    const theirs = {
      crop: other.crop,
      place: other.place,
      lots: [{ product: other.product, number: 'N9', quantity: '1', unit: 'KGM' }],
    };
    await record(neighbour, 'harvest', theirs, { corrects: made.id }, 404);
    await record(grower, 'harvest', harvest(number, '1'), { corrects: 'urn:uuid:none' }, 404);
    await record(grower, 'harvest', { crop: farm.crop }, { corrects: made.id }, 400);
    expect((await grower.post('/api/events/error').send({ id: made.id, reason: 'because' })).status).to.equal(400);
    expect((await grower.post('/api/events/error').send({ reason: 'did_not_occur' })).status).to.equal(400);
  });

  it('corrects once: the second is told which entry did it, also when two come at the same moment', async () => {
    const { number, lot } = fresh();
    const made = await record(grower, 'harvest', harvest(number, '100'));
    const both = await Promise.all(
      ['90', '80'].map((quantity) =>
        grower.post('/api/activities/harvest').query({ corrects: made.id }).send(harvest(number, quantity)),
      ),
    );
    expect(both.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
    const third = await grower.post('/api/events/error').send({ id: made.id, reason: 'did_not_occur' }).expect(409);
    const { entry, corrects } = (both.find(({ status }) => status === 201) as (typeof both)[number]).body;
    expect(third.body.correctedBy).to.deep.equal({ entry: corrects.declaration, corrective: [entry] });
    expect((await history(grower, lot)).filter(({ effective }) => effective)).to.have.length(1);
  });

  it('is open to those entrusted, and to a party of what was recorded on its behalf', async () => {
    const party = async (body: object) => (await admin.post('/api/parties').send(body).expect(201)).body.id as string;
    const coopUri = await party({ type: 'organisation', name: { zh: '大塘合作社' }, division: '510131', gln: '6901234000009' });
    const coop = await service.as('operator', { party: coopUri });
    const since = '2026-01-01T00:00:00+08:00';
    const behalf = { for: farm.uri };
    const { number, lot } = fresh();
    const own = await record(grower, 'harvest', harvest(number, '100'));
    await coop.post('/api/events/error').query(behalf).send({ id: own.id, reason: 'did_not_occur' }).expect(404);
    const mandate = await grower.post('/api/mandates').send({ from: farm.uri, to: coopUri, since }).expect(201);
    await coop.post('/api/events/error').send({ id: own.id, reason: 'did_not_occur' }).expect(404);

    // What the farm recorded itself, the cooperative corrects for it.
    const right = await record(coop, 'harvest', harvest(number, '90'), { ...behalf, corrects: own.id });
    expect(await amounts(lot)).to.deep.equal(['90']);
    // What the cooperative recorded for the farm, the farm corrects itself.
    const third = await record(grower, 'harvest', harvest(number, '85'), { corrects: right.id });
    expect(await amounts(lot)).to.deep.equal(['85']);
    expect(third.entry).to.be.greaterThan(right.entry);

    // After the mandate is over the cooperative may take back what it recorded, and say nothing new.
    const { number: late, lot: lateLot } = fresh();
    const last = await record(coop, 'harvest', harvest(late, '70'), behalf);
    await grower
      .post('/api/mandates')
      .send({ id: mandate.body.id, from: farm.uri, to: coopUri, since, revoked: true })
      .expect(201);
    await record(coop, 'harvest', harvest(late, '60'), { corrects: last.id }, 403);
    await coop.post('/api/events/error').send({ id: last.id, reason: 'incorrect_data' }).expect(201);
    expect((await history(grower, lateLot)).some(({ effective }) => effective)).to.equal(false);
  });

  it('takes back events without an id of their own one by one', async () => {
    const event = (lot: string) => ({
      '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
      type: 'ObjectEvent',
      action: 'ADD',
      bizStep: 'commissioning',
      eventTime: '2026-11-20T09:00:00.000+08:00',
      eventTimeZoneOffset: '+08:00',
      quantityList: [{ epcClass: lot, quantity: 10, uom: 'KGM' }],
    });
    const { lot } = fresh();
    const first = await grower.post('/epcis/events').send(event(lot)).expect(201);
    const second = await grower
      .post('/epcis/events')
      .send({ ...event(lot), eventTime: '2026-11-20T10:00:00.000+08:00' })
      .expect(201);
    expect(await amounts(lot)).to.deep.equal(['20']);
    await grower.post('/api/events/error').send({ id: second.body.eventID, reason: 'did_not_occur' }).expect(201);
    expect(await amounts(lot)).to.deep.equal(['10']);
    expect(first.body.eventID).to.not.equal(second.body.eventID);
  });
});
