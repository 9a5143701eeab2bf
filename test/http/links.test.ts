import { expect } from 'chai';
import { controlsOf } from '../support/form.js';
import { farmOf, signedIn, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

const recipe = { type: 'gs1:recipeInfo', href: 'https://farm.example.com/r', title: { zh: '菜谱', en: 'Recipes' } };
type Said = { id: string; withdrawn?: boolean; recorded: { entry: number } };

describe('links that producers register', () => {
  let service: Service;
  let farm: Farm;
  let other: Farm;
  let owner: Caller;
  let stranger: Caller;
  const pointers = (answer: { body: { errors?: { pointer: string }[] } }) => (answer.body.errors ?? []).map((e) => e.pointer);

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    other = await farmOf(service, '李家果园', '09520131000201');
    owner = await service.as('producer', { party: farm.uri });
    stranger = await service.as('producer', { party: other.uri });
  });
  after(() => service.close());

  describe('over /api/links', () => {
    it('are taken for a product, a lot, a place and a party of one’s own, in any form of the code', async () => {
      for (const anchor of [farm.product, farm.crop, '(01)09520131000102', 'http://suyuan.test/01/09520131000102/10/2026']) {
        const answer = await owner.post('/api/links').send({ anchor, ...recipe });
        expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
        expect(answer.body.id).to.match(/^urn:suyuan:link:[0-9a-f-]{36}$/);
      }
      const place = await owner
        .post('/api/places')
        .send({ gln: '9520131000119', name: { zh: '仓库' }, kind: 'warehouse', division: '510131' });
      expect(place.status, JSON.stringify(place.body)).to.equal(201);
      await owner
        .post('/api/links')
        .send({ anchor: place.body.id, ...recipe })
        .expect(201);
      await stranger
        .post('/api/links')
        .send({ anchor: place.body.id, ...recipe })
        .expect(404);
      const { body } = await service.anyone.get('/api/links').query({ anchor: farm.product }).expect(200);
      expect(body.items).to.have.length(2);
      expect(body.items[0]).to.deep.include({ anchor: farm.product, kind: 'link', ...recipe });
    });

    it('name every fault, and nothing is written', async () => {
      const size = service.app.ledger.size;
      const post = (more: object) => owner.post('/api/links').send({ anchor: farm.product, ...recipe, ...more });
      expect(pointers(await owner.post('/api/links').send({}).expect(400))).to.have.members([
        '/anchor',
        '/type',
        '/href',
        '/title',
      ]);
      expect(
        pointers(await post({ href: 'http://farm.example.com', type: 'linkset', media: 'x', until: '1999-01-01' }).expect(400)),
      ).to.have.members(['/media', '/until']);
      expect(
        pointers(await post({ href: 'http://farm.example.com', type: 'linkset', media: 'x/y z' }).expect(400)),
      ).to.have.members(['/href', '/type', '/media']);
      expect(pointers(await post({ href: 'https://suyuan.test/x' }).expect(400))).to.deep.equal(['/href']);
      expect(pointers(await post({ anchor: '09520131000103' }).expect(400))).to.deep.equal(['/anchor']);
      expect(pointers(await post({ anchor: 'urn:uuid:0b1d5f3c-1111-7000-8000-000000000000' }).expect(400))).to.deep.equal([
        '/anchor',
      ]);
      expect(pointers(await post({ extra: 1 }).expect(400))).to.deep.equal(['/extra']);
      expect(pointers(await post({ id: 5 }).expect(400))).to.deep.equal(['/id']);
      await post({ title: { zh: '' } }).expect(400);
      expect(service.app.ledger.size).to.equal(size);
    });

    it('are not registered for what is another’s or is not there, nor by who may not', async () => {
      const size = service.app.ledger.size;
      for (const anchor of [farm.product, farm.crop, `${farm.crop}/21/1`, `${other.product}/10/NOPE`, '01 09520131000300'])
        expect((await stranger.post('/api/links').send({ anchor, ...recipe })).status, anchor).to.be.oneOf([400, 404]);
      await stranger
        .post('/api/links')
        .send({ anchor: farm.product, ...recipe })
        .expect(404);
      await service.anyone
        .post('/api/links')
        .send({ anchor: farm.product, ...recipe })
        .expect(401);
      for (const role of ['inspector', 'admin'] as const) {
        const caller = await service.as(role, role === 'inspector' ? { division: '510000' } : {});
        await caller
          .post('/api/links')
          .send({ anchor: farm.product, ...recipe })
          .expect(404);
      }
      await stranger
        .post('/api/links')
        .query({ for: farm.uri })
        .send({ anchor: farm.product, ...recipe })
        .expect(404);
      expect(service.app.ledger.size).to.equal(size);
    });

    it('change and end by new records; all that was said stays to be read', async () => {
      const made = await owner
        .post('/api/links')
        .send({ anchor: farm.product, ...recipe, type: 'gs1:support' })
        .expect(201);
      const id = made.body.id as string;
      const stated = { id, anchor: farm.product, ...recipe, type: 'gs1:support', href: 'https://farm.example.com/2' };
      const before = service.now;
      service.now += 1000;
      await stranger.post('/api/links').send(stated).expect(404);
      await owner
        .post('/api/links')
        .send({ ...stated, id: 'urn:suyuan:link:nope' })
        .expect(404);
      await owner
        .post('/api/links')
        .send({ ...stated, id: farm.product })
        .expect(404);
      expect(
        pointers(
          await owner
            .post('/api/links')
            .send({ ...stated, anchor: farm.crop })
            .expect(400),
        ),
      ).to.deep.equal(['/anchor']);
      await owner.post('/api/links').send(stated).expect(201);
      await owner
        .post('/api/links')
        .send({ ...stated, withdrawn: true })
        .expect(201);

      const history = (await service.anyone.get('/api/links').query({ id, view: 'history' }).expect(200)).body.items as Said[];
      expect(history.map(({ withdrawn }) => withdrawn)).to.deep.equal([undefined, undefined, true]);
      const ofAnchor = async (query: object) =>
        (
          (
            await service.anyone
              .get('/api/links')
              .query({ anchor: farm.product, ...query })
              .expect(200)
          ).body.items as Said[]
        ).filter((one) => one.id === id);
      expect(await ofAnchor({ view: 'history' })).to.have.length(3);
      expect((await ofAnchor({}))[0]).to.include({ withdrawn: true });
      const then = await ofAnchor({ at: new Date(before).toISOString() });
      expect(then).to.have.length(1);
      expect(then[0]).to.include({ href: recipe.href });
      expect((await service.anyone.get('/api/links').query({ id }).expect(200)).body).to.include({ withdrawn: true });
    });

    it('stand in the history of what they lead on from, and the proof of it still agrees', async () => {
      const page = await service.anyone.get('/01/09520131000102/10/2026').set('accept', 'application/json').expect(200);
      expect(page.body.entry).to.include({ checked: true, count: 3 });
      await service.anyone.get('/api/items/01/09520131000102/10/2026').query({ view: 'proof' }).expect(200);
    });

    it('are registered once under one Idempotency-Key', async () => {
      const size = service.app.ledger.size;
      const body = { anchor: farm.product, ...recipe };
      const first = await owner.post('/api/links').set('idempotency-key', 'k-1').send(body).expect(201);
      const second = await owner.post('/api/links').set('idempotency-key', 'k-1').send(body).expect(201);
      expect(second.body.id).to.equal(first.body.id);
      expect(service.app.ledger.size).to.equal(size + 1);
    });
  });

  describe('on /field/links', () => {
    let zhou: Caller;
    before(async () => {
      zhou = await signedIn(service, 'zhou', 'producer', { party: farm.uri });
    });
    const filled = async () => ({
      ...controlsOf((await zhou.get('/field/links/new').expect(200)).text),
      '/anchor': farm.product,
      '/type': 'gs1:instructions',
      '/href': 'https://farm.example.com/how',
      '/title/zh': '怎么<b>吃',
    });

    it('offers the party’s own products and lots, and registers a link once', async () => {
      const form = await zhou.get('/field/links/new').query({ anchor: farm.crop }).expect(200);
      expect(form.text).to.include('金艳猕猴桃').and.include('2026').and.not.include(other.product);
      const posted = await filled();
      const size = service.app.ledger.size;
      await zhou.post('/field/links').type('form').send(posted).expect(303);
      await zhou.post('/field/links').type('form').send(posted).expect(303);
      expect(service.app.ledger.size).to.equal(size + 1);
      const list = await zhou.get('/field/links').expect(200);
      expect(list.text).to.include('怎么&lt;b>吃').and.include('使用说明').and.include('https://farm.example.com/how');
      const en = await zhou.get('/field/links').set('accept-language', 'en').expect(200);
      expect(en.text).to.include('Instructions').and.include('Withdraw');
      const seen = await service.anyone.get('/01/09520131000102').query({ linkType: 'gs1:instructions' }).expect(307);
      expect(seen.headers.location).to.match(/^https:\/\/farm\.example\.com\/how\?/);
    });

    it('keeps what was typed and says what is wrong beside it', async () => {
      const size = service.app.ledger.size;
      const wrong = await zhou
        .post('/field/links')
        .type('form')
        .send({ ...(await filled()), '/href': 'http://farm.example.com/<x>', '/type': '' })
        .expect(400);
      expect(wrong.text).to.include('href="#f-type"').and.include('http://farm.example.com/&lt;x>');
      const bad = await zhou
        .post('/field/links')
        .type('form')
        .send({ ...(await filled()), '/href': 'http://farm.example.com/' })
        .expect(400);
      expect(bad.text).to.include('href="#f-href"').and.include('怎么&lt;b>吃');
      expect(service.app.ledger.size).to.equal(size);
    });

    it('withdraws one’s own links and nobody else’s', async () => {
      const items = (await service.anyone.get('/api/links').query({ anchor: farm.product })).body.items as (Said & {
        type: string;
      })[];
      const id = items.find(({ type }) => type === 'gs1:instructions')?.id as string;
      const size = service.app.ledger.size;
      const li = await signedIn(service, 'li', 'producer', { party: other.uri });
      await li.post('/field/links').type('form').send({ withdraw: id }).expect(404);
      await li
        .post('/field/links')
        .type('form')
        .send({ ...(await filled()) })
        .expect(404);
      expect((await li.get('/field/links').expect(200)).text)
        .to.include('还没有登记链接')
        .and.not.include('farm.example.com');
      expect(service.app.ledger.size).to.equal(size);
      const gone = await zhou.post('/field/links').type('form').send({ withdraw: id }).expect(303);
      await zhou.post('/field/links').type('form').send({ withdraw: id }).expect(303);
      expect(service.app.ledger.size).to.equal(size + 1);
      expect((await zhou.get(gone.headers.location as string)).text)
        .to.include('撤下了')
        .and.include('撤下的和过期的');
      await service.anyone.get('/01/09520131000102').query({ linkType: 'gs1:instructions' }).expect(404);
    });

    it('is kept for an operator’s mandate, and closed to inspectors', async () => {
      const wang = await signedIn(service, 'wang', 'operator', { party: other.uri });
      await wang.get('/field/links').query({ for: farm.uri }).expect(404);
      await owner.post('/api/mandates').send({ from: farm.uri, to: other.uri, since: '2026-01-01T00:00:00+08:00' }).expect(201);
      service.now += 60_000;
      const form = await wang.get('/field/links/new').query({ for: farm.uri }).expect(200);
      const posted = { ...controlsOf(form.text), '/anchor': farm.product, '/type': 'gs1:pip', '/href': 'https://a.example.com/' };
      await wang
        .post('/field/links')
        .type('form')
        .send({ ...posted, '/title/zh': '代登' })
        .expect(303);
      expect((await wang.get('/field/links').query({ for: farm.uri }).expect(200)).text).to.include('代登');
      expect((await zhou.get('/field/links').expect(200)).text).to.include('代登');
      const inspector = await signedIn(service, 'liu', 'inspector', { division: '510100' });
      await inspector.get('/field/links').expect(404);
    });
  });
});
