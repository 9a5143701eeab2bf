import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestListener } from 'node:http';
import supertest from 'supertest';
import type { Role } from '../../src/accounts/account.js';
import { createKey } from '../../src/accounts/keys.js';
import type { App } from '../../src/app.js';
import { createApp } from '../../src/server.js';
import { readConfig, type Config } from '../../src/config.js';
import { readActivities } from '../../src/domain/activity/read.js';
import type { JsonObject } from '../../src/domain/record.js';
import { Checkpoints } from '../../src/ledger/checkpoints.js';
import { Witness, witnessName } from '../../src/ledger/witness.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import { openLog } from '../../src/log.js';
import { loadSchemas } from '../../src/schemas.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import type { Store } from '../../src/store/port.js';

/** A whole service on a temporary folder, with a clock that tests move. */
export interface Service {
  readonly app: App;
  readonly server: RequestListener;
  readonly folder: string;
  /** Unix milliseconds of the service's clock; assign to move it. */
  now: number;
  /** A new key for a party; its requests carry it. */
  as(role: Role, more?: { party?: string; division?: string }): Promise<Caller>;
  /** What the witness that we are told of logs with two histories. */
  readonly alarms: { origin: string; before: string; now: string }[];
  /** Nobody. */
  readonly anyone: Caller;
  close(): Promise<void>;
}

export type Caller = ReturnType<typeof supertest.agent>;

export interface ServiceOptions {
  readonly config?: Partial<Config>;
  /** Schema files beside those of the project (activities that a test adds). */
  readonly schemas?: readonly JsonObject[];
  readonly now?: number;
  /** Reopens an earlier service's folder; it is then not removed at the end. */
  readonly folder?: string;
  /** Room on the disk, in pages of 8 kB. */
  readonly maxPages?: number;
  /** Wraps the store (faults). */
  readonly wrap?: (store: Store) => Store;
}

/** 2026-11-23 12:00 in Chengdu: when tests happen unless they say otherwise. */
export const noon = Date.parse('2026-11-23T12:00:00+08:00');

export async function openService(options: ServiceOptions = {}): Promise<Service> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'suyuan-')));
  const read = readConfig(
    {},
    { SUYUAN_DATA: folder, SUYUAN_PUBLIC_URL: 'http://suyuan.test', SUYUAN_LOG_LEVEL: 'silent', SUYUAN_RATE_LIMIT: '0' },
  );
  if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
  const opened = await openSqlite(folder, { maxPages: options.maxPages });
  const store = options.wrap?.(opened) ?? opened;
  const schemas = loadSchemas(options.schemas);
  const service = { now: options.now ?? noon };
  const clock = (): number => service.now;
  const ledger = await openLedger(store, { clock });
  const checkpoints = await Checkpoints.open(store, ledger, { folder, origin: 'suyuan.test/log', asked: true });
  const config = { ...read.config, ...options.config };
  const alarms: Service['alarms'] = [];
  const witness = config.witnessLogs.length
    ? Witness.open(store, {
        folder,
        name: witnessName(checkpoints.origin),
        logs: config.witnessLogs,
        clock,
        alarm: (e) => alarms.push(e),
      })
    : undefined;
  const app: App = {
    store,
    ledger,
    checkpoints,
    ...(witness && { witness }),
    schemas,
    activities: readActivities(schemas.files),
    config,
    log: openLog('silent'),
    clock,
  };
  const server = createApp(app);
  const as: Service['as'] = async (role, more = {}) => {
    const made = await createKey(store, { role, ...more }, clock());
    if (!('secret' in made)) throw new Error(JSON.stringify(made));
    return supertest.agent(server).set('authorization', `Bearer ${made.secret}`) as unknown as Caller;
  };
  return Object.assign(service, {
    app,
    server,
    folder,
    alarms,
    as,
    anyone: supertest.agent(server) as unknown as Caller,
    close: async () => {
      await ledger.close();
      await checkpoints.close();
      await store.close();
      if (!options.folder) await rm(folder, { recursive: true, force: true });
    },
  });
}
