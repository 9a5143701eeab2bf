/** The kinds of record (model.md, "Record kinds"). */
export const recordKinds = [
  'event',
  'party',
  'place',
  'product',
  'certificate',
  'inspection',
  'recall',
  'complaint',
  'alert',
  'release',
  'standing',
  'fact',
  'mandate',
  'link',
  'label',
  'attachment',
  'key',
  'erasure',
  'map-root',
  'rollback',
] as const;
export type RecordKind = (typeof recordKinds)[number];

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * One statement of the ledger, as it is hashed: its JCS form (RFC 8785) in which every hidden value is an `_sd` digest.
 * The time of recording is not in it: the sequencer gives it, and it stands in the entry.
 */
export interface LedgerRecord {
  readonly v: 1;
  readonly kind: RecordKind;
  /** Of an event its eventID; of a statement the URI of its subject. */
  readonly id: string;
  /** URI of the party that makes the statement. */
  readonly by: string;
  /** URI of the party that entrusted `by` with it (recorded on behalf of). */
  readonly behalf?: string;
  /** An EPCIS 2.0 event, or a statement by schemas/records/<kind>.json. */
  readonly body: JsonObject;
  /** Personal and confidential values that belong to the record but not into the event (model.md, "Activities"). */
  readonly hidden?: JsonObject;
  /** Part of the demonstration data. */
  readonly demo?: true;
}

/** Why a value is hidden: `personal` may be erased; `confidential` is shown to those whom its role allows. */
export type Mark = 'personal' | 'confidential';

/** An SD-JWT disclosure (RFC 9901 section 4.2): base64url of the JSON array [salt, name, value] or [salt, value]. */
export interface Disclosure {
  readonly digest: string;
  readonly mark: Mark;
  readonly text: string;
}
