import { expect } from 'chai';
import { openMetrics } from '../../src/http/metrics.js';
import { StoreUnavailable, type Store } from '../../src/store/port.js';
import { openService, type Service } from '../support/service.js';

describe('health', () => {
  let service: Service;
  let broken = false;
  const wrap = (store: Store): Store =>
    new Proxy(store, {
      get(target, name) {
        const member = Reflect.get(target, name) as (...args: unknown[]) => unknown;
        if (name === 'put' && broken) return () => Promise.reject(new StoreUnavailable('the disk is full'));
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  before(async () => (service = await openService({ wrap })));
  after(() => service.close());

  it('is alive and ready', async () => {
    await service.anyone.get('/healthz').expect(200, { status: 'ok' });
    const answer = await service.anyone.get('/readyz').expect(200, { status: 'ready', reasons: [] });
    expect(answer.headers['cache-control']).to.equal('no-store');
  });

  it('is alive but not ready while the store cannot be written, and ready again after it', async () => {
    broken = true;
    const answer = await service.anyone.get('/readyz').expect(503);
    expect(answer.body).to.deep.equal({ status: 'not ready', reasons: ['the store cannot be written'] });
    expect(answer.headers['retry-after']).to.equal('1');
    await service.anyone.get('/healthz').expect(200);
    broken = false;
    await service.anyone.get('/readyz').expect(200);
  });

  it('has no metrics where nobody keeps them', async () => {
    await service.anyone.get('/metrics').expect(404);
  });
});

describe('metrics', () => {
  it('count requests by route and status, appends, records and the queue', async () => {
    const metrics = openMetrics();
    metrics.watch({ size: 12, waiting: 3 });
    metrics.answered('GET', '/01/:gtin/10/:lot', 200, 4);
    metrics.answered('GET', '/01/:gtin/10/:lot', 404, 1);
    metrics.appended(5, 8);
    metrics.appended(7, 2);
    const text = await metrics.text();
    expect(text).to.contain('suyuan_http_request_seconds_count{method="GET",route="/01/:gtin/10/:lot",status="200"} 1');
    expect(text).to.contain(
      'suyuan_http_request_seconds_bucket{le="0.005",method="GET",route="/01/:gtin/10/:lot",status="200"} 1',
    );
    expect(text).to.contain('suyuan_append_seconds_count 2');
    expect(text).to.contain('suyuan_appended_records_total 12');
    expect(text).to.contain('suyuan_records 12').and.to.contain('suyuan_queue_records 3');
    expect(text).to.contain('process_resident_memory_bytes').and.to.contain('nodejs_eventloop_lag_seconds');
  });
});
