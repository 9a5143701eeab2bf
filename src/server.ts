import type { RequestListener } from 'node:http';
import express from 'express';
import type { App } from './app.js';
import { direct } from './http/direct.js';
import { serveRoutes } from './http/serve.js';
import { routes } from './routes.js';

/** The service, an Express application with its busiest lines ahead of it: what main.ts listens with and what tests call. */
export function createApp(app: App): RequestListener {
  const server = express();
  server.disable('x-powered-by');
  server.disable('etag');
  server.set('trust proxy', app.config.trustProxy);
  serveRoutes(server, app, routes);
  return direct(app, routes, server);
}
