import { removeFolder, runLoad, startService, temporaryFolder, type Served } from './children.js';
import { bytesIn, openFolder, rss } from './capture.js';
import { chainLength } from './chain.js';
import { fill, people } from './folder.js';
import { rounded, table } from './table.js';
import type { ReadName } from './work.js';

export interface ReadOptions {
  readonly events: number;
  readonly seconds: number;
  readonly profile?: string;
}

export interface Read {
  readonly what: ReadName;
  readonly connections: number;
  readonly perSecond: number;
  /** Milliseconds that the client waits. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds inside the server, on average (its own metric). */
  readonly server: number;
  readonly bytes: number;
}

export interface ReadFigures {
  readonly events: number;
  readonly fillPerSecond: number;
  readonly bytesPerEvent: number;
  /** Milliseconds from spawn to the first answer: an empty folder, the full one. */
  readonly startUp: { readonly empty: number; readonly full: number };
  readonly rss: { readonly idle: number; readonly after: number };
  readonly reads: readonly Read[];
}

const kinds: readonly ReadName[] = ['state', 'history', 'page'];

/** What reading costs when so many events are there: the folder is filled through the ledger, then the service is started on it. */
export async function measureRead({ events, seconds, profile }: ReadOptions, say: (line: string) => void): Promise<ReadFigures> {
  const [data, none] = [temporaryFolder(), temporaryFolder()];
  try {
    say(`filling a folder with ${events} events`);
    const opened = await openFolder(data);
    await people(opened.app);
    const begun = performance.now();
    await fill(opened.app, events, 256);
    const fillPerSecond = rounded((events / (performance.now() - begun)) * 1000);
    await opened.close();

    const empty = await startUpOf(none);
    const full = await startUpOf(data);
    const service = await startService(data, profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]);
    try {
      const idle = await rss(service);
      const reads: Read[] = [];
      for (const what of kinds)
        for (const connections of [1, 16]) {
          reads.push(await measured(service, what, connections, seconds, Math.floor(events / chainLength)));
          say(`${what}, ${connections} connections: p50 ${reads.at(-1)?.p50} ms`);
        }
      return {
        events,
        fillPerSecond,
        bytesPerEvent: rounded(bytesIn(data) / events),
        startUp: { empty, full },
        rss: { idle, after: await rss(service) },
        reads,
      };
    } finally {
      await service.stop();
    }
  } finally {
    [data, none].forEach(removeFolder);
  }
}

/** The middle one of three starts. */
async function startUpOf(data: string): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < 3; i++) {
    const served = await startService(data);
    taken.push(served.startUp);
    await served.stop();
  }
  return rounded(taken.sort((a, b) => a - b)[1] ?? 0);
}

async function measured(service: Served, what: ReadName, connections: number, seconds: number, chains: number): Promise<Read> {
  const order = { port: service.port, connections, work: what, keys: [], label: '', end: 0, chains };
  await runLoad({ ...order, warmSeconds: 0, seconds: 2 });
  const before = await service.metrics();
  const result = await runLoad({ ...order, warmSeconds: 0, seconds });
  const after = await service.metrics();
  if (Object.keys(result.failed).length > 0)
    throw new Error(`${what}: ${JSON.stringify(result.failed)} ${result.firstFailure ?? ''}`);
  const taken = (suffix: string): number => {
    let sum = 0;
    for (const [name, value] of after)
      if (name.startsWith(`suyuan_http_request_seconds_${suffix}{`) && !/route="\/(metrics|healthz)"/.test(name))
        sum += value - (before.get(name) ?? 0);
    return sum;
  };
  return {
    what,
    connections,
    perSecond: rounded(result.requests / result.seconds),
    p50: rounded(result.p50, 2),
    p99: rounded(result.p99, 2),
    server: rounded((taken('sum') / taken('count')) * 1000, 2),
    bytes: rounded(result.received / result.requests),
  };
}

export function readTable({ events, fillPerSecond, bytesPerEvent, startUp, rss: memory, reads }: ReadFigures): string {
  return [
    `${events} events, filled through the ledger at ${fillPerSecond} a second; ${bytesPerEvent} bytes an event on disk`,
    `Start-up to the first answer: ${startUp.full} ms (${startUp.empty} ms with an empty folder). Memory ${memory.idle} MB at the start, ${memory.after} MB after the reads.`,
    table(
      ['read', 'connections', 'a second', 'p50 ms', 'p99 ms', 'server ms', 'bytes'],
      reads.map((r) => [r.what, r.connections, r.perSecond, r.p50, r.p99, r.server, r.bytes]),
    ),
  ].join('\n');
}
