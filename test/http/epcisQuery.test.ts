import { expect } from 'chai';
import { right } from '../domain/epcis/wrong.js';
import { farmOf } from '../support/people.js';
import { type Caller, openService, type Service } from '../support/service.js';

const party = 'https://id.gs1.org/417/4012345000009';
const neighbour = 'https://id.gs1.org/417/0614141000005';
const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ex: 'https://ns.example.org/' }];
type Json = { [name: string]: unknown };
const serial = (n: string): string => `https://id.gs1.org/01/04012345111118/21/${n}`;
const seen = (n: string, more: Json = {}): Json => ({
  '@context': context,
  ...right.object,
  action: 'OBSERVE',
  bizStep: 'inspecting',
  epcList: [serial(n)],
  quantityList: [],
  ...more,
});
const listOf = (answer: { body: unknown }): Json[] =>
  (answer.body as { epcisBody: { queryResults: { resultsBody: { eventList: Json[] } } } }).epcisBody.queryResults.resultsBody
    .eventList;
const epcsOf = (answer: { body: unknown }): string[] =>
  listOf(answer).flatMap((event) => (event.epcList as string[]).map((uri) => uri.slice(-1)));
const nextOf = (answer: { headers: Record<string, unknown> }): string | undefined =>
  /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1];

describe('GET /epcis/events', () => {
  let service: Service;
  let mine: Caller;
  let other: Caller;
  const post = async (who: Caller, body: Json): Promise<void> => {
    const answer = await who.post('/epcis/events').send(body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
  };
  const hour = (n: number): Json => ({ eventTime: `2026-03-04T${String(n).padStart(2, '0')}:00:00Z` });

  beforeEach(async () => {
    service = await openService();
    mine = await service.as('producer', { party });
    other = await service.as('producer', { party: neighbour });
    await post(mine, seen('A', { ...hour(1), 'ex:batch': 'one' }));
    await post(mine, seen('B', { ...hour(3), bizStep: 'storing' }));
    await post(mine, seen('C', { ...hour(2), 'ex:batch': 'two' }));
    await post(other, seen('D', { ...hour(4), eventID: 'urn:uuid:00000000-0000-7000-8000-00000000000d', 'ex:price': 7 }));
    await post(other, seen('E', { ...hour(5), destinationList: [{ type: 'possessing_party', destination: party }] }));
  });
  afterEach(() => service.close());
  const get = (who: Caller, query: Record<string, string>) => who.get('/epcis/events').query(query);

  it('gives what the caller may read whole, newest first, with the standard’s headers', async () => {
    const answer = await get(mine, {});
    expect(answer.status).to.equal(200);
    expect(epcsOf(answer)).to.deep.equal(['E', 'B', 'C', 'A']);
    expect(answer.body).to.include({ type: 'EPCISQueryDocument', schemaVersion: '2.0' });
    expect(answer.headers).to.include({ 'gs1-epcis-version': '2.0.0', 'gs1-cbv-version': '2.0.0' });
    expect(answer.headers).not.to.have.property('link');
    expect(listOf(answer)[0]).to.include({ recordTime: new Date(service.now).toISOString() });
    expect(epcsOf(await get(other, {}))).to.deep.equal(['E', 'D']);
  });

  it('filters and orders', async () => {
    expect(epcsOf(await get(mine, { EQ_bizStep: 'storing|shipping' }))).to.deep.equal(['B']);
    expect(
      epcsOf(await get(mine, { orderBy: 'eventTime', orderDirection: 'ASC', GE_eventTime: '2026-03-04T10:00:00+08:00' })),
    ).to.deep.equal(['C', 'B', 'E']);
    expect(epcsOf(await get(mine, { orderBy: 'recordTime' }))).to.deep.equal(['E', 'C', 'B', 'A']);
    expect(epcsOf(await get(mine, { MATCH_epc: 'urn:epc:id:sgtin:4012345.011111.C' }))).to.deep.equal(['C']);
    expect(epcsOf(await get(mine, { 'EQ_ex:batch': 'two' }).set('GS1-Extensions', 'ex=https://ns.example.org/'))).to.deep.equal([
      'C',
    ]);
    expect(epcsOf(await get(mine, { 'EQ_w:batch': 'two' }).set('GS1-Extensions', 'w=https://ns.example.org/'))).to.deep.equal([
      'C',
    ]);
    expect(epcsOf(await get(mine, { orderBy: 'ex:batch', eventCountLimit: '2', orderDirection: 'ASC' }))).to.deep.equal([
      'A',
      'C',
    ]);
  });

  it('shows of another party’s event what its page shows, only by the lot’s name, and filters on no more', async () => {
    const shown = listOf(await get(mine, { MATCH_anyEPC: serial('D') }));
    expect(shown).to.have.length(1);
    expect(shown[0]).to.include({ bizStep: 'inspecting', eventID: 'urn:uuid:00000000-0000-7000-8000-00000000000d' });
    expect(shown[0]).not.to.have.any.keys('readPoint', 'ex:price');
    const hidden: readonly Record<string, string>[] = [
      { 'EQ_ex:price': '7' },
      { 'EXISTS_ex:price': 'true' },
      { EQ_readPoint: 'https://id.gs1.org/414/4012345000115' },
      { orderBy: 'ex:price', 'GE_ex:price': '1' },
    ];
    for (const query of hidden) {
      expect(
        listOf(await get(mine, { ...query, MATCH_anyEPC: serial('D') }).set('GS1-Extensions', 'ex=https://ns.example.org/')),
      ).to.deep.equal([]);
      expect(
        listOf(await get(mine, query).set('GS1-Extensions', 'ex=https://ns.example.org/')).map((e) => e.epcList),
      ).not.to.deep.include([serial('D')]);
    }
    // By pattern or id it would be a search through the events of others.
    expect(epcsOf(await get(mine, { MATCH_anyEPC: 'urn:epc:idpat:sgtin:*.*.*' }))).to.deep.equal(['E', 'B', 'C', 'A']);
    expect(listOf(await get(mine, { EQ_eventID: 'urn:uuid:00000000-0000-7000-8000-00000000000d' }))).to.deep.equal([]);
    expect((await get(mine, { maxEventCount: '4' })).status).to.equal(200);
  });

  it('never tells an id that is a hash of hidden content', async () => {
    const [whole] = listOf(await get(mine, { MATCH_epc: serial('A') }));
    const [part] = listOf(await get(other, { MATCH_epc: serial('A') }));
    expect(whole!.eventID).to.match(/^ni:/);
    expect(part).not.to.have.property('eventID');
    expect(listOf(await get(other, { MATCH_epc: serial('A'), EQ_eventID: String(whole!.eventID) }))).to.deep.equal([]);
  });

  it('gives an inspector the events of the jurisdiction', async () => {
    const farm = await farmOf(service, '青石坝果园', '09520131000102');
    const inspector = await service.as('inspector', { division: '510100' });
    const elsewhere = await service.as('inspector', { division: '350000' });
    const names = (answer: { body: unknown }) => listOf(answer).map((event) => event['suyuan:activity']);
    expect(names(await get(inspector, {}))).to.deep.equal(['plant']);
    expect(names(await get(elsewhere, {}))).to.deep.equal([]);
    expect(names(await get(inspector, { EQ_readPoint: farm.place }))).to.deep.equal(['plant']);
    expect(names(await get(elsewhere, { EQ_readPoint: farm.place }))).to.deep.equal([]);
    expect(names(await get(inspector, { 'EQATTR_readPoint_suyuan:kind': 'plot' }))).to.deep.equal(['plant']);
    expect(names(await get(inspector, { HASATTR_readPoint: 'suyuan:address' }))).to.deep.equal([]);
  });

  it('pages without skipping or repeating while events arrive', async () => {
    const got: string[] = [];
    let address: string | undefined = '/epcis/events?perPage=1&eventType=ObjectEvent';
    for (let n = 0; address !== undefined; n++) {
      const answer: { status: number; body: unknown; headers: Record<string, unknown> } = await mine.get(address);
      expect(answer.status).to.equal(200);
      got.push(...epcsOf(answer));
      address = nextOf(answer);
      if (address !== undefined)
        expect(answer.headers['gs1-next-page-token-expires']).to.equal(new Date(service.now + 3_600_000).toISOString());
      await post(mine, seen('X', { ...hour(2), eventTime: `2026-03-04T02:00:0${n}Z` }));
    }
    expect(got).to.deep.equal(['E', 'B', 'C', 'A']);
  });

  it('takes a token only of the same query and account, as long as announced, and until it is given back', async () => {
    const first = await get(mine, { perPage: '2', EQ_action: 'OBSERVE' });
    const next = nextOf(first)!;
    const token = new URL(next, 'http://x').searchParams.get('nextPageToken')!;
    const refused = async (who: Caller, address: string, says: RegExp): Promise<void> => {
      const answer = await who.get(address).set('accept-language', 'en');
      expect([answer.status, (answer.body as Json).type]).to.deep.equal([400, 'epcisException:QueryParameterException']);
      expect(JSON.stringify(answer.body)).to.match(says);
    };
    expect(epcsOf(await mine.get(`${next}&perPage=1`.replace('perPage=2&', '')))).to.deep.equal(['C']);
    await refused(mine, next.replace('OBSERVE', 'ADD'), /another query/);
    await refused(other, next, /another account/);
    await refused(await service.as('producer', { party }), next, /another account/);
    await refused(mine, `${next.slice(0, -6)}AAAAAA`, /page token/);
    await refused(mine, '/epcis/events?nextPageToken=eA', /page token/);
    expect((await other.delete('/epcis/nextPageToken/nonsense')).status).to.equal(404);
    expect((await mine.delete(`/epcis/nextPageToken/${token}`)).status).to.equal(204);
    await refused(mine, next, /expired/);
    const again = nextOf(await get(mine, { perPage: '2' }))!;
    service.now += 3_600_000;
    await refused(mine, again, /expired/);
  });

  it('names what is wrong with a query', async () => {
    const answer = await get(mine, { EQ_bizStep: 'shiping', GE_eventTime: 'now', nonsense: 'x', MATCH_epc: '.*' });
    expect([answer.status, (answer.body as Json).type]).to.deep.equal([400, 'epcisException:QueryParameterException']);
    expect((answer.body as { errors: Json[] }).errors.map(({ pointer }) => pointer)).to.have.members([
      '/EQ_bizStep',
      '/GE_eventTime',
      '/nonsense',
      '/MATCH_epc',
    ]);
    const twice = await mine.get('/epcis/events?EQ_action=ADD&EQ_action=OBSERVE');
    expect(twice.status).to.equal(400);
    for (const perPage of ['0', '-1', 'x']) expect((await get(mine, { perPage })).status).to.equal(400);
    expect((await get(mine, { perPage: '99999' })).status).to.equal(200);
  });

  it('refuses more events than the query allows', async () => {
    const answer = await get(mine, { maxEventCount: '3' });
    expect([answer.status, (answer.body as Json).type]).to.deep.equal([413, 'epcisException:QueryTooLargeException']);
  });

  it('is closed to strangers, and tells its methods', async () => {
    expect((await service.anyone.get('/epcis/events')).status).to.equal(401);
    expect((await (await service.as('admin')).get('/epcis/events')).status).to.equal(404);
    const options = await service.anyone.options('/epcis/events');
    expect([options.status, options.headers.allow, options.headers['gs1-epcis-max']]).to.deep.equal([
      204,
      'POST, GET, HEAD, OPTIONS',
      '2.0.1',
    ]);
  });
});

describe('/epcis/queries', () => {
  let service: Service;
  let mine: Caller;
  let other: Caller;
  before(async () => {
    service = await openService();
    mine = await service.as('producer', { party });
    other = await service.as('producer', { party: neighbour });
    for (const n of ['A', 'B', 'C']) expect((await mine.post('/epcis/events').send(seen(n))).status).to.equal(201);
  });
  after(() => service.close());
  const body = { name: 'inspections', query: { eventType: ['ObjectEvent'], EQ_bizStep: ['inspecting'], orderBy: 'recordTime' } };

  it('keeps, lists, shows, runs and forgets a query, for its party alone', async () => {
    const made = await mine.post('/epcis/queries').send(body);
    expect([made.status, made.headers.location]).to.deep.equal([201, '/epcis/queries/inspections']);
    expect((await mine.get('/epcis/queries')).body).to.deep.equal([body]);
    expect((await mine.get('/epcis/queries/inspections')).body).to.deep.equal(body);
    const found = await mine.get('/epcis/queries/inspections/events?perPage=2');
    expect(epcsOf(found)).to.deep.equal(['C', 'B']);
    expect((found.body as { epcisBody: { queryResults: Json } }).epcisBody.queryResults.queryName).to.equal('inspections');
    expect(epcsOf(await mine.get(nextOf(found)!))).to.deep.equal(['A']);

    expect((await other.get('/epcis/queries')).body).to.deep.equal([]);
    for (const answer of [
      await other.get('/epcis/queries/inspections'),
      await other.get('/epcis/queries/inspections/events'),
      await other.delete('/epcis/queries/inspections'),
    ])
      expect([answer.status, (answer.body as Json).type]).to.deep.equal([404, 'epcisException:NoSuchNameException']);

    const next = nextOf(found)!;
    expect((await mine.delete('/epcis/queries/inspections')).status).to.equal(204);
    expect((await mine.get('/epcis/queries/inspections')).status).to.equal(404);
    // Another query under the same name is not what the token was for.
    await mine.post('/epcis/queries').send({ ...body, query: { EQ_action: ['OBSERVE'] } });
    expect((await mine.get(next)).status).to.equal(400);
    await mine.delete('/epcis/queries/inspections');
  });

  it('refuses a taken name', async () => {
    await mine.post('/epcis/queries').send({ ...body, name: 'twice' });
    for (const name of ['twice', 'SimpleEventQuery']) {
      const answer = await mine.post('/epcis/queries').send({ ...body, name });
      expect([answer.status, (answer.body as Json).type]).to.deep.equal([409, 'epcisException:ResourceAlreadyExistsException']);
    }
    expect((await other.post('/epcis/queries').send({ ...body, name: 'twice' })).status).to.equal(201);
    await mine.delete('/epcis/queries/twice');
  });

  it('reads a query when it is kept', async () => {
    const wrong: readonly (readonly [Json, string])[] = [
      [{ name: 'x', query: { EQ_bizStep: 'inspecting|storing' } }, '/query/EQ_bizStep'],
      [{ name: 'x', query: { perPage: 3 } }, '/query/perPage'],
      [{ name: 'a/b', query: {} }, '/name'],
      [{ name: '..', query: {} }, '/name'],
      [{ name: 'x', query: [] }, '/query'],
      [{ query: {} }, '/name'],
      [{ name: 'x', query: {}, more: 1 }, '/more'],
    ];
    for (const [given, pointer] of wrong) {
      const answer = await mine.post('/epcis/queries').send(given);
      expect([answer.status, (answer.body as Json).type]).to.deep.equal([400, 'epcisException:QueryValidationException']);
      expect((answer.body as { errors: Json[] }).errors.map((one) => one.pointer)).to.deep.equal([pointer]);
    }
    expect((await mine.get('/epcis/queries')).body).to.deep.equal([]);
  });

  it('lists by pages', async () => {
    for (const name of ['c', 'a', 'b']) await mine.post('/epcis/queries').send({ name, query: {} });
    const names = (answer: { body: unknown }) => (answer.body as { name: string }[]).map(({ name }) => name);
    const first = await mine.get('/epcis/queries?perPage=2');
    const second = await mine.get(nextOf(first)!);
    expect([names(first), names(second), nextOf(second)]).to.deep.equal([['a', 'b'], ['c'], undefined]);
  });
});
