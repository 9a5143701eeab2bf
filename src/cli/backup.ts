import { resolve } from 'node:path';
import { Command } from 'commander';
import { openStore } from '../open.js';
import { ask } from './ask.js';
import { mustAgree } from './audit.js';
import { configOf, describe, settingOption } from './settings.js';

/** Copies all data, and then reads the whole copy: a backup that nobody looked at is a hope. The server goes on meanwhile. */
async function backup(path: string, options: { readonly data?: string }): Promise<void> {
  const done = await ask(configOf(options), 'backup', { path: resolve(path) });
  if (!done) return;
  const copy = String(done.path);
  const store = await openStore(copy, true);
  try {
    const { size, root } = await mustAgree(store, {
      zh: `备份 ${copy} 对不上，不能用：请核对原数据（suyuan audit）`,
      en: `The backup ${copy} does not agree with itself and is no good: check the data it was made of (suyuan audit)`,
    });
    console.log(describe(`已备份到 ${copy}，逐条核对过：${size} 条`, `copied to ${copy} and checked entry by entry: ${size}`));
    console.log(`root ${root}`);
  } finally {
    await store.close();
  }
}

/** `suyuan backup`. */
export const backupCommand = (): Command =>
  new Command('backup')
    .argument('<path>')
    .description(
      describe(
        '把数据完整复制到一个新文件夹并核对，服务不必停',
        'copy all data into a new folder and check it, while the service runs',
      ),
    )
    .addOption(settingOption('data'))
    .action(backup);
