import type { Text } from '../domain/text.js';
import type { Store } from '../store/port.js';
import { findAccount, signInName, type StoredAccount } from './accounts.js';
import { setPassword } from './changes.js';
import { noCookie, sessionCookie } from './cookie.js';
import { nobodysPassword, passwordLength, passwordMatches } from './password.js';
import { closeSession, openSession } from './sessions.js';
import { clearTry, countTry } from './throttle.js';

/** How long sessions last and where cookies go; a part of the configuration. */
export interface SignInSettings {
  readonly publicUrl: string;
  readonly sessionHours: number;
}

export type SignIn =
  /** `cookie` is the value of a `Set-Cookie` header. */
  | { readonly cookie: string; readonly account: StoredAccount }
  /** The name or the password is wrong, or the account is disabled: which of them is not told. */
  | { readonly refused: 'wrong' }
  /** Too many failures: the password was not looked at. `wait` in whole seconds. */
  | { readonly refused: 'too-many'; readonly wait: number };

/** Signs a person in. `ip` is whose failures are counted, `now` in Unix milliseconds. */
export async function signIn(
  store: Store,
  name: string,
  password: string,
  ip: string,
  now: number,
  settings: SignInSettings,
): Promise<SignIn> {
  const account = await checked(store, name, password, ip, now);
  if ('refused' in account) return account;
  const secret = await openSession(store, account, now, settings.sessionHours);
  return { cookie: sessionCookie(secret, settings.publicUrl), account };
}

/** Ends the session of this cookie secret; answers the `Set-Cookie` value that takes it away. */
export async function signOut(store: Store, secret: string | undefined, settings: SignInSettings): Promise<string> {
  if (secret !== undefined) await closeSession(store, secret);
  return noCookie(settings.publicUrl);
}

/** Changes one's own password: every session of the account ends, and the one that asked gets a new cookie. */
export async function changePassword(
  store: Store,
  name: string,
  passwords: { readonly old: string; readonly new: string },
  ip: string,
  now: number,
  settings: SignInSettings,
): Promise<SignIn | { readonly weak: Text }> {
  const account = await checked(store, name, passwords.old, ip, now);
  if ('refused' in account) return account;
  const weak = await setPassword(store, account.name, passwords.new);
  if (weak === false) return { refused: 'wrong' };
  if (weak !== undefined) return { weak };
  const renewed = await findAccount(store, account.name);
  if (renewed === undefined) return { refused: 'wrong' };
  const secret = await openSession(store, renewed, now, settings.sessionHours);
  return { cookie: sessionCookie(secret, settings.publicUrl), account: renewed };
}

/** The account whose password this is; failures are counted and slowed. */
async function checked(
  store: Store,
  name: string,
  password: string,
  ip: string,
  now: number,
): Promise<StoredAccount | Extract<SignIn, { refused: string }>> {
  const known = signInName(name.slice(0, 200));
  const wait = await countTry(store, known, ip, now);
  if (wait > 0) return { refused: 'too-many', wait: Math.ceil(wait / 1000) };
  const account = await findAccount(store, known);
  const right = await passwordMatches(password.slice(0, 2 * passwordLength.max), account?.password ?? nobodysPassword);
  if (account === undefined || account.disabled || !right) return { refused: 'wrong' };
  await clearTry(store, known, ip, now);
  return account;
}
