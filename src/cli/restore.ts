import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { Command } from 'commander';
import type { Config } from '../config.js';
import { checkpointFile, readCheckpointFile } from '../ledger/checkpointFile.js';
import type { KeyFacts } from '../ledger/keyring.js';
import { keyFiles } from '../ledger/logKey.js';
import { witnessKeyFile } from '../ledger/witness.js';
import { openLog } from '../log.js';
import { hasData, holdFolder, noData, open, openStore } from '../open.js';
import { databaseFile, sync } from '../store/sqlite/files.js';
import { mustAgree } from './audit.js';
import { demoFile } from './demo.js';
import { configOf, describe, settingOption } from './settings.js';
import { Stop } from './stop.js';

interface Options {
  readonly data?: string;
  readonly acceptRollback?: boolean;
  readonly replace?: boolean;
}

const checkpoint = basename(checkpointFile(''));
const store = basename(databaseFile(''));
/** A database and what of it was not moved into it yet. */
const database = [`${store}-wal`, store];
/** What belongs to a database and to no other. */
const ofDatabase = [...database, `${store}-shm`, basename(demoFile(''))];

/**
 * Puts a backup in place. It is copied beside the data, read from the first entry to the last, opened with every check of a start, and
 * only then moved in: until that moment nothing is changed. Without a backup: the same for the data that lies there.
 */
async function restore(backup: string | undefined, options: Options): Promise<void> {
  const config = configOf({ data: options.data });
  const folder = config.data;
  if (backup === undefined) {
    if (!hasData(folder)) throw noData(folder);
    return say(folder, await checked(config, options));
  }
  const from = resolve(backup);
  if (!hasData(from)) throw noData(from);
  const letGo = holdFolder(folder);
  const stage = join(folder, 'restoring');
  try {
    const there = present(folder, ofDatabase);
    if (there.length > 0 && !options.replace) throw occupied(folder);
    await rm(stage, { recursive: true, force: true });
    await mkdir(stage, { mode: 0o700 });
    await copyInto(
      stage,
      present(from, database).map((name) => join(from, name)),
    );
    const known = await sameLedger(folder, stage);
    if (!known && !options.replace) throw occupied(folder);
    // What the folder knows of this ledger, its keys and the last checkpoint, holds for the copy too.
    await copyInto(stage, keyFiles(from));
    if (known) await copyInto(stage, [...keyFiles(folder), ...present(folder, [checkpoint]).map((name) => join(folder, name))]);
    const size = await checked({ ...config, data: stage }, options);
    await putAside(folder, known ? there : [...there, checkpoint, ...keyFiles(folder).map((file) => basename(file))]);
    await moveIn(stage, folder);
    say(folder, size);
  } finally {
    await rm(stage, { recursive: true, force: true });
    letGo();
  }
}

const present = (folder: string, names: readonly string[]): string[] => names.filter((name) => existsSync(join(folder, name)));

async function copyInto(stage: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await copyFile(file, join(stage, basename(file)));
    sync(join(stage, basename(file)));
  }
}

/** Whether the checkpoint of the folder, if it has one, is of the ledger that was copied. */
async function sameLedger(folder: string, stage: string): Promise<boolean> {
  const note = await readCheckpointFile(folder);
  const store = await openStore(stage);
  try {
    const row = await store.get('meta', ['log']);
    return note === undefined || row === undefined || note.startsWith(`${(JSON.parse(row.body) as KeyFacts).origin}\n`);
  } finally {
    await store.close();
  }
}

/** Reads the whole store, then opens it with every check of a start; answers its size. */
async function checked(config: Config, { acceptRollback = false }: Options): Promise<number> {
  const store = await openStore(config.data);
  try {
    await mustAgree(store, {
      zh: '数据自相矛盾，不能用：什么也没有改动。请换一份备份',
      en: 'The data does not agree with itself and is no good: nothing was changed. Take another backup',
    });
  } finally {
    await store.close();
  }
  const opened = await open(config, openLog('silent'), { acceptRollback });
  const { size } = opened.app.ledger;
  await opened.close();
  return size;
}

/** Nothing is deleted: what lay there before goes into a folder of its own. */
async function putAside(folder: string, found: readonly string[]): Promise<void> {
  if (found.length === 0) return;
  const aside = join(folder, `replaced-${new Date().toISOString().replace(/[:.]/g, '-')}`);
  await mkdir(aside, { mode: 0o700 });
  for (const name of present(folder, found)) await rename(join(folder, name), join(aside, name));
  sync(folder);
  console.error(describe(`原有的数据移到了 ${aside}`, `what was there before is now in ${aside}`));
}

/** The checkpoint comes last: cut short before it, the next start is refused by the older one rather than beginning a new ledger. */
async function moveIn(stage: string, folder: string): Promise<void> {
  for (const file of keyFiles(stage)) await rename(file, join(folder, basename(file)));
  for (const name of [...present(stage, database), checkpoint]) await rename(join(stage, name), join(folder, name));
  // The copy does not know what was cosigned since: another key begins anew.
  if (existsSync(witnessKeyFile(folder))) await rename(witnessKeyFile(folder), `${witnessKeyFile(folder)}.retired`);
  sync(folder);
}

const say = (folder: string, size: number): void =>
  console.log(
    describe(
      `逐条核对过，可以启动了：${folder}，${size} 条`,
      `checked entry by entry and ready to start: ${folder}, ${size} entries`,
    ),
  );

const occupied = (folder: string): Stop =>
  new Stop({
    zh: `${folder} 里已有数据，没有动它：换一个 --data，或加 --replace 把它移到旁边`,
    en: `There is data in ${folder} already, and it was left alone: choose another --data, or put it aside with --replace`,
  });

/** `suyuan restore`. */
export const restoreCommand = (): Command =>
  new Command('restore')
    .argument(
      '[backup]',
      describe('备份的文件夹；不给则核对已有的数据', 'folder of a backup; without it the data that is there is checked'),
    )
    .description(describe('核对备份并换上', 'check a backup and put it in place'))
    .addOption(settingOption('data'))
    .option('--replace', describe('把已有的数据移到旁边', 'put the data that is there aside'))
    .option(
      '--accept-rollback',
      describe('比签过名的少也接受，并把此事记入账本', 'go on with less than was signed, and write that into the ledger'),
    )
    .action(restore);
