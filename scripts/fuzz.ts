// npm run fuzz -- [--requests 20000] [--seed N]: generated rubbish at every line of the route table, as nobody and as each role.
// Exits with 1 when a promise was broken: an answer 5xx, a refusal that is no problem document or page, a refused request that
// appended something, typed markup in a page, a server that does not answer.
import { parseArgs } from 'node:util';
import { openService } from '../test/support/service.js';
import { seeded } from './fuzz/chance.js';
import { openWorld, type Broken } from './fuzz/world.js';

const { values } = parseArgs({ options: { requests: { type: 'string', default: '20000' }, seed: { type: 'string' } } });
const requests = Number(values.requests);
const seed = Number(values.seed ?? Date.now() % 1e9);
console.log(`${requests} requests, seed ${seed}`);

const service = await openService();
const world = await openWorld(service.app, service.server);
const statuses = new Map<number, number>();
const kinds = new Map<string, { count: number; first: Broken }>();
const reached = new Set<string>();
for (let n = 0; n < requests; n++) {
  const { status, route, broken } = await world.throwOne(seeded(seed + n));
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  if (status >= 200 && status < 400) reached.add(`${route.method} ${route.path}`);
  if (broken) {
    const kind = `${broken.what} at ${route.method} ${route.path}`;
    const known = kinds.get(kind);
    if (known) known.count++;
    else {
      kinds.set(kind, { count: 1, first: broken });
      console.log(`\n#${n} ${kind}\n--- request\n${broken.request}\n--- answer\n${broken.answer}\n`);
    }
  }
  if ((n + 1) % 2000 === 0)
    console.log(`${n + 1} sent, ${kinds.size} kinds of fault, ledger of ${service.app.ledger.size} records`);
}
await world.close();
await service.close();
console.log(
  `Answers by status: ${[...statuses]
    .sort((a, b) => a[0] - b[0])
    .map(([status, count]) => `${status || 'none'} ${count}`)
    .join(', ')}`,
);
console.log(`Lines of the table that took a request: ${reached.size}`);
for (const [kind, { count }] of kinds) console.log(`${count} × ${kind}`);
console.log(kinds.size === 0 ? 'Every promise held.' : `${kinds.size} kinds of broken promise.`);
process.exitCode = kinds.size === 0 ? 0 : 1;
