import type { IncomingMessage, ServerResponse } from 'node:http';
import { uuidv7 } from '../id.js';
import { authenticate } from '../accounts/authenticate.js';
import type { Account } from '../accounts/account.js';
import { sameOrigin } from '../accounts/cookie.js';
import { inScope } from '../accounts/scope.js';
import type { App } from '../app.js';
import { Problem } from '../errors.js';
import { Busy } from '../ledger/ledger.js';
import { errorShape, logRequest } from '../log.js';
import { errorPage } from '../pages/error.js';
import type { Route } from '../route.js';
import { catalogue } from '../errors.js';
import type { Fault } from '../domain/text.js';
import { StoreUnavailable } from '../store/port.js';
import { preferred } from './accept.js';
import { decodeUtf8, parseForm, parseJson, readBytes } from './body.js';
import type { Answer, Call } from './call.js';
import { once } from './idempotency.js';
import { langOf, langSwitch } from './lang.js';
import { limitRate } from './limit.js';
import { problemAnswer } from './problem.js';
import { send } from './send.js';

export interface Incoming {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly params: Readonly<Record<string, string>>;
  readonly ip: string;
}

/** Serves one route: who is calling, may they, is the body right; then the handler; then its answer, or the problem it threw. */
export function dispatcher(app: App, route: Route): (incoming: Incoming) => Promise<void> {
  const checkQuery = route.query ? app.schemas.check(route.query) : undefined;
  const checkBody = route.body?.schema ? app.schemas.check(refOf(route.body.schema)) : undefined;

  const answer = async ({ req, params, ip }: Incoming, id: string): Promise<Answer> => {
    const method = req.method ?? 'GET';
    const address = req.url ?? '/';
    if (address.length > 4096) throw new Problem('path-too-long');
    const cut = address.indexOf('?');
    if (route.page && route.method === 'GET' && cut >= 0) {
      const switched = langSwitch(address);
      if (switched) return switched;
    }
    const account = await caller(app, route, req, params);
    limitRate(app, account, ip);
    const query = readQuery(cut < 0 ? '' : address.slice(cut + 1), checkQuery);
    const bytes = route.body ? await readBytes(req, limitOf(app, route.body.limit)) : undefined;
    const body = route.body && bytes ? readBody(route.body, req, bytes) : undefined;
    const faults = checkBody?.(body) ?? [];
    if (faults.length > 0) throw new Problem('bad-values', { faults });
    const call: Call = {
      method,
      path: cut < 0 ? address : address.slice(0, cut),
      search: cut < 0 ? '' : address.slice(cut + 1),
      params,
      query,
      headers: req.headers,
      body,
      ...(account && { account }),
      lang: langOf(req.headers),
      id,
      ip,
      accepts: (...types) => preferred(req.headers.accept, types),
    };
    return once(app, route, call, bytes, () => route.handler(app, call));
  };

  return async (incoming) => {
    const { req, res } = incoming;
    const start = performance.now();
    const id = uuidv7();
    res.setHeader('x-request-id', id);
    // What anyone may read, any page may read (Fetch standard; asked for by GS1-Conformant resolvers): never with credentials.
    if (route.who === 'anyone' && route.method === 'GET') {
      res.setHeader('access-control-allow-origin', '*');
      res.setHeader('access-control-expose-headers', 'Link, Location, X-Request-Id');
    }
    let told: Answer;
    try {
      told = await answer(incoming, id);
    } catch (error) {
      told = refusal(app, route, incoming, id, problemOf(error, app, id));
    }
    if (route.headers) told = { ...told, headers: { ...route.headers(app), ...told.headers } };
    send(res, told, req.method === 'HEAD');
    const ms = performance.now() - start;
    logRequest(app.log, { id, method: req.method ?? '', route: route.path, status: told.status, ms });
    app.observe?.(route, told.status, ms);
  };
}

const limitOf = ({ config }: App, limit: number | 'captureBodyLimit' = config.bodyLimit): number =>
  typeof limit === 'number' ? limit : config[limit];

const refOf = (schema: object): string | object =>
  '$ref' in schema && Object.keys(schema).length === 1 ? String(schema.$ref) : schema;

/** Who may: nobody gets 401, the wrong role 404 (what one may not see does not exist). */
async function caller(app: App, route: Route, req: IncomingMessage, params: Incoming['params']): Promise<Account | undefined> {
  const found = await authenticate(app.store, req.headers, app.clock());
  if (found === 'bad-key') throw new Problem('bad-key', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
  const account = found === 'nobody' ? undefined : found.account;
  if (route.method !== 'GET' && account?.via !== 'key' && !sameOrigin(req.headers, app.config.publicUrl))
    throw new Problem('wrong-origin');
  if (route.who === 'anyone') return account;
  if (!account) throw new Problem('sign-in-needed', { headers: { 'www-authenticate': 'Bearer' } });
  if (!route.who.includes(account.role)) throw new Problem('not-found');
  if (!inScope(account, route.method, req.url ?? Object.values(params).join('/'))) throw new Problem('not-allowed');
  return account;
}

function readQuery(text: string, check: ((value: unknown) => Fault[]) | undefined): Record<string, string> {
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  const faults: Fault[] = [];
  for (const [name, value] of new URLSearchParams(text)) {
    if (check && name in query) faults.push({ pointer: `/${name}`, message: { zh: '写了两次', en: 'is given twice' } });
    query[name] = value;
  }
  faults.push(...(check?.({ ...query }) ?? []));
  if (faults.length > 0) throw new Problem('bad-values', { faults });
  return query;
}

function readBody(shape: NonNullable<Route['body']>, req: IncomingMessage, bytes: Uint8Array): unknown {
  const [type = ''] = (req.headers['content-type'] ?? '').toLowerCase().split(';');
  const given = type.trim();
  if (!shape.types.includes(given)) {
    throw new Problem('wrong-type', {
      detail: { zh: `接受 ${shape.types.join('、')}`, en: `taken are ${shape.types.join(', ')}` },
    });
  }
  if (given === 'application/x-www-form-urlencoded') return parseForm(decodeUtf8(bytes));
  if (/[/+]json$/.test(given)) return parseJson(decodeUtf8(bytes));
  return bytes;
}

function problemOf(error: unknown, app: App, id: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Busy || error instanceof StoreUnavailable) return new Problem('busy', { headers: { 'retry-after': '1' } });
  app.log.error({ id, error: errorShape(error) }, 'fault');
  return new Problem('fault');
}

/** A problem as a page for people, as a document for machines. Nobody on a page is sent to the sign-in form. */
function refusal(app: App, route: Route, { req }: Incoming, id: string, problem: Problem): Answer {
  const lang = langOf(req.headers);
  const wantsPage =
    route.page && preferred(req.headers.accept, ['text/html', 'application/problem+json', 'application/json']) === 'text/html';
  if (!wantsPage) return problemAnswer(problem, lang, id, route.problemType?.(problem.code));
  const address = req.url ?? '/';
  if (problem.code === 'sign-in-needed')
    return { status: 303, headers: { location: `/signin?next=${encodeURIComponent(address)}` } };
  const { detail, faults, headers } = problem.details;
  return {
    status: problem.status,
    type: 'text/html; charset=utf-8',
    ...(headers && { headers }),
    body: errorPage({
      lang,
      status: problem.status,
      address,
      host: new URL(app.config.publicUrl).host,
      title: catalogue[problem.code][lang],
      ...(detail && { detail: detail[lang] }),
      ...(faults && { faults }),
      id,
    }),
  };
}
