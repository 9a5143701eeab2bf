import type { Account } from './account.js';

/** What a key can be narrowed to. `read`: GET and HEAD; `capture`: EPCIS events in; `record`: every other write. */
export const scopes = ['read', 'capture', 'record'] as const;
export type Scope = (typeof scopes)[number];

/** The scope that a request falls under. `path` is the route's or the request's own. */
export function scopeOf(method: string, path: string): Scope {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return 'read';
  return /^\/epcis\/(capture|events)\b/.test(path) ? 'capture' : 'record';
}

/** Whether the account's key (if it is one) reaches that far. A person's session always does. */
export const inScope = (account: Account, method: string, path: string): boolean =>
  account.scopes === undefined || account.scopes.includes(scopeOf(method, path));
