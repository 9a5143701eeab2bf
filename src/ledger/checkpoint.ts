import { fromBase64, toBase64 } from './base64.js';
import { witnessesOf } from './cosignature.js';
import { openNote, readNote, type Crypto } from './note.js';
import { keyAt, type Trust } from './trust.js';
import { Unproven } from './unproven.js';

/** A tree head (c2sp.org/tlog-checkpoint): what a log signs. */
export interface Checkpoint {
  readonly origin: string;
  /** Entries in the tree. */
  readonly size: number;
  /** RFC 6962 root over them, 32 bytes. */
  readonly root: Uint8Array;
}

/** The text that is signed; we write no extension lines. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads the text of a checkpoint note, extension lines passed over. Throws Unproven `checkpoint`. */
export function readCheckpointText(text: string): Checkpoint {
  const lines = text.split('\n');
  const [origin = '', size = '', encoded = ''] = lines;
  const root = fromBase64(encoded);
  const whole = lines.at(-1) === '' && lines.length >= 4 && lines.slice(0, -1).every((line) => line !== '');
  if (!whole || !isCount(size) || root?.length !== 32) throw new Unproven('checkpoint');
  return { origin, size: Number(size), root };
}

/** A count or index in ASCII decimal without leading zeroes. */
export const isCount = (text: string): boolean => /^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text));

/** Reads a checkpoint without asking who signed it: what it says of itself. */
export const readCheckpoint = (note: string): Checkpoint => readCheckpointText(readNote(note).text);

/**
 * Reads a checkpoint that the key signed (or the one that took its place before a tree of this size) and whose origin is the key's
 * name, with the cosignatures that are asked for. Throws Unproven.
 */
export function openCheckpoint(crypto: Pick<Crypto, 'verifyEd25519'>, note: string, trust: Trust): Checkpoint {
  const key = trust.successors?.length ? keyAt(trust, readCheckpoint(note).size) : trust;
  const read = openNote(crypto, note, key);
  const checkpoint = readCheckpointText(read.text);
  if (checkpoint.origin !== key.name) throw new Unproven('origin', checkpoint.origin.slice(0, 80));
  if (trust.witnesses) witnessesOf(crypto, read, trust.witnesses);
  return checkpoint;
}
