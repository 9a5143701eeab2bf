import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Batch } from '../../src/store/port.js';
import { databaseFile } from '../../src/store/sqlite/files.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import { BareStore } from './bare-store.js';
import { Workload, type Appended } from './workload.js';

/**
 * What the store's port costs over bare SQLite: `node dist/scripts/bench/store.js [--records 20000] [--rounds 3] [--json]`.
 * Both take the same batches by turns, one append after the other; ratios are within one run.
 */
const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);

interface Measured {
  readonly recordsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly bytesPerRecord: number;
}

const batchOf = (appended: Appended): Batch =>
  Object.fromEntries(Object.entries(appended).map(([name, rows]) => [name, { put: rows }]));

interface Way {
  readonly batch: number;
  readonly tiles: boolean;
  /** Appends under way at a time: a second may be handed over before the first is durable, since the store keeps their order. */
  readonly depth: number;
}

async function measure(kind: 'store' | 'bare', { batch, tiles, depth }: Way, records: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'suyuan-bench-'));
  const workload = new Workload({ tiles });
  const appends = Array.from({ length: Math.floor(records / batch) }, () => workload.batch(batch));
  const store = kind === 'store' ? await openSqlite(folder) : undefined;
  const bare = kind === 'bare' ? new BareStore(databaseFile(folder)) : undefined;
  const took: number[] = [];
  const under: Promise<void>[] = [];
  const start = performance.now();
  for (const [turn, append] of appends.entries()) {
    const before = performance.now();
    const done = () => void took.push(performance.now() - before);
    if (store) under.push(store.append(batchOf(append), turn * batch).then(done));
    else {
      bare!.append(append);
      done();
    }
    if (under.length >= depth) await under.shift();
  }
  await Promise.all(under);
  const seconds = (performance.now() - start) / 1000;
  await store?.close();
  bare?.close();
  const size = appends.length * batch;
  const bytesPerRecord = statSync(databaseFile(folder)).size / size;
  rmSync(folder, { recursive: true });
  took.sort((a, b) => a - b);
  return {
    recordsPerSecond: size / seconds,
    p50: took[took.length >> 1]!,
    p99: took[Math.floor(took.length * 0.99)]!,
    bytesPerRecord,
  };
}

const median = (runs: Measured[]): Measured => runs.sort((a, b) => a.recordsPerSecond - b.recordsPerSecond)[runs.length >> 1]!;
const ways: Way[] = [
  { batch: 1, tiles: true, depth: 1 },
  { batch: 1, tiles: true, depth: 2 },
  { batch: 1, tiles: false, depth: 1 },
  { batch: 100, tiles: true, depth: 1 },
  { batch: 256, tiles: true, depth: 1 },
  { batch: 256, tiles: true, depth: 2 },
  { batch: 256, tiles: false, depth: 1 },
];
const rows: Record<string, unknown>[] = [];
for (const way of ways) {
  const records = Math.floor(Number(values.records) / (way.batch === 1 ? 5 : 1));
  const runs: Record<'store' | 'bare', Measured[]> = { store: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    for (const kind of ['bare', 'store'] as const) runs[kind].push(await measure(kind, way, records));
  }
  const [store, bare] = [median(runs.store), median(runs.bare)];
  rows.push({
    ...way,
    'store records/s': Math.round(store.recordsPerSecond),
    'bare records/s': Math.round(bare.recordsPerSecond),
    share: Number((store.recordsPerSecond / bare.recordsPerSecond).toFixed(2)),
    'store p50 ms': Number(store.p50.toFixed(2)),
    'store p99 ms': Number(store.p99.toFixed(2)),
    'bare p50 ms': Number(bare.p50.toFixed(2)),
    'bare p99 ms': Number(bare.p99.toFixed(2)),
    'bytes/record': Math.round(store.bytesPerRecord),
  });
}
if (values.json) console.log(JSON.stringify(rows));
else console.table(rows);
