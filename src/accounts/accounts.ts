import type { Fault, Text } from '../domain/text.js';
import type { Row } from '../store/collections.js';
import { VersionConflict, type Store } from '../store/port.js';
import { roles, type Role } from './account.js';
import { hashPassword, passwordFault } from './password.js';

/** What is stored of a person who signs in. */
export interface StoredAccount {
  readonly name: string;
  /** Raised by every change; a session of an older version is over. */
  readonly version: number;
  readonly role: Role;
  readonly party?: string;
  readonly division?: string;
  /** PHC string. */
  readonly password: string;
  /** Unix milliseconds. */
  readonly created: number;
  readonly disabled?: true;
}

/** An account somebody asks for. Nothing in it has been checked. */
export interface AccountDraft {
  readonly name: string;
  readonly role: string;
  readonly party?: string;
  readonly division?: string;
  readonly password: string;
}

/** Sign-in names are compared in this form. */
export const signInName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

/** Everything that is wrong with whom an account or a key would act for. */
export function standingFaults(given: { role: string; party?: string; division?: string }): Fault[] {
  const faults: Fault[] = [];
  const wrong = (pointer: string, zh: string, en: string) => faults.push({ pointer, message: { zh, en } });
  const role = roles.find((each) => each === given.role);
  if (role === undefined) wrong('/role', `角色须为 ${roles.join('、')} 之一`, `the role is one of ${roles.join(', ')}`);
  const acts = role === 'producer' || role === 'operator' || role === 'laboratory';
  if (acts && !given.party) wrong('/party', '这个角色须属于一个主体', 'this role belongs to a party');
  if (role === 'admin' && given.party) wrong('/party', '管理员不代表任何主体', 'an admin acts for no party');
  if (given.party && !/^(https:\/\/id\.gs1\.org\/417\/\d{13}|urn:suyuan:(uscc|party):[\w-]{1,64})$/.test(given.party))
    wrong('/party', '主体须为其网址或 urn:suyuan: 编号', 'a party is named by its URI');
  if (role === 'inspector' && !/^\d{6}$/.test(given.division ?? ''))
    wrong('/division', '监管账号须有六位行政区划代码', 'an inspector has a division code of six digits');
  if (role !== undefined && role !== 'inspector' && given.division)
    wrong('/division', '只有监管账号有行政区划代码', 'only an inspector has a division code');
  return faults;
}

function draftFaults(draft: AccountDraft): Fault[] {
  const faults = standingFaults(draft);
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u.test(signInName(draft.name)))
    faults.unshift({
      pointer: '/name',
      message: { zh: '用户名为 1 到 64 个字母、数字、汉字或 . _ @ + -', en: 'a name has 1 to 64 letters, digits or . _ @ + -' },
    });
  const weak = passwordFault(draft.password, draft.name);
  if (weak !== undefined) faults.push({ pointer: '/password', message: weak });
  return faults;
}

/** Adds an account, or says everything that is wrong with it (a taken name included). `now` in Unix milliseconds. */
export async function addAccount(
  store: Store,
  draft: AccountDraft,
  now: number,
): Promise<{ readonly account: StoredAccount } | { readonly faults: readonly Fault[] }> {
  const faults = draftFaults(draft);
  if (faults.length > 0) return { faults };
  const { party, division } = draft;
  const account: StoredAccount = {
    name: signInName(draft.name),
    version: 1,
    role: draft.role as Role,
    ...(party ? { party } : {}),
    ...(division ? { division } : {}),
    password: await hashPassword(draft.password),
    created: now,
  };
  try {
    await store.put('accounts', toRow(account), 0);
    return { account };
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    return { faults: [{ pointer: '/name', message: taken }] };
  }
}
const taken: Text = { zh: '这个用户名已有人用', en: 'the name is taken' };

/** The account with this sign-in name, disabled ones included. */
export async function findAccount(store: Store, name: string): Promise<StoredAccount | undefined> {
  const row = await store.get('accounts', [signInName(name)]);
  return row && fromRow(row);
}

/** Accounts by name; of one party when it is given. At most `limit`, after the name `after`. */
export async function listAccounts(
  store: Store,
  limit: number,
  from: { party?: string; after?: string } = {},
): Promise<StoredAccount[]> {
  const { party, after } = from;
  const rows = await (party === undefined
    ? store.range('accounts', { prefix: [], limit, ...(after ? { after: [after] } : {}) })
    : store.range('accounts', { index: 'party', prefix: [party], limit, ...(after ? { after: [party, after] } : {}) }));
  return rows.map(fromRow);
}

export const fromRow = (row: Row<'accounts'>): StoredAccount => ({
  name: row.name,
  version: row.version,
  ...JSON.parse(row.body),
});

export function toRow({ name, version, ...rest }: StoredAccount): Row<'accounts'> {
  return { name, version, party: rest.party ?? null, body: JSON.stringify(rest) };
}
