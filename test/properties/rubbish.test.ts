import { expect } from 'chai';
import fc from 'fast-check';
import { partyOf } from '../../scripts/bench/chain.js';
import { openWorld, type World } from '../../scripts/fuzz/world.js';
import { openService, type Service } from '../support/service.js';

describe('rubbish at every line of the table', () => {
  let service: Service;
  let world: World;
  before(async () => {
    service = await openService();
    world = await openWorld(service.app, service.server);
  });
  after(async () => {
    await world.close();
    await service.close();
  });

  it('never makes the service fail, is refused in words, and leaves nothing behind when it is refused', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (gen) => {
        const { broken } = await world.throwOne({ int: (below) => gen(fc.nat, { max: below - 1 }) });
        expect(broken).to.equal(undefined);
      }),
      { numRuns: 600, endOnFailure: true },
    );
  });

  it('names what is no text in the keys of a subject', async () => {
    const admin = await service.as('admin');
    for (const path of ['/api/parties', '/api/places']) {
      const { status, body } = await admin.post(path).send({ id: [1], gln: {}, name: { zh: '甲' } });
      expect(status).to.equal(400);
      expect((body.errors as { pointer: string }[]).map((e) => e.pointer)).to.include.members(['/id', '/gln']);
    }
  });

  it('takes no time that no clock of ours can show', async () => {
    const producer = await service.as('producer', { party: partyOf(0) });
    for (const since of ['9999-12-31T23:59:60Z', '2026-12-31T23:59:60Z', '2026-02-30T00:00:00Z', '2026-01-01T24:00:01Z']) {
      const { status, body } = await producer.post('/api/mandates').send({ from: partyOf(0), to: partyOf(1), since });
      expect([status, (body.errors as { pointer: string }[] | undefined)?.map((e) => e.pointer)], since).to.deep.equal([
        400,
        ['/since'],
      ]);
    }
    const admin = await service.as('admin');
    expect((await admin.get('/admin/mandates')).status).to.equal(200);
  });

  it('shows a code that is no UTF-8 as it is', async () => {
    const producer = await service.as('producer', { party: partyOf(0) });
    for (const code of ['%00%ff', '%e4%b8', '%', '%zz'])
      expect((await producer.get(`/incoming?received=${encodeURIComponent(`urn:x:${code}`)}`)).status, code).to.equal(200);
  });

  it('has no file by the name of what every object has', async () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      for (const path of ['/docs/', '/assets/', '/api/activities/'])
        expect((await service.anyone.get(path + name)).status, path + name).to.equal(404);
  });

  it('answers what is no HTTP with a problem document', async () => {
    for (const [request, status] of [
      ['GET / HTTP/1.1\r\nhost: a\r\nbad header\r\n\r\n', 400],
      ['GE\u0001T / HTTP/1.1\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ] as const) {
      const answer = await world.send(Buffer.from(request));
      if (typeof answer !== 'object') throw new Error(`no answer to ${request.slice(0, 40)}`);
      expect([answer.status, answer.headers['content-type']]).to.deep.equal([status, 'application/problem+json']);
      expect(JSON.parse(answer.text)).to.include({ status });
    }
  });
});
