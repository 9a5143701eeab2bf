import { isIPv6 } from 'node:net';
import { VersionConflict, type Store } from '../store/port.js';
import { digestOf } from './secret.js';

/** Failures so far, and until when no further try is looked at (Unix milliseconds). */
interface Count {
  readonly failed: number;
  readonly until: number;
}

interface Patience {
  /** Failures that cost no wait. */
  readonly free: number;
  /** The longest wait, in milliseconds. */
  readonly longest: number;
}

/**
 * A name waits a minute at most, so that nobody can lock another person out; an address waits up to a quarter of an hour,
 * but has more free tries, since a village may share one.
 */
export const patience = { name: { free: 5, longest: 60_000 }, address: { free: 20, longest: 900_000 } } as const satisfies Record<
  string,
  Patience
>;
/** A count is forgotten after this long without a failure. */
const memory = 24 * 3_600_000;

/** Milliseconds to wait after so many failures: none at first, then a second, doubled each time. */
export function waitAfter(failed: number, { free, longest }: Patience): number {
  return failed <= free ? 0 : Math.min(longest, 1000 * 2 ** Math.min(failed - free - 1, 30));
}

/** An IPv6 client owns 64 bits of its address, an IPv4 client all of it. */
export function addressGroup(ip: string): string {
  const bare = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(bare)) return bare;
  const [head = '', tail] = bare.split('%')[0]!.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array<string>(Math.max(0, zeros)).fill('0'), ...back]
    .slice(0, 4)
    .map((word) => word.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** Names and addresses are personal data: the counts are kept under a digest. */
const keyOf = (kind: keyof typeof patience, of: string) => `${kind}:${digestOf(of).slice(0, 32)}`;

/**
 * Counts a try as failed before it is looked at, so that a hundred at once do not pass together; a success takes it back.
 * Answers the milliseconds to wait, counting nothing, when it is too early.
 */
export async function countTry(store: Store, name: string, ip: string, now: number): Promise<number> {
  const address = await raise(store, keyOf('address', addressGroup(ip)), patience.address, now);
  if (address > 0) return address;
  const person = await raise(store, keyOf('name', name), patience.name, now);
  if (person > 0) await lower(store, keyOf('address', addressGroup(ip)), now);
  return person;
}

/** The try was right: the name starts anew, and the address loses the one that was counted. */
export async function clearTry(store: Store, name: string, ip: string, now: number): Promise<void> {
  await store.delete('failures', [keyOf('name', name)]);
  await lower(store, keyOf('address', addressGroup(ip)), now);
}

const raise = (store: Store, key: string, limits: Patience, now: number) =>
  edit(store, key, now, (count) =>
    count.until > now ? count.until - now : { failed: count.failed + 1, until: now + waitAfter(count.failed + 1, limits) },
  );

const lower = (store: Store, key: string, now: number) =>
  edit(store, key, now, ({ failed }) => ({ failed: Math.max(0, failed - 1), until: 0 }));

/** Reads, edits and writes a count until no other writer came between. A number from `change` is the answer, with nothing written. */
async function edit(store: Store, key: string, now: number, change: (count: Count) => Count | number): Promise<number> {
  for (;;) {
    const row = await store.get('failures', [key]);
    const old: Count = row === undefined || row.expires <= now ? { failed: 0, until: 0 } : JSON.parse(row.body);
    const next = change(old);
    if (typeof next === 'number') return next;
    const version = row?.version ?? 0;
    try {
      await store.put('failures', { key, version: version + 1, expires: now + memory, body: JSON.stringify(next) }, version);
      return 0;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
}
