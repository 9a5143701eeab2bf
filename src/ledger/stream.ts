import type { Row } from '../store/collections.js';
import { linksRoot, readEntry, streamOf, type StreamLink } from './entry.js';
import { hex, leafHash, type Sha256 } from './merkle.js';
import { sealedDigest } from './seal.js';

/** The rows of a ledger that this check reads. */
export type StreamRow = Pick<Row<'records'>, 'entry' | 'body' | 'seed' | 'links'>;

/**
 * Recomputes the stream of an item (ledger.md, "The entry"): the sealed form of every record gives the digest of its entry, every entry the root over
 * its links, and the links run 1, 2, 3 ... each naming the leaf hash of the one before, up to the head. `rows`: all records about the
 * item in order of entry. False as soon as anything does not agree; `links` over `most` in one entry are not recomputed (undefined).
 */
export function streamAgrees(
  sha256: Sha256,
  item: string,
  rows: readonly StreamRow[],
  head: Row<'heads'> | undefined,
  most = 5000,
): boolean | undefined {
  if (head === undefined || rows.length === 0 || head.count !== rows.length)
    return rows.length === 0 && head === undefined ? undefined : false;
  const stream = streamOf(sha256, item);
  let previous: string | null = null;
  let budget = most;
  for (const [i, { entry, body, seed, links }] of rows.entries()) {
    const { digest, streams } = readEntry(entry);
    if (sealedDigest(body, seed) !== digest) return false;
    const all = JSON.parse(links) as StreamLink[];
    budget -= all.length;
    if (budget < 0) return undefined;
    const mine = all.find(([of]) => of === stream);
    if (mine === undefined || mine[1] !== i + 1 || mine[2] !== previous) return false;
    if (streams.count !== all.length || streams.root !== linksRoot(sha256, all)) return false;
    previous = hex(leafHash(sha256, entry));
  }
  return hex(head.head) === previous;
}
