import { expect } from 'chai';
import { right } from '../domain/epcis/wrong.js';
import { farmOf } from '../support/people.js';
import { type Caller, openService, type Service } from '../support/service.js';

const party = 'https://id.gs1.org/417/4012345000009';
const neighbour = 'https://id.gs1.org/417/0614141000005';
type Json = { [name: string]: unknown };
const serial = (n: string): string => `https://id.gs1.org/01/04012345111118/21/${n}`;
const seen = (list: string[], more: Json = {}): Json => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  ...right.object,
  action: 'OBSERVE',
  bizStep: 'inspecting',
  epcList: list.map(serial),
  quantityList: [],
  ...more,
});
const nextOf = (answer: { headers: Record<string, unknown> }): string | undefined =>
  /^<([^>]+)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1];

describe('the top-level resources of EPCIS', () => {
  let service: Service;
  let mine: Caller;
  let other: Caller;
  const record = async (who: Caller, body: Json): Promise<void> =>
    expect((await who.post('/epcis/events').send(body)).status, JSON.stringify(body)).to.equal(201) as unknown as void;
  before(async () => {
    service = await openService();
    mine = await service.as('producer', { party });
    other = await service.as('producer', { party: neighbour });
    await record(mine, seen(['A', 'B'], { disposition: 'active' }));
    await record(
      mine,
      seen(['B', 'C'], { bizStep: 'https://ns.example.org/weighing', bizLocation: right.object.readPoint as Json }),
    );
    await record(other, seen(['D'], { bizStep: 'storing', disposition: 'damaged', readPoint: { id: 'urn:example:secret' } }));
    await record(other, seen(['E'], { destinationList: [{ type: 'possessing_party', destination: party }] }));
  });
  after(() => service.close());
  const members = async (who: Caller, path: string): Promise<string[]> => {
    const answer = await who.get(`/epcis/${path}`);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    expect(answer.body).to.include({ type: 'Collection' });
    return (answer.body as { member: string[] }).member;
  };

  it('are named by the root', async () =>
    expect(await members(mine, '')).to.have.members(
      'queries capture events eventTypes epcs readPoints bizLocations dispositions bizSteps'.split(' '),
    ));

  it('list what stands in the events that the caller may read, terms of the standard as bare words', async () => {
    expect(await members(mine, 'eventTypes')).to.have.length(5);
    expect(await members(mine, 'bizSteps')).to.deep.equal(['https://ns.example.org/weighing', 'inspecting']);
    expect(await members(mine, 'dispositions')).to.deep.equal(['active']);
    expect(await members(mine, 'readPoints')).to.deep.equal(['https://id.gs1.org/414/4012345000115']);
    expect(await members(mine, 'bizLocations')).to.deep.equal(['https://id.gs1.org/414/4012345000115']);
    expect(await members(other, 'bizSteps')).to.deep.equal(['inspecting', 'storing']);
    expect(await members(other, 'readPoints')).to.deep.equal(['https://id.gs1.org/414/4012345000115', 'urn:example:secret']);
  });

  it('list things once, page by page, whatever arrives meanwhile', async () => {
    const all: string[] = [];
    let address: string | undefined = '/epcis/epcs?perPage=2';
    for (let n = 0; address !== undefined; n++) {
      const answer: { body: unknown; headers: Record<string, unknown> } = await mine.get(address);
      all.push(...(answer.body as { member: string[] }).member);
      address = nextOf(answer);
      await record(mine, seen([`N${n}`], { eventTime: `2026-03-01T00:00:0${n}Z` }));
    }
    expect(all).to.deep.equal(['A', 'B', 'C', 'E'].map(serial));
    expect(await members(other, 'epcs')).to.have.members(['D', 'E'].map(serial));
  });

  it('list values page by page', async () => {
    const first = await mine.get('/epcis/bizSteps?perPage=1');
    const second = await mine.get(nextOf(first)!);
    expect([first, second].flatMap(({ body }) => (body as { member: string[] }).member)).to.have.length(2);
    expect(nextOf(second)).to.equal(undefined);
    expect((await mine.get(nextOf(first)!.replace('bizSteps', 'dispositions'))).status).to.equal(400);
  });

  it('lead to the events of a value', async () => {
    const count = async (who: Caller, path: string): Promise<number> => {
      const answer = await who.get(`/epcis/${path}/events?eventType=ObjectEvent&GE_eventTime=2026-03-02T00:00:00Z`);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      return (answer.body as { epcisBody: { queryResults: { resultsBody: { eventList: unknown[] } } } }).epcisBody.queryResults
        .resultsBody.eventList.length;
    };
    const there: readonly (readonly [string, number])[] = [
      ['bizSteps/inspecting', 2],
      [`bizSteps/${encodeURIComponent('https://ref.gs1.org/cbv/BizStep-inspecting')}`, 2],
      [`bizSteps/${encodeURIComponent('https://ns.example.org/weighing')}`, 1],
      ['dispositions/active', 1],
      [`readPoints/${encodeURIComponent('urn:epc:id:sgln:4012345.00011.0')}`, 3],
      [`bizLocations/${encodeURIComponent('https://id.gs1.org/414/4012345000115')}`, 1],
      [`epcs/${encodeURIComponent(serial('B'))}`, 2],
      [`epcs/${encodeURIComponent(serial('D'))}`, 1],
      ['eventTypes/ObjectEvent', 3],
    ];
    for (const [path, events] of there) {
      expect(await members(mine, path), path).to.deep.equal(['events']);
      expect(await count(mine, path), path).to.equal(events);
    }
  });

  it('know nothing of values that only others have, and none of impossible ones', async () => {
    for (const path of [
      'bizSteps/storing',
      'bizSteps/nonsense',
      'dispositions/damaged',
      `readPoints/${encodeURIComponent('urn:example:secret')}`,
      'readPoints/nowhere',
      `epcs/${encodeURIComponent(serial('Z'))}`,
      'eventTypes/QuantityEvent',
    ]) {
      const answer = await mine.get(`/epcis/${path}`);
      expect([answer.status, (answer.body as Json).type], path).to.deep.equal([404, 'epcisException:NoSuchResourceException']);
    }
    for (const path of ['bizSteps/nonsense/events', 'eventTypes/QuantityEvent/events'])
      expect((await mine.get(`/epcis/${path}`)).status, path).to.equal(404);
  });

  it('show an inspector what lies in the jurisdiction', async () => {
    const farm = await farmOf(service, '青石坝果园', '09520131000102');
    const inspector = await service.as('inspector', { division: '510100' });
    const elsewhere = await service.as('inspector', { division: '350000' });
    expect(await members(inspector, 'readPoints')).to.deep.equal([farm.place]);
    expect(await members(elsewhere, 'readPoints')).to.deep.equal([]);
    expect(await members(inspector, 'epcs')).to.deep.equal([farm.crop]);
    expect(await members(elsewhere, 'epcs')).to.deep.equal([]);
    expect(await members(inspector, 'bizSteps')).not.to.include('https://ns.example.org/weighing');
  });

  it('tell their methods', async () => {
    for (const path of ['', '/epcs', '/epcs/x', '/epcs/x/events', '/queries/x', '/nextPageToken/x']) {
      const answer = await service.anyone.options(`/epcis${path}`);
      expect([answer.status, answer.headers['gs1-epcis-version']], path).to.deep.equal([204, '2.0.0']);
    }
  });
});
