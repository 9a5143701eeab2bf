import type { JsonObject } from '../domain/record.js';
import type { Row } from '../store/collections.js';
import { type Store, VersionConflict } from '../store/port.js';

/** A query under a name, as it was given (EPCIS 2.0 section 12.6.4). */
export interface NamedQuery {
  readonly name: string;
  readonly query: JsonObject;
  /** Unix milliseconds. */
  readonly created: number;
}

/** Names of the standard's own queries, which nobody can take. */
const taken = new Set(['SimpleEventQuery', 'SimpleMasterDataQuery']);
/** Queries of one owner at most. */
const most = 1000;

const read = ({ name, time, body }: Row<'queries'>): NamedQuery => ({
  name,
  created: time,
  query: JSON.parse(body) as JsonObject,
});

/** Keeps a query; `taken` when the owner has one of this name, `full` when it has too many. */
export async function keepQuery(
  store: Store,
  owner: string,
  { name, query, created }: NamedQuery,
): Promise<'kept' | 'taken' | 'full'> {
  if (taken.has(name)) return 'taken';
  if ((await store.range('queries', { prefix: [owner], limit: most })).length === most) return 'full';
  try {
    await store.put('queries', { owner, name, version: 1, time: created, body: JSON.stringify(query) }, 0);
    return 'kept';
  } catch (error) {
    if (error instanceof VersionConflict) return 'taken';
    throw error;
  }
}

export async function queryNamed(store: Store, owner: string, name: string): Promise<NamedQuery | undefined> {
  const row = await store.get('queries', [owner, name]);
  return row && read(row);
}

/** Queries of an owner in the order of their names, behind the one that `after` names. */
export async function queriesOf(store: Store, owner: string, limit: number, after?: string): Promise<NamedQuery[]> {
  const rows = await store.range('queries', { prefix: [owner], limit, ...(after !== undefined && { after: [owner, after] }) });
  return rows.map(read);
}

/** Whether there was one to forget. */
export async function forgetQuery(store: Store, owner: string, name: string): Promise<boolean> {
  if ((await store.get('queries', [owner, name])) === undefined) return false;
  await store.delete('queries', [owner, name]);
  return true;
}
