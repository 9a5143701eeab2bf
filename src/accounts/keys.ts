import { timingSafeEqual } from 'node:crypto';
import type { Fault } from '../domain/text.js';
import type { Row } from '../store/collections.js';
import { VersionConflict, type Store } from '../store/port.js';
import type { Account, Role } from './account.js';
import { standingFaults } from './accounts.js';
import { forget } from './remembered.js';
import { scopes } from './scope.js';
import { chance, digestOf, type Chance } from './secret.js';

/** A key of a machine, without the key itself. */
export interface StoredKey {
  readonly id: string;
  readonly role: Role;
  readonly party?: string;
  readonly division?: string;
  readonly scopes?: readonly string[];
  /** What it is for, in the words of who made it. */
  readonly label: string;
  /** Hex SHA-256 of the secret half. */
  readonly digest: string;
  /** Unix milliseconds; `used` in whole hours. */
  readonly created: number;
  readonly used?: number;
  readonly revoked?: number;
}

/** A key somebody asks for. Nothing in it has been checked. */
export interface KeyDraft {
  readonly role: string;
  readonly party?: string;
  readonly division?: string;
  readonly scopes?: readonly string[];
  readonly label?: string;
}

const form = /^sy1\.([0-9a-f]{16})\.([\w-]{43})$/;
const hour = 3_600_000;

/** Makes a key. `secret` is what the machine sends (`Authorization: Bearer <secret>`); it is shown this once. */
export async function createKey(
  store: Store,
  draft: KeyDraft,
  now: number,
  random: Chance = chance,
): Promise<{ readonly secret: string; readonly key: StoredKey } | { readonly faults: readonly Fault[] }> {
  const faults = keyFaults(draft);
  if (faults.length > 0) return { faults };
  const id = Buffer.from(random(8)).toString('hex');
  const half = Buffer.from(random(32)).toString('base64url');
  const { party, division } = draft;
  const key: StoredKey = {
    id,
    role: draft.role as Role,
    ...(party ? { party } : {}),
    ...(division ? { division } : {}),
    ...(draft.scopes?.length ? { scopes: [...new Set(draft.scopes)] } : {}),
    label: (draft.label ?? '').trim(),
    digest: digestOf(half),
    created: now,
  };
  await store.put('keys', toRow(key, 1), 0);
  return { secret: `sy1.${id}.${half}`, key };
}

function keyFaults(draft: KeyDraft): Fault[] {
  const faults = standingFaults(draft);
  draft.scopes?.forEach((scope, at) => {
    if (!scopes.some((each) => each === scope))
      faults.push({
        pointer: `/scopes/${at}`,
        message: { zh: `范围须为 ${scopes.join('、')} 之一`, en: `a scope is one of ${scopes.join(', ')}` },
      });
  });
  if ((draft.label ?? '').length > 100)
    faults.push({ pointer: '/label', message: { zh: '用途最多 100 个字', en: 'a label has at most 100 characters' } });
  return faults;
}

/** Whose key it is, and until when that may be believed without looking again. */
export async function keyAccount(
  store: Store,
  secret: string,
  now: number,
): Promise<{ readonly account: Account; readonly until: number } | undefined> {
  const [, id, half] = form.exec(secret) ?? [];
  if (id === undefined || half === undefined) return undefined;
  const row = await store.get('keys', [id]);
  const key = row && fromRow(row);
  if (row === undefined || key === undefined || key.revoked !== undefined) return undefined;
  if (!timingSafeEqual(Buffer.from(digestOf(half)), Buffer.from(key.digest))) return undefined;
  await noteUse(store, row, key, now);
  const { role, party, division } = key;
  const account: Account = {
    name: id,
    role,
    ...(party === undefined ? {} : { party }),
    ...(division === undefined ? {} : { division }),
    via: 'key',
    ...(key.scopes === undefined ? {} : { scopes: key.scopes }),
  };
  return { account, until: Number.MAX_SAFE_INTEGER };
}

/** Writes the hour of use, once an hour; when another writer was first (a revocation, say) theirs stands. */
async function noteUse(store: Store, row: Row<'keys'>, key: StoredKey, now: number): Promise<void> {
  const used = Math.floor(now / hour) * hour;
  if (key.used !== undefined && key.used >= used) return;
  try {
    await store.put('keys', toRow({ ...key, used }, row.version + 1), row.version);
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
  }
}

/** Takes a key back, at once. False when there is none of this id (or, with `party`, none of that party). */
export async function revokeKey(store: Store, id: string, now: number, party?: string): Promise<boolean> {
  for (;;) {
    const row = await store.get('keys', [id]);
    if (row === undefined || (party !== undefined && row.party !== party)) return false;
    const key = fromRow(row);
    try {
      if (key.revoked === undefined) await store.put('keys', toRow({ ...key, revoked: now }, row.version + 1), row.version);
    } catch (error) {
      if (error instanceof VersionConflict) continue;
      throw error;
    }
    forget(store);
    return true;
  }
}

/** Keys in the order of their ids, revoked ones included; of one party when it is given. */
export async function listKeys(store: Store, limit: number, from: { party?: string; after?: string } = {}): Promise<StoredKey[]> {
  const { party, after } = from;
  const rows = await (party === undefined
    ? store.range('keys', { prefix: [], limit, ...(after ? { after: [after] } : {}) })
    : store.range('keys', { index: 'party', prefix: [party], limit, ...(after ? { after: [party, after] } : {}) }));
  return rows.map(fromRow);
}

const fromRow = (row: Row<'keys'>): StoredKey => ({ id: row.id, ...JSON.parse(row.body) });

function toRow({ id, ...rest }: StoredKey, version: number): Row<'keys'> {
  return { id, version, party: rest.party ?? '', body: JSON.stringify(rest) };
}
