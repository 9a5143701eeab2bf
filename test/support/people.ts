import supertest from 'supertest';
import type { Role } from '../../src/accounts/account.js';
import { addAccount } from '../../src/accounts/accounts.js';
import type { Caller, Service } from './service.js';

export const password = 'bamboo-and-ink-9';

/** A person with an account who signs in over HTTP: the caller carries the session's cookie. */
export async function signedIn(
  service: Service,
  name: string,
  role: Role,
  more: { party?: string; division?: string } = {},
): Promise<Caller> {
  const made = await addAccount(service.app.store, { name, role, password, ...more }, service.now);
  if ('faults' in made) throw new Error(JSON.stringify(made.faults));
  const caller = supertest.agent(service.server);
  await caller.post('/signin').type('form').send({ name, password }).expect(303);
  return caller as unknown as Caller;
}

export interface Farm {
  readonly uri: string;
  readonly place: string;
  readonly product: string;
  readonly crop: string;
}

/** A party with a plot, a product and a growing crop, stated through the public interface. */
export async function farmOf(service: Service, name: string, gtin: string, division = '510131'): Promise<Farm> {
  const admin = await service.as('admin');
  const made = async (caller: Caller, path: string, body: object): Promise<string> => {
    const answer = await caller.post(path).send(body);
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
    return answer.body.id as string;
  };
  const uri = await made(admin, '/api/parties', { type: 'organisation', name: { zh: name }, division });
  const key = await service.as('producer', { party: uri });
  const place = await made(key, '/api/places', { name: { zh: `${name}三号园` }, kind: 'plot', division });
  const product = await made(key, '/api/products', {
    gtin,
    name: { zh: '金艳猕猴桃', en: 'Jinyan kiwifruit' },
    sector: 'fruit',
    unit: 'KGM',
  });
  const crop = `${product}/10/2026`;
  const planted = await key.post('/api/activities/plant').send({ crop: [{ product, number: '2026' }], place, variety: '金艳' });
  if (planted.status !== 201) throw new Error(JSON.stringify(planted.body));
  return { uri, place, product, crop };
}
