import type { Account } from '../accounts/account.js';
import { addressGroup } from '../accounts/throttle.js';
import type { App } from '../app.js';
import type { Config } from '../config.js';
import { Problem } from '../errors.js';

const minute = 60_000;
/** Counts at most so many callers in a minute: beyond them the minute starts anew, rather than memory growing. */
const most = 100_000;

/** Counts requests in whole minutes, so that a count costs one look-up. */
class Minute {
  private began = 0;
  private counts = new Map<string, number>();

  /** Seconds to wait when the caller has used up its share, else 0. */
  take(key: string, share: number, now: number): number {
    if (now - this.began >= minute || now < this.began || this.counts.size > most) {
      this.began = now;
      this.counts = new Map();
    }
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count > share ? Math.max(1, Math.ceil((this.began + minute - now) / 1000)) : 0;
  }
}

const minutes = new WeakMap<Config, Minute>();

/** Throws `too-many` when an address without an account, or an account, asks more often than the configuration lets it. */
export function limitRate(app: App, account: Account | undefined, ip: string): void {
  const { rateLimit, accountRateLimit } = app.config;
  const share = account === undefined ? rateLimit : accountRateLimit;
  if (share === 0) return;
  let counts = minutes.get(app.config);
  if (counts === undefined) minutes.set(app.config, (counts = new Minute()));
  const key = account === undefined ? addressGroup(ip) : `${account.via} ${account.name}`;
  const wait = counts.take(key, share, app.clock());
  if (wait === 0) return;
  // draft-ietf-httpapi-ratelimit-headers: the quota q in a window of w seconds.
  throw new Problem('too-many', { headers: { 'retry-after': String(wait), 'ratelimit-policy': `"minute";q=${share};w=60` } });
}
