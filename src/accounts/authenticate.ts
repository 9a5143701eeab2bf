import type { IncomingHttpHeaders } from 'node:http';
import type { Store } from '../store/port.js';
import type { Account } from './account.js';
import { cookieSecret } from './cookie.js';
import { keyAccount } from './keys.js';
import { remember } from './remembered.js';
import { digestOf } from './secret.js';
import { sessionAccount } from './sessions.js';

/** Who is calling; nobody; or somebody whose key is unknown, malformed or revoked. */
export type Authentication = { readonly account: Account } | 'nobody' | 'bad-key';

/**
 * Finds who is calling: a machine by `Authorization: Bearer`, a person by the session cookie. A key wins over a cookie, and a
 * wrong key is never passed over. A session that is over makes the caller nobody. `now` in Unix milliseconds.
 */
export async function authenticate(store: Store, headers: IncomingHttpHeaders, now: number): Promise<Authentication> {
  const { authorization } = headers;
  if (authorization !== undefined) {
    const secret = /^Bearer +([\w.-]{1,200}) *$/i.exec(authorization)?.[1];
    if (secret === undefined) return 'bad-key';
    const account = await remember(store, `key ${digestOf(secret)}`, now, () => keyAccount(store, secret, now));
    return account === undefined ? 'bad-key' : { account };
  }
  const secret = cookieSecret(headers);
  if (secret === undefined) return 'nobody';
  const id = digestOf(secret);
  const account = await remember(store, id, now, () => sessionAccount(store, id, now));
  return account === undefined ? 'nobody' : { account };
}
