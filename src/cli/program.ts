import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { settings, type Flags, type SettingName } from '../config.js';
import { serve } from '../main.js';
import { logCommands } from './log.js';
import { keyCommands, userCommands } from './people.js';
import { dataCommands } from './records.js';
import { configOf, describe, settingOption } from './settings.js';
import { verifyCommand } from './verify.js';
import { auditCommand } from './audit.js';
import { backupCommand } from './backup.js';
import { restoreCommand } from './restore.js';
import { sayWhy } from './words.js';

/** The command line of Suyuan. `args` without the program's own name. */
export async function run(args: readonly string[]): Promise<void> {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
  const program = new Command('suyuan')
    .description(describe('溯源：可自证的农产品追溯账本', 'Suyuan: a farm-to-table traceability ledger'))
    .version(version)
    .showHelpAfterError('(--help)');

  const serving = program.command('serve').description(describe('启动服务', 'start the service'));
  for (const name of Object.keys(settings) as SettingName[]) serving.addOption(settingOption(name));
  serving.action((flags: Flags) => serve(configOf(flags)));

  program.addCommand(userCommands()).addCommand(keyCommands()).addCommand(logCommands());
  for (const command of [...dataCommands(), verifyCommand(), auditCommand(), backupCommand(), restoreCommand()])
    program.addCommand(command);

  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = sayWhy(error);
  }
}
