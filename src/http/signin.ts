import type { Account } from '../accounts/account.js';
import { cookieSecret } from '../accounts/cookie.js';
import { changePassword, signIn, signOut } from '../accounts/signin.js';
import type { App } from '../app.js';
import { accountT } from '../pages/field-words.js';
import { accountPage, type AccountView, signInPage } from '../pages/signin.js';
import { type Answer, type Call, html, seeOther } from './call.js';

/** Where a person of this role begins. */
export const homeOf = (role: Account['role']): string =>
  ({ producer: '/field', operator: '/field', laboratory: '/field', inspector: '/inspect', admin: '/admin' })[role];

/**
 * A path of this server to go to, else undefined: never another host (`//host`, `/\host`, a scheme), and nothing that a browser
 * would read as one after dropping control characters.
 */
export const ownPath = (next: unknown): string | undefined => {
  if (typeof next !== 'string' || next.length > 2000 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next)) return undefined;
  const base = 'http://own.invalid';
  return URL.canParse(next, base) && new URL(next, base).origin === base ? next : undefined;
};

/** Text of a form's field; a name that was sent twice or not at all is empty. */
export const textIn = (body: unknown, name: string): string => {
  const value = (body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
};

/** Pages that belong to an account are kept by nobody. */
export const privately = { 'cache-control': 'no-store' } as const;
export const hostOf = (app: App): string => new URL(app.config.publicUrl).host;
/** Path and query as they were asked for: the language switch comes back to it. */
export const addressOf = ({ path, query }: Call): string => {
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
};

export function signInForm(app: App, call: Call): Answer {
  const next = ownPath(call.query.next);
  if (call.account?.via === 'session') return seeOther(next ?? homeOf(call.account.role));
  const view = { lang: call.lang, host: hostOf(app), address: addressOf(call), next: next ?? '', needed: next !== undefined };
  return html(200, signInPage(view), privately);
}

export async function signInPost(app: App, call: Call): Promise<Answer> {
  const { store, config, clock } = app;
  const [name, next] = [textIn(call.body, 'name'), ownPath(textIn(call.body, 'next'))];
  const result = await signIn(store, name, textIn(call.body, 'password'), call.ip, clock(), config);
  if ('cookie' in result) return seeOther(next ?? homeOf(result.account.role), { 'set-cookie': result.cookie, ...privately });
  const words = accountT(call.lang);
  const view = { lang: call.lang, host: hostOf(app), address: '/signin', next: next ?? '', name };
  if (result.refused === 'wrong') return html(401, signInPage({ ...view, fault: words.wrong }), privately);
  const fault = words.tooMany(result.wait);
  return html(429, signInPage({ ...view, fault }), { 'retry-after': String(result.wait), ...privately });
}

export async function signOutPost(app: App, call: Call): Promise<Answer> {
  const cookie = await signOut(app.store, cookieSecret(call.headers), app.config);
  return seeOther('/', { 'set-cookie': cookie });
}

const viewOf = (app: App, call: Call): AccountView => {
  const account = call.account as Account;
  return { lang: call.lang, host: hostOf(app), address: '/account', name: account.name, home: homeOf(account.role) };
};

export const accountForm = (app: App, call: Call): Answer =>
  html(200, accountPage({ ...viewOf(app, call), done: call.query.done === '1' }), privately);

export async function passwordPost(app: App, call: Call): Promise<Answer> {
  const words = accountT(call.lang);
  const again = (status: number, faults: AccountView['faults']): Answer =>
    html(status, accountPage({ ...viewOf(app, call), faults }), privately);
  const passwords = { old: textIn(call.body, 'old'), new: textIn(call.body, 'new') };
  if (passwords.new !== textIn(call.body, 'again')) return again(400, { again: words.notSame });
  const { store, config, clock } = app;
  const result = await changePassword(store, (call.account as Account).name, passwords, call.ip, clock(), config);
  if ('cookie' in result) return seeOther('/account?done=1', { 'set-cookie': result.cookie, ...privately });
  if ('weak' in result) return again(400, { new: result.weak[call.lang] });
  return result.refused === 'wrong' ? again(400, { old: words.wrongOld }) : again(429, { old: words.tooMany(result.wait) });
}
