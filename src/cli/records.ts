import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
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

/** Sends an EPCIS document to be captured, and says what became of it. */
async function importFile(file: string, options: Options & { party?: string; proceed?: true }): Promise<void> {
  const config = configOf(options);
  const document = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Stop({ zh: `读不了 ${file}（${error.code}）`, en: `${file} cannot be read (${error.code})` });
  });
  const { party, proceed = false } = options;
  const done = await ask(config, 'import', { document, proceed, ...(party === undefined ? {} : { party }) });
  if (done === undefined) return;
  const [recorded, duplicate, failed] = [done.recorded, done.duplicate, done.failed].map(String);
  console.log(
    describe(
      `记入 ${recorded}，已有 ${duplicate}，未记 ${failed}`,
      `${recorded} recorded, ${duplicate} there before, ${failed} not recorded`,
    ),
  );
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
  const exporting = new Command('export')
    .description(describe('把全部记录逐行输出为 JSON', 'write every record as a line of JSON'))
    .addOption(settingOption('data'))
    .action(exportRecords);
  const importing = new Command('import')
    .argument('<file>')
    .description(describe('录入一份 EPCIS 2.0 JSON 文件', 'capture an EPCIS 2.0 JSON document'))
    .option('--party <URI>', describe('以哪个主体的名义；不写为登记处', 'in whose name; the registry’s own when left out'))
    .option(
      '--proceed',
      describe('跳过有错的事件；否则有一个错就全不记', 'leave faulty events out; else one of them keeps all out'),
    )
    .addOption(settingOption('data'))
    .action(importFile);
  const demo = new Command('demo')
    .description(describe('在空的账本里录入演示数据', 'replay the demo stories into an empty ledger'))
    .addOption(settingOption('data'))
    .action(replayDemo);
  return [importing, exporting, demo];
}
