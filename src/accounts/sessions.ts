import type { Row } from '../store/collections.js';
import { VersionConflict, type Store } from '../store/port.js';
import type { Account } from './account.js';
import { findAccount, type StoredAccount } from './accounts.js';
import { forget } from './remembered.js';
import { chance, digestOf, type Chance } from './secret.js';

const hour = 3_600_000;
/** However often it is used, a session ends after this many milliseconds. */
export const longestSession = 90 * 24 * hour;

interface SessionBody {
  /** Unix milliseconds of the sign-in. */
  readonly since: number;
  /** Milliseconds without use after which it ends. */
  readonly life: number;
  /** Version of the account that signed in. */
  readonly of: number;
}

/** Opens a session; the answer is the secret for the cookie (256 bits), which is stored nowhere. */
export async function openSession(
  store: Store,
  account: StoredAccount,
  now: number,
  hours: number,
  random: Chance = chance,
): Promise<string> {
  const secret = Buffer.from(random(32)).toString('base64url');
  const body = JSON.stringify({ since: now, life: hours * hour, of: account.version } satisfies SessionBody);
  await store.put('sessions', { id: digestOf(secret), version: 1, account: account.name, expires: now + hours * hour, body }, 0);
  return secret;
}

/** Whose session it is, and until when that may be believed without looking again. A session in use is prolonged. */
export async function sessionAccount(
  store: Store,
  id: string,
  now: number,
): Promise<{ readonly account: Account; readonly until: number } | undefined> {
  const row = await store.get('sessions', [id]);
  if (row === undefined || row.expires <= now) return undefined;
  const found = await findAccount(store, row.account);
  const body = JSON.parse(row.body) as SessionBody;
  if (found === undefined || found.disabled || found.version !== body.of) return undefined;
  return { account: accountOf(found), until: await prolonged(store, row, body, now) };
}

/** Written at most a few dozen times in a session's life, so that reading pages does not write. */
async function prolonged(store: Store, row: Row<'sessions'>, { since, life }: SessionBody, now: number): Promise<number> {
  const expires = Math.min(now + life, since + longestSession);
  if (expires - row.expires < life / 24) return row.expires;
  try {
    await store.put('sessions', { ...row, expires, version: row.version + 1 }, row.version);
    return expires;
  } catch (error) {
    if (error instanceof VersionConflict) return row.expires;
    throw error;
  }
}

const accountOf = ({ name, role, party, division }: StoredAccount): Account => ({
  name,
  role,
  ...(party === undefined ? {} : { party }),
  ...(division === undefined ? {} : { division }),
  via: 'session',
});

/** Signs out: the cookie's secret is worth nothing from now on. */
export async function closeSession(store: Store, secret: string): Promise<void> {
  await store.delete('sessions', [digestOf(secret)]);
  forget(store);
}

/** Signs an account out everywhere. */
export async function closeSessionsOf(store: Store, account: string): Promise<void> {
  for (;;) {
    const rows = await store.range('sessions', { index: 'account', prefix: [account], limit: 200 });
    for (const row of rows) await store.delete('sessions', [row.id]);
    forget(store);
    if (rows.length < 200) return;
  }
}
