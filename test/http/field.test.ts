import { expect } from 'chai';
import { controlsOf } from '../support/form.js';
import { farmOf, signedIn, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

describe('the journal and the form of an entry', () => {
  let service: Service;
  let farm: Farm;
  let zhou: Caller;
  let other: Farm;

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    other = await farmOf(service, '李家果园', '09520131000201');
    zhou = await signedIn(service, 'zhou', 'producer', { party: farm.uri });
  });
  after(() => service.close());

  const harvest = async (changes: Record<string, string> = {}) => {
    const form = await zhou.get('/field/harvest').expect(200);
    return {
      ...controlsOf(form.text),
      '/crop': farm.crop,
      '/place': farm.place,
      '/lots/0/product': farm.product,
      '/lots/0/quantity': '640',
      ...changes,
    };
  };

  it('sends nobody to the sign-in form and tells other roles nothing', async () => {
    const nobody = await service.anyone.get('/field?for=x').set('accept', 'text/html').expect(303);
    expect(nobody.headers.location).to.equal('/signin?next=%2Ffield%3Ffor%3Dx');
    const inspector = await signedIn(service, 'liu', 'inspector', { division: '510100' });
    await inspector.get('/field').expect(404);
    await inspector.get('/field/harvest').expect(404);
    await zhou.get('/field/no-such-activity').expect(404);
    await zhou.get(`/field?for=${encodeURIComponent(other.uri)}`).expect(404);
  });

  it('saves a harvest, shows it in the ledger, and makes one entry of two clicks', async () => {
    const posted = await harvest();
    const size = service.app.ledger.size;
    const first = await zhou.post('/field/harvest').type('form').send(posted);
    expect(first.status, first.text).to.equal(303);
    expect(first.headers.location).to.equal(`/field?saved=${size}`);
    const second = await zhou.post('/field/harvest').type('form').send(posted).expect(303);
    expect(second.headers.location).to.equal(`/field?saved=${size}&again=1`);
    expect(service.app.ledger.size).to.equal(size + 1);

    const page = await zhou.get(first.headers.location as string).expect(200);
    expect(page.text).to.include('存好了，已入账');
    expect(page.text).to.include('640 千克');
    expect(page.text).to.include(`已入账 第 ${size} 条`);
    expect(page.headers['cache-control']).to.equal('no-store');
  });

  it('names every fault beside its field and keeps what was typed', async () => {
    const size = service.app.ledger.size;
    const posted = await harvest({ '/lots/0/quantity': '六百', '/lots/0/number': 'B<script>', '/grade': '特级 & "好"' });
    delete (posted as Record<string, string>)['/crop'];
    const answer = await zhou.post('/field/harvest').type('form').send(posted).expect(400);
    expect(answer.text).to.include('href="#f-crop"').and.to.include('href="#f-lots-0-quantity"');
    expect(answer.text).to.include('value="六百"').and.to.include('value="B&lt;script>"').and.to.not.include('<script>');
    expect(controlsOf(answer.text)['/grade']).to.equal('特级 & "好"');
    expect(service.app.ledger.size).to.equal(size);
  });

  it('adds and takes out lines without saving', async () => {
    const size = service.app.ledger.size;
    const more = await zhou
      .post('/field/harvest')
      .type('form')
      .send({ ...(await harvest()), add: '/lots' })
      .expect(200);
    const two = controlsOf(more.text);
    expect(two['/lots/0/quantity']).to.equal('640');
    expect(two['/lots/1/number'])
      .to.match(/^261123[A-Z]$/)
      .and.to.not.equal(two['/lots/0/number']);
    const less = await zhou
      .post('/field/harvest')
      .type('form')
      .send({ ...two, remove: '/lots/0' })
      .expect(200);
    const one = controlsOf(less.text);
    expect(one['/lots/0/number']).to.equal(two['/lots/1/number']);
    expect(one).to.not.have.property('/lots/1/number');
    expect(service.app.ledger.size).to.equal(size);
  });

  it('works out the earliest harvest before saving, and shows it in the journal afterwards', async () => {
    const form = controlsOf((await zhou.get('/field/apply-input')).text);
    const spray = {
      ...form,
      '/crop': farm.crop,
      '/name': '啶虫脒',
      '/registration': 'PD20264417',
      '/active': '啶虫脒',
      '/dose/value': '120',
      '/dose/unit': 'MLT',
      '/interval': '14',
      '/operator': '周家明',
    };
    const checked = await zhou
      .post('/field/apply-input')
      .type('form')
      .send({ ...spray, check: '1' })
      .expect(200);
    expect(checked.text).to.include('12月7日').and.to.include('还要等 14 天');
    const saved = await zhou.post('/field/apply-input').type('form').send(spray);
    expect(saved.status, saved.text).to.equal(303);
    expect((await zhou.get('/field/harvest')).text).to.include('正在长 · 12月7日起可采');
    const journal = await zhou.get('/field');
    expect(journal.text).to.include('12月7日起可采').and.to.include('啶虫脒 120 毫升');
    // The next form begins with what the last one said, the person's name included, since it is their own.
    const next = controlsOf((await zhou.get('/field/apply-input')).text);
    expect(next['/name']).to.equal('啶虫脒');
    expect(next['/interval']).to.equal('14');
    expect(next['/operator']).to.equal('周家明');
  });

  it('refuses another party’s lot and place without a word of what they are', async () => {
    const size = service.app.ledger.size;
    const place = await zhou
      .post('/field/harvest')
      .type('form')
      .send(await harvest({ '/place': other.place }))
      .expect(400);
    expect(place.text).to.include('href="#f-place"').and.to.not.include('李家果园三号园');
    const lot = await zhou
      .post('/field/harvest')
      .type('form')
      .send(await harvest({ '/crop': other.crop }))
      .expect(409);
    expect(lot.text).to.include('还没存');
    expect(service.app.ledger.size).to.equal(size);
  });

  it('says what is wrong with a body that is no form', async () => {
    await zhou.post('/field/harvest').send({ a: 1 }).expect(415);
    await zhou
      .post('/field/harvest')
      .set('origin', 'http://elsewhere.test')
      .type('form')
      .send(await harvest())
      .expect(403);
    const empty = await zhou.post('/field/harvest').type('form').send({}).expect(400);
    expect(empty.text).to.include('还没存，只差');
  });

  it('pages earlier days and keeps its own entries to itself', async () => {
    service.now += 86_400_000;
    const today = await zhou.get('/field').expect(200);
    expect(today.text).to.include('今天还没有记').and.to.include('11月23日');
    const earlier = await zhou.get('/field/earlier').expect(200);
    expect(earlier.text).to.include('640 千克').and.to.not.include('李家果园');
  });
});
