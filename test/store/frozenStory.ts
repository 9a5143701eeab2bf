import supertest from 'supertest';
import { createKey } from '../../src/accounts/keys.js';
import { pathOf } from '../../src/domain/gs1/digitalLink.js';
import { farmOf, signedIn } from '../support/people.js';
import type { Service } from '../support/service.js';
import type { Expected } from './frozen.js';

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const minute = 60_000;

/** A few of every kind of thing that a ledger holds: what the frozen folders are made of. */
export async function tell(service: Service): Promise<Pick<Expected, 'lot' | 'account' | 'secret' | 'answered'>> {
  const farm = await farmOf(service, '青石坝', '09520131000201');
  const person = await signedIn(service, 'qingshiba', 'producer', { party: farm.uri });
  const made = await createKey(service.app.store, { role: 'producer', party: farm.uri }, service.now);
  if (!('secret' in made)) throw new Error(JSON.stringify(made));
  const { secret } = made;
  const caller = supertest.agent(service.server).set('authorization', `Bearer ${secret}`);
  const admin = await service.as('admin');
  const send = async (path: string, body: object, key?: string) => {
    service.now += minute;
    const request = caller.post(path).set('content-type', 'application/json');
    const answer = await (key === undefined ? request : request.set('idempotency-key', key)).send(body);
    if (answer.status < 200 || answer.status > 202) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  };
  const activity = (name: string, values: object, key?: string) =>
    send(`/api/activities/${name}`, { place: farm.place, ...values }, key);

  const watered = { place: farm.place, crop: farm.crop, water: '蒲江河', method: 'drip', operator: '周大山' };
  const irrigated = await activity('irrigate', watered, 'frozen-1');
  const lot = `${farm.product}/10/A1`;
  await activity('harvest', {
    crop: farm.crop,
    lots: [{ product: farm.product, number: 'A1', quantity: '100', unit: 'KGM' }],
    bestBefore: '2027-01-31',
    operator: '周小河',
  });
  await activity('pack', { parent: 'https://id.gs1.org/00/095201310000000010', lots: [{ lot, quantity: '60', unit: 'KGM' }] });
  await activity('sell', { lots: [{ lot, quantity: '12.5', unit: 'KGM' }], price: '29.9' });

  const event = (n: number, more: object) => ({
    type: 'ObjectEvent',
    eventID: `urn:uuid:00000000-0000-7000-8000-00000000000${n}`,
    eventTime: new Date(service.now - n * minute).toISOString(),
    eventTimeZoneOffset: '+08:00',
    ...more,
  });
  const wrong = event(1, { action: 'OBSERVE', bizStep: 'inspecting', epcList: ['urn:epc:id:sgtin:0614141.107346.2018'] });
  const declared = {
    ...wrong,
    errorDeclaration: { declarationTime: new Date(service.now).toISOString(), reason: 'incorrect_data' },
  };
  const sorted = event(2, {
    action: 'ADD',
    bizStep: 'commissioning',
    quantityList: [{ epcClass: `${farm.product}/10/B2`, quantity: 7, uom: 'KGM' }],
    'suyuan:note': '手工分拣',
  });
  const document = { type: 'EPCISDocument', schemaVersion: '2.0', creationDate: new Date(service.now).toISOString() };
  const eventList = [wrong, declared, sorted];
  await send('/epcis/capture', {
    '@context': [...context, { suyuan: 'https://suyuan.example/ns/' }],
    ...document,
    epcisBody: { eventList },
  });

  const household = await admin
    .post('/api/parties')
    .send({ type: 'household', name: { zh: '王秀英' }, phone: '13800001111', division: '510131' });
  if (household.status !== 201) throw new Error(JSON.stringify(household.body));
  // A week: no law wants to keep by whom a crop was watered.
  const erased = await person
    .post('/api/erasures')
    .set('sec-fetch-site', 'same-origin')
    .send({ record: irrigated.body.entry, fields: ['/operator'], reason: 'withdrawn', note: '周大山要求' });
  if (erased.status !== 201) throw new Error(JSON.stringify(erased.body));
  await service.anyone.post('/signin').type('form').send({ name: 'qingshiba', password: 'not-the-password' });

  const answered = { path: '/api/activities/irrigate', key: 'frozen-1', body: watered, answer: irrigated.body as object };
  return { lot: pathOf(lot), account: 'qingshiba', secret, answered };
}
