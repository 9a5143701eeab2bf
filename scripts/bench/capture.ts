import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../../src/config.js';
import { openLog } from '../../src/log.js';
import { open, type Opened } from '../../src/open.js';
import type { Batch } from '../../src/store/port.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import { databaseFile } from '../../src/store/sqlite/files.js';
import { recording, writeBare } from './bare-sqlite.js';
import { removeFolder, runLoad, startBare, startService, temporaryFolder, type Served } from './children.js';
import { fill, people } from './folder.js';
import type { LoadResult } from './load.js';
import type { WriteName } from './work.js';
import { median, rounded, table } from './table.js';

const works: readonly WriteName[] = ['activity', 'event', 'batch'];

export interface CaptureOptions {
  readonly connections: readonly number[];
  readonly seconds: number;
  readonly rounds: number;
  /** Where the service leaves its CPU profile. */
  readonly profile?: string;
}

/** Single events at one number of connections: medians of the rounds. */
export interface Single {
  readonly work: WriteName;
  readonly connections: number;
  readonly server: 'bare' | 'suyuan';
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  /** Processor time of the server for one event, microseconds. */
  readonly cpu: number;
  /** Records in one commit, on average. */
  readonly batch?: number;
  /** Of the bare server under the same load: share of its rate, multiple of its p99. */
  readonly rateOfBare?: number;
  readonly p99OfBare?: number;
}

export interface CaptureFigures {
  readonly requestBytes: Readonly<Record<string, number>>;
  readonly single: readonly Single[];
  readonly batches: { readonly of: number; readonly perSecond: number };
  readonly sqlite: readonly { readonly batch: number; readonly perSecond: number }[];
  readonly bytesPerEvent: number;
  readonly rss: { readonly idle: number; readonly after: number };
}

export async function openFolder(data: string): Promise<Opened> {
  const read = readConfig({}, { SUYUAN_DATA: data });
  if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
  return open(read.config, openLog('silent'));
}

export async function measureCapture(options: CaptureOptions, say: (line: string) => void): Promise<CaptureFigures> {
  const folders = [temporaryFolder(), temporaryFolder(), temporaryFolder(), temporaryFolder()] as const;
  try {
    const [data, bareFolder, batchFolder, limitFolder] = folders;
    const opened = await openFolder(data);
    const keys = await people(opened.app);
    await opened.close();
    const singles = await measureSingles(data, bareFolder, keys, options, say);
    say('batches of 100 through the ledger, and the same rows straight into SQLite');
    return { ...singles, ...(await measureBatches(batchFolder, limitFolder)) };
  } finally {
    folders.forEach(removeFolder);
  }
}

async function measureSingles(
  data: string,
  bareFolder: string,
  keys: string[],
  { connections, seconds, rounds, profile }: CaptureOptions,
  say: (line: string) => void,
) {
  const service = await startService(data, profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]);
  const bare = await startBare(bareFolder);
  try {
    const idle = await rss(service);
    const end = Date.now() - 3_600_000;
    const servers = [
      ['bare', bare],
      ['suyuan', service],
    ] as const;
    const load = (served: Served, work: WriteName, count: number, label: string, time: number, warmSeconds: number) =>
      runLoad({ port: served.port, connections: count, warmSeconds, seconds: time, work, keys, label, end });
    for (const [name, served] of servers) {
      say(`warming up ${name}`);
      for (const work of ['activity', 'event'] as const) await load(served, work, 64, `W${work[0] ?? ''}`, 6, 0);
    }
    const found: (Single & { requestBytes: number })[] = [];
    const loads = works.flatMap((work) => (work === 'batch' ? [4] : connections).map((count) => ({ work, count })));
    for (let round = 0; round < rounds; round++)
      for (const { work, count } of loads)
        for (const [server, served] of round % 2 === 0 ? servers : [...servers].reverse()) {
          const before = await served.metrics();
          const result = await load(served, work, count, `${work[0] ?? ''}${round}c${count}`, seconds, 1);
          const after = await served.metrics();
          refuseFailures(server, result);
          const taken = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
          const commits = taken('suyuan_append_seconds_count');
          found.push({
            work,
            connections: count,
            server,
            perSecond: result.events / result.seconds,
            p50: result.p50,
            p99: result.p99,
            cpu: (taken('process_cpu_seconds_total') * 1e6) / result.sent,
            ...(commits > 0 && { batch: result.sent / commits }),
            requestBytes: result.bytes / result.requests,
          });
          say(
            `${work}, ${count} connections, ${server}: ${rounded(result.events / result.seconds)} events a second, p99 ${rounded(result.p99, 1)} ms`,
          );
        }
    const after = await rss(service);
    const records = (await service.metrics()).get('suyuan_records') ?? 1;
    const single = loads.flatMap(({ work, count }) => {
      const [b, own] = servers.map(([server]) =>
        medians(found.filter((f) => f.work === work && f.connections === count && f.server === server)),
      ) as [Single, Single];
      return [b, { ...own, rateOfBare: rounded(own.perSecond / b.perSecond, 2), p99OfBare: rounded(own.p99 / b.p99, 1) }];
    });
    const bytesOf = (work: WriteName): number => rounded(median(found.filter((f) => f.work === work).map((f) => f.requestBytes)));
    return {
      requestBytes: Object.fromEntries(works.map((work) => [work, bytesOf(work)])),
      single,
      bytesPerEvent: rounded(bytesIn(data) / records),
      rss: { idle, after },
    };
  } finally {
    await Promise.all([service.stop(), bare.stop()]);
  }
}

export const rss = async (served: Served): Promise<number> =>
  rounded(((await served.metrics()).get('process_resident_memory_bytes') ?? 0) / 1_048_576);

/** The database without its write-ahead log, which is bounded and empties itself. */
export const bytesIn = (data: string): number => statSync(databaseFile(data)).size;

function refuseFailures(server: string, { failed, firstFailure }: LoadResult): void {
  if (Object.keys(failed).length > 0) throw new Error(`${server} refused: ${JSON.stringify(failed)} ${firstFailure ?? ''}`);
}

function medians(found: readonly Single[]): Single {
  const [first] = found as [Single];
  const of = (pick: (s: Single) => number, digits: number): number => rounded(median(found.map(pick)), digits);
  return {
    work: first.work,
    connections: first.connections,
    server: first.server,
    perSecond: of((s) => s.perSecond, 0),
    p50: of((s) => s.p50, 2),
    p99: of((s) => s.p99, 2),
    cpu: of((s) => s.cpu, 0),
    ...(first.batch !== undefined && { batch: of((s) => s.batch ?? 0, 1) }),
  };
}

/** Batches of 100 made and recorded in this process, and their rows again without anything around them, by batches of several sizes. */
async function measureBatches(folder: string, limits: string): Promise<Pick<CaptureFigures, 'batches' | 'sqlite'>> {
  const opened = await openFolder(folder);
  const { app } = opened;
  await people(app);
  await fill(app, 6_000, 100, 'W');
  const { events, drafting, recording: taken } = await fill(app, 24_000, 100, 'M');
  await opened.close();
  const batches = {
    of: 100,
    perSecond: rounded((events / (drafting + taken)) * 1000),
    ledgerPerSecond: rounded((events / taken) * 1000),
  };
  const sqlite: { batch: number; perSecond: number }[] = [];
  for (const batch of [1, 16, 100, 256]) {
    const own = join(limits, `of-${batch}`);
    const kept: Batch[] = [];
    const again = await openFolder(own);
    const store = recording(again.app.store, kept);
    const ledger = await openLedger(store, { clock: Date.now });
    const count = batch === 1 ? 1_200 : 12_000;
    await people({ ...again.app, store, ledger });
    await fill({ ...again.app, store, ledger }, count, batch, 'S');
    await ledger.close();
    await again.close();
    sqlite.push({ batch, perSecond: rounded((count / writeBare(own, kept)) * 1000) });
  }
  return { batches, sqlite };
}

export function captureTable(figures: CaptureFigures): string {
  const { single, batches, sqlite, bytesPerEvent, rss: memory, requestBytes } = figures;
  const rows = single.map((s) => [
    s.work,
    s.connections,
    s.server,
    s.perSecond,
    s.p50,
    s.p99,
    s.cpu,
    s.batch ?? '',
    s.rateOfBare ?? '',
    s.p99OfBare ?? '',
  ]);
  const sizes = Object.entries(requestBytes)
    .map(([work, bytes]) => `${work} ${bytes}`)
    .join(', ');
  return [
    `Captures over HTTP (bytes of a request: ${sizes}; bare: node:http and one commit for all that wait, the same bytes)`,
    table(
      [
        'request',
        'connections',
        'server',
        'events/s',
        'p50 ms',
        'p99 ms',
        'CPU µs/event',
        'per commit',
        'rate of bare',
        'p99 of bare',
      ],
      rows,
    ),
    '',
    `Activities drafted and recorded in one process, ${batches.of} at a time: ${batches.perSecond} events/s`,
    'The same rows straight into SQLite, one thread (the limit of the store)',
    table(
      ['per commit', 'events/s'],
      sqlite.map((s) => [s.batch, s.perSecond]),
    ),
    '',
    `On disk ${bytesPerEvent} bytes an event. Memory ${memory.idle} MB idle, ${memory.after} MB after the load.`,
  ].join('\n');
}
