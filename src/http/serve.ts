import compression from 'compression';
import type { Express, Request, Response } from 'express';
import type { App } from '../app.js';
import type { Route } from '../route.js';
import { Problem } from '../errors.js';
import { dispatcher, type Incoming } from './dispatch.js';
import { securityHeaders } from './security.js';

/** Puts the table behind Express: one handler a line, 405 for other methods of a known path, 404 for the rest. */
export function serveRoutes(server: Express, app: App, routes: readonly Route[]): void {
  const headers = securityHeaders(app.config);
  server.use((_req: Request, res: Response, next: () => void) => {
    for (const [name, value] of headers) res.setHeader(name, value);
    next();
  });
  server.use(compression({ threshold: 1400 }));

  const byPath = new Map<string, Route[]>();
  for (const route of routes) byPath.set(route.path, [...(byPath.get(route.path) ?? []), route]);
  for (const [path, lines] of byPath) {
    const at = server.route(path);
    for (const route of lines) {
      const serve = dispatcher(app, route);
      at[verb(route)]((req: Request, res: Response) => serve(incoming(req, res)));
    }
    const allow = [...new Set(lines.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].join(', ');
    const other = dispatcher(app, {
      ...(lines[0] as Route),
      who: 'anyone',
      method: 'GET',
      query: undefined,
      body: undefined,
      handler: methodRefused(allow),
    } as Route);
    at.all((req: Request, res: Response) => other(incoming(req, res)));
  }
  const nothing = dispatcher(app, {
    method: 'GET',
    path: '*',
    page: true,
    who: 'anyone',
    what: { zh: '没有这一页', en: 'No such page' },
    answers: {},
    handler: notFound,
  });
  server.use((req: Request, res: Response) => nothing(incoming(req, res)));
  // Express itself throws for paths that cannot be decoded.
  server.use((_error: unknown, req: Request, res: Response, _next: unknown) => {
    const malformed = dispatcher(app, {
      method: 'GET',
      path: '*',
      page: true,
      who: 'anyone',
      what: { zh: '', en: '' },
      answers: {},
      handler: badPath,
    });
    return malformed(incoming(req, res));
  });
}

const verb = ({ method }: Route): 'get' | 'post' | 'put' | 'delete' => method.toLowerCase() as 'get';

const incoming = (req: Request, res: Response): Incoming => ({
  req,
  res,
  params: Object.fromEntries(
    Object.entries(req.params).map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : String(value)]),
  ),
  ip: req.ip ?? '',
});

const methodRefused = (allow: string) => (_app: App, call: { method: string }) => {
  if (call.method === 'OPTIONS') {
    const methods = `${allow}, OPTIONS`;
    return {
      status: 204,
      headers: {
        allow: methods,
        'access-control-allow-methods': methods,
        'access-control-allow-headers': '*',
        'access-control-max-age': '86400',
      },
    };
  }
  throw new Problem('method-not-allowed', { headers: { allow } });
};
const notFound = (): never => {
  throw new Problem('not-found');
};
const badPath = (): never => {
  throw new Problem('bad-request');
};
