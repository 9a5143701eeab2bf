import { Option } from 'commander';
import { initially, readConfig, settings, type Config, type Flags, type Setting, type SettingName } from '../config.js';
import { both } from './words.js';

/** Two languages in one line of `--help`. */
export const describe = (zh: string, en: string): string => both({ zh, en });

/** Reads the settings, or ends the process with one line for each that is wrong. */
export function configOf(flags: Flags): Config {
  const known = Object.keys(settings) as SettingName[];
  const read = readConfig(Object.fromEntries(known.map((name) => [name, flags[name]])));
  if ('config' in read) return read.config;
  for (const { message } of read.faults) console.error(both(message));
  process.exit(1);
}

/** The command-line option of a setting, with what `--help` says of it. */
export function settingOption(name: SettingName): Option {
  const each: Setting<unknown> = settings[name];
  const first = initially(each);
  const preset = each.value === undefined ? '' : `; ${first.zh === first.en ? first.en : both(first)}`;
  const flags = each.value === undefined ? each.flag : `${each.flag} <${each.value}>`;
  return new Option(flags, `${both(each.meaning)} (${each.env}${preset})`);
}

/** Every setting as a Markdown table, as it stands in the README; a test compares the two. */
export function settingsTable(): string {
  const rows = (Object.values(settings) as Setting<unknown>[]).map((each) => {
    const first = initially(each).en;
    const flag = each.value === undefined ? each.flag : `${each.flag} ${each.value}`;
    return `| \`${flag}\` | \`${each.env}\` | ${each.value === undefined ? 'off' : first} | ${each.meaning.en} | ${each.meaning.zh} |`;
  });
  return ['| flag | environment | default | meaning | 含义 |', '|---|---|---|---|---|', ...rows].join('\n');
}
