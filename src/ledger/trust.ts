import type { WitnessPolicy } from './cosignature.js';
import type { NoteKey } from './note.js';

/** The key that a verifier trusts, and what else it knows or asks: a bare key is one, too. */
export interface Trust extends NoteKey {
  /** Keys that took its place, oldest first (rotation.ts). */
  readonly successors?: readonly Successor[];
  /** Cosignatures that a checkpoint must carry. */
  readonly witnesses?: WitnessPolicy;
}

export interface Successor {
  readonly key: NoteKey;
  /** Number of the entry that says so: every larger tree is signed by this key. */
  readonly entry: number;
}

/** The key that must have signed a tree of this size. */
export const keyAt = (trust: Trust, size: number): NoteKey =>
  trust.successors?.filter(({ entry }) => size > entry).at(-1)?.key ?? trust;
