import { expect } from 'chai';
import { controlsOf } from '../support/form.js';
import { farmOf, signedIn, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

describe('deliveries to receive', () => {
  let service: Service;
  let farm: Farm;
  let shop: Farm;
  let sender: Caller;
  let chen: Caller;
  const lot = (number: string) => `${farm.product}/10/${number}`;

  const post = async (name: string, values: object) => {
    const answer = await sender.post(`/api/activities/${name}`).send(values);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
  };
  const send = async (number: string, quantity: string) => {
    const line = { quantity, unit: 'KGM' };
    await post('harvest', { crop: farm.crop, place: farm.place, lots: [{ product: farm.product, number, ...line }] });
    await post('ship', { place: farm.place, to: shop.uri, lots: [{ lot: lot(number), ...line }], document: `DN-${number}` });
  };
  const held = async (number: string): Promise<{ party: string; quantity: string; transit?: object }[]> => {
    const row = await service.app.store.get('lots', [lot(number)]);
    return JSON.parse(row?.body ?? '{}').holdings;
  };

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    shop = await farmOf(service, '禾集生鲜', '09520131000201');
    sender = await service.as('producer', { party: farm.uri });
    chen = await signedIn(service, 'chen', 'producer', { party: shop.uri });
    await send('A1', '640');
    await send('A2', '100');
  });
  after(() => service.close());

  const formOf = async (number: string): Promise<Record<string, string>> => {
    const page = await chen.get('/incoming').expect(200);
    const form = page.text.split('<form ').find((part) => part.includes(`value="${lot(number)}"`));
    return controlsOf(form ?? '');
  };

  it('are told of in the journal and listed with sender and amount', async () => {
    expect((await chen.get('/field')).text)
      .to.include('2 批货等着收')
      .and.to.include('href="/incoming"');
    const page = await chen.get('/incoming').expect(200);
    expect(page.text).to.include('青石坝果园发来').and.to.include('发出 640 千克');
  });

  it('are received in one tap; a second tap says so and records nothing', async () => {
    const form = await formOf('A1');
    const size = service.app.ledger.size;
    const first = await chen.post('/incoming').type('form').send(form);
    expect(first.status, first.text).to.equal(303);
    expect((await chen.get(first.headers.location as string)).text).to.include('收下了：A1');
    const second = await chen.post('/incoming').type('form').send(form).expect(303);
    expect((await chen.get(second.headers.location as string)).text).to.include('A1早已收下');
    expect(service.app.ledger.size).to.equal(size + 1);
    expect(await held('A1')).to.deep.equal([{ party: shop.uri, place: shop.place, quantity: '640', unit: 'KGM' }]);
  });

  it('are received once by two taps at the same time', async () => {
    await send('A3', '5');
    const form = await formOf('A3');
    const size = service.app.ledger.size;
    const taps = await Promise.all([1, 2, 3].map(() => chen.post('/incoming').type('form').send(form)));
    expect(taps.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    expect(service.app.ledger.size).to.equal(size + 1);
  });

  it('say beside the number what is wrong with it, and keep it', async () => {
    const size = service.app.ledger.size;
    const form = await formOf('A2');
    const unreadable = await chen
      .post('/incoming')
      .type('form')
      .send({ ...form, quantity: '九十八' })
      .expect(400);
    expect(unreadable.text).to.include('value="九十八"').and.to.include('写数字');
    const more = await chen
      .post('/incoming')
      .type('form')
      .send({ ...form, quantity: '101' });
    expect(more.status).to.equal(409);
    expect(more.text).to.include('value="101"');
    expect(service.app.ledger.size).to.equal(size);
  });

  it('are received with the quantity that differs; the rest stays on the way', async () => {
    await chen
      .post('/incoming')
      .type('form')
      .send({ ...(await formOf('A2')), quantity: '98' })
      .expect(303);
    const parts = await held('A2');
    expect(parts.map(({ party, quantity, transit }) => [party, quantity, transit !== undefined])).to.have.deep.members([
      [shop.uri, '98', false],
      [farm.uri, '2', true],
    ]);
  });

  it('of others are nobody’s business', async () => {
    await send('A4', '7');
    const form = await formOf('A4');
    const zhou = await signedIn(service, 'zhou', 'producer', { party: farm.uri });
    expect((await zhou.get('/incoming').expect(200)).text).to.not.include('A4');
    const inspector = await signedIn(service, 'liu', 'inspector', { division: '510100' });
    await inspector.post('/incoming').type('form').send(form).expect(404);
    const third = await farmOf(service, '老灶火锅', '09520131000300');
    const feng = await signedIn(service, 'feng', 'producer', { party: third.uri });
    await feng.post('/incoming').type('form').send(form).expect(404);
    await chen.post('/incoming').send(form).expect(415);
    expect((await service.anyone.get('/incoming').set('accept', 'text/html').expect(303)).headers.location).to.equal(
      '/signin?next=%2Fincoming',
    );
    expect((await held('A4'))[0]?.transit).to.not.equal(undefined);
  });
});
