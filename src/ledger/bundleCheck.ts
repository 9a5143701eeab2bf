import type { Json, JsonObject } from '../domain/record.js';
import { fromBase64 } from './base64.js';
import { bundleFormat } from './bundleForm.js';
import { openCheckpoint, readCheckpoint, type Checkpoint } from './checkpoint.js';
import { linkText, type StreamLink } from './entry.js';
import { hex, leafHash } from './merkle.js';
import type { Crypto } from './note.js';
import { openSealed, type Opened } from './opened.js';
import { included, rootFrom } from './proof.js';
import type { Trust } from './trust.js';
import { Unproven } from './unproven.js';

/** What a bundle proves. */
export interface CheckedBundle {
  readonly item: string;
  readonly checkpoint: Checkpoint;
  /** Whether a key was given and the checkpoint is signed by it. */
  readonly signed: boolean;
  readonly entries: readonly CheckedEntry[];
}

export interface CheckedEntry extends Opened {
  readonly n: number;
  readonly kind: string;
  /** Record time, Unix milliseconds. */
  readonly time: number;
  readonly digest: string;
}

const utf8 = new TextEncoder();

/**
 * Checks the history of an item from first to last: record → digest → entry → link into the stream → inclusion → signed checkpoint, and
 * that no number of the stream is missing. Without a key it is only held against itself. It does not show that nothing follows the
 * last entry. Throws Unproven with the step and the entry number.
 */
export function checkBundle(crypto: Crypto, value: unknown, key: Trust | undefined): CheckedBundle {
  const { sha256 } = crypto;
  const bundle = objectOf(value);
  const item = textOf(bundle.item);
  if (bundle.format !== bundleFormat) throw new Unproven('form');
  const note = textOf(bundle.checkpoint);
  const checkpoint = key ? openCheckpoint(crypto, note, key) : readCheckpoint(note);
  const stream = hex(sha256(utf8.encode(item)));
  const entries: CheckedEntry[] = [];
  let previous: string | null = null;
  for (const [i, each] of listOf(bundle.entries).map(objectOf).entries()) {
    const n = countOf(each.n);
    const before = entries.at(-1);
    const where = String(n);
    const text = textOf(each.entry);
    const entry = readEntryText(text, where);
    const leaf = leafHash(sha256, text);
    if (n >= checkpoint.size) throw new Unproven('index', where);
    if (!included(sha256, leaf, n, hashesOf(each.proof), checkpoint)) throw new Unproven('inclusion', where);

    const link = linkOf(each.link);
    const root = rootFrom(
      sha256,
      leafHash(sha256, linkText(link)),
      countOf(each.linkIndex),
      entry.count,
      hashesOf(each.linkPath),
    );
    if (root === undefined || hex(root) !== entry.root || link[0] !== stream) throw new Unproven('stream', where);
    if (link[1] !== i + 1 || link[2] !== previous) throw new Unproven('gap', where);
    if (before && (n <= before.n || entry.time < before.time)) throw new Unproven('order', where);

    const record = textOf(each.record);
    if (hex(sha256(utf8.encode(record))) !== entry.digest) throw new Unproven('digest', where);
    const opened = openSealed(sha256, record, listOf(each.disclosures).map(textOf));
    if (!opened) throw new Unproven('disclosure', where);
    entries.push({ n, kind: entry.kind, time: entry.time, digest: entry.digest, ...opened });
    previous = hex(leaf);
  }
  if (entries.length === 0) throw new Unproven('form');
  return { item, checkpoint, signed: key !== undefined, entries };
}

function readEntryText(text: string, where: string): { kind: string; time: number; digest: string; count: number; root: string } {
  try {
    const { v, kind, time, digest, streams } = objectOf(JSON.parse(text));
    const { count, root } = objectOf(streams);
    if (v !== 1) throw new Unproven('entry', where);
    return { kind: textOf(kind), time: countOf(time), digest: textOf(digest), count: countOf(count), root: textOf(root) };
  } catch {
    throw new Unproven('entry', where);
  }
}

function linkOf(value: Json | undefined): StreamLink {
  const [stream, n, previous] = listOf(value);
  if (!isHash(stream) || (previous !== null && !isHash(previous))) throw new Unproven('form');
  return [stream, countOf(n), previous];
}

const isHash = (value: Json | undefined): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const form = (): never => {
  throw new Unproven('form');
};
const objectOf = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : form();
const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : form());
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : form());
const countOf = (value: Json | undefined): number => (Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : form());
const hashesOf = (value: Json | undefined): Uint8Array[] =>
  listOf(value).map((each) => {
    const hash = fromBase64(textOf(each));
    return hash?.length === 32 ? hash : form();
  });
