import { expect } from 'chai';
import { resumeJobs } from '../../src/http/capture.js';
import { acceptJob, type CaptureJob } from '../../src/jobs/captureJob.js';
import { StoreUnavailable } from '../../src/store/port.js';
import { right } from '../domain/epcis/wrong.js';
import { noon, openService, type Service, type ServiceOptions } from '../support/service.js';

const party = 'https://id.gs1.org/417/4012345000009';
type Json = { [name: string]: unknown };

const event = (serial: number, more: Json = {}): Json => ({
  ...right.object,
  action: 'OBSERVE',
  bizStep: 'inspecting',
  epcList: [`https://id.gs1.org/01/04012345111118/21/${serial}`],
  quantityList: [],
  ...more,
});
const documentOf = (eventList: unknown[]): Json => ({
  '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-11-23T00:00:00Z',
  epcisBody: { eventList },
});
const many = (n: number): Json[] => Array.from({ length: n }, (_, i) => event(i));

/** Asks for a job until it is no longer running. */
async function finished(service: Service, location: string): Promise<Json & { events: Json[] }> {
  const caller = await service.as('producer', { party });
  for (let tried = 0; tried < 400; tried++) {
    const { body } = (await caller.get(location)) as { body: Json & { events: Json[] } };
    if (body.running === false) return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('the job never ended');
}

describe('capture jobs that are larger than one answer', () => {
  const jobId = '00000000-0000-7000-8000-000000000001';
  const job = (behaviour: CaptureJob['behaviour'], events: number): CaptureJob => ({
    id: jobId,
    party,
    created: noon,
    behaviour,
    events,
    vocabulary: 0,
    success: true,
    outcomes: [],
  });
  const accepted = (service: Service, behaviour: CaptureJob['behaviour'], document: Json, events: number): Promise<void> =>
    acceptJob(service.app.store, job(behaviour, events), { job: jobId, author: { by: party, role: 'producer' }, document });

  /** Stops a service after `work` and starts another one on the same folder. */
  async function restarted(work: (service: Service) => Promise<void>, options: ServiceOptions = {}): Promise<Service> {
    const first = await openService(options);
    await work(first);
    await first.app.ledger.close();
    await first.app.store.close();
    return openService({ folder: first.folder });
  }

  it('are answered first and done behind the answer', async () => {
    const service = await openService();
    const caller = await service.as('producer', { party });
    const answer = await caller.post('/epcis/capture').send(documentOf(many(600)));
    expect(answer.status).to.equal(202);
    const done = await finished(service, answer.headers.location as string);
    expect(done).to.include({ success: true });
    expect(done.events.map(({ entry }) => entry)).to.deep.equal(Array.from({ length: 600 }, (_, i) => i));
    await service.close();
  });

  it('stand or fall together with rollback, however many they are', async () => {
    const service = await openService();
    const caller = await service.as('producer', { party });
    const events = [...many(599), event(600, { bizStep: 'shiping' })];
    const answer = await caller.post('/epcis/capture').send(documentOf(events));
    expect(await finished(service, answer.headers.location as string)).to.include({ success: false });
    expect(service.app.ledger.size).to.equal(0);
    await service.close();
  });

  it('are carried out after a restart when they were accepted before it', async () => {
    const service = await restarted((first) => accepted(first, 'rollback', documentOf(many(3)), 3));
    await resumeJobs(service.app);
    const done = await finished(service, `/epcis/capture/${jobId}`);
    expect(done.events.map(({ outcome }) => outcome)).to.deep.equal(['recorded', 'recorded', 'recorded']);
    await resumeJobs(service.app);
    expect(service.app.ledger.size).to.equal(3);
    await service.close();
  });

  it('go on where they were interrupted: what was recorded is recognised and not repeated', async () => {
    const service = await restarted(async (first) => {
      await accepted(first, 'proceed', documentOf(many(4)), 4);
      const caller = await first.as('producer', { party });
      expect((await caller.post('/epcis/capture').send(documentOf(many(2)))).status).to.equal(202);
    });
    await resumeJobs(service.app);
    const done = await finished(service, `/epcis/capture/${jobId}`);
    expect(done).to.include({ success: true });
    expect(done.events.map(({ outcome }) => outcome)).to.deep.equal(['duplicate', 'duplicate', 'recorded', 'recorded']);
    expect(service.app.ledger.size).to.equal(4);
    await service.close();
  });

  it('forget what was never accepted', async () => {
    const service = await restarted(async (first) => {
      await accepted(first, 'rollback', documentOf(many(3)), 3);
      await first.app.store.delete('jobs', [jobId]);
    });
    await resumeJobs(service.app);
    expect(service.app.ledger.size).to.equal(0);
    expect(await service.app.store.get('jobs', [`pending:${jobId}`])).to.equal(undefined);
    await service.close();
  });

  it('wait while the store is away, and are done when it is back', async function () {
    this.timeout(20_000);
    let away = false;
    const service = await openService({
      wrap: (store) =>
        new Proxy(store, {
          get(target, name) {
            const value = Reflect.get(target, name) as unknown;
            if (name === 'append')
              return (...args: Parameters<typeof store.append>) =>
                away ? Promise.reject(new StoreUnavailable('away')) : target.append(...args);
            return typeof value === 'function' ? (value.bind(target) as unknown) : value;
          },
        }),
    });
    const caller = await service.as('producer', { party });
    away = true;
    const answer = await caller.post('/epcis/capture').send(documentOf(many(501)));
    expect(answer.status).to.equal(202);
    expect((await caller.get(answer.headers.location as string)).body).to.include({ running: true });
    away = false;
    expect(await finished(service, answer.headers.location as string)).to.include({ success: true });
    expect(service.app.ledger.size).to.equal(501);
    await service.close();
  });
});
