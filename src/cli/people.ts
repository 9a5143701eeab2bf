import { Command } from 'commander';
import { roles, type Role } from '../accounts/account.js';
import { scopes } from '../accounts/scope.js';
import type { JsonObject } from '../domain/record.js';
import { ask } from './ask.js';
import { randomPassword } from './password.js';
import { configOf, describe, settingOption } from './settings.js';

interface Standing {
  readonly data?: string;
  readonly role?: Role;
  readonly party?: string;
  readonly division?: string;
}

const standing = ({ role, party, division }: Standing): JsonObject => ({
  role: role ?? '',
  ...(party === undefined ? {} : { party }),
  ...(division === undefined ? {} : { division }),
});

const withStanding = (command: Command): Command =>
  command
    .requiredOption('--role <ROLE>', describe(`角色：${roles.join('、')}`, `what it may do: ${roles.join(', ')}`))
    .option('--party <URI>', describe('所属主体', 'the party that it acts for'))
    .option('--division <CODE>', describe('监管账号的行政区划代码', "an inspector's division code"))
    .addOption(settingOption('data'));

const withData = (command: Command): Command => command.addOption(settingOption('data'));

/** The password on standard input, or a random one that is shown once. None is ever an argument: other users see those. */
async function newPassword(fromStdin: boolean | undefined): Promise<{ password: string; shown: boolean }> {
  if (!fromStdin) return { password: randomPassword(), shown: true };
  let text = '';
  for await (const part of process.stdin.setEncoding('utf8')) text += part as string;
  return { password: text.replace(/\r?\n$/, ''), shown: false };
}
const stdinOption = [
  '--password-stdin',
  describe('从标准输入读取密码；否则随机生成', 'read the password from standard input, else a random one'),
] as const;

const showPassword = (name: string, password: string, shown: boolean) => {
  console.log(`${describe('账号', 'account')}: ${name}`);
  if (shown) console.log(`${describe('密码（只显示这一次）', 'password (shown this once)')}: ${password}`);
};

/** `suyuan user …` */
export function userCommands(): Command {
  const user = new Command('user').description(describe('账号', 'accounts of people'));
  withStanding(user.command('add <name>').description(describe('新建账号', 'add an account')))
    .option(...stdinOption)
    .action(async (name: string, options: Standing & { passwordStdin?: boolean }) => {
      const { password, shown } = await newPassword(options.passwordStdin);
      const done = await ask(configOf(options), 'user add', { name, password, ...standing(options) });
      if (done) showPassword(String(done.name), password, shown);
    });
  withData(
    user
      .command('password <name>')
      .description(describe('设新密码，并使其处处退出登录', 'set a new password and sign out everywhere')),
  )
    .option(...stdinOption)
    .action(async (name: string, options: Standing & { passwordStdin?: boolean }) => {
      const { password, shown } = await newPassword(options.passwordStdin);
      if (await ask(configOf(options), 'user password', { name, password })) showPassword(name, password, shown);
    });
  withData(user.command('list').description(describe('列出账号', 'list accounts'))).action((options: Standing) =>
    list(options, 'user list', 'accounts', 'name'),
  );
  for (const [verb, zh, en] of [
    ['disable', '停用账号', 'let an account sign in no more'],
    ['enable', '重新启用账号', 'let an account sign in again'],
  ] as const)
    withData(user.command(`${verb} <name>`).description(describe(zh, en))).action(async (name: string, options: Standing) => {
      if (await ask(configOf(options), `user ${verb}`, { name })) console.log(describe('已完成', 'done'));
    });
  return user;
}

/** `suyuan key …` */
export function keyCommands(): Command {
  const key = new Command('key').description(describe('机器用的密钥', 'keys of machines'));
  withStanding(key.command('create').description(describe('新建密钥，只显示一次', 'make a key, shown once')))
    .option(
      '--scope <SCOPE...>',
      describe(`范围：${scopes.join('、')}；不写为全部`, `what it reaches: ${scopes.join(', ')}; all when left out`),
    )
    .option('--label <TEXT>', describe('用途', 'what it is for'))
    .action(async (options: Standing & { scope?: string[]; label?: string }) => {
      const { scope = [], label = '' } = options;
      const done = await ask(configOf(options), 'key create', { ...standing(options), scopes: scope, label });
      if (done)
        console.log(
          `${describe('编号', 'id')}: ${String(done.id)}\n${describe('密钥（只显示这一次）', 'key (shown this once)')}: ${String(done.secret)}`,
        );
    });
  withData(key.command('list').description(describe('列出密钥', 'list keys'))).action((options: Standing) =>
    list(options, 'key list', 'keys', 'id'),
  );
  withData(key.command('revoke <id>').description(describe('立即作废密钥', 'take a key back at once'))).action(
    async (id: string, options: Standing) => {
      if (await ask(configOf(options), 'key revoke', { id })) console.log(describe('已作废', 'revoked'));
    },
  );
  return key;
}

/** Prints every row as one line of JSON, page after page. */
async function list(options: Standing, command: 'user list' | 'key list', member: string, key: string): Promise<void> {
  const config = configOf(options);
  for (let after: string | undefined; ;) {
    const done = await ask(config, command, after === undefined ? {} : { after });
    const rows = (done?.[member] ?? []) as JsonObject[];
    for (const row of rows) console.log(JSON.stringify(row));
    const last = rows.at(-1);
    if (rows.length < 500 || last === undefined) return;
    after = String(last[key]);
  }
}
