import type { Store } from '../store/port.js';
import type { Account } from './account.js';

/** Who was found behind a key or a session, for a short while, so that a busy client costs no read of the store. */
interface Remembered {
  readonly who: Map<string, { readonly account: Account; readonly until: number }>;
  /** Raised when something is taken back: what was read before that is not remembered after it. */
  age: number;
}

/** Milliseconds. Another process's revocation shows after at most this long; this process's own at once. */
const keptFor = 10_000;
const most = 10_000;
const byStore = new WeakMap<Store, Remembered>();

function of(store: Store): Remembered {
  let found = byStore.get(store);
  if (found === undefined) byStore.set(store, (found = { who: new Map(), age: 0 }));
  return found;
}

/** Who is remembered under this digest, or else what `look` finds, remembered from then on (at most until its own `until`). */
export async function remember(
  store: Store,
  digest: string,
  now: number,
  look: () => Promise<{ readonly account: Account; readonly until: number } | undefined>,
): Promise<Account | undefined> {
  const memory = of(store);
  const known = memory.who.get(digest);
  if (known !== undefined && known.until > now) return known.account;
  const age = memory.age;
  const found = await look();
  if (found === undefined || age !== memory.age) return found?.account;
  if (memory.who.size >= most) memory.who.clear();
  memory.who.set(digest, { account: found.account, until: Math.min(found.until, now + keptFor) });
  return found.account;
}

/** Forgets everybody: called whenever an account, a session or a key is taken back. */
export function forget(store: Store): void {
  const memory = of(store);
  memory.age += 1;
  memory.who.clear();
}
