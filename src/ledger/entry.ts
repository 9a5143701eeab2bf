import type { LedgerRecord, RecordKind } from '../domain/record.js';
import { hex, leafHash, treeRoot, type Sha256 } from './merkle.js';

/** A link of an entry into one stream: [stream, n, previous] (ledger.md, "The entry"). */
export type StreamLink = readonly [stream: string, n: number, previous: string | null];

/** The newest entry of a stream. */
export interface Head {
  /** How many entries the stream has. */
  readonly count: number;
  /** Leaf hash of the newest. */
  readonly hash: Uint8Array;
}

const utf8 = new TextEncoder();

/** Stream = lower-case hex SHA-256 of the canonical URI in UTF-8. */
export const streamOf = (sha256: Sha256, uri: string): string => hex(sha256(utf8.encode(uri)));

/** Lower-case hex SHA-256 of JCS text: of a record in its sealed form (seal.ts), its digest. */
export const digestOf = (sha256: Sha256, jcs: string): string => hex(sha256(utf8.encode(jcs)));

/** The links of a new entry, sorted by stream, given the present head of each stream. */
export function linksOf(streams: readonly { readonly stream: string; readonly head?: Head | undefined }[]): StreamLink[] {
  return streams
    .map(({ stream, head }): StreamLink => [stream, (head?.count ?? 0) + 1, head ? hex(head.hash) : null])
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

/** JCS of one triple: streams and hashes are hex, so that no character needs an escape. */
export const linkText = ([stream, n, previous]: StreamLink): string =>
  `["${stream}",${n},${previous === null ? 'null' : `"${previous}"`}]`;

/** JCS of all triples of an entry: what auditors get, and what is stored beside the entry. */
export const linksText = (links: readonly StreamLink[]): string => `[${links.map(linkText).join(',')}]`;

/** Root of the RFC 6962 tree over the triples. */
export const linksRoot = (sha256: Sha256, links: readonly StreamLink[]): string =>
  hex(
    treeRoot(
      sha256,
      links.map((link) => leafHash(sha256, linkText(link))),
    ),
  );

export interface Entry {
  readonly v: 1;
  readonly kind: RecordKind;
  /** Record time: integer Unix milliseconds of the server's clock, never decreasing. */
  readonly time: number;
  /** Digest of the record. */
  readonly digest: string;
  readonly streams: { readonly count: number; readonly root: string };
}

/** The entry in JCS form (RFC 8785): members in this order, nothing in it needs an escape. */
export function entryText(sha256: Sha256, entry: Pick<Entry, 'kind' | 'time' | 'digest'>, links: readonly StreamLink[]): string {
  const { kind, time, digest } = entry;
  return `{"digest":"${digest}","kind":"${kind}","streams":{"count":${links.length},"root":"${linksRoot(sha256, links)}"},"time":${time},"v":1}`;
}

export const readEntry = (text: string): Entry => JSON.parse(text) as Entry;

/** A record read back from its JCS text. */
export const readRecord = (text: string): LedgerRecord => JSON.parse(text) as LedgerRecord;
