import { expect } from 'chai';
import { farmOf, type Farm } from '../support/people.js';
import { noon, openService, type Caller, type Service } from '../support/service.js';

const hour = 3_600_000;

describe('a record that comes late', () => {
  let service: Service;
  let farm: Farm;
  let caller: Caller;
  const at = (hours: number): string => new Date(noon - hours * hour).toISOString();
  const send = async (activity: string, values: object): Promise<void> => {
    const answer = await caller.post(`/api/activities/${activity}`).send({ place: farm.place, ...values });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
  };
  const lot = async (number: string): Promise<unknown> => {
    const row = await service.app.store.get('lots', [`${farm.product}/10/${number}`]);
    return JSON.parse(row!.body);
  };

  before(async () => {
    service = await openService({ now: noon - 100 * hour });
    farm = await farmOf(service, '青石坝', '09520131000201');
    caller = await service.as('producer', { party: farm.uri });
    service.now = noon;
  });
  after(() => service.close());

  it('changes the lots that it names, and not those that they came from or were made into', async () => {
    await send('harvest', {
      time: at(50),
      crop: farm.crop,
      lots: [{ product: farm.product, number: 'H1', quantity: '100', unit: 'KGM' }],
    });
    await send('process', {
      time: at(40),
      kind: 'dry',
      inputs: [{ lot: `${farm.product}/10/H1`, quantity: '60', unit: 'KGM' }],
      outputs: [{ product: farm.product, number: 'D1', quantity: '20', unit: 'KGM' }],
    });
    await send('process', {
      time: at(30),
      kind: 'mill',
      inputs: [{ lot: `${farm.product}/10/D1`, quantity: '5', unit: 'KGM' }],
      outputs: [{ product: farm.product, number: 'M1', quantity: '4', unit: 'KGM' }],
    });
    await send('sell', { time: at(10), lots: [{ lot: `${farm.product}/10/M1`, quantity: '1', unit: 'KGM' }] });
    await send('sell', { time: at(10), lots: [{ lot: `${farm.product}/10/D1`, quantity: '1', unit: 'KGM' }] });
    const before = [await lot('H1'), await lot('M1')];

    await send('lose', { time: at(20), lots: [{ lot: `${farm.product}/10/D1`, quantity: '2', unit: 'KGM' }], reason: 'spoiled' });
    expect([await lot('H1'), await lot('M1')]).to.deep.equal(before);
    expect(await lot('D1')).to.deep.include({
      holdings: [{ party: farm.uri, place: farm.place, quantity: '12', unit: 'KGM' }],
      totals: { KGM: { made: '20', received: '0', shipped: '0', sold: '1', used: '5', lost: '2' } },
    });
  });
});
