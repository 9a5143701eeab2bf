import { Command } from 'commander';
import type { Text } from '../domain/text.js';
import { audit, type AuditResult } from '../ledger/audit.js';
import { readCheckpointFile } from '../ledger/checkpointFile.js';
import type { KeyFacts } from '../ledger/keyring.js';
import { sha256 } from '../ledger/node.js';
import { readVkey } from '../ledger/note.js';
import { Unproven } from '../ledger/unproven.js';
import { unprovenText } from '../ledger/unprovenWords.js';
import { openStore } from '../open.js';
import type { Store } from '../store/port.js';
import { configOf, describe, settingOption } from './settings.js';
import { Stop } from './stop.js';
import { both } from './words.js';

interface Options {
  readonly data?: string;
  readonly key?: string;
}

/** Replays the data folder and says what agrees and what does not. Exit code 0, or 1 with the places. Changes nothing. */
async function auditFolder(options: Options): Promise<void> {
  const folder = configOf({ data: options.data }).data;
  const store = await openStore(folder, true);
  try {
    const named = await store.get('meta', ['log']);
    const facts = named && (JSON.parse(named.body) as KeyFacts);
    // The ledger's first key, which its own statements lead on from.
    const vkey = options.key ?? facts?.retired?.[0]?.vkey ?? facts?.vkey;
    const inside = await store.get('meta', ['checkpoint']);
    const cosigned = await store.get('meta', ['cosigned']);
    const checkpoints = [inside?.body, cosigned?.body, await readCheckpointFile(folder)].filter((note) => note !== undefined);
    const start = performance.now();
    const done = await audit(store, { checkpoints, ...(vkey !== undefined && { key: keyOf(vkey) }), progress: progress(start) });
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    for (const { place, text } of done.disagreements)
      console.error(both({ zh: `${place}：${text.zh}`, en: `${place}: ${text.en}` }));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (done.disagreements.length > 0) {
      process.exitCode = 1;
      return;
    }
    console.log(
      describe(
        `全部对得上：${done.size} 条，${done.streams} 条链，${checkpoints.length} 个检查点，${seconds} 秒`,
        `all agrees: ${done.size} entries, ${done.streams} streams, ${checkpoints.length} checkpoints, ${seconds} s`,
      ),
    );
    console.log(`root ${done.root}`);
    if (vkey !== undefined) console.log(`key  ${vkey}`);
  } finally {
    await store.close();
  }
}

function keyOf(vkey: string): ReturnType<typeof readVkey> {
  try {
    return readVkey(sha256, vkey);
  } catch (error) {
    throw error instanceof Unproven ? new Stop(unprovenText(error)) : error;
  }
}

/**
 * Audits a store that is about to be relied on: a backup. Says each place that does not agree, and then throws Stop with the last
 * word about it.
 */
export async function mustAgree(store: Store, last: Text): Promise<AuditResult> {
  const done = await audit(store, { checkpoints: [], progress: progress(performance.now()) });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  for (const { place, text } of done.disagreements)
    console.error(both({ zh: `${place}：${text.zh}`, en: `${place}: ${text.en}` }));
  if (done.disagreements.length > 0) throw new Stop(last);
  return done;
}

/** A line on a terminal that is written over, four times a second at most. */
function progress(start: number): (done: number, size: number) => void {
  let told = start;
  return (done, size) => {
    const now = performance.now();
    if (!process.stderr.isTTY || now - told < 250) return;
    told = now;
    process.stderr.write(`\r${describe('核对', 'audit')} ${done}/${size} (${Math.round((done / (now - start)) * 1000)}/s)`);
  };
}

/** `suyuan audit`. */
export const auditCommand = (): Command =>
  new Command('audit')
    .description(
      describe(
        '把整个数据文件夹从头核对一遍，服务不必停',
        'check the whole data folder from the first entry, while the service runs',
      ),
    )
    .addOption(settingOption('data'))
    .option(
      '--key <vkey>',
      describe('账本的公钥；不给则用数据里记的', "the ledger's public key; the one that the data names when left out"),
    )
    .action(auditFolder);
