/**
 * Every collection of the store, declared once: its columns, its key and its indexes. Both adapters build their tables from
 * this table, and `Row<'name'>` is the type of a row.
 *
 * Column types: `int` (a safe integer), `text`, `uri` (text that many rows repeat: an adapter may intern it), `blob` (bytes).
 * A trailing `?` allows null. Ranges order `int` by value and `text` by its UTF-8 bytes; `uri` has no promised order (its rows
 * stand together, and it is meant to be held equal as a prefix). An index names every column of the key, so that a cursor is exact.
 *
 * Three kinds (house.md, "Store"): `ledger` is written only by `append`; `private` is written with the append and can be erased;
 * `side` is never part of a proof and may be put and deleted at any time.
 */
export type ColumnType = 'int' | 'text' | 'uri' | 'blob' | 'int?' | 'text?' | 'uri?' | 'blob?';

export interface CollectionShape {
  readonly kind: 'ledger' | 'private' | 'side';
  readonly columns: Readonly<Record<string, ColumnType>>;
  readonly key: readonly string[];
  readonly indexes?: Readonly<Record<string, readonly string[]>>;
}

export const collections = {
  /**
   * One row a record, numbered without gaps from 0. `entry` and `body` are JCS text; `seed` is what the salts of the body's sealed
   * form come from (ledger/seal.ts); `links` are the stream triples of the entry.
   */
  records: {
    kind: 'ledger',
    columns: { seq: 'int', kind: 'text', time: 'int', by: 'uri', entry: 'text', body: 'text', seed: 'blob', links: 'text' },
    key: ['seq'],
    indexes: { kind: ['kind', 'seq'] },
  },
  /** One row a tile (C2SP tlog-tiles): up to 256 hashes of 32 bytes; partial tiles are cut from it. */
  tiles: { kind: 'ledger', columns: { level: 'int', n: 'int', hashes: 'blob' }, key: ['level', 'n'] },
  /** The last entry of each stream: how many it has and the leaf hash of the newest. */
  heads: { kind: 'ledger', columns: { item: 'uri', count: 'int', head: 'blob' }, key: ['item'] },
  /** Which records speak of an item (a lot, a party, a place, a product): in the order of what happened. */
  touches: {
    kind: 'ledger',
    columns: { item: 'uri', time: 'int', seq: 'int' },
    key: ['item', 'time', 'seq'],
  },
  /**
   * Events by who may read them whole: a row for each party that does, and one for `everyone` (domain/epcis/query/entries.ts), with
   * the business step as Web URI, and 1 where it has sensor elements. In the order of recording, and in that of what happened: all, those
   * of one step, those of sensors. That is what queries walk along (queries/eventPlan.ts).
   */
  happenings: {
    kind: 'ledger',
    columns: { reader: 'uri', seq: 'int', time: 'int', step: 'uri?', sensed: 'int?' },
    key: ['reader', 'seq'],
    indexes: {
      time: ['reader', 'time', 'seq'],
      step: ['reader', 'step', 'time', 'seq'],
      sensed: ['reader', 'sensed', 'time', 'seq'],
    },
  },
  /** Values of standard fields in the events that a reader may read whole, each once: the top-level resources of EPCIS. */
  values: {
    kind: 'ledger',
    columns: { reader: 'uri', field: 'text', value: 'text' },
    key: ['reader', 'field', 'value'],
  },
  /** Events that share a transformationID: no item need stand in all of them. */
  runs: { kind: 'ledger', columns: { run: 'text', time: 'int', seq: 'int' }, key: ['run', 'time', 'seq'] },
  /** Event ids, scoped to who recorded them (an error declaration reuses the id of its original), with what tells contents apart. */
  ids: { kind: 'ledger', columns: { id: 'text', by: 'uri', seq: 'int', content: 'text' }, key: ['id', 'by', 'seq'] },
  /** The present state of a lot: domain/lot.ts as JSON. `number`: lot, serial or SSCC as people type it (domain/number.ts). */
  lots: {
    kind: 'ledger',
    columns: { item: 'uri', product: 'uri?', producer: 'uri?', number: 'text?', time: 'int', body: 'text' },
    key: ['item'],
    indexes: { product: ['product', 'time', 'item'], number: ['number', 'item'] },
  },
  /** Whose lots they are: role `holds`, `incoming` (in transit to the party), `sent` (in transit from it) or `made`. */
  holdings: {
    kind: 'ledger',
    columns: { party: 'uri', role: 'text', time: 'int', item: 'uri' },
    key: ['party', 'role', 'item'],
    indexes: { time: ['party', 'role', 'time', 'item'] },
  },
  /** Statements about a subject that is not a lot (party, place, product, mandate, certificate ...), oldest first. */
  statements: {
    kind: 'ledger',
    columns: { item: 'uri', seq: 'int', kind: 'text', by: 'uri', time: 'int' },
    key: ['item', 'seq'],
    indexes: { kind: ['kind', 'item', 'seq'], by: ['by', 'kind', 'seq', 'item'] },
  },
  /** What statements are about besides their own subject: the product or lot that a link leads on from. Oldest first. */
  about: {
    kind: 'ledger',
    columns: { subject: 'uri', kind: 'text', seq: 'int', item: 'uri' },
    key: ['subject', 'kind', 'seq'],
  },
  /** Salt and plain value of every hidden field: an SD-JWT disclosure (RFC 9901). Erasure deletes rows here. */
  disclosures: {
    kind: 'private',
    columns: { seq: 'int', digest: 'text', mark: 'text', text: 'text' },
    key: ['seq', 'digest'],
  },
  /**
   * Hidden values that were erased: where each stood, why, when (record time) and by which entry. With it a reader can tell a value
   * that is gone from one that is withheld.
   */
  erased: {
    kind: 'ledger',
    columns: { seq: 'int', digest: 'text', mark: 'text', field: 'text', reason: 'text', erasure: 'int', time: 'int' },
    key: ['seq', 'digest'],
  },
  /** Small facts about the ledger itself: origin, checkpoint, shape. */
  meta: { kind: 'side', columns: { name: 'text', version: 'int', body: 'text' }, key: ['name'] },
  accounts: {
    kind: 'side',
    columns: { name: 'text', version: 'int', party: 'text?', body: 'text' },
    key: ['name'],
    indexes: { party: ['party', 'name'] },
  },
  sessions: {
    kind: 'side',
    columns: { id: 'text', version: 'int', account: 'text', expires: 'int', body: 'text' },
    key: ['id'],
    indexes: { account: ['account', 'id'] },
  },
  keys: {
    kind: 'side',
    columns: { id: 'text', version: 'int', party: 'text', body: 'text' },
    key: ['id'],
    indexes: { party: ['party', 'id'] },
  },
  /** First answers to writes that carried an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header), kept 90 days. */
  answers: {
    kind: 'side',
    columns: { key: 'text', version: 'int', expires: 'int', body: 'text' },
    key: ['key'],
  },
  /** Failed sign-ins, counted per account and per address. */
  failures: { kind: 'side', columns: { key: 'text', version: 'int', expires: 'int', body: 'text' }, key: ['key'] },
  /** Of each log that we are a witness of, the checkpoint cosigned last (the note is the body) and when, in POSIX seconds. */
  witnessed: {
    kind: 'side',
    columns: { origin: 'text', version: 'int', size: 'int', root: 'blob', time: 'int', body: 'text' },
    key: ['origin'],
  },
  /** Named EPCIS queries, of a party or of the inspectors of a division. */
  queries: {
    kind: 'side',
    columns: { owner: 'text', name: 'text', version: 'int', time: 'int', body: 'text' },
    key: ['owner', 'name'],
  },
  /** Page tokens that were given back before they expired, by digest. */
  tokens: { kind: 'side', columns: { id: 'text', version: 'int', expires: 'int' }, key: ['id'] },
  /** EPCIS capture jobs. */
  jobs: {
    kind: 'side',
    columns: { id: 'text', version: 'int', party: 'text', time: 'int', expires: 'int', body: 'text' },
    key: ['id'],
    indexes: { party: ['party', 'time', 'id'] },
  },
} as const satisfies Record<string, CollectionShape>;

export type CollectionName = keyof typeof collections;
type Names<K> = { [N in CollectionName]: (typeof collections)[N]['kind'] extends K ? N : never }[CollectionName];
export type SideName = Names<'side'>;
/** Side collections with an `expires` column (Unix milliseconds). */
export type ExpiringName = 'sessions' | 'answers' | 'failures' | 'jobs' | 'tokens';

type Value<T> = T extends 'int'
  ? number
  : T extends 'int?'
    ? number | null
    : T extends 'text' | 'uri'
      ? string
      : T extends 'text?' | 'uri?'
        ? string | null
        : T extends 'blob'
          ? Uint8Array
          : Uint8Array | null;

/** A row of a collection, every column present. */
export type Row<N extends CollectionName> = {
  -readonly [C in keyof (typeof collections)[N]['columns']]: Value<(typeof collections)[N]['columns'][C]>;
};
export type Cell = string | number | Uint8Array | null;
