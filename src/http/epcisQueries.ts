import type { App } from '../app.js';
import { parseBody } from '../domain/epcis/query/parse.js';
import type { Query } from '../domain/epcis/query.js';
import type { JsonObject } from '../domain/record.js';
import type { Text } from '../domain/text.js';
import { Problem } from '../errors.js';
import { forgetQuery, keepQuery, type NamedQuery, queriesOf, queryNamed } from '../jobs/namedQuery.js';
import { json, type Answer, type Call } from './call.js';
import { checkVersions } from './epcisHeaders.js';
import { eventsOf } from './epcisQuery.js';
import { askedOf, cursorIn, endToken, nextPage, perPageOf } from './pageToken.js';

/** Letters, digits, and what needs no encoding in an address. */
const nameForm = /^[\p{L}\p{N}._~-]{1,100}$/u;

/** Whose named queries a caller works with: of its party, or of all inspectors of its division. */
function ownerOf({ account }: Call): string {
  const { party, division } = account ?? {};
  const owner = party ?? (division === undefined ? undefined : `division:${division}`);
  if (owner === undefined) throw new Problem('not-found');
  return owner;
}

const told = ({ name, query }: NamedQuery): object => ({ name, query });

/** POST /epcis/queries: keeps a query under a name. It is read now, so that it cannot fail later. */
export async function createQuery(app: App, call: Call): Promise<Answer> {
  checkVersions(call);
  const { name, query } = call.body as { name: string; query: JsonObject };
  const owner = ownerOf(call);
  if (!nameForm.test(name) || name === '.' || name === '..')
    throw wrong('/name', {
      zh: '名称只能有字母、数字和 . _ ~ -，最多 100 个',
      en: 'has letters, digits and . _ ~ - only, 100 at most',
    });
  queryIn(query);
  const kept = await keepQuery(app.store, owner, { name, query, created: app.clock() });
  if (kept === 'full')
    throw wrong('/name', { zh: '命名查询太多，请先删除几个', en: 'is one too many: delete some of your queries first' });
  if (kept === 'taken') throw new Problem('name-taken');
  return json(201, { name, query }, { location: `/epcis/queries/${encodeURIComponent(name)}` });
}

const wrong = (pointer: string, message: Text): Problem => new Problem('bad-values', { faults: [{ pointer, message }] });

function queryIn(query: JsonObject): Query {
  const read = parseBody(query, '/query');
  if (Array.isArray(read)) throw new Problem('bad-values', { faults: read });
  return read as Query;
}

/** GET /epcis/queries: by name, by pages. */
export async function listQueries(app: App, call: Call): Promise<Answer> {
  checkVersions(call);
  const list = askedOf(call);
  const [owner, limit] = [ownerOf(call), perPageOf(call)];
  const after = await cursorIn<string>(app, call, list, call.query.nextPageToken);
  const found = await queriesOf(app.store, owner, limit + 1, after);
  const page = found.slice(0, limit);
  return json(200, page.map(told), await nextPage(app, call, list, found.length > limit ? page.at(-1)?.name : undefined));
}

async function named(app: App, call: Call): Promise<NamedQuery> {
  const found = await queryNamed(app.store, ownerOf(call), call.params.name ?? '');
  if (found === undefined) throw new Problem('not-found');
  return found;
}

export async function showQuery(app: App, call: Call): Promise<Answer> {
  checkVersions(call);
  return json(200, told(await named(app, call)));
}

export async function deleteQuery(app: App, call: Call): Promise<Answer> {
  if (!(await forgetQuery(app.store, ownerOf(call), call.params.name ?? ''))) throw new Problem('not-found');
  return { status: 204 };
}

/** GET /epcis/queries/{name}/events. A token is of the query as it is now: one made anew under the name has its own. */
export async function namedEvents(app: App, call: Call): Promise<Answer> {
  checkVersions(call);
  const { name, query } = await named(app, call);
  return eventsOf(app, call, queryIn(query), name, JSON.stringify(query));
}

/** DELETE /epcis/nextPageToken/{token}: a client that will not go on says so. */
export async function deleteToken(app: App, call: Call): Promise<Answer> {
  await endToken(app, call.params.token ?? '');
  return { status: 204 };
}
