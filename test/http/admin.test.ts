import { expect } from 'chai';
import supertest from 'supertest';
import { controlsOf } from '../support/form.js';
import { farmOf, signedIn, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

describe('the administration', () => {
  let service: Service;
  let farm: Farm;
  let admin: Caller;
  const secret = (html: string) => /<code class="code secret">([^<]+)<\/code>/.exec(html)?.[1] ?? '';

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    admin = await signedIn(service, 'root', 'admin');
  });
  after(() => service.close());

  it('is closed to everyone else', async () => {
    const zhou = await signedIn(service, 'zhou', 'producer', { party: farm.uri });
    for (const path of ['/admin', '/admin/parties', '/admin/accounts', '/admin/keys', '/admin/mandates']) {
      await zhou.get(path).expect(404);
      expect((await service.anyone.get(path).set('accept', 'text/html').expect(303)).headers.location).to.include('/signin');
    }
    await zhou.post('/admin/accounts').type('form').send({ name: 'mine', role: 'admin' }).expect(404);
    await zhou.post('/admin/keys').type('form').send({ role: 'admin' }).expect(404);
    await admin.get('/field').expect(404);
  });

  it('registers an organisation under its credit code and a household under a random one, under its own name', async () => {
    const form = controlsOf((await admin.get('/admin/parties/new').expect(200)).text);
    const organisation = {
      ...form,
      '/type': 'organisation',
      '/name/zh': '禾集生鲜',
      '/uscc': '91510500204706718H',
      '/division': '510104',
    };
    await admin.post('/admin/parties').type('form').send(organisation).expect(303);
    const other = controlsOf((await admin.get('/admin/parties/new')).text);
    await admin
      .post('/admin/parties')
      .type('form')
      .send({ ...other, '/type': 'household', '/name/zh': '李秀英', '/phone': '13800000000', '/division': '510131' })
      .expect(303);
    const list = await admin.get('/admin/parties').expect(200);
    expect(list.text).to.include('urn:suyuan:uscc:91510500204706718H').and.to.include('李秀英');
    // A household's name is its own business, and the registry's that stated it.
    const said = await service.anyone.get('/api/parties').query({ limit: '50' }).expect(200);
    expect(JSON.stringify(said.body)).to.include('禾集生鲜').and.to.not.include('李秀英');
    expect(said.body.items.every((item: { recorded: { by: string } }) => item.recorded.by === 'urn:suyuan:registry')).to.equal(
      true,
    );
  });

  it('names every fault, a wrong credit code and a taken one among them', async () => {
    const size = service.app.ledger.size;
    const form = controlsOf((await admin.get('/admin/parties/new')).text);
    const wrong = await admin
      .post('/admin/parties')
      .type('form')
      .send({ ...form, '/type': 'organisation', '/name/zh': '<b>x</b>', '/uscc': '91350100M000100Y4Z' })
      .expect(400);
    expect(wrong.text).to.include('href="#f-uscc"').and.to.include('href="#f-division"').and.to.not.include('<b>x</b>');
    const taken = {
      ...form,
      '/type': 'organisation',
      '/name/zh': '又一个',
      '/uscc': '91510500204706718H',
      '/division': '510104',
    };
    expect((await admin.post('/admin/parties').type('form').send(taken).expect(400)).text).to.include('已经登记过');
    expect(service.app.ledger.size).to.equal(size);
  });

  it('changes a party by a new record; what parties say of themselves stays theirs where it is hidden', async () => {
    const uri = 'urn:suyuan:uscc:91510500204706718H';
    const form = controlsOf((await admin.get('/admin/parties/change').query({ id: uri }).expect(200)).text);
    await admin
      .post('/admin/parties')
      .type('form')
      .send({ ...form, '/name/zh': '禾集生鲜超市' })
      .expect(303);
    const said = await service.anyone.get('/api/parties').query({ id: uri }).expect(200);
    expect(said.body).to.deep.include({ name: { zh: '禾集生鲜超市' }, uscc: '91510500204706718H', division: '510104' });
    await admin.get('/admin/parties/change').query({ id: 'urn:suyuan:party:none' }).expect(404);
    await admin
      .post('/admin/parties')
      .type('form')
      .send({ ...form, id: farm.place })
      .expect(404);
  });

  it('registers a place that its party then records at', async () => {
    const form = controlsOf((await admin.get('/admin/places/new').expect(200)).text);
    const place = { ...form, '/party': farm.uri, '/name/zh': '登记的冷库', '/kind': 'cold-store', '/division': '510131' };
    await admin.post('/admin/places').type('form').send(place).expect(303);
    expect((await admin.get('/admin/places').expect(200)).text).to.include('登记的冷库');
    const zhou = await signedIn(service, 'zhou2', 'producer', { party: farm.uri });
    expect((await zhou.get('/field/harvest')).text).to.include('登记的冷库');
  });

  it('makes an account whose password is shown once, resets it, and shuts it', async () => {
    const made = await admin
      .post('/admin/accounts')
      .type('form')
      .send({ name: 'Chen', role: 'producer', party: farm.uri })
      .expect(200);
    const first = secret(made.text);
    expect(first).to.match(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    expect(made.headers['cache-control']).to.equal('no-store');
    expect((await admin.get('/admin/accounts').expect(200)).text)
      .to.include('chen')
      .and.to.not.include(first);
    const enter = (password: string) => supertest(service.server).post('/signin').type('form').send({ name: 'chen', password });
    expect((await enter(first).expect(303)).headers.location).to.equal('/field');

    const second = secret((await admin.post('/admin/accounts/reset').type('form').send({ name: 'chen' }).expect(200)).text);
    await enter(first).expect(401);
    await enter(second).expect(303);
    await admin.post('/admin/accounts/disable').type('form').send({ name: 'chen' }).expect(303);
    await enter(second).expect(401);
    await admin.post('/admin/accounts/enable').type('form').send({ name: 'chen' }).expect(303);
    await enter(second).expect(303);

    await admin.post('/admin/accounts/disable').type('form').send({ name: 'root' }).expect(403);
    await admin.post('/admin/accounts/reset').type('form').send({ name: 'nobody' }).expect(404);
    const wrong = await admin.post('/admin/accounts').type('form').send({ name: '<x>', role: 'inspector' }).expect(400);
    expect(wrong.text).to.include('id="name-error"').and.to.include('id="division-error"').and.to.include('value="&lt;x>"');
  });

  it('makes a key that is shown once, says when it was used, and takes it back', async () => {
    const made = await admin
      .post('/admin/keys')
      .type('form')
      .send({ label: '地磅', role: 'producer', party: farm.uri, scopes: ['read', 'record'] })
      .expect(200);
    const key = secret(made.text);
    expect((await admin.get('/admin/keys').expect(200)).text)
      .to.include('地磅')
      .and.to.include('没用过')
      .and.to.not.include(key);
    const call = () => supertest(service.server).get('/field').set('authorization', `Bearer ${key}`);
    await call().expect(200);
    expect((await admin.get('/admin/keys')).text).to.include('2026-11-23');
    const id = key.split('.')[1];
    await admin.post('/admin/keys/revoke').type('form').send({ id }).expect(303);
    await call().expect(401);
    await admin.post('/admin/keys/revoke').type('form').send({ id: 'none' }).expect(404);
    await admin.post('/admin/keys').type('form').send({ role: 'producer' }).expect(400);
  });

  it('states a mandate for who cannot sign in, and ends it', async () => {
    const list = await service.anyone.get('/api/parties').query({ limit: '50' });
    const household = list.body.items.find((item: { type: string }) => item.type === 'household').id as string;
    const wang = await signedIn(service, 'wang', 'operator', { party: farm.uri });
    await wang.get('/field').query({ for: household }).expect(404);
    const form = controlsOf((await admin.get('/admin/mandates/new').expect(200)).text);
    await admin
      .post('/admin/mandates')
      .type('form')
      .send({ ...form, '/from': household, '/to': farm.uri, '/since': '2026-11-01T00:00' })
      .expect(303);
    await wang.get('/field').query({ for: household }).expect(200);
    const page = await admin.get('/admin/mandates').expect(200);
    expect(page.text).to.include('委托');
    const id = /name="id" value="([^"]+)"/.exec(page.text)?.[1];
    await admin.post('/admin/mandates/revoke').type('form').send({ id }).expect(303);
    await wang.get('/field').query({ for: household }).expect(404);
    expect((await admin.get('/admin/mandates')).text).to.include('已撤销');
    await admin.post('/admin/mandates/revoke').type('form').send({ id: farm.uri }).expect(404);
  });
});

describe('signing in', () => {
  let service: Service;
  before(async () => {
    service = await openService();
    await signedIn(service, 'liu', 'inspector', { division: '510100' });
  });
  after(() => service.close());
  const enter = (body: object) => supertest(service.server).post('/signin').type('form').send(body);
  const password = 'bamboo-and-ink-9';

  it('goes on to where the person was going, on this server only', async () => {
    expect((await enter({ name: 'liu', password, next: '/inspect?q=a%20b' }).expect(303)).headers.location).to.equal(
      '/inspect?q=a%20b',
    );
    for (const next of [
      '//elsewhere.test',
      '/\\elsewhere.test',
      'https://elsewhere.test/',
      '/\t/elsewhere.test',
      'javascript:alert(1)',
      '',
      '/a b',
    ])
      expect((await enter({ name: 'liu', password, next }).expect(303)).headers.location, next).to.equal('/inspect');
  });

  it('keeps the name and says one sentence when it fails, in the reader’s language', async () => {
    const zh = await enter({ name: 'liu', password: 'wrong-wrong' }).expect(401);
    expect(zh.text).to.include('用户名或密码不对').and.to.include('value="liu"').and.to.not.include('wrong-wrong');
    const en = await supertest(service.server)
      .post('/signin')
      .set('accept-language', 'en')
      .type('form')
      .send({ name: '<b>', password: 'x' })
      .expect(401);
    expect(en.text).to.include('The name or the password is wrong').and.to.include('value="&lt;b>"');
    await enter({}).expect(401);
    await supertest(service.server).post('/signin').send({ name: 'liu', password }).expect(415);
  });

  it('slows down who keeps failing', async () => {
    const tries = await Promise.all(Array.from({ length: 8 }, () => enter({ name: 'nobody', password: 'wrong-wrong' })));
    const slowed = tries.find(({ status }) => status === 429);
    expect(slowed?.headers['retry-after']).to.match(/^\d+$/);
    expect(slowed?.text).to.include('试得太多');
  });

  it('lets people change their password and leave', async () => {
    const liu = await signedIn(service, 'zhang', 'inspector', { division: '510100' });
    await liu.get('/account').expect(200);
    const wrong = await liu
      .post('/account/password')
      .type('form')
      .send({ old: 'nope', new: 'another-good-one', again: 'another-good-one' })
      .expect(400);
    expect(wrong.text).to.include('id="old-fault"');
    expect(
      (await liu.post('/account/password').type('form').send({ old: password, new: 'a', again: 'b' }).expect(400)).text,
    ).to.include('id="again-fault"');
    expect(
      (await liu.post('/account/password').type('form').send({ old: password, new: 'short', again: 'short' }).expect(400)).text,
    ).to.include('id="new-fault"');
    await liu
      .post('/account/password')
      .type('form')
      .send({ old: password, new: 'another-good-one', again: 'another-good-one' })
      .expect(303);
    expect((await liu.get('/account?done=1').expect(200)).text).to.include('密码换好了');
    await liu.post('/signout').type('form').send({}).expect(303);
    await liu.get('/account').set('accept', 'text/html').expect(303);
  });
});
