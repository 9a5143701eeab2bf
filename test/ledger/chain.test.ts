import { expect } from 'chai';
import { openService, type Caller, type Service } from '../support/service.js';

const gtin = '09520131000102';
const crop = 'https://id.gs1.org/01/09520131000003/10/2026';
const lot = (n: string) => `https://id.gs1.org/01/${gtin}/10/${n}`;

describe('a batch on its way', () => {
  let service: Service;
  let admin: Caller;
  let farm: Caller;
  let shop: Caller;
  let farmUri: string;
  let shopUri: string;
  let plot: string;

  before(async () => {
    service = await openService();
    admin = await service.as('admin');
    const party = async (name: string): Promise<string> =>
      (await admin.post('/api/parties').send({ type: 'organisation', name: { zh: name }, division: '510131' }).expect(201)).body.id as string;
    farmUri = await party('果园');
    shopUri = await party('超市');
    farm = await service.as('producer', { party: farmUri });
    shop = await service.as('producer', { party: shopUri });
    plot = (await farm.post('/api/places').send({ name: { zh: '三号园' }, kind: 'plot', division: '510131' }).expect(201)).body.id as string;
  });
  after(() => service.close());

  it('is planted, harvested, shipped, received and sold', async () => {
    await farm.post('/api/activities/plant').send({ crop, place: plot, variety: '金艳' }).expect((r) => expect(r.status, JSON.stringify(r.body)).to.equal(201));
    const harvest = await farm
      .post('/api/activities/harvest')
      .send({ crop, place: plot, lots: [{ lot: lot('A1'), quantity: '640.5', unit: 'KGM' }] });
    expect(harvest.status, JSON.stringify(harvest.body)).to.equal(201);
    expect(harvest.body.entry).to.equal(4);
    const state = await service.app.store.get('lots', [lot('A1')]);
    expect(JSON.parse(state?.body ?? '{}')).to.deep.include({ holdings: [{ party: farmUri, place: plot, quantity: '640.5', unit: 'KGM' }] });
  });

  it('cannot be sold by somebody who does not hold it', async () => {
    const refused = await shop.post('/api/activities/destroy').send({ lots: [{ lot: lot('A1'), quantity: '1', unit: 'KGM' }], reason: 'x', method: 'x' });
    expect(refused.status, JSON.stringify(refused.body)).to.equal(409);
    expect(refused.body.findings[0].rule).to.equal('holder');
  });
});
