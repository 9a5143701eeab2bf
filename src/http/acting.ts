import type { Account } from '../accounts/account.js';
import type { App } from '../app.js';
import type { Reader } from '../domain/reader.js';
import { Problem } from '../errors.js';
import { entrusting } from '../queries/mandates.js';
import type { Call } from './call.js';
import { textIn } from './signin.js';

/** For whom an account of a party is working: its own party, or one that entrusted it. */
export interface Acting {
  readonly account: Account;
  /** The party that makes the statement. */
  readonly by: string;
  /** The party whose act it is. */
  readonly party: string;
  /** Given when it is another one. */
  readonly behalf?: string;
  readonly reader: Reader;
}

/**
 * Reads `for` of the query or the form. A party that did not entrust this one is answered as if it did not exist.
 * @throws Problem `not-found` then, and for an account without a party
 */
export async function acting(app: App, call: Call): Promise<Acting> {
  const account = call.account as Account;
  const { party: by, role } = account;
  if (by === undefined) throw new Problem('not-found');
  const wanted = call.query.for ?? textIn(call.body, 'for');
  const behalf = wanted === '' || wanted === by ? undefined : wanted;
  if (behalf !== undefined && !(role === 'operator' && (await entrusting(app.store, by, app.clock())).includes(behalf))) {
    throw new Problem('not-found');
  }
  return { account, by, party: behalf ?? by, ...(behalf && { behalf }), reader: { role, party: behalf ?? by } };
}

/** The query that keeps an address within the same party's pages: `?for=...`, or nothing. */
export const keepFor = ({ behalf }: Pick<Acting, 'behalf'>, more: Readonly<Record<string, string>> = {}): string => {
  const search = new URLSearchParams({ ...(behalf && { for: behalf }), ...more }).toString();
  return search === '' ? '' : `?${search}`;
};
