import { readConfig } from '../../src/config.js';
import { openLog } from '../../src/log.js';
import { open, openStore } from '../../src/open.js';
import { differences } from '../../test/support/audit/again.js';
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
  let repeated = 0;
  let starting = 0;
  let faults: string[] = [];
  let records = 0;

  /** Starts the server, and now and then kills it while it starts and starts it again; answers a running one. */
  const start = async (left: number, share: number): Promise<Victim> => {
    let victim = startVictim(folder);
    for (; left > 0 && Math.random() < share; left--) {
      await pause(between(0, 1200));
      await victim.kill();
      starting++;
      victim = startVictim(folder);
    }
    return victim;
  };

  /** Everybody gets the answer that is due, some answers are asked for again, and then everything is checked. */
  const check = async (victim: Victim, all: boolean): Promise<void> => {
    const url = await victim.ready;
    const settled = await Promise.all(clients.map(async (client) => (await client.settle(url)) || client.settle(url)));
    if (settled.includes(false)) throw new Error(`twice no answer, and nobody killed the server: ${victim.state()}`);
    const again = all
      ? acknowledged.answers
      : acknowledged.answers.filter((_, n, { length }) => n > length - 5 || Math.random() < 5 / length);
    for (const answered of again) acknowledged.faults.push(...(await repeat(url, answered)));
    repeated += again.length;
    const { audited, again: unlike } = await auditFolder(folder, all);
    records = audited.size;
    faults = [...audited.faults, ...unlike, ...acknowledged.heldBy(audited), ...watch.heldBy(audited.tree)];
  };

  // The very first starts are cut short too: key, name and tables are made then.
  const first = await start(Math.min(3, kills - 1), 0.7);
  await first.ready;
  await first.stop();
  const clients = await clientsOf(folder, acknowledged);

  let victim = startVictim(folder);
  let kill = starting;
  while (kill < kills && faults.length === 0) {
    const url = await victim.ready;
    const work = [...clients.map((client) => client.work(url)), watch.work(url, 15)];
    await pause(between(5, 800));
    await victim.kill();
    kill++;
    await Promise.all(work);
    await watch.readFile(folder);
    const before = starting;
    victim = await start(kills - kill, 1 / early);
    kill += starting - before;
    await check(victim, kill === kills);
    say(`kill ${kill}: ${records} records, ${acknowledged.events.size} events acknowledged, ${faults.length} faults`);
  }
  const code = await victim.stop();
  if (code !== 0) faults.push(`the server ended with ${code} when it was asked to stop`);
  return { kills: kill, starting, records, acknowledged: acknowledged.events.size, repeated, checkpoints: watch.count, faults };
}

/** Three clients each of every kind: by name under keys, single events, documents. */
async function clientsOf(folder: string, acknowledged: Acknowledged): Promise<Client[]> {
  const read = readConfig({}, { SUYUAN_DATA: folder });
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

/** Audits what lies there; `all` also records everything again in an empty ledger, which has to come to the same rows. */
async function auditFolder(folder: string, all: boolean): Promise<{ audited: Audited; again: string[] }> {
  const store = await openStore(folder, true);
  try {
    return { audited: await audit(store), again: all ? await differences(store) : [] };
  } finally {
    await store.close();
  }
}
