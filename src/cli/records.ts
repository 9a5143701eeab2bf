import { once } from 'node:events';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { openDemo } from '../demo.js';
import { openLog } from '../log.js';
import { open, openStore } from '../open.js';
import { signIns } from './announce.js';
import { ask } from './ask.js';
import { configOf, describe, settingOption } from './settings.js';
import { Stop } from './stop.js';

interface Options {
  readonly data?: string;
}

/** Records read at a time. */
const page = 500;

/** Writes every record as a line of JSON: its number, its entry and its body as they were hashed. Reads beside a running server. */
async function exportRecords(options: Options): Promise<void> {
  const folder = configOf(options).data;
  const store = await openStore(folder, true);
  try {
    for (let from = 0; ; from += page) {
      const rows = await store.range('records', { prefix: [], from, limit: page });
      const lines = rows.map(({ seq, entry, body }) => `{"seq":${seq},"entry":${entry},"record":${body}}\n`);
      if (!process.stdout.write(lines.join(''))) await once(process.stdout, 'drain');
      if (rows.length < page) return;
    }
  } finally {
    await store.close();
  }
}

/** Replays the demo stories into an empty ledger, with no server: their sign-ins are printed. */
async function replayDemo(options: Options): Promise<void> {
  const config = { ...configOf(options), demo: true };
  const opened = await open(config, openLog('warn'));
  try {
    const sheet = await openDemo(opened.app);
    if (sheet === undefined)
      throw new Stop({
        zh: `${config.data} 里已有数据：演示数据只能录入空的账本`,
        en: `There is data in ${config.data}: the demo stories go into an empty ledger only`,
      });
    console.log(signIns(sheet, config.publicUrl, config.data).join('\n').trimStart());
  } finally {
    await opened.close();
  }
}

/** Commands on the whole of the data. */
export function dataCommands(): Command[] {
  const backup = new Command('backup')
    .argument('<path>')
    .description(describe('把数据完整复制到一个新文件夹，服务不必停', 'copy all data into a new folder, while the service runs'))
    .addOption(settingOption('data'))
    .action(async (path: string, options: Options) => {
      const done = await ask(configOf(options), 'backup', { path: resolve(path) });
      if (done) console.log(`${describe('已备份到', 'copied to')} ${String(done.path)}`);
    });
  const exporting = new Command('export')
    .description(describe('把全部记录逐行输出为 JSON', 'write every record as a line of JSON'))
    .addOption(settingOption('data'))
    .action(exportRecords);
  const demo = new Command('demo')
    .description(describe('在空的账本里录入演示数据', 'replay the demo stories into an empty ledger'))
    .addOption(settingOption('data'))
    .action(replayDemo);
  return [backup, exporting, demo];
}
