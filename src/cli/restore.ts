import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Command } from 'commander';
import { keyFiles } from '../ledger/logKey.js';
import { witnessKeyFile } from '../ledger/witness.js';
import { openLog } from '../log.js';
import { hasData, noData, open } from '../open.js';
import { databaseFile } from '../store/sqlite/files.js';
import { configOf, describe, settingOption } from './settings.js';
import { Stop } from './stop.js';

interface Options {
  readonly data?: string;
  readonly acceptRollback?: true;
}

/**
 * Puts a backup in place where there is no data, and opens it once with every check of a start. Without a backup: the data that lies
 * there. `--accept-rollback` goes on with less than was signed before, and writes that into the ledger.
 */
async function restore(backup: string | undefined, options: Options): Promise<void> {
  const config = configOf({ data: options.data });
  const folder = config.data;
  if (backup !== undefined) {
    if (!hasData(backup)) throw noData(backup);
    if (hasData(folder))
      throw new Stop({
        zh: `${folder} 里已有数据：请先把其中的 store.sqlite* 移到别处，checkpoint 和 log.key 留下`,
        en: `There is data in ${folder} already: move its store.sqlite* away first, leave checkpoint and log.key`,
      });
    await mkdir(folder, { recursive: true });
    await copyFile(databaseFile(backup), databaseFile(folder), constants.COPYFILE_EXCL);
    for (const file of keyFiles(backup)) {
      const here = join(folder, basename(file));
      if (!existsSync(here)) await copyFile(file, here);
    }
    // The copy does not know what was cosigned since: another key begins anew.
    if (existsSync(witnessKeyFile(folder))) await rename(witnessKeyFile(folder), `${witnessKeyFile(folder)}.retired`);
  } else if (!hasData(folder)) throw noData(folder);
  const opened = await open(config, openLog('silent'), { acceptRollback: options.acceptRollback ?? false });
  const { size } = opened.app.ledger;
  await opened.close();
  console.log(describe(`可以启动了：${folder}，${size} 条`, `ready to start: ${folder}, ${size} entries`));
}

/** `suyuan restore`. */
export const restoreCommand = (): Command =>
  new Command('restore')
    .argument(
      '[backup]',
      describe('备份的文件夹；不给则只检查已有的数据', 'folder of a backup; without it the data that is there is only checked'),
    )
    .description(describe('从备份恢复', 'put a backup in place'))
    .addOption(settingOption('data'))
    .option(
      '--accept-rollback',
      describe('比签过名的少也接受，并把此事记入账本', 'go on with less than was signed, and write that into the ledger'),
    )
    .action(restore);
