import { createServer, request as plain } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { openService, type Caller, type Service } from '../support/service.js';

describe('the table behind HTTP', () => {
  let service: Service;
  let admin: Caller;
  let farm: Caller;
  let farmUri: string;
  const party = { type: 'organisation', name: { zh: '果园' }, division: '510131' };

  before(async () => {
    service = await openService();
    admin = await service.as('admin');
    farmUri = (await admin.post('/api/parties').send(party).expect(201)).body.id as string;
    farm = await service.as('producer', { party: farmUri });
  });
  after(() => service.close());

  it('says who may: nobody 401, the wrong role 404', async () => {
    await service.anyone.post('/api/parties').send(party).expect(401);
    await admin.post('/api/products').send({}).expect(404);
    const bad = await service.anyone.get('/api/parties').set('authorization', 'Bearer nonsense').expect(401);
    expect(bad.body.type).to.match(/bad-key$/);
  });

  it('names every fault by JSON Pointer, in the language of the reader', async () => {
    const told = await admin
      .post('/api/parties')
      .set('accept-language', 'en')
      .send({ type: 'nobody', name: {}, division: '51' })
      .expect(400);
    expect(told.headers['content-type']).to.match(/^application\/problem\+json/);
    expect(told.body.errors.map((e: { pointer: string }) => e.pointer).sort()).to.deep.equal(['/division', '/name/zh', '/type']);
    expect(told.body.title).to.equal('Some values are wrong');
    expect((await admin.post('/api/parties').send({}).expect(400)).body.title).to.equal('有些值填得不对');
  });

  it('refuses what cannot be stored the same everywhere', async () => {
    const post = (body: string | Buffer, type = 'application/json') =>
      admin
        .post('/api/parties')
        .set('content-type', type)
        .send(body as string);
    expect((await post('{')).status).to.equal(400);
    expect((await post('{"type":"organisation","name":{"zh":"a\\u0000b"},"division":"510131"}')).body.errors[0].pointer).to.equal(
      '/name/zh',
    );
    expect((await post('{"type":"organisation","name":{"zh":"\\ud800"},"division":"510131"}')).status).to.equal(400);
    expect(
      (await post('{"__proto__":{"admin":true},"type":"organisation","name":{"zh":"x"},"division":"510131"}')).status,
    ).to.equal(400);
    expect((await post(`${'['.repeat(100)}${']'.repeat(100)}`)).status).to.equal(400);
    expect((await post('type=x', 'text/plain')).status).to.equal(415);
    expect((await post(`{"type":"${'x'.repeat(2_000_000)}"}`)).status).to.equal(413);
    expect(({} as { admin?: boolean }).admin).to.equal(undefined);
  });

  it('refuses bad UTF-8 and a body that is longer than it says', async () => {
    const server = createServer(service.server).listen(0);
    const { port } = server.address() as AddressInfo;
    const send = (body: Buffer): Promise<number> =>
      new Promise((resolve, reject) => {
        const req = plain(
          { port, method: 'POST', path: '/signin', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
          (res) => {
            res.resume();
            resolve(res.statusCode ?? 0);
          },
        );
        req.on('error', reject);
        req.end(body);
      });
    expect(await send(Buffer.from([0x6e, 0x3d, 0xff, 0xfe]))).to.equal(400);
    expect(await send(Buffer.alloc(100_000, 0x61))).to.equal(413);
    server.close();
  });

  it('answers a retry under the same Idempotency-Key with the first answer, and another body not at all', async () => {
    const size = service.app.ledger.size;
    const place = { name: { zh: '一号园' }, kind: 'plot', division: '510131' };
    const first = await farm.post('/api/places').set('idempotency-key', 'k1').send(place).expect(201);
    const again = await farm.post('/api/places').set('idempotency-key', 'k1').send(place).expect(201);
    expect(again.body).to.deep.equal(first.body);
    expect(again.headers['idempotency-replayed']).to.equal('true');
    await farm
      .post('/api/places')
      .set('idempotency-key', 'k1')
      .send({ ...place, division: '510100' })
      .expect(422);
    expect(service.app.ledger.size).to.equal(size + 1);
    const [a, b] = await Promise.all([1, 2].map(() => farm.post('/api/places').set('idempotency-key', 'k2').send(place)));
    expect([a?.status, b?.status].sort()).to.satisfy((s: number[]) => s[0] === 201 && (s[1] === 201 || s[1] === 409));
    expect(service.app.ledger.size).to.equal(size + 2);
  });

  it('takes a key again after the first try failed', async () => {
    await farm.post('/api/places').set('idempotency-key', 'k3').send({ kind: 'plot' }).expect(400);
    await farm
      .post('/api/places')
      .set('idempotency-key', 'k3')
      .send({ name: { zh: '二号园' }, kind: 'plot', division: '510131' })
      .expect(201);
  });

  it('says which methods an address takes, and lets any page read what anyone may read', async () => {
    expect((await service.anyone.delete('/api/parties').expect(405)).headers.allow).to.equal('GET, HEAD, POST');
    const options = await service.anyone.options('/api/activities').expect(204);
    expect(options.headers['access-control-allow-origin']).to.equal('*');
    expect((await service.anyone.get('/api/activities')).headers['access-control-allow-origin']).to.equal('*');
    expect((await farm.get('/field')).headers['access-control-allow-origin']).to.equal(undefined);
  });

  it('refuses a write from another site', async () => {
    await service.anyone
      .post('/signin')
      .set('origin', 'https://evil.example')
      .type('form')
      .send({ name: 'x', password: 'y' })
      .expect(403);
  });

  it('gives the names of a party that held then', async () => {
    service.now += 1000;
    const before = new Date(service.now).toISOString();
    service.now += 60_000;
    await admin
      .post('/api/parties')
      .send({ ...party, id: farmUri, name: { zh: '果园（改名）' } })
      .expect(201);
    const now = await service.anyone.get('/api/parties').query({ id: farmUri }).expect(200);
    const then = await service.anyone.get('/api/parties').query({ id: farmUri, at: before }).expect(200);
    expect([now.body.name.zh, then.body.name.zh]).to.deep.equal(['果园（改名）', '果园']);
    const all = await service.anyone.get('/api/parties').query({ id: farmUri, view: 'history' }).expect(200);
    expect(all.body.items).to.have.length(2);
    await service.anyone.get('/api/parties').query({ id: farmUri, at: '2000-01-01T00:00:00Z' }).expect(404);
  });

  it('keeps to itself what a natural person is called', async () => {
    const body = { type: 'household', name: { zh: '王家' }, phone: '028-5550-0001', division: '510131', town: '西来镇' };
    const id = (await admin.post('/api/parties').send(body).expect(201)).body.id as string;
    expect(id).to.match(/^urn:suyuan:party:/);
    const seen = (await service.anyone.get('/api/parties').query({ id }).expect(200)).body as object;
    expect(JSON.stringify(seen)).to.not.match(/王家|5550/);
    expect(seen).to.deep.include({ division: '510131', withheld: 2 });
    const inspector = await service.as('inspector', { division: '510100' });
    expect((await inspector.get('/api/parties').query({ id }).expect(200)).body.name).to.deep.equal({ zh: '王家' });
    const elsewhere = await service.as('inspector', { division: '511500' });
    expect((await elsewhere.get('/api/parties').query({ id }).expect(200)).body.name).to.equal(undefined);
    const row = (await service.app.store.range('records', { prefix: [], reverse: true, limit: 1 }))[0];
    expect(row?.body).to.not.match(/王家|5550/);
  });

  it('lets a producer speak of its own party only', async () => {
    await farm
      .post('/api/parties')
      .send({ ...party, name: { zh: '另一家' } })
      .expect(404);
    await farm
      .post('/api/parties')
      .send({ ...party, id: farmUri, name: { zh: '果园（自己改名）' } })
      .expect(201);
    const operator = await service.as('operator', { party: farmUri });
    await operator
      .post('/api/parties')
      .send({ type: 'household', name: { zh: '李家' }, division: '510131' })
      .expect(201);
  });

  it('lets another party change nothing', async () => {
    const other = await service.as('producer', {
      party: (await admin.post('/api/parties').send({ ...party, name: { zh: '别家' } })).body.id as string,
    });
    const place = (await farm.post('/api/places').send({ name: { zh: '三号园' }, kind: 'plot', division: '510131' })).body
      .id as string;
    expect(
      (await other.post('/api/places').send({ id: place, name: { zh: '抢来的' }, kind: 'plot', division: '510131' })).status,
    ).to.be.oneOf([404, 409]);
    await farm
      .post('/api/places')
      .send({ name: { zh: '别人的地' }, kind: 'plot', division: '510131', party: 'urn:suyuan:party:x' })
      .expect(400);
  });
});
