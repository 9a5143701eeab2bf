import { expect } from 'chai';
import { farmOf, signedIn, type Farm } from '../support/people.js';
import { controlsOf } from '../support/form.js';
import { openService, type Caller, type Service } from '../support/service.js';

describe('places and products of a party', () => {
  let service: Service;
  let farm: Farm;
  let other: Farm;
  let zhou: Caller;

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    other = await farmOf(service, '李家果园', '09520131000201');
    zhou = await signedIn(service, 'zhou', 'producer', { party: farm.uri });
  });
  after(() => service.close());

  it('adds a plot once, however often the form is sent', async () => {
    const form = controlsOf((await zhou.get('/field/places/new').expect(200)).text);
    const plot = { ...form, '/name/zh': '七号地', '/kind': 'plot', '/division': '510131' };
    const size = service.app.ledger.size;
    await zhou.post('/field/places').type('form').send(plot).expect(303);
    await zhou.post('/field/places').type('form').send(plot).expect(303);
    expect(service.app.ledger.size).to.equal(size + 1);
    const list = await zhou.get('/field/places').expect(200);
    expect(list.text).to.include('七号地').and.to.include('地块').and.to.not.include('李家果园三号园');
    expect((await zhou.get('/field/harvest')).text).to.include('七号地');
  });

  it('changes a plot by a new record and keeps what the form does not ask for', async () => {
    const answer = await zhou.get('/field/places/change').query({ id: farm.place }).expect(200);
    const form = controlsOf(answer.text);
    expect(form['/name/zh']).to.equal('青石坝果园三号园');
    const size = service.app.ledger.size;
    await zhou
      .post('/field/places')
      .type('form')
      .send({ ...form, '/name/zh': '老三号园', '/closed': 'true' })
      .expect(303);
    expect(service.app.ledger.size).to.equal(size + 1);
    const said = await service.anyone.get('/api/places').query({ id: farm.place }).expect(200);
    expect(said.body).to.deep.include({ name: { zh: '老三号园' }, kind: 'plot', party: farm.uri, closed: true });
    // A place that is no longer used is not offered.
    expect((await zhou.get('/field/harvest')).text).to.not.include('老三号园');
  });

  it('names every fault, a wrong check digit among them, and stores nothing', async () => {
    const size = service.app.ledger.size;
    const form = controlsOf((await zhou.get('/field/products/new').expect(200)).text);
    const wrong = await zhou
      .post('/field/products')
      .type('form')
      .send({ ...form, '/gtin': '09520131000109', '/name/zh': '<b>蜜柚</b>' })
      .expect(400);
    expect(wrong.text)
      .to.include('href="#f-gtin"')
      .and.to.include('href="#f-sector"')
      .and.to.include('value="&lt;b>蜜柚&lt;/b>"');
    const taken = await zhou
      .post('/field/products')
      .type('form')
      .send({ ...form, '/gtin': '09520131000201', '/name/zh': '蜜柚', '/sector': 'fruit', '/unit': 'KGM' })
      .expect(400);
    expect(taken.text).to.include('这个码已经登记过');
    expect(service.app.ledger.size).to.equal(size);
  });

  it('knows nothing of another party’s place, and lets no inspector in', async () => {
    const size = service.app.ledger.size;
    await zhou.get('/field/places/change').query({ id: other.place }).expect(404);
    const form = controlsOf((await zhou.get('/field/places/new')).text);
    const stolen = { ...form, id: other.place, '/name/zh': '我的', '/kind': 'plot', '/division': '510131' };
    await zhou.post('/field/places').type('form').send(stolen).expect(404);
    const inspector = await signedIn(service, 'liu', 'inspector', { division: '510100' });
    await inspector.get('/field/places').expect(404);
    await inspector.post('/field/places').type('form').send(stolen).expect(404);
    expect(service.app.ledger.size).to.equal(size);
  });
});

describe('what an operator records for a household', () => {
  let service: Service;
  let household: Farm;
  let coop: Farm;
  let wang: Caller;

  before(async () => {
    service = await openService();
    household = await farmOf(service, '李家果园', '09520131000201');
    coop = await farmOf(service, '蒲江合作社', '09520131000102');
    wang = await signedIn(service, 'wang', 'operator', { party: coop.uri });
  });
  after(() => service.close());

  it('is not possible without a mandate', async () => {
    await wang.get('/field').query({ for: household.uri }).expect(404);
    await wang.get('/field/harvest').query({ for: household.uri }).expect(404);
  });

  it('stands in the household’s own journal, said to be on its behalf', async () => {
    const owner = await service.as('producer', { party: household.uri });
    await owner.post('/api/mandates').send({ from: household.uri, to: coop.uri, since: '2026-01-01T00:00:00+08:00' }).expect(201);
    const journal = await wang.get('/field').query({ for: household.uri }).expect(200);
    expect(journal.text).to.include('替谁记').and.to.include('李家果园');
    const answer = await wang.get('/field/harvest').query({ for: household.uri }).expect(200);
    expect(answer.text).to.include('代李家果园记');
    const form = controlsOf(answer.text);
    const posted = {
      ...form,
      '/crop': household.crop,
      '/place': household.place,
      '/lots/0/product': household.product,
      '/lots/0/quantity': '12',
    };
    const saved = await wang.post('/field/harvest').type('form').send(posted);
    expect(saved.status, saved.text).to.equal(303);
    expect(saved.headers.location).to.include(`for=${encodeURIComponent(household.uri)}`);
    const li = await signedIn(service, 'li', 'producer', { party: household.uri });
    expect((await li.get('/field').expect(200)).text).to.include('12 千克');
    expect((await wang.get('/field').expect(200)).text).to.not.include('12 千克');
  });

  it('adds a place that the household then finds among its own', async () => {
    const form = controlsOf((await wang.get('/field/places/new').query({ for: household.uri })).text);
    await wang
      .post('/field/places')
      .type('form')
      .send({ ...form, '/name/zh': '五号地', '/kind': 'plot', '/division': '510131' })
      .expect(303);
    const li = await signedIn(service, 'li2', 'producer', { party: household.uri });
    expect((await li.get('/field/places')).text).to.include('五号地');
  });

  it('ends with the mandate', async () => {
    const owner = await service.as('producer', { party: household.uri });
    const made = await service.app.store.range('statements', { index: 'kind', prefix: ['mandate'], limit: 1 });
    const id = made[0]?.item;
    await owner
      .post('/api/mandates')
      .send({ id, from: household.uri, to: coop.uri, since: '2026-01-01T00:00:00+08:00', revoked: true })
      .expect(201);
    await wang.get('/field').query({ for: household.uri }).expect(404);
  });
});
