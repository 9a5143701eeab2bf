import type { Config } from '../config.js';
import { askServer } from '../control.js';
import type { JsonObject } from '../domain/record.js';
import { openLog } from '../log.js';
import { hasData, isHeld, noData, open } from '../open.js';
import { runCommand, type CommandName, type Outcome } from './commands.js';
import { both, faultLines } from './words.js';

/** A server that is starting or stopping holds the folder without listening: so long it is waited for. */
const patience = 5000;

/**
 * Asks the server that has the data open, or opens the data when none runs. Answers what was done, or undefined after saying
 * line by line what is wrong (the exit code is set then, also when only a part was done).
 */
export async function ask(config: Config, command: CommandName, args: JsonObject): Promise<JsonObject | undefined> {
  const { done, faults = [] } = await outcomeOf(config, { command, args });
  for (const line of faultLines(faults)) console.error(line);
  if (done === undefined || faults.length > 0) process.exitCode = 1;
  return done;
}

async function outcomeOf(config: Config, request: JsonObject): Promise<Outcome> {
  const until = Date.now() + patience;
  for (;;) {
    const answer = await askServer(config.data, request);
    if (answer !== undefined) return answer as Outcome;
    try {
      if (!hasData(config.data)) begin(config.data, String(request.command));
      const opened = await open(config, openLog('silent'));
      try {
        return await runCommand(opened.app, request);
      } finally {
        await opened.close();
      }
    } catch (error) {
      if (!isHeld(error) || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Commands that put the first things into a new folder. */
const beginning: readonly string[] = ['user add', 'key create', 'import'];

/** A new folder is made only by a command that has something to put there, and is told: the name may be mistyped. */
function begin(folder: string, command: string): void {
  if (!beginning.includes(command)) throw noData(folder);
  console.error(both({ zh: `新建数据文件夹 ${folder}`, en: `A new data folder is made: ${folder}` }));
}
