import type { App } from './app.js';
import { existsSync, mkdirSync } from 'node:fs';
import { codeOf, Stop } from './cli/stop.js';
import type { Config } from './config.js';
import { readActivities } from './domain/activity/read.js';
import { openMetrics } from './http/metrics.js';
import { Checkpoints } from './ledger/checkpoints.js';
import { openLedger } from './ledger/sequencer.js';
import { LedgerRefused } from './ledger/refused.js';
import { Witness, witnessName } from './ledger/witness.js';
import { errorShape, type Log } from './log.js';
import { loadSchemas } from './schemas.js';
import { StoreUnavailable, type Store } from './store/port.js';
import { portError } from './store/sqlite/errors.js';
import { databaseFile, lockFile } from './store/sqlite/files.js';
import { lockFolder } from './store/sqlite/lock.js';
import { AlreadyOpen, Damaged, NewerShape, openSqlite } from './store/sqlite/open.js';

/** An open data folder, and how to let go of it: what is queued is written first. */
export interface Opened {
  readonly app: App;
  close(): Promise<void>;
}

/** Opens the data folder of a configuration. Throws Stop with the reason in words when it cannot be used. */
export async function open(config: Config, log: Log, more: { acceptRollback?: boolean } = {}): Promise<Opened> {
  const store = await openStore(config.data);
  try {
    const metrics = openMetrics();
    const ledger = await openLedger(store, { clock: Date.now, queueLimit: config.queueLimit, observe: metrics.appended });
    metrics.watch(ledger);
    const checkpoints = await Checkpoints.open(store, ledger, {
      folder: config.data,
      origin: config.logOrigin || originAt(config),
      asked: config.logOrigin !== '',
      secret: process.env.SUYUAN_LOG_KEY,
      ...more,
      failed: (error) => log.error({ error: errorShape(error) }, 'the checkpoint could not be stored'),
    });
    const witness =
      config.witnessLogs.length > 0
        ? Witness.open(store, {
            folder: config.data,
            name: witnessName(checkpoints.origin),
            logs: config.witnessLogs,
            clock: Date.now,
            alarm: (evidence) => log.error(evidence, 'a log that is witnessed here has signed two histories'),
          })
        : undefined;
    const schemas = loadSchemas();
    const app: App = {
      store,
      ledger,
      checkpoints,
      ...(witness && { witness }),
      schemas,
      activities: readActivities(schemas.files),
      config,
      log,
      clock: Date.now,
      observe: ({ method, path }, status, ms) => metrics.answered(method, path, status, ms),
      metrics,
    };
    const close = async () => {
      try {
        await ledger.close();
        await checkpoints.close();
      } finally {
        await store.close();
      }
    };
    return { app, close };
  } catch (error) {
    await store.close();
    throw error instanceof LedgerRefused ? new Stop(error.text, error) : error;
  }
}

/** The name of a ledger whose public address nobody chose: the one found, without the port 0 that stands for any. */
const originAt = ({ publicUrl, port }: Config): string => {
  const { host, hostname } = new URL(publicUrl);
  return `${port === 0 ? hostname : host}/log`;
};

/** The store of a data folder; to look only, beside whoever writes. Throws Stop with the reason when it cannot be used. */
export async function openStore(folder: string, readOnly = false): Promise<Store> {
  if (readOnly && !hasData(folder)) throw noData(folder);
  return openSqlite(folder, { readOnly }).catch((error: unknown) => {
    throw folderStop(error, folder);
  });
}

/** Keeps every other process out of a data folder, which is made when there is none. Throws Stop; call what it answers to let go. */
export function holdFolder(folder: string): () => void {
  try {
    mkdirSync(folder, { recursive: true });
    return lockFolder(lockFile(folder), folder);
  } catch (error) {
    throw folderStop(portError(error), folder);
  }
}

/** Whether there is a store in the folder: a mistyped `--data` must not make a new one. */
export const hasData = (folder: string): boolean => existsSync(databaseFile(folder));

export const noData = (folder: string): Stop =>
  new Stop({
    zh: `${folder} 里没有数据：请用 --data 指明文件夹，或先启动一次服务`,
    en: `There is no data in ${folder}: name its folder with --data, or start the service once`,
  });

/** Whether it was refused because another process has the folder: it may be gone, or answer, in a moment. */
export const isHeld = (error: unknown): boolean => error instanceof Stop && error.cause instanceof AlreadyOpen;

/** Why the data folder cannot be used, in words. */
function folderStop(error: unknown, folder: string): unknown {
  if (error instanceof Stop) return error;
  if (error instanceof AlreadyOpen)
    return new Stop(
      {
        zh: `数据文件夹 ${folder} 正被另一个进程使用：请先停止它，或用 --data 换一个`,
        en: `The data folder ${folder} is in use by another process: stop that first, or choose another with --data`,
      },
      error,
    );
  if (error instanceof NewerShape)
    return new Stop({
      zh: `数据文件夹 ${folder} 由更新的版本写成：请用那个版本打开`,
      en: `The data folder ${folder} was written by a newer version: open it with that version`,
    });
  if (error instanceof Damaged)
    return new Stop({
      zh: `数据文件夹 ${folder} 中的库已损坏，或不是本程序的：${error.detail}`,
      en: `The store in ${folder} is damaged or not ours: ${error.detail}`,
    });
  if (error instanceof StoreUnavailable || /^E[A-Z]+$/.test(codeOf(error)))
    return new Stop({
      zh: `数据文件夹 ${folder} 无法写入：${(error as Error).message}`,
      en: `The data folder ${folder} cannot be written: ${(error as Error).message}`,
    });
  return error;
}
