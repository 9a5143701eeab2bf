import { existsSync } from 'node:fs';
import type { Config } from '../config.js';
import { askServer } from '../control.js';
import type { JsonObject } from '../domain/record.js';
import type { Fault } from '../domain/text.js';
import { openLog } from '../log.js';
import { open, type Opened } from '../open.js';
import { AlreadyOpen } from '../store/sqlite/open.js';
import { databaseFile } from '../store/sqlite/files.js';
import { runCommand, type CommandName, type Outcome } from './commands.js';
import { Stop } from './stop.js';
import { faultLines } from './words.js';

/** A server that is starting or stopping holds the folder without listening: so long it is waited for. */
const patience = 5000;

/**
 * Asks the server that has the data open, or opens the data when none runs. Answers what was done, or undefined after saying
 * line by line what is wrong (the exit code is set then).
 */
export async function ask(config: Config, command: CommandName, args: JsonObject): Promise<JsonObject | undefined> {
  const outcome = await outcomeOf(config, { command, args });
  if ('done' in outcome) return outcome.done;
  for (const line of faultLines(outcome.faults as readonly Fault[])) console.error(line);
  process.exitCode = 1;
  return undefined;
}

async function outcomeOf(config: Config, request: JsonObject): Promise<Outcome> {
  const until = Date.now() + patience;
  for (;;) {
    const answer = await askServer(config.data, request);
    if (answer !== undefined) return answer as unknown as Outcome;
    try {
      const opened = await openHere(config);
      try {
        return await runCommand(opened.app, request);
      } finally {
        await opened.close();
      }
    } catch (error) {
      const held = error instanceof Stop && error.cause instanceof AlreadyOpen;
      if (!held || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Opens a data folder that is there already: a mistyped `--data` must not make a new one. */
function openHere(config: Config): Promise<Opened> {
  if (!existsSync(databaseFile(config.data))) throw noData(config.data);
  return open(config, openLog('silent'));
}

export const noData = (folder: string): Stop =>
  new Stop({
    zh: `${folder} 里没有数据：请用 --data 指明文件夹，或先启动一次服务`,
    en: `There is no data in ${folder}: name its folder with --data, or start the service once`,
  });
