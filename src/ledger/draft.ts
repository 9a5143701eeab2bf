import type { Account } from '../accounts/account.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import { contentText } from '../domain/epcis/hash.js';
import { whenOf } from '../domain/epcis/time.js';
import { jcs } from '../domain/jcs.js';
import type { Disclosure, LedgerRecord } from '../domain/record.js';
import { digestOf } from './entry.js';
import { sha256 } from './node.js';
import { random16 } from './random.js';
import { sealedDigest } from './seal.js';
import { streamsOf } from './streams.js';

/** A record ready for the sequencer: hashed, its streams named, everything computed that needs no state. */
export interface Draft {
  readonly record: LedgerRecord;
  /** JCS of the record. */
  readonly text: string;
  /** What the salts of its sealed form come from, and that form's digest in hex (seal.ts). */
  readonly seed: Uint8Array;
  readonly digest: string;
  readonly disclosures: readonly Disclosure[];
  /** Canonical URIs of every lot and subject it touches, each once; the stating party's last. */
  readonly streams: readonly string[];
  /** Equal for equal content: what tells a repeated capture from another event under the same id. */
  readonly content: string;
  /** Its id was made for it just now (a random UUID): nothing in the ledger can have it. */
  readonly fresh?: boolean;
  readonly role: Account['role'] | 'system';
  /** Event time in Unix milliseconds; of a statement none: it holds from when it is recorded. */
  readonly time?: number;
  readonly event?: EpcisEvent;
  /** Record time of a story that is replayed (demonstration data only). */
  readonly recordedAt?: number;
  /** Of an error declaration: the entry that it takes back; refused when that is not in force any more. */
  readonly takesBack?: number;
  /** Of the event that stands in for a corrected one: the things of that one, whose balance may not refuse it. */
  readonly instead?: readonly string[];
}

export interface DraftOptions {
  readonly takesBack?: number;
  readonly instead?: readonly string[];
  readonly role: Draft['role'];
  readonly disclosures?: readonly Disclosure[];
  /** Digest of its content, when the caller knows it already: of an event's content text, else of the JCS of its body. */
  readonly content?: string;
  readonly recordedAt?: number;
  /** Nobody else can know the id yet. */
  readonly fresh?: boolean;
  /** 16 bytes; new random ones when left out. */
  readonly seed?: Uint8Array;
}

/** Seals and hashes a record. Throws RangeError when the time of an event cannot be read: validation comes before. */
export function draftOf(record: LedgerRecord, options: DraftOptions): Draft {
  const text = jcs(record);
  const seed = options.seed ?? random16();
  const event = record.kind === 'event' ? (record.body as unknown as EpcisEvent) : undefined;
  return {
    record,
    text,
    seed,
    digest: sealedDigest(text, seed),
    disclosures: options.disclosures ?? [],
    streams: streamsOf(record),
    content: options.content ?? digestOf(sha256, event ? contentText(event) : jcs(record.body)),
    ...(options.fresh && { fresh: true }),
    role: options.role,
    ...(event && { event, time: whenOf(event).time }),
    ...(options.recordedAt !== undefined && { recordedAt: options.recordedAt }),
    ...(options.takesBack !== undefined && { takesBack: options.takesBack }),
    ...(options.instead && { instead: options.instead }),
  };
}
