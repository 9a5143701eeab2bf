import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Role } from '../../src/accounts/account.js';
import { createKey } from '../../src/accounts/keys.js';
import type { App } from '../../src/app.js';
import type { JsonObject } from '../../src/domain/record.js';
import { refuseMalformed } from '../../src/http/malformed.js';
import { pendingJobs } from '../../src/jobs/captureJob.js';
import type { Route } from '../../src/route.js';
import { routes } from '../../src/routes.js';
import { box, fruit, lotsOf, partyOf, placeOf } from '../bench/chain.js';
import { fill, people } from '../bench/folder.js';
import { type Chance, often, pick } from './chance.js';
import { markup } from './nasty.js';
import { rubbish, type Ground } from './request.js';
import type { Names } from './sample.js';
import { type Answered, exchange } from './wire.js';

/** What does not hold: the request that showed it, and what came back. */
export interface Broken {
  readonly what: string;
  readonly request: string;
  readonly answer: string;
}

export interface World {
  /** Sends one generated request and says what of the promises it broke. */
  throwOne(chance: Chance): Promise<{ readonly status: number; readonly route: Route; readonly broken?: Broken }>;
  /** Sends bytes as they are. */
  send(bytes: Buffer): ReturnType<typeof exchange>;
  close(): Promise<void>;
}

/** A service that people have worked with, open to rubbish: some parties, places, products, lots, and a key of every role. */
export async function openWorld(app: App, handler: Parameters<typeof createServer>[1]): Promise<World> {
  await people(app);
  await fill(app, 120, 40, 'F', app.clock() - 3_600_000);
  const keys = await keysOf(app);
  const ground = groundOf(app);
  const server = createServer({ requestTimeout: 20_000 }, handler);
  refuseMalformed(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const before = Object.getOwnPropertyNames(Object.prototype).length;

  const throwOne: World['throwOne'] = async (chance) => {
    const route = pick(chance, routes);
    const fitting = route.who === 'anyone' ? [...keys.keys()] : route.who;
    const role = often(chance, 80) ? pick(chance, [...fitting]) : pick(chance, [...keys.keys(), undefined]);
    const { bytes, half, bodyless } = rubbish(chance, route, role && keys.get(role), ground);
    const size = app.ledger.size;
    const start = performance.now();
    const answer = await exchange(port, bytes, half);
    const taken = performance.now() - start;
    while ((await pendingJobs(app.store)).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const wrong =
      answer === 'silent'
        ? 'no answer for five seconds'
        : taken > 2000
          ? `an answer after ${Math.round(taken)} ms`
          : Object.getOwnPropertyNames(Object.prototype).length !== before
            ? 'Object.prototype was changed'
            : faultOf(answer, half, bodyless, app.ledger.size - size);
    const status = answer === 'silent' || answer === undefined ? 0 : answer.status;
    if (wrong === undefined) return { status, route };
    const shown = (text: string): string => (text.length > 1500 ? `${text.slice(0, 1500)}… (${text.length})` : text);
    return {
      status,
      route,
      broken: {
        what: wrong,
        request: shown(`${role ?? 'nobody'}: ${bytes.toString('latin1').replace(/Bearer \S+/, 'Bearer …')}`),
        answer: shown(typeof answer === 'object' ? JSON.stringify(answer.headers) + answer.text : String(answer)),
      },
    };
  };
  return { throwOne, send: (bytes) => exchange(port, bytes, false), close: () => closed(server) };
}

function faultOf(answer: Answered | undefined, half: boolean, bodyless: boolean, appended: number): string | undefined {
  // Of a request that never became whole nothing need be said.
  if (answer === undefined) return half ? undefined : 'closed without an answer';
  const { status, headers, text } = answer;
  if (status >= 500) return `status ${status}`;
  if (status >= 400 && appended > 0) return `refused with ${status}, and yet ${appended} records were appended`;
  const type = (headers['content-type'] ?? '').split(';')[0];
  if (type === 'text/html' && markup.some((each) => text.includes(each))) return 'what was typed stands in the page as markup';
  if (status < 400 || bodyless) return undefined;
  if (type === 'text/html') return text.includes('</html>') ? undefined : 'a page that is not whole';
  if (type !== 'application/problem+json') return `a refusal as ${type ?? 'nothing'}`;
  const problem = JSON.parse(text) as { status?: unknown; title?: unknown; type?: unknown };
  return problem.status === status && typeof problem.title === 'string' && typeof problem.type === 'string'
    ? undefined
    : 'a problem without status, title or type';
}

async function keysOf(app: App): Promise<Map<Role, string>> {
  const keys = new Map<Role, string>();
  const roles: readonly [Role, { party?: string; division?: string }][] = [
    ['producer', { party: partyOf(0) }],
    ['operator', { party: partyOf(1) }],
    ['laboratory', { party: partyOf(2) }],
    ['inspector', { division: '510000' }],
    ['admin', {}],
  ];
  for (const [role, more] of roles) {
    const made = await createKey(app.store, { role, ...more }, app.clock());
    if (!('secret' in made)) throw new Error(JSON.stringify(made.faults));
    keys.set(role, made.secret);
  }
  return keys;
}

function groundOf(app: App): Ground {
  const chains = Array.from({ length: 10 }, (_, n) => lotsOf(`F${n}`));
  const names: Names = {
    lots: chains.flatMap(({ crop, picked, boxed }) => [crop, picked, boxed]),
    units: ['https://id.gs1.org/00/095201310000000107', 'https://id.gs1.org/8004/9520131LOG7', `${box}/21/1`],
    places: Array.from({ length: 4 }, (_, n) => placeOf(n)),
    parties: Array.from({ length: 4 }, (_, n) => partyOf(n)),
    products: [fruit, box, 'https://id.gs1.org/01/09520131000300'],
    ids: ['urn:uuid:0190f0a0-0000-7000-8000-000000000001', '0', '1', '12', '99999999999999999999'],
    activities: [...app.activities.keys()],
  };
  const { files } = app.schemas;
  const resolve: Ground['resolve'] = (ref, from) => {
    const [file = '', pointer = ''] = ref.split('#');
    let at: unknown = file === '' ? (holders.get(from) ?? from) : files.get(file);
    const root = at as JsonObject;
    for (const step of pointer.split('/').filter((s) => s !== '')) at = (at as JsonObject | undefined)?.[step];
    mark(at as JsonObject, root);
    return (at ?? {}) as JsonObject;
  };
  // A reference inside a file is to that file: each of its parts is told where it stands.
  const holders = new Map<unknown, JsonObject>();
  const mark = (part: unknown, root: JsonObject): void => {
    if (typeof part !== 'object' || part === null || holders.has(part)) return;
    holders.set(part, root);
    for (const member of Object.values(part)) mark(member, root);
  };
  for (const file of files.values()) mark(file, file);
  const records = [...files.keys()].filter((id) => id.startsWith('records/')).map((id) => files.get(id) as JsonObject);
  const events = [...files.keys()].filter((id) => /^epcis\/\w+-event/.test(id)).map((id) => files.get(id) as JsonObject);
  const activities = [...app.activities.values()];

  const bodySchema: Ground['bodySchema'] = (chance, route, path) => {
    if (route.path.includes('/epcis')) return often(chance, 40) ? pick(chance, events) : documentOf(pick(chance, events));
    const named = activities.find(({ name }) => path.endsWith(`/${name}`)) ?? pick(chance, activities);
    if (/activit/.test(route.path)) return named.fields as unknown as JsonObject;
    const kind = /(part|place|product|mandate|link)/.exec(route.path)?.[1];
    const file = files.get(`records/${kind === 'part' ? 'party' : kind}.json`);
    if (!file) return often(chance, 50) ? (named.fields as unknown as JsonObject) : pick(chance, records);
    const more = {
      id: { enum: [...names.parties, ...names.places, ...names.products] },
      gtin: { enum: ['09520131000300', '9520131000317', 'x'] },
      gln: { enum: ['9520131000003', '1'] },
    };
    const properties = {
      ...(file.properties as JsonObject),
      ...more,
      party: { 'x-field': 'party' },
      from: { 'x-field': 'party' },
      to: { 'x-field': 'party' },
      ...(kind === 'link' && { anchor: { 'x-field': 'product' }, from: { format: 'date-time' } }),
    };
    const whole = { ...file, properties };
    mark(properties, file);
    return whole;
  };
  return { names, resolve, bodySchema };
}

/** An EPCIS document around events of a type. */
const documentOf = (event: JsonObject): JsonObject => ({
  type: 'object',
  required: ['@context', 'type', 'schemaVersion', 'creationDate', 'epcisBody'],
  properties: {
    '@context': { enum: [['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld']] },
    type: { const: 'EPCISDocument' },
    schemaVersion: { const: '2.0' },
    creationDate: { type: 'string', format: 'date-time' },
    epcisBody: {
      type: 'object',
      required: ['eventList'],
      properties: { eventList: { type: 'array', minItems: 1, items: event } },
    },
  },
});

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
