import { expect } from 'chai';
import express from 'express';
import supertest from 'supertest';
import { direct } from '../../src/http/direct.js';
import { serveRoutes } from '../../src/http/serve.js';
import type { Route } from '../../src/route.js';
import { openService, type Caller, type Service } from '../support/service.js';

const line = (method: Route['method'], path: string): Route => ({
  method,
  path,
  what: { zh: '试', en: 'Try' },
  who: 'anyone',
  direct: true,
  body: { types: ['application/json'], schema: { type: 'object' } },
  answers: { 200: { type: 'object' } },
  handler: (_app, { params, query, path: asked, ip, body }) => ({
    status: 200,
    body: { params, query, asked, ip, body: body as object },
  }),
});

describe('the lines ahead of Express', () => {
  let service: Service;
  const routes = [line('POST', '/some/things/:name'), line('POST', '/some/where')];
  const both = (trustProxy: number | string): [Caller, Caller] => {
    const app = { ...service.app, config: { ...service.app.config, trustProxy } };
    const server = express().disable('x-powered-by').disable('etag').set('trust proxy', trustProxy);
    serveRoutes(server, app, routes);
    return [supertest.agent(direct(app, routes, server)) as unknown as Caller, supertest.agent(server) as unknown as Caller];
  };
  before(async () => {
    service = await openService();
  });
  after(() => service.close());

  const told = async (caller: Caller, path: string, forwarded = '') => {
    const { status, headers, body } = await caller.post(path).set('x-forwarded-for', forwarded).send({ a: 1 });
    const { date: _d, 'x-request-id': id, vary: _v, ...rest } = headers as Record<string, string>;
    expect(id).to.match(/^[0-9a-f-]{36}$/);
    return { status, rest, body: { ...(body as object), instance: undefined } };
  };

  it('answer as Express does, under the same headers', async () => {
    const [ahead, behind] = both(0);
    for (const path of [
      '/some/where',
      '/some/where?x=1',
      '/some/things/a',
      '/some/things/a.b-c_~',
      '/some/things/%E4%B8%80',
      '/some/things/',
      '/some/things/a/b',
      '/some/Where',
      '/some/where/',
      '/nowhere',
    ])
      expect(await told(ahead, path), path).to.deep.equal(await told(behind, path));
  });

  it('refuse as Express does', async () => {
    const [ahead, behind] = both(0);
    for (const caller of [ahead, behind]) {
      expect((await caller.get('/some/where')).status).to.equal(405);
      expect((await caller.post('/some/where').type('text/plain').send('x')).status).to.equal(415);
      expect((await caller.post('/some/where').type('json').send('{')).body).to.include({ status: 400 });
    }
  });

  for (const trust of [0, 1, 2, 'loopback', '127.0.0.1, 10.0.0.0/8'])
    it(`know who asks when ${trust} is trusted`, async () => {
      const [ahead, behind] = both(trust);
      for (const forwarded of ['', '1.2.3.4', '5.6.7.8, 1.2.3.4', '5.6.7.8,10.0.0.1', ' , '])
        expect((await told(ahead, '/some/where', forwarded)).body, forwarded).to.deep.equal(
          (await told(behind, '/some/where', forwarded)).body,
        );
    });
});
