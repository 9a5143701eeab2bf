import { expect } from 'chai';
import { openService, type Caller, type Service } from '../support/service.js';

const gtin = '09520131000102';
const crop = 'https://id.gs1.org/01/09520131000003/10/2026';
const lot = (n: string) => `https://id.gs1.org/01/${gtin}/10/${n}`;
const pallet = 'https://id.gs1.org/00/095201310000000010';

describe('a batch on its way', () => {
  let service: Service;
  let farm: Caller;
  let shop: Caller;
  let farmUri: string;
  let shopUri: string;
  let plot: string;
  let shelf: string;

  const record = async (who: Caller, activity: string, values: object, status = 201) => {
    service.now += 60_000;
    const told = await who.post(`/api/activities/${activity}`).send(values);
    expect(told.status, `${activity}: ${JSON.stringify(told.body)}`).to.equal(status);
    return told.body as { entry: number; detail: string; findings: { rule: string }[] };
  };
  const holdings = async (item: string) =>
    (JSON.parse((await service.app.store.get('lots', [item]))?.body ?? '{}') as { holdings: unknown }).holdings;

  before(async () => {
    service = await openService();
    const admin = await service.as('admin');
    const party = async (name: string): Promise<string> =>
      (
        await admin
          .post('/api/parties')
          .send({ type: 'organisation', name: { zh: name }, division: '510131' })
          .expect(201)
      ).body.id as string;
    farmUri = await party('果园');
    shopUri = await party('超市');
    farm = await service.as('producer', { party: farmUri });
    shop = await service.as('producer', { party: shopUri });
    const place = async (who: Caller, name: string, kind: string): Promise<string> =>
      (
        await who
          .post('/api/places')
          .send({ name: { zh: name }, kind, division: '510131' })
          .expect(201)
      ).body.id as string;
    plot = await place(farm, '三号园', 'plot');
    shelf = await place(shop, '门店', 'shop');
    for (const [code, name] of [
      ['09520131000003', '猕猴桃（在园）'],
      [gtin, '猕猴桃'],
    ] as const) {
      await farm
        .post('/api/products')
        .send({ gtin: code, name: { zh: name }, sector: 'fruit', unit: 'KGM' })
        .expect(201);
    }
  });
  after(() => service.close());

  it('is planted, harvested and packed', async () => {
    await record(farm, 'plant', { crop: [{ product: '09520131000003', number: '2026' }], place: plot, variety: '金艳' });
    const { entry } = await record(farm, 'harvest', {
      crop,
      place: plot,
      lots: [{ product: gtin, number: 'A1', quantity: '640.5', unit: 'KGM' }],
    });
    expect(entry).to.equal(7);
    expect(await holdings(lot('A1'))).to.deep.equal([{ party: farmUri, place: plot, quantity: '640.5', unit: 'KGM' }]);
    await record(farm, 'pack', { parent: pallet, place: plot, lots: [{ lot: lot('A1'), quantity: '500', unit: 'KGM' }] });
    expect(await holdings(lot('A1'))).to.deep.equal([
      { party: farmUri, place: plot, quantity: '140.5', unit: 'KGM' },
      { party: farmUri, place: plot, quantity: '500', unit: 'KGM', in: pallet },
    ]);
  });

  it('cannot be recorded on by somebody who does not hold it', async () => {
    const { findings } = await record(
      shop,
      'destroy',
      { place: shelf, lots: [{ lot: lot('A1'), quantity: '1', unit: 'KGM' }], reason: '坏果', method: '填埋' },
      409,
    );
    expect(findings.map((f) => f.rule)).to.deep.equal(['holder']);
  });

  it('goes with the pallet it is packed on, and belongs to nobody who could sell it on the way', async () => {
    await record(farm, 'ship', { place: plot, units: [pallet], to: shopUri, document: 'SO-1' });
    const { findings } = await record(farm, 'sell', { place: plot, units: [pallet] }, 409);
    expect(findings.map((f) => f.rule)).to.deep.equal(['holder']);
    await record(shop, 'receive', { place: shelf, units: [pallet], from: farmUri, document: 'SO-1' });
    expect(await holdings(lot('A1'))).to.deep.equal([
      { party: farmUri, place: plot, quantity: '140.5', unit: 'KGM' },
      { party: shopUri, place: shelf, quantity: '500', unit: 'KGM', in: pallet },
    ]);
  });

  it('is sold as far as there is any, loose or out of the pallet', async () => {
    await record(shop, 'sell', { place: shelf, lots: [{ lot: lot('A1'), quantity: '120', unit: 'KGM' }] });
    const { detail } = await record(
      shop,
      'sell',
      { place: shelf, lots: [{ lot: lot('A1'), quantity: '381', unit: 'KGM' }] },
      409,
    );
    expect(detail).to.equal('批号 A1 只剩 380 千克，要用 381 千克');
    await record(shop, 'sell', { place: shelf, lots: [{ lot: lot('A1'), quantity: '380', unit: 'KGM' }] });
    await record(farm, 'sell', { place: plot, lots: [{ lot: lot('A1'), quantity: '140.5', unit: 'KGM' }] });
    const over = await record(
      farm,
      'destroy',
      { place: plot, lots: [{ lot: lot('A1'), quantity: '1', unit: 'KGM' }], reason: '坏果', method: '填埋' },
      409,
    );
    expect(over.detail).to.match(/只剩|卖完|不在/);
  });
});
