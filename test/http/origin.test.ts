import { expect } from 'chai';
import { addAccount } from '../../src/accounts/accounts.js';
import { signIn } from '../../src/accounts/signin.js';
import { openService, type Service } from '../support/service.js';

const party = 'urn:suyuan:party:7d1c5a30-3b0c-4a7e-9b1f-0c3f4c1d2e5a';
const place = { name: { zh: '老井坝' }, kind: 'plot', division: '510131' };

describe('a write with a cookie', () => {
  let service: Service;
  let cookie: string;
  before(async () => {
    service = await openService();
    const { store, config } = service.app;
    await addAccount(store, { name: 'grower', role: 'producer', party, password: 'orchard and hill' }, service.now);
    const answer = await signIn(store, 'grower', 'orchard and hill', '10.0.0.1', service.now, config);
    cookie = 'cookie' in answer ? (answer.cookie.split(';')[0] ?? '') : '';
  });
  after(() => service.close());
  const post = (headers: Record<string, string>) =>
    service.anyone
      .post('/api/places')
      .set({ cookie, ...headers })
      .send(place);

  it('is carried out for a page of this service', async () => {
    await post({ origin: 'http://suyuan.test' }).expect(201);
    await post({ 'sec-fetch-site': 'same-origin' }).expect(201);
  });

  it('is not carried out for another site, whatever it says besides', async () => {
    const size = service.app.ledger.size;
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'http://suyuan.test' },
    ]) {
      const answer = await post(headers as Record<string, string>);
      expect(answer.status, JSON.stringify(headers)).to.equal(403);
      expect(answer.body.type).to.contain('wrong-origin');
    }
    expect(service.app.ledger.size).to.equal(size);
  });

  it('does not depend on where a key is sent from', async () => {
    const machine = await service.as('producer', { party });
    await machine.post('/api/places').set('origin', 'https://erp.example').send(place).expect(201);
  });

  it('does not let another site sign somebody in', async () => {
    const form = 'name=grower&password=orchard+and+hill';
    const answer = await service.anyone.post('/signin').set('origin', 'https://evil.example').type('form').send(form);
    expect(answer.status).to.equal(403);
    expect(answer.headers).to.not.have.property('set-cookie');
  });
});
