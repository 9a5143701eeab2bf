import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import type { Trace } from '../../src/domain/trace/trace.js';
import { farmOf, signedIn, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

interface Answered {
  readonly back?: Trace;
  readonly forward?: Trace;
}

describe('the trace of a lot over HTTP', function () {
  this.timeout(30_000);
  let service: Service;
  let farm: Farm;
  let shop: Farm;
  let other: Farm;
  let grower: Caller;
  let seller: Caller;
  const lot = () => `${farm.product}/10/A1`;
  const sibling = () => `${farm.product}/10/A2`;
  const packed = () => `${shop.product}/10/S1`;
  const trace = (caller: Caller, id: string, more: object = {}) => caller.get('/api/items').query({ id, view: 'trace', ...more });

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    shop = await farmOf(service, '=HYPERLINK("x")<b>商行', '09520131000201', '350100');
    other = await farmOf(service, '旁人', '09520131000300', '110100');
    grower = await service.as('producer', { party: farm.uri });
    seller = await service.as('producer', { party: shop.uri });
    const lines = ['A1', 'A2'].map((number) => ({ product: farm.product, number, quantity: '100', unit: 'KGM' }));
    await grower.post('/api/activities/harvest').send({ crop: farm.crop, place: farm.place, lots: lines }).expect(201);
    const moved = [{ lot: lot(), quantity: '60', unit: 'KGM' }];
    await grower.post('/api/activities/ship').send({ place: farm.place, to: shop.uri, lots: moved }).expect(201);
    await seller.post('/api/activities/receive').send({ place: shop.place, from: farm.uri, lots: moved }).expect(201);
    const event = {
      type: 'TransformationEvent',
      eventTime: new Date(service.now).toISOString(),
      eventTimeZoneOffset: '+08:00',
      inputQuantityList: [{ epcClass: lot(), quantity: 50, uom: 'KGM' }],
      outputQuantityList: [{ epcClass: packed(), quantity: 200, uom: 'H87' }],
    };
    const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
    await seller
      .post('/epcis/events')
      .set('content-type', 'application/ld+json')
      .send(JSON.stringify({ '@context': context, ...event }))
      .expect(201);
  });
  after(() => service.close());

  it('shows an inspector the whole chain of a lot that touched the division, whichever end', async () => {
    const liu = await service.as('inspector', { division: '510100' });
    const { body } = (await trace(liu, packed()).expect(200)) as { body: Answered };
    expect(body.back?.lots.map(({ item }) => item)).to.deep.equal([packed(), lot(), farm.crop]);
    const [, source] = body.back!.lots;
    expect(source?.touched).to.deep.equal([{ min: '50', max: '50', unit: 'KGM', of: '100' }]);
    const forward = ((await trace(liu, lot(), { direction: 'forward' }).expect(200)) as { body: Answered }).body;
    expect(forward.back).to.equal(undefined);
    expect(forward.forward?.lots.map(({ item }) => item)).to.deep.equal([lot(), packed()]);
    expect(forward.forward?.lots[1]).to.deep.include({ certain: true, share: { min: '50', max: '50', unit: 'KGM' } });
    expect(JSON.stringify(forward)).to.not.include(sibling());
    const held = forward.forward?.lots[0]?.now.map(({ party, suspect }) => [party, suspect?.max]);
    expect(held).to.deep.equal([
      [farm.uri, '40'],
      [shop.uri, '10'],
    ]);
  });

  it('shows a party one step back and one step forward, without others’ stock and amounts', async () => {
    const { body } = (await trace(seller, packed()).expect(200)) as { body: Answered };
    expect(body.back?.lots.map(({ item }) => item)).to.deep.equal([packed(), lot()]);
    expect(body.back?.lots[1]).to.deep.include({
      touched: [],
      now: [{ party: shop.uri, place: shop.place, quantity: '10', unit: 'KGM' }],
    });
    const own = ((await trace(grower, lot()).expect(200)) as { body: Answered }).body;
    expect(own.forward?.lots.map(({ item }) => item)).to.deep.equal([lot()]);
    expect(own.forward?.handovers.map(({ kind, to }) => [kind, to])).to.deep.equal([
      ['shipped', shop.uri],
      ['received', shop.uri],
    ]);
    expect(JSON.stringify(own)).to.not.include(packed());
  });

  it('is not there for anybody else', async () => {
    await trace(await service.as('producer', { party: other.uri }), lot()).expect(404);
    await trace(grower, packed()).expect(404);
    await trace(await service.as('inspector', { division: '110100' }), lot()).expect(404);
    await trace(await service.as('admin'), lot()).expect(404);
    await trace(service.anyone, lot()).expect(404);
    await trace(await service.as('inspector', { division: '510100' }), `${farm.product}/10/NONE`).expect(404);
  });

  it('is refused when it is asked badly', async () => {
    const liu = await service.as('inspector', { division: '510100' });
    await trace(liu, lot(), { direction: 'up' }).expect(400);
    await trace(liu, lot(), { format: 'png' }).expect(400);
    await trace(liu, lot(), { at: 'yesterday' }).expect(400);
  });

  it('is a table and a picture as well, and is as of a time', async () => {
    const liu = await service.as('inspector', { division: '510100' });
    const csv = await trace(liu, lot(), { format: 'csv' })
      .expect(200)
      .expect('content-type', /text\/csv/);
    const rows = parse(csv.text, { bom: true, columns: true }) as Record<string, string>[];
    const row = rows.find(({ direction, lot: of }) => direction === 'forward' && of === packed());
    expect(row).to.include({ touched_max: '200', touched_unit: 'H87', share_min: '50', holder: shop.uri, quantity: '200' });
    const svg = await trace(liu, lot(), { format: 'svg' })
      .expect(200)
      .expect('content-type', /image\/svg/);
    const picture = (svg.body as Buffer).toString('utf8');
    expect(picture)
      .to.match(/^<svg [^>]*xmlns=/)
      .and.to.include('A1')
      .and.to.not.include('<b>');
    const before = (
      (await trace(liu, lot(), { at: new Date(service.now - 1000).toISOString() }).expect(200)) as { body: Answered }
    ).body;
    expect(before.forward?.lots.filter(({ root }) => !root)).to.deep.equal([]);
  });

  it('stands on the inspector’s page of the lot in words and as a picture', async () => {
    const liu = await signedIn(service, 'liu', 'inspector', { division: '510100' });
    const page = await liu.get('/inspect/lot').query({ id: lot() }).expect(200);
    for (const said of ['双向追溯', '<svg', '可能到了哪', 'S1', '200 件', '50 千克', `id=${encodeURIComponent(packed())}`])
      expect(page.text, said).to.include(said);
    expect(page.text).to.not.include('<b>商行');
  });
});
