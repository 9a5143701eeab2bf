import type { Key } from '../port.js';
import type { ErrorMessage } from './errors.js';

/**
 * What is asked of the writer's thread. Rows come as one flat array of cells a collection, which clones faster than objects; bytes
 * stand in it as their number, and lie one behind the other in `bytes`, since each view costs as much as a row to clone.
 */
export interface Part {
  readonly collection: string;
  readonly cells: readonly unknown[];
  readonly bytes?: Uint8Array;
  readonly deletes: readonly Key[];
}
export type SideCall =
  | { readonly call: 'put'; readonly part: Part; readonly ifVersion?: number }
  | { readonly call: 'delete'; readonly collection: string; readonly key: Key }
  /** Deletes at most `limit` rows, so that other writes are not kept waiting. */
  | { readonly call: 'expire'; readonly collection: string; readonly now: number; readonly limit: number };
export type Call =
  | { readonly call: 'append'; readonly parts: readonly Part[]; readonly expectedSize: number }
  | SideCall
  | { readonly call: 'close' };

export type Request = Call & { readonly id: number };
/** Id 0 says how opening went. */
export type Reply = { readonly id: number; readonly value?: number; readonly error?: ErrorMessage };
