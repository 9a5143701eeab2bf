import type { Config } from '../config.js';
import { askServer } from '../control.js';
import type { JsonObject } from '../domain/record.js';
import type { Fault } from '../domain/text.js';
import { openLog } from '../log.js';
import { hasData, isHeld, noData, open } from '../open.js';
import { runCommand, type CommandName, type Outcome } from './commands.js';
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
      if (!hasData(config.data)) throw noData(config.data);
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
