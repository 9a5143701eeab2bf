import { copyFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { addAccount, listAccounts } from '../accounts/accounts.js';
import { disableAccount, setPassword } from '../accounts/changes.js';
import { createKey, listKeys, revokeKey } from '../accounts/keys.js';
import type { App } from '../app.js';
import type { JsonObject } from '../domain/record.js';
import type { Fault, Text } from '../domain/text.js';
import { registry } from '../http/recording.js';
import { importDocument } from './import.js';
import { keyFiles } from '../ledger/logKey.js';
import { LedgerRefused } from '../ledger/refused.js';
import { rotateKey } from '../ledger/rotate.js';
import { StoreUnavailable } from '../store/port.js';

/** What a command came to: its answer, everything that is wrong with what was asked, or both (a part was done). */
export type Outcome = { readonly done?: JsonObject; readonly faults?: readonly Fault[] };

const text = (args: JsonObject, name: string): string | undefined => {
  const value = args[name];
  return typeof value === 'string' ? value : undefined;
};
const texts = (args: JsonObject, name: string): string[] => {
  const value = args[name];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
};
const fault = (pointer: string, message: Text): Outcome => ({ faults: [{ pointer, message }] });
const noAccount = { zh: '没有这个账号', en: 'there is no such account' };
const plain = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;

/** What the command line asks of the process that has the data open: the server by its socket, or the command itself. */
export const commands = {
  'user add': async (app, args) => {
    const [name = '', role = '', password = ''] = ['name', 'role', 'password'].map((each) => text(args, each));
    const draft = { name, role, password, party: text(args, 'party'), division: text(args, 'division') };
    const answer = await addAccount(app.store, draft, app.clock());
    if ('faults' in answer) return answer;
    return { done: { name: answer.account.name } };
  },
  'user list': async (app, args) => {
    const found = await listAccounts(app.store, 500, { after: text(args, 'after') });
    return { done: plain({ accounts: found.map(({ password: _password, ...account }) => account) }) };
  },
  'user password': async (app, args) => {
    const weak = await setPassword(app.store, text(args, 'name') ?? '', text(args, 'password') ?? '');
    if (weak === false) return fault('/name', noAccount);
    return weak === undefined ? { done: {} } : fault('/password', weak);
  },
  'user disable': async (app, args) =>
    (await disableAccount(app.store, text(args, 'name') ?? '')) ? { done: {} } : fault('/name', noAccount),
  'user enable': async (app, args) =>
    (await disableAccount(app.store, text(args, 'name') ?? '', false)) ? { done: {} } : fault('/name', noAccount),
  'key create': async (app, args) => {
    const [role = '', label] = ['role', 'label'].map((each) => text(args, each));
    const draft = { role, label, party: text(args, 'party'), division: text(args, 'division'), scopes: texts(args, 'scopes') };
    const answer = await createKey(app.store, draft, app.clock());
    if ('faults' in answer) return answer;
    return { done: { id: answer.key.id, secret: answer.secret } };
  },
  'key list': async (app, args) => {
    const found = await listKeys(app.store, 500, { after: text(args, 'after') });
    return { done: plain({ keys: found.map(({ digest: _digest, ...key }) => key) }) };
  },
  'key revoke': async (app, args) =>
    (await revokeKey(app.store, text(args, 'id') ?? '', app.clock()))
      ? { done: {} }
      : fault('/id', { zh: '没有这个密钥', en: 'there is no such key' }),
  backup: async (app, args) => {
    const path = resolve(text(args, 'path') ?? '');
    await app.store.backup(path);
    // Without its key a copy could not go on as this ledger; whoever keeps the copy keeps the key.
    for (const file of keyFiles(app.config.data)) await copyFile(file, join(path, basename(file)));
    return { done: { path } };
  },
  'log rotate-key': async (app, args) => {
    const days = typeof args.overlapDays === 'number' && args.overlapDays >= 0 ? args.overlapDays : 30;
    const until = app.clock() + days * 86_400_000;
    try {
      const done = await rotateKey(app.store, app.ledger, app.checkpoints, { by: registry, until });
      return { done: plain({ ...done, until: new Date(until).toISOString() }) };
    } catch (error) {
      if (error instanceof LedgerRefused) return fault('', error.text);
      throw error;
    }
  },
  import: (app, args) => importDocument(app, text(args, 'document') ?? '', text(args, 'party'), args.proceed === true),
} as const satisfies Record<string, (app: App, args: JsonObject) => Promise<Outcome>>;

export type CommandName = keyof typeof commands;

/** Runs a command that came as JSON. */
export function runCommand(app: App, request: JsonObject): Promise<Outcome> {
  const { command, args } = request;
  const known = typeof command === 'string' && Object.hasOwn(commands, command);
  if (!known || typeof args !== 'object' || args === null || Array.isArray(args))
    return Promise.resolve(fault('', { zh: '运行中的服务不认识这条命令', en: 'the running server does not know this command' }));
  return commands[command as CommandName](app, args).catch((error: unknown) => {
    if (!(error instanceof StoreUnavailable)) throw error;
    return fault('', { zh: `没有完成：${error.message}`, en: `not done: ${error.message}` });
  });
}
