import { randomInt } from 'node:crypto';
import type { Account } from '../accounts/account.js';
import { addAccount, listAccounts } from '../accounts/accounts.js';
import { disableAccount, setPassword } from '../accounts/changes.js';
import { createKey, listKeys, revokeKey } from '../accounts/keys.js';
import type { App } from '../app.js';
import type { Reader } from '../domain/reader.js';
import type { Fault } from '../domain/text.js';
import { Problem } from '../errors.js';
import { type AccountsView, accountsPage } from '../pages/admin-accounts.js';
import { keysPage, type KeysView } from '../pages/admin-keys.js';
import type { Asked } from '../pages/admin-parts.js';
import { codeOf, namesOf } from '../queries/named.js';
import { partiesKnown } from '../queries/picks.js';
import { type Answer, type Call, html, seeOther } from './call.js';
import { registry } from './recording.js';
import { addressOf, hostOf, privately, textIn } from './signin.js';

/** What the registry stated itself, its admins may read. */
export const admins: Reader = { role: 'admin', party: registry };

const pageSize = 50;

export const adminFrame = (app: App, call: Call) => ({
  lang: call.lang,
  address: addressOf(call),
  host: hostOf(app),
  who: (call.account as Account).name,
});

/** Without what is misread: 20 characters of 31 are 99 bits. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const newPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('')).join('-');

const typedOf = (call: Call, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, textIn(call.body, name).trim()]));
const faultsOf = (faults: readonly Fault[], lang: Call['lang']): Asked['faults'] =>
  Object.fromEntries(faults.map(({ pointer, message }) => [pointer.split('/')[1] ?? '', message[lang]]));

const showAccounts = async (
  app: App,
  call: Call,
  status: number,
  more: Pick<AccountsView, 'once' | 'asked'> = {},
): Promise<Answer> => {
  const after = call.query.after;
  const accounts = await listAccounts(app.store, pageSize, after === undefined ? {} : { after });
  const [names, parties] = await Promise.all([
    namesOf(
      app.store,
      accounts.flatMap(({ party }) => party ?? []),
      admins,
    ),
    partiesKnown(app.store, admins),
  ]);
  const last = accounts.length === pageSize ? accounts.at(-1) : undefined;
  const view: AccountsView = {
    ...adminFrame(app, call),
    accounts: accounts.map(({ name, role, party, division, created, disabled }) => ({
      name,
      role,
      created,
      disabled: disabled !== undefined,
      ...(party && { party: (names.get(party) ?? codeOf(party))[call.lang] }),
      ...(division && { division }),
    })),
    parties: parties.map(({ item, name }) => ({ item, name: name[call.lang] })),
    ...(last && { next: `/admin/accounts?after=${encodeURIComponent(last.name)}` }),
    ...more,
  };
  return html(status, accountsPage(view), privately);
};

export const adminAccounts = (app: App, call: Call): Promise<Answer> => showAccounts(app, call, 200);

/** POST /admin/accounts: a new account; its password is in this answer and nowhere else. */
export async function accountPost(app: App, call: Call): Promise<Answer> {
  const typed = typedOf(call, ['name', 'role', 'party', 'division']);
  const password = newPassword();
  const { name = '', role = '', party, division } = typed;
  const made = await addAccount(
    app.store,
    { name, role, password, ...(party && { party }), ...(division && { division }) },
    app.clock(),
  );
  if ('faults' in made) return showAccounts(app, call, 400, { asked: { typed, faults: faultsOf(made.faults, call.lang) } });
  return showAccounts(app, call, 200, { once: { name: made.account.name, password } });
}

/** POST /admin/accounts/reset: a new password, shown once; whoever was signed in under the name is signed out. */
export async function accountReset(app: App, call: Call): Promise<Answer> {
  const name = textIn(call.body, 'name');
  const password = newPassword();
  if ((await setPassword(app.store, name, password)) === false) throw new Problem('not-found');
  return showAccounts(app, call, 200, { once: { name, password } });
}

/** POST /admin/accounts/disable and /enable. Nobody shuts themselves out. */
export const accountSwitch =
  (disabled: boolean) =>
  async (app: App, call: Call): Promise<Answer> => {
    const name = textIn(call.body, 'name');
    if (disabled && name === (call.account as Account).name)
      throw new Problem('not-allowed', { detail: { zh: '不能停用自己的账号', en: 'One’s own account cannot be disabled' } });
    if (!(await disableAccount(app.store, name, disabled))) throw new Problem('not-found');
    return seeOther('/admin/accounts');
  };

const showKeys = async (app: App, call: Call, status: number, more: Pick<KeysView, 'once' | 'asked'> = {}): Promise<Answer> => {
  const after = call.query.after;
  const keys = await listKeys(app.store, pageSize, after === undefined ? {} : { after });
  const [names, parties] = await Promise.all([
    namesOf(
      app.store,
      keys.flatMap(({ party }) => party ?? []),
      admins,
    ),
    partiesKnown(app.store, admins),
  ]);
  const last = keys.length === pageSize ? keys.at(-1) : undefined;
  const view: KeysView = {
    ...adminFrame(app, call),
    keys: keys.map(({ id, label, role, party, division, scopes, created, used, revoked }) => ({
      id,
      label,
      role,
      created,
      revoked: revoked !== undefined,
      ...(party && { party: (names.get(party) ?? codeOf(party))[call.lang] }),
      ...(division && { division }),
      ...(scopes && { scopes }),
      ...(used !== undefined && { used }),
    })),
    parties: parties.map(({ item, name }) => ({ item, name: name[call.lang] })),
    ...(last && { next: `/admin/keys?after=${last.id}` }),
    ...more,
  };
  return html(status, keysPage(view), privately);
};

export const adminKeys = (app: App, call: Call): Promise<Answer> => showKeys(app, call, 200);

/** POST /admin/keys: a new key; the secret is in this answer and nowhere else. */
export async function keyPost(app: App, call: Call): Promise<Answer> {
  const typed = typedOf(call, ['label', 'role', 'party', 'division']);
  const { label = '', role = '', party, division } = typed;
  const chosen = (call.body as Record<string, unknown>).scopes;
  const scopes = [chosen ?? []].flat().filter((scope): scope is string => typeof scope === 'string');
  const draft = { role, label, ...(party && { party }), ...(division && { division }), ...(scopes.length > 0 && { scopes }) };
  const made = await createKey(app.store, draft, app.clock());
  if ('faults' in made) return showKeys(app, call, 400, { asked: { typed, faults: faultsOf(made.faults, call.lang) } });
  return showKeys(app, call, 200, { once: { id: made.key.label === '' ? made.key.id : made.key.label, secret: made.secret } });
}

export async function keyRevoke(app: App, call: Call): Promise<Answer> {
  if (!(await revokeKey(app.store, textIn(call.body, 'id'), app.clock()))) throw new Problem('not-found');
  return seeOther('/admin/keys');
}
