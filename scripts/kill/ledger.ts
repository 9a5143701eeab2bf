import { readConfig } from '../../src/config.js';
import { openLog } from '../../src/log.js';
import { open, openStore } from '../../src/open.js';
import { audit, type Audited } from '../../test/support/audit/audit.js';
import { people, producers } from '../bench/folder.js';
import { Acknowledged } from './acknowledged.js';
import { Client, repeat } from './client.js';
import { activityOrders, captureOrders, eventOrders } from './order.js';
import { startVictim, type Victim } from './service.js';
import { Watch } from './watch.js';

export interface Life {
  /** What one ledger came through. */
  readonly kills: number;
  readonly starting: number;
  readonly records: number;
  readonly acknowledged: number;
  readonly repeated: number;
  readonly checkpoints: number;
  readonly faults: readonly string[];
}

const between = (least: number, most: number): number => least + Math.random() * (most - least);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** One kill in so many strikes while the server is starting. */
const early = 7;

/** One ledger in a folder: started, killed at random moments under load, started again and audited, `kills` times. */
export async function live(folder: string, kills: number, say: (line: string) => void): Promise<Life> {
  const acknowledged = new Acknowledged();
  const watch = new Watch();
  const clients = await clientsOf(folder, acknowledged);
  let repeated = 0;
  let starting = 0;
  let faults: string[] = [];
  let records = 0;

  /** Everybody gets the answer that is due, some answers are asked for again, and then everything is checked. */
  const check = async (victim: Victim, all: boolean): Promise<void> => {
    for (const settled of await Promise.all(clients.map((client) => client.settle(victim.url))))
      if (!settled) throw new Error('the server went away with nobody killing it');
    const again = all
      ? acknowledged.answers
      : acknowledged.answers.filter((_, n, { length }) => n > length - 5 || Math.random() < 5 / length);
    for (const answered of again) acknowledged.faults.push(...(await repeat(victim.url, answered)));
    repeated += again.length;
    const audited = await auditFolder(folder);
    records = audited.size;
    faults = [...audited.faults, ...acknowledged.heldBy(audited), ...watch.heldBy(audited.tree)];
  };

  let victim = await startVictim(folder);
  for (let kill = 1; kill <= kills && faults.length === 0; kill++) {
    await victim.ready;
    const work = [...clients.map((client) => client.work(victim.url)), watch.work(victim.url, 15)];
    await pause(between(5, 800));
    await victim.kill();
    await Promise.all(work);
    await watch.readFile(folder);
    victim = await startVictim(folder);
    while (kill < kills && Math.random() < 1 / early) {
      await pause(between(0, 1200));
      await victim.kill();
      victim = await startVictim(folder);
      kill++;
      starting++;
    }
    await victim.ready;
    await check(victim, kill === kills);
    say(`kill ${kill}: ${records} records, ${acknowledged.events.size} events acknowledged, ${faults.length} faults`);
  }
  const code = await victim.stop();
  if (code !== 0) faults.push(`the server ended with ${code} when it was asked to stop`);
  return { kills, starting, records, acknowledged: acknowledged.events.size, repeated, checkpoints: watch.count, faults };
}

/** Three clients each of every kind: by name under keys, single events, documents. */
async function clientsOf(folder: string, acknowledged: Acknowledged): Promise<Client[]> {
  const read = readConfig({}, { SUYUAN_DATA: folder, SUYUAN_PUBLIC_URL: 'http://kill-test.example' });
  if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
  const opened = await open(read.config, openLog('silent'));
  try {
    const keys = await people(opened.app);
    const kinds = [activityOrders, eventOrders, captureOrders, activityOrders, eventOrders, activityOrders];
    return kinds.map((orders, n) => new Client(keys[n % producers] as string, orders(n % producers, `K${n}-`), acknowledged));
  } finally {
    await opened.close();
  }
}

async function auditFolder(folder: string): Promise<Audited> {
  const store = await openStore(folder, true);
  try {
    return await audit(store);
  } finally {
    await store.close();
  }
}
