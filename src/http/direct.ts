import type { RequestListener } from 'node:http';
import type { Express } from 'express';
import type { App } from '../app.js';
import { errorShape } from '../log.js';
import type { Route } from '../route.js';
import { dispatcher, type Incoming } from './dispatch.js';
import { securityHeaders } from './security.js';

/**
 * Answers the lines of the table that are marked `direct` ahead of Express: the same dispatcher under the same headers, without the
 * walk through its router and the compression that their short answers never get. Everything else, and every spelling of these
 * addresses but the plain one, goes on to Express.
 */
export function direct(app: App, routes: readonly Route[], express: Express): RequestListener {
  const headers = securityHeaders(app.config);
  const trust = express.get('trust proxy fn') as (address: string, hop: number) => boolean;
  const lines = routes.filter((route) => route.direct).map((route) => ({ ...placeOf(route), serve: dispatcher(app, route) }));

  return (req, res) => {
    const address = req.url ?? '/';
    const cut = address.indexOf('?');
    const path = cut < 0 ? address : address.slice(0, cut);
    const line = lines.find(({ method, start, name }) =>
      name === undefined
        ? path === start && req.method === method
        : req.method === method && path.startsWith(start) && plain.test(path.slice(start.length)),
    );
    if (line === undefined) return void express(req, res);
    for (const [name, value] of headers) res.setHeader(name, value);
    const params = line.name === undefined ? {} : { [line.name]: path.slice(line.start.length) };
    line.serve({ req, res, params, ip: addressOf(req, trust) }).catch((error: unknown) => {
      app.log.error({ error: errorShape(error) }, 'no answer could be written');
      res.destroy();
    });
  };
}

/** A last part of a path that says what it means: nothing in it is encoded. */
const plain = /^[\w.~-]+$/;

/** `/api/activities/:name`: what the path begins with, and the name of its last part where that is a parameter. */
function placeOf({ method, path }: Route): { method: string; start: string; name?: string } {
  const [, start = path, name] = /^([^:{*]*\/):(\w+)$/.exec(path) ?? [];
  return name === undefined ? { method, start: path } : { method, start, name };
}

/** Who asks, past the proxies that are trusted: what Express calls `req.ip`. */
function addressOf({ socket, headers }: Incoming['req'], trust: (address: string, hop: number) => boolean): string {
  let address = socket.remoteAddress ?? '';
  const forwarded = headers['x-forwarded-for'];
  if (forwarded === undefined) return address;
  const before = String(forwarded)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .reverse();
  for (const [hop, next] of before.entries()) {
    if (!trust(address, hop)) break;
    address = next;
  }
  return address;
}
