import { expect } from 'chai';
import { openService, type Service } from '../support/service.js';

describe('requests a minute', () => {
  let service: Service;
  before(async () => (service = await openService({ config: { rateLimit: 5, accountRateLimit: 3 } })));
  after(() => service.close());

  const statuses = async (caller: Service['anyone'], count: number) => {
    const all: number[] = [];
    for (let n = 0; n < count; n++) all.push((await caller.get('/healthz')).status);
    return all;
  };

  it('are limited for an address, for each account by itself, and free again after the minute', async () => {
    expect(await statuses(service.anyone, 6)).to.deep.equal([200, 200, 200, 200, 200, 429]);
    const refused = await service.anyone.get('/healthz').expect(429);
    expect(Number(refused.headers['retry-after'])).to.be.within(1, 60);
    expect(refused.headers['ratelimit-policy']).to.equal('"minute";q=5;w=60');
    expect(refused.body).to.include({ status: 429 });

    const admin = await service.as('admin');
    expect(await statuses(admin, 4)).to.deep.equal([200, 200, 200, 429]);
    expect(await statuses(await service.as('admin'), 1)).to.deep.equal([200]);

    service.now += 60_000;
    expect(await statuses(service.anyone, 1)).to.deep.equal([200]);
    expect(await statuses(admin, 1)).to.deep.equal([200]);
  });
});
