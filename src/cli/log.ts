import { Command } from 'commander';
import { ask } from './ask.js';
import { configOf, describe, settingOption } from './settings.js';
import { Stop } from './stop.js';

interface Options {
  readonly data?: string;
  readonly overlapDays: number;
}

/** Puts a new key in the place of the present one, and says where both lie and who has to be told. */
async function rotate(options: Options): Promise<void> {
  const done = await ask(configOf({ data: options.data }), 'log rotate-key', { overlapDays: options.overlapDays });
  if (!done) return;
  const entry = String(done.entry);
  const line = (zh: string, en: string, value: unknown) => console.log(`${describe(zh, en)}: ${String(value)}`);
  const outside = describe('SUYUAN_LOG_KEY 里', 'in SUYUAN_LOG_KEY');
  line('已记入账本，条目', 'recorded as entry', entry);
  line('新公钥，请告诉核对的人和见证人', 'new public key, for those who verify and for witnesses', done.after);
  line('新钥匙在', 'the new key lies', done.afterFile ?? outside);
  line('旧公钥', 'public key before', done.before);
  line(
    `旧钥匙与新的一同签名到 ${String(done.until)}，在此之前请保留，在`,
    `the key before signs, too, until ${String(done.until)}; keep it till then. It lies`,
    done.beforeFile ?? outside,
  );
}

function daysOf(text: string): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  throw new Stop({ zh: '--overlap-days 应是 0 到 9999 的整数', en: '--overlap-days is a whole number from 0 to 9999' });
}

/** `suyuan log …` */
export function logCommands(): Command {
  const log = new Command('log').description(describe('账本的签名', 'the signatures of the ledger'));
  log
    .command('rotate-key')
    .description(describe('换一把签名的钥匙，新旧两把共同声明', 'change the key that signs, stated by the old and the new one'))
    .option('--overlap-days <DAYS>', describe('旧钥匙还一同签名多少天', 'days for which the key before signs, too'), daysOf, 30)
    .addOption(settingOption('data'))
    .action(rotate);
  return log;
}
