import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import type { App } from '../app.js';
import { Problem } from '../errors.js';
import { type Store, VersionConflict } from '../store/port.js';
import type { Call } from './call.js';

/** How long a page token can be used, milliseconds. */
export const tokenLife = 3_600_000;

/** What a token holds: whose it is and of which list, until when, and where the next page begins. */
interface Held<C> {
  readonly of: string;
  readonly until: number;
  readonly cursor: C;
}

const secrets = new WeakMap<Store, Promise<Buffer>>();

/** The key of all page tokens of a ledger: made once, so that tokens outlive a restart. */
function secretOf(store: Store): Promise<Buffer> {
  const known = secrets.get(store);
  if (known) return known;
  const read = async (): Promise<Buffer> => {
    const row = await store.get('meta', ['page-tokens']);
    if (row) return Buffer.from(row.body, 'base64url');
    const made = randomBytes(32);
    try {
      await store.put('meta', { name: 'page-tokens', version: 1, body: made.toString('base64url') }, 0);
      return made;
    } catch (error) {
      // Another process made one at the same moment.
      if (error instanceof VersionConflict) return read();
      throw error;
    }
  };
  const reading = read();
  secrets.set(store, reading);
  reading.catch(() => secrets.delete(store));
  return reading;
}

/** Binds a token to an account with its rights, and to a list with everything that was asked of it. */
function bindingOf({ account }: Call, list: string): string {
  const { name, via, role, party, division } = account ?? {};
  return hash('sha256', JSON.stringify([name, via, role, party, division, list]), 'base64url');
}

/** A token for the page that begins at the cursor. It is sealed: it shows nothing of what was passed over. */
export async function tokenFor(app: App, call: Call, list: string, cursor: unknown): Promise<{ token: string; until: number }> {
  const until = app.clock() + tokenLife;
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await secretOf(app.store), iv);
  const sealed = cipher.update(JSON.stringify({ of: bindingOf(call, list), until, cursor } satisfies Held<unknown>), 'utf8');
  const token = Buffer.concat([iv, sealed, cipher.final(), cipher.getAuthTag()]).toString('base64url');
  return { token, until };
}

async function opened(app: App, token: string): Promise<Held<unknown> | undefined> {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length < 29 || bytes.toString('base64url') !== token) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', await secretOf(app.store), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
    return JSON.parse(text) as Held<unknown>;
  } catch {
    return undefined;
  }
}

const digest = (token: string): string => hash('sha256', token, 'base64url');

/** The cursor in a token; throws `bad-values` when it is not one of this list and account, has expired, or was given back. */
export async function cursorIn<C>(app: App, call: Call, list: string, token: string | undefined): Promise<C | undefined> {
  if (token === undefined) return undefined;
  const refused = (zh: string, en: string): Problem =>
    new Problem('bad-values', { faults: [{ pointer: '/nextPageToken', message: { zh, en } }] });
  const held = await opened(app, token);
  if (held === undefined) throw refused('不是有效的翻页标记', 'is not a page token of this service');
  if (held.of !== bindingOf(call, list))
    throw refused('是别的查询或别的账号的翻页标记', 'is of another query or another account');
  if (held.until <= app.clock() || (await app.store.get('tokens', [digest(token)])))
    throw refused('翻页标记已失效，请从第一页重新开始', 'has expired: begin again with the first page');
  return held.cursor as C;
}

/** Gives a token back: from then on it opens no page. Throws `not-found` for what is no token, or no longer one. */
export async function endToken(app: App, token: string): Promise<void> {
  const held = await opened(app, token);
  if (held === undefined || held.until <= app.clock()) throw new Problem('not-found');
  await app.store.put('tokens', { id: digest(token), version: 1, expires: held.until });
}

/** How many elements of a list were asked for; more than 500 are never given at once, as the standard lets a service decide. */
export const perPageOf = ({ query }: Call): number => Math.min(500, Number(query.perPage ?? '30'));

/** Headers that lead to the next page: its address with everything that was asked, and until when it can be opened. */
export async function nextPage(app: App, call: Call, list: string, cursor: unknown): Promise<Record<string, string>> {
  if (cursor === undefined) return {};
  const { token, until } = await tokenFor(app, call, list, cursor);
  const query = new URLSearchParams({ ...call.query, nextPageToken: token });
  return {
    link: `<${call.path}?${query.toString()}>; rel="next"`,
    'gs1-next-page-token-expires': new Date(until).toISOString(),
  };
}

/** What a list was asked for, without what may change from page to page: tokens are bound to it. */
export function askedOf({ path, query }: Call): string {
  const asked = Object.entries(query).filter(([name]) => name !== 'nextPageToken' && name !== 'perPage');
  return JSON.stringify([path, ...asked.sort(([a], [b]) => (a < b ? -1 : 1))]);
}
