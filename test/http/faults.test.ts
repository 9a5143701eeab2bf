import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../src/domain/record.js';
import { audit } from '../support/audit/audit.js';
import { faulty, type FaultyStore, type Moment } from '../support/faulty.js';
import { farmOf, type Farm } from '../support/people.js';
import { noon, openService, type Caller, type Service } from '../support/service.js';

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const uuid = (n: number): string => `urn:uuid:00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A service whose store fails one write, and a client that asks again while it is told to. */
describe('an I/O error on any write', function () {
  this.timeout(60_000);
  let service: Service;
  let store: FaultyStore;
  let farm: Farm;
  let caller: Caller;
  /** Event ids and place ids that were acknowledged. */
  let acknowledged: string[] = [];
  let ids = 0;

  before(async () => {
    service = await openService({ now: noon - 86_400_000, wrap: (real) => (store = faulty(real)) });
    farm = await farmOf(service, '青石坝', '09520131000201');
    caller = await service.as('producer', { party: farm.uri });
    service.now = noon;
  });
  after(() => service.close());

  /** Sends the same again until it is taken. */
  const send = async (path: string, body: object, key?: string) => {
    for (let tried = 0; tried < 4; tried++) {
      const request = caller.post(path).set('content-type', 'application/json');
      const answer = await (key === undefined ? request : request.set('idempotency-key', key)).send(body);
      if (answer.status !== 503) return answer;
      expect(answer.headers['retry-after'], 'a client is told when to try again').to.match(/^\d+$/);
    }
    throw new Error(`${path} was not taken in four times`);
  };
  const newEvent = (): JsonObject => ({
    type: 'ObjectEvent',
    eventID: uuid(++ids),
    eventTime: new Date(noon - 3_600_000).toISOString(),
    eventTimeZoneOffset: '+08:00',
    action: 'ADD',
    bizStep: 'commissioning',
    quantityList: [{ epcClass: `${farm.product}/10/F${ids}`, quantity: 10, uom: 'KGM' }],
  });

  /** One of every kind of write. */
  const round = async (): Promise<void> => {
    const n = ++ids;
    const place = await send('/api/places', { name: { zh: `地块 ${n}` }, kind: 'plot', division: '510131' }, `place ${n}`);
    const watered = { crop: farm.crop, place: farm.place, water: '蒲江河', method: 'drip', operator: '周大山' };
    const activity = await send('/api/activities/irrigate', watered, `activity ${n}`);
    for (const { status, body } of [place, activity]) {
      expect(status, JSON.stringify(body)).to.be.oneOf([200, 201]);
      acknowledged.push(body.id as string);
    }
    const again = await send('/api/activities/irrigate', watered, `activity ${n}`);
    expect([again.headers['idempotency-replayed'], again.body]).to.deep.equal(['true', activity.body]);

    const event = newEvent();
    expect((await send('/epcis/events', { '@context': context, ...event })).status).to.equal(201);
    const eventList = [newEvent(), newEvent(), newEvent()];
    const document = { '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-11-23T00:00:00Z' };
    const job = await send('/epcis/capture', { ...document, epcisBody: { eventList } });
    expect(job.status).to.equal(202);
    expect((await caller.get(job.headers.location as string)).body).to.include({ running: false, success: true });
    acknowledged.push(...[event, ...eventList].map(({ eventID }) => eventID as string));
  };

  const faults: [Moment, boolean][] = [
    ['before', false],
    ['during', false],
    ['during', true],
    ['after', true],
  ];
  for (const [moment, persisted] of faults)
    it(`${moment} it, ${persisted ? 'persisted but error' : 'not persisted'}: tried again, each is there once`, async () => {
      acknowledged = [];
      const before = (await audit(service.app.store)).records.length;
      let struck = 0;
      for (const method of ['append', 'put'] as const)
        for (let skip = 0, hit = true; hit; skip++) {
          hit = false;
          void store.strike({ method, moment, persisted, skip }).then(() => (hit = true));
          await round();
          store.quiet();
          await store.settled();
          if (hit) struck++;
        }
      expect(struck, 'every kind of write was struck').to.be.at.least(4);
      const { faults: found, records } = await audit(service.app.store);
      expect(found).to.deep.equal([]);
      expect(
        records
          .slice(before)
          .map(({ record }) => record.id)
          .sort(),
      ).to.deep.equal([...acknowledged].sort());
      expect((await service.anyone.get('/readyz')).status).to.equal(200);
    });
});

describe('a full disk', () => {
  it('is answered 503 and takes nothing half; reading goes on; with room again everything does', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    let service = await openService({ folder, maxPages: 110 });
    try {
      const farm = await farmOf(service, '青石坝', '09520131000201');
      let caller = await service.as('producer', { party: farm.uri });
      const state = (n: number) =>
        caller
          .post('/api/places')
          .set('idempotency-key', `place ${n}`)
          .send({ name: { zh: `地块 ${n} ${'山'.repeat(100)}` }, kind: 'plot', division: '510131' });
      let n = 0;
      let full = await state(n);
      while (full.status === 201 && n < 5000) full = await state(++n);
      expect(full.status, `after ${n} places`).to.equal(503);
      expect(full.headers['retry-after']).to.match(/^\d+$/);
      const size = service.app.ledger.size;
      expect((await state(n)).status).to.equal(503);
      expect((await service.anyone.get('/log/checkpoint')).text).to.match(new RegExp(`\n${size}\n`));
      expect((await caller.get('/api/places')).status).to.equal(200);
      await service.close();
      service = await openService({ folder });
      caller = await service.as('producer', { party: farm.uri });
      expect(service.app.ledger.size).to.equal(size);
      expect((await state(n)).body).to.include({ entry: size });
      const { faults, records } = await audit(service.app.store);
      expect(faults).to.deep.equal([]);
      expect(records).to.have.length(size + 1);
    } finally {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    }
  }).timeout(60_000);
});

describe('a clock that goes back', function () {
  this.timeout(60_000);

  it('does not take record times with it, also over a restart, and says nothing wrong of events of the meantime', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    let service = await openService({ folder, now: noon });
    try {
      const farm = await farmOf(service, '青石坝', '09520131000201');
      await service.close();
      service = await openService({ folder, now: noon - 3_600_000 });
      const caller = await service.as('producer', { party: farm.uri });
      const body = { name: { zh: '新地块' }, kind: 'plot', division: '510131' };
      for (let n = 0; n < 3; n++, service.now -= 86_400_000)
        expect((await caller.post('/api/places').send(body)).status).to.equal(201);
      const { faults, records } = await audit(service.app.store);
      expect(faults).to.deep.equal([]);
      const times = records.map(({ time }) => time);
      expect(times).to.deep.equal(times.map(() => noon));
    } finally {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
