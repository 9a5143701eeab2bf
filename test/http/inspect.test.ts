import { expect } from 'chai';
import { farmOf, signedIn, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

describe('the inspector’s desk', () => {
  let service: Service;
  let farm: Farm;
  let far: Farm;
  let liu: Caller;
  const lot = () => `${farm.product}/10/A1`;

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    far = await farmOf(service, '滨海果园', '09520131000201', '350100');
    const key = await service.as('producer', { party: farm.uri });
    const line = { product: farm.product, number: 'A1', quantity: '640', unit: 'KGM' };
    await key
      .post('/api/activities/harvest')
      .send({ crop: farm.crop, place: farm.place, lots: [line], operator: '周家明', note: '<i>雨前</i>' })
      .expect(201);
    liu = await signedIn(service, 'liu', 'inspector', { division: '510100' });
  });
  after(() => service.close());

  it('finds a lot by its number, its bar code, its product’s name and its producer', async () => {
    for (const asked of ['a1', lot(), '(01)09520131000102(10)A1']) {
      const page = await liu.get('/inspect').query({ q: asked }).expect(200);
      expect(page.text, asked).to.include(`/inspect/lot?id=${encodeURIComponent(lot())}`);
    }
    const byName = await liu.get('/inspect').query({ q: '猕猴桃' }).expect(200);
    expect(byName.text).to.include(`/inspect?product=${encodeURIComponent(farm.product)}`);
    const byParty = await liu.get('/inspect').query({ q: '青石坝' }).expect(200);
    expect(byParty.text).to.include(`/inspect?party=${encodeURIComponent(farm.uri)}`);
    const ofParty = await liu.get('/inspect').query({ party: farm.uri }).expect(200);
    expect(ofParty.text).to.include(encodeURIComponent(lot()));
    expect((await liu.get('/inspect').query({ q: '没有这个' }).expect(200)).text).to.include('查不到');
  });

  it('shows every field of every entry, with who, which entry and both times', async () => {
    service.now += 30 * 3_600_000;
    const page = await liu.get('/inspect/lot').query({ id: lot() }).expect(200);
    for (const said of [
      '青石坝果园',
      '周家明',
      '不公开',
      '640 千克',
      '青石坝果园三号园',
      '第 8 条',
      '2026-11-23 12:00',
      'creating_class_instance',
    ])
      expect(page.text, said).to.include(said);
    expect(page.text).to.include('&lt;i>雨前&lt;/i>').and.to.not.include('<i>雨前');
    expect(page.text).to.include(`/inspect/lot?id=${encodeURIComponent(farm.crop)}`);
    service.now -= 30 * 3_600_000;
  });

  it('links what was made of it', async () => {
    const page = await liu.get('/inspect/lot').query({ id: farm.crop }).expect(200);
    expect(page.text).to.include('到哪去').and.to.include(encodeURIComponent(lot()));
  });

  it('says nothing of lots that never touched the division, nor to other roles', async () => {
    await liu.get('/inspect/lot').query({ id: far.crop }).expect(404);
    await liu.get('/inspect/lot').query({ id: 'https://id.gs1.org/01/09520131000102/10/NONE' }).expect(404);
    expect((await liu.get('/inspect').query({ q: '滨海' })).text).to.not.include(encodeURIComponent(far.uri));
    expect((await liu.get('/inspect').query({ product: far.product })).text).to.not.include('2026</code>');
    const zhou = await signedIn(service, 'zhou', 'producer', { party: farm.uri });
    await zhou.get('/inspect').expect(404);
    await zhou.get('/inspect/lot').query({ id: lot() }).expect(404);
    await service.anyone.get('/inspect').set('accept', 'text/html').expect(303);
  });

  it('follows the chain of a lot into other divisions', async () => {
    // What was harvested far away and packed here can be traced back to there.
    const [there, here] = await Promise.all([
      service.as('producer', { party: far.uri }),
      service.as('producer', { party: farm.uri }),
    ]);
    const raw = { product: far.product, number: 'R1', quantity: '50', unit: 'KGM' };
    await there
      .post('/api/activities/harvest')
      .send({ crop: far.crop, place: far.place, lots: [raw] })
      .expect(201);
    const item = `${far.product}/10/R1`;
    const moved = [{ lot: item, quantity: '50', unit: 'KGM' }];
    await there.post('/api/activities/ship').send({ place: far.place, to: farm.uri, lots: moved }).expect(201);
    await here.post('/api/activities/receive').send({ place: farm.place, from: far.uri, lots: moved }).expect(201);
    await liu.get('/inspect/lot').query({ id: item }).expect(200);
    const crop = await liu.get('/inspect/lot').query({ id: far.crop }).expect(200);
    expect(crop.text).to.include('滨海果园');
  });

  it('needs to be asked properly', async () => {
    await liu.get('/inspect/lot').expect(400);
    await liu
      .get('/inspect')
      .query({ q: 'x'.repeat(301) })
      .expect(400);
    await liu.get('/inspect').query({ other: '1' }).expect(400);
  });
});
