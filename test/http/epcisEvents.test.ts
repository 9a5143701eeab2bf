import { expect } from 'chai';
import { right } from '../domain/epcis/wrong.js';
import { type Caller, openService, type Service } from '../support/service.js';

const party = 'https://id.gs1.org/417/4012345000009';
const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const event = { '@context': context, ...right.object };
type Json = { [name: string]: unknown };

describe('POST /epcis/events', () => {
  let service: Service;
  let caller: Caller;
  beforeEach(async () => {
    service = await openService();
    caller = await service.as('producer', { party });
  });
  afterEach(() => service.close());

  it('captures one event and says where it is', async () => {
    const answer = await caller.post('/epcis/events').send(event);
    expect(answer.status).to.equal(201);
    const { eventID } = answer.body as Json;
    expect(eventID).to.match(/^ni:/);
    expect(answer.headers.location).to.equal(`/epcis/events/${encodeURIComponent(String(eventID))}`);
    const found = await caller.get(answer.headers.location as string);
    const [given] = (found.body as { epcisBody: { queryResults: { resultsBody: { eventList: Json[] } } } }).epcisBody.queryResults
      .resultsBody.eventList;
    expect(given).to.deep.equal({ ...event, eventID, recordTime: new Date(service.now).toISOString() });
  });

  it('answers a repeated event as the first time and writes nothing', async () => {
    const first = await caller.post('/epcis/events').send(event);
    const second = await caller.post('/epcis/events').send({ ...event, eventTime: '2026-03-04T03:00:30Z' });
    expect([second.status, second.headers.location]).to.deep.equal([201, first.headers.location]);
    expect(service.app.ledger.size).to.equal(1);
  });

  it('refuses another event under a taken id', async () => {
    await caller.post('/epcis/events').send({ ...event, eventID: 'urn:uuid:1' });
    const answer = await caller.post('/epcis/events').send({ ...event, eventID: 'urn:uuid:1', disposition: 'active' });
    expect(answer.status).to.equal(409);
    expect(answer.body).to.include({ type: 'epcisException:ResourceAlreadyExistsException' });
  });

  it('names every fault', async () => {
    const answer = await caller.post('/epcis/events').send({ ...event, action: 'X', bizStep: 'shiping' });
    expect(answer.status).to.equal(400);
    expect((answer.body as { errors: Json[] }).errors.map(({ pointer }) => pointer)).to.have.members(['/action', '/bizStep']);
  });

  it('refuses documents, events without a context, and times ahead of the clock', async () => {
    const document = {
      '@context': context,
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-03-05T00:00:00Z',
      epcisBody: { eventList: [right.object] },
    };
    for (const body of [document, right.object, { ...event, eventTime: '2026-11-26T00:00:00Z' }])
      expect((await caller.post('/epcis/events').send(body)).status).to.equal(400);
    expect(service.app.ledger.size).to.equal(0);
  });

  it('refuses what contradicts the ledger, with the reason', async () => {
    await caller.post('/epcis/events').send(event);
    const other = await service.as('producer', { party: 'https://id.gs1.org/417/0614141000005' });
    const answer = await other
      .post('/epcis/events')
      .send({ ...event, action: 'OBSERVE', bizStep: 'storing', eventTime: '2026-03-05T11:00:30+08:00' });
    expect(answer.status).to.equal(409);
    expect(answer.body).to.have.property('findings').that.has.length(2);
    expect(service.app.ledger.size).to.equal(1);
  });
});

describe('GET /epcis/events/{id}', () => {
  let service: Service;
  before(async () => {
    service = await openService();
    const caller = await service.as('producer', { party });
    const declared = { errorDeclaration: { declarationTime: '2026-11-23T00:00:00Z', reason: 'incorrect_data' } };
    for (const body of [
      { ...event, eventID: 'urn:uuid:1' },
      { ...event, eventID: 'urn:uuid:1', ...declared },
    ])
      expect((await caller.post('/epcis/events').send(body)).status).to.equal(201);
    const admin = await service.as('admin');
    const body = { type: 'organisation', name: { zh: '果园' }, roles: ['producer'], division: '510131' };
    const registered = await admin.post('/api/parties').send({ ...body, gln: '4012345000009' });
    expect(registered.status, JSON.stringify(registered.body)).to.equal(201);
  });
  after(() => service.close());

  const events = (body: unknown): Json[] =>
    (body as { epcisBody: { queryResults: { resultsBody: { eventList: Json[] } } } }).epcisBody.queryResults.resultsBody
      .eventList;

  it('gives the event and its error declarations to their party', async () => {
    const answer = await (await service.as('producer', { party })).get('/epcis/events/urn:uuid:1');
    expect(events(answer.body).map((e) => 'errorDeclaration' in e)).to.deep.equal([false, true]);
    expect(answer.body).to.include({ type: 'EPCISQueryDocument', schemaVersion: '2.0' });
    expect(answer.headers).to.include({ 'gs1-epcis-version': '2.0.0' });
  });

  it('gives them to an inspector of the jurisdiction, and says nothing to others', async () => {
    const ask = async (role: 'producer' | 'inspector' | 'operator', more: object) =>
      (await (await service.as(role, more)).get('/epcis/events/urn:uuid:1')).status;
    expect(await ask('inspector', { division: '510100' })).to.equal(200);
    expect(await ask('inspector', { division: '440000' })).to.equal(404);
    expect(await ask('producer', { party: 'https://id.gs1.org/417/0614141000005' })).to.equal(404);
    expect(await ask('operator', { party: 'https://id.gs1.org/417/0614141000005' })).to.equal(404);
    expect((await service.anyone.get('/epcis/events/urn:uuid:1')).status).to.equal(401);
  });

  it('answers what it does not know with the standard’s problem', async () => {
    const answer = await (
      await service.as('producer', { party })
    ).get(`/epcis/events/${encodeURIComponent('ni:///sha-256;0?ver=CBV2.0')}`);
    expect([answer.status, (answer.body as Json).type]).to.deep.equal([404, 'epcisException:NoSuchResourceException']);
  });

  it('tells its methods', async () => {
    const answer = await service.anyone.options('/epcis/events/urn:uuid:1');
    expect([answer.status, answer.headers.allow]).to.deep.equal([204, 'GET, HEAD, OPTIONS']);
  });
});
