import type { App } from './app.js';
import { folderStop } from './cli/stop.js';
import type { Config } from './config.js';
import { readActivities } from './domain/activity/read.js';
import { openMetrics } from './http/metrics.js';
import { openLedger } from './ledger/ledger.js';
import type { Log } from './log.js';
import { loadSchemas } from './schemas.js';
import { openSqlite } from './store/sqlite/open.js';

/** An open data folder, and how to let go of it: what is queued is written first. */
export interface Opened {
  readonly app: App;
  close(): Promise<void>;
}

/** Opens the data folder of a configuration. Throws Stop with the reason in words when it cannot be used. */
export async function open(config: Config, log: Log): Promise<Opened> {
  const store = await openSqlite(config.data).catch((error: unknown) => {
    throw folderStop(error, config.data);
  });
  try {
    const metrics = openMetrics();
    const ledger = await openLedger(store, { clock: Date.now, queueLimit: config.queueLimit, observe: metrics.appended });
    metrics.watch(ledger);
    const schemas = loadSchemas();
    const app: App = {
      store,
      ledger,
      schemas,
      activities: readActivities(schemas.files),
      config,
      log,
      clock: Date.now,
      observe: ({ method, path }, status, ms) => metrics.answered(method, path, status, ms),
      metrics,
    };
    const close = async () => {
      await ledger.close();
      await store.close();
    };
    return { app, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}
