import type { Text } from '../domain/text.js';
import { VersionConflict, type Store } from '../store/port.js';
import { findAccount, toRow, type StoredAccount } from './accounts.js';
import { hashPassword, passwordFault } from './password.js';
import { closeSessionsOf } from './sessions.js';

/** Sets a new password and signs the person out everywhere. Undefined when it was done; false when there is no such account. */
export async function setPassword(store: Store, name: string, password: string): Promise<Text | false | undefined> {
  const weak = passwordFault(password, name);
  if (weak !== undefined) return weak;
  const hash = await hashPassword(password);
  return (await change(store, name, (account) => ({ ...account, password: hash }))) ? undefined : false;
}

/** Lets an account sign in no more (or again), and ends what it has open. False when there is no such account. */
export function disableAccount(store: Store, name: string, disabled = true): Promise<boolean> {
  return change(store, name, ({ disabled: before, ...account }) =>
    disabled ? { ...account, disabled: before ?? true } : account,
  );
}

async function change(store: Store, name: string, edit: (account: StoredAccount) => StoredAccount): Promise<boolean> {
  for (;;) {
    const account = await findAccount(store, name);
    if (account === undefined) return false;
    try {
      await store.put('accounts', toRow({ ...edit(account), version: account.version + 1 }), account.version);
    } catch (error) {
      if (error instanceof VersionConflict) continue;
      throw error;
    }
    await closeSessionsOf(store, account.name);
    return true;
  }
}
