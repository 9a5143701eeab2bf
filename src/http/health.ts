import type { App } from '../app.js';
import { Problem } from '../errors.js';
import type { Route } from '../route.js';
import { json, type Answer } from './call.js';

/** The process runs: that is all. */
const alive = (): Answer => json(200, { status: 'ok' }, { 'cache-control': 'no-store' });

/** Writes and reads back a row of no meaning, so that a full disk or a lost store is noticed before a user notices it. */
async function ready(app: App): Promise<Answer> {
  const reasons: string[] = [];
  try {
    const body = JSON.stringify({ at: app.clock() });
    await app.store.put('meta', { name: 'ready', version: 1, body });
    if ((await app.store.get('meta', ['ready'])) === undefined) reasons.push('the store does not give back what it took');
  } catch {
    reasons.push('the store cannot be written');
  }
  if (reasons.length === 0 && (await app.store.size()) !== app.ledger.size) reasons.push('the ledger and the store disagree');
  if (app.ledger.waiting >= app.config.queueLimit) reasons.push('the queue is full');
  const status = reasons.length === 0 ? 200 : 503;
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (status === 503) headers['retry-after'] = '1';
  return json(status, { status: status === 200 ? 'ready' : 'not ready', reasons }, headers);
}

const state = {
  type: 'object',
  required: ['status'],
  properties: { status: { type: 'string' }, reasons: { type: 'array', items: { type: 'string' } } },
};

export const healthRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/healthz',
    what: { zh: '服务是否在运行', en: 'Whether the process runs' },
    who: 'anyone',
    answers: { 200: state },
    handler: alive,
  },
  {
    method: 'GET',
    path: '/readyz',
    what: { zh: '能否写入与读取', en: 'Whether it can write and read' },
    who: 'anyone',
    answers: { 200: state, 503: state },
    handler: ready,
  },
  {
    method: 'GET',
    path: '/metrics',
    what: { zh: '运行指标（Prometheus）', en: 'Metrics for Prometheus' },
    who: 'anyone',
    answers: { 200: 'text/plain' },
    handler: async ({ metrics }) => {
      if (metrics === undefined) throw new Problem('not-found');
      return { status: 200, type: metrics.type, headers: { 'cache-control': 'no-store' }, body: await metrics.text() };
    },
  },
];
