import type { Finding } from '../domain/text.js';
import type { Batch } from '../store/port.js';
import type { Draft } from './draft.js';

/** Where a record stands: given only after it is durable (ledger.md, promise 1). */
export interface Receipt {
  /** Entry number, from 0, without gaps. */
  readonly seq: number;
  /** Record time, Unix milliseconds. */
  readonly time: number;
  readonly id: string;
  /** Digest of the record, lower-case hex. */
  readonly digest: string;
  /** Leaf hash of the entry, lower-case hex. */
  readonly leaf: string;
  readonly findings: readonly Finding[];
}

export type Outcome =
  | { readonly recorded: Receipt }
  /** The same event by the same party is in the ledger already: its first entry number. Nothing was appended. */
  | { readonly duplicate: number }
  /** The id is taken by other content of the same party. */
  | { readonly conflict: number }
  | { readonly refused: readonly Finding[] };

export interface SubmitOptions {
  /** All or none: a group that stands or falls together (EPCIS rollback). One that fails leaves nothing of the others. */
  readonly together?: boolean;
  /** Side rows written in the same append as the records, made when their numbers are known (an idempotency answer). */
  readonly attach?: (outcomes: readonly Outcome[]) => Batch;
  /**
   * Whether this very group was recorded before, as the rows attached to it tell. Asked in the turn of the append when an earlier one
   * has failed: a commit whose answer was lost may have come in since the caller looked. If so the group is rejected with Repeated.
   */
  readonly repeated?: () => Promise<boolean>;
}

/** The group is in the ledger already, with the rows that were attached to it: nothing was appended. */
export class Repeated extends Error {}

/** The queue is full: nothing was taken; try again after a moment. */
export class Busy extends Error {}

export interface Ledger {
  /**
   * Records drafts in their order and answers when they are durable. Independent drafts fail alone; `together` ones fail together:
   * then those without a fault of their own are answered `refused` with no findings. Rejects with Busy when the queue is full or the
   * store cannot write, and then nothing of the group is recorded, unless the fault struck after the commit: a retry with the same
   * event ids answers `duplicate`.
   */
  submit(drafts: readonly Draft[], options?: SubmitOptions): Promise<Outcome[]>;
  /** Records so far, all durable. */
  readonly size: number;
  /** Record time of the newest, Unix milliseconds; 0 when there is none. */
  readonly time: number;
  /** Changes whenever something new may be known about a party, a place or a product: until then what was read of them holds. */
  readonly told: number;
  /** Records waiting to be written. */
  readonly waiting: number;
  /** RFC 6962 root over all entries, lower-case hex. */
  root(): string;
  /** Finishes what is queued and takes no more. */
  close(): Promise<void>;
}

export interface LedgerOptions {
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** Records that may wait; beyond it submit rejects with Busy. */
  readonly queueLimit?: number;
  /** Called after each append: how many records, and how long it took in milliseconds. */
  readonly observe?: (records: number, milliseconds: number) => void;
}
