import type { StreamLink } from './entry.js';

export const bundleFormat = 'suyuan.example/lot-proof@v1';

/** The history of one item, to be checked by itself (README.md, "A bundle"). All hashes and paths in base 64. */
export interface LotBundle {
  readonly format: typeof bundleFormat;
  /** Canonical URI of the item. */
  readonly item: string;
  /** The checkpoint note that every inclusion proof leads to. */
  readonly checkpoint: string;
  /** Every entry about the item, oldest first. */
  readonly entries: readonly BundledEntry[];
}

export interface BundledEntry {
  /** Entry number. */
  readonly n: number;
  /** The entry, byte for byte. */
  readonly entry: string;
  /** Inclusion of the entry in the checkpoint's tree. */
  readonly proof: readonly string[];
  /** Its link into the stream of the item, and where it stands among the links of the entry. */
  readonly link: StreamLink;
  readonly linkIndex: number;
  readonly linkPath: readonly string[];
  /** The record in its sealed form, byte for byte. */
  readonly record: string;
  /** Of its hidden values those that the asker may see, as SD-JWT disclosures. */
  readonly disclosures: readonly string[];
}
