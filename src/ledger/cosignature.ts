import { cosigned, signatureLine, signaturesOf, type Crypto, type Note, type NoteKey } from './note.js';
import { Unproven } from './unproven.js';

/**
 * Cosignatures of checkpoints (c2sp.org/tlog-cosignature, "Ed25519"): a witness says that at this time the largest tree of this log
 * that it has seen, each the beginning of the next, has this root.
 */
export interface Cosignature {
  readonly key: NoteKey;
  /** POSIX seconds. */
  readonly time: number;
}

/** Whose cosignatures a checkpoint must carry, and how many of them. */
export interface WitnessPolicy {
  readonly keys: readonly NoteKey[];
  readonly quorum: number;
}

/** Bytes of a timed signature: the time in eight, big end first, and the signature in 64. */
const length = 72;
const utf8 = new TextEncoder();

/** What a witness signs: a line that names the kind, the time, and the whole text of the checkpoint. */
export const cosignedText = (time: number, text: string): string => `cosignature/v1\ntime ${time}\n${text}`;

/** The line that goes under the checkpoint, of an Ed25519 signature over `cosignedText`. */
export function cosignatureLine(key: NoteKey, time: number, signature: Uint8Array): string {
  const timed = new Uint8Array(8 + signature.length);
  const view = new DataView(timed.buffer);
  view.setUint32(0, Math.floor(time / 2 ** 32));
  view.setUint32(4, time % 2 ** 32);
  timed.set(signature, 8);
  return signatureLine(key, timed);
}

/** The time of a cosignature of this text by this key; undefined when it is none. */
function timeOf(
  { verifyEd25519 }: Pick<Crypto, 'verifyEd25519'>,
  text: string,
  timed: Uint8Array,
  key: NoteKey,
): number | undefined {
  if (key.type !== cosigned || timed.length !== length) return undefined;
  const view = new DataView(timed.buffer, timed.byteOffset, timed.byteLength);
  const time = view.getUint32(0) * 2 ** 32 + view.getUint32(4);
  // A time beyond 2^53 cannot be written as a decimal here, and is none that a clock has shown.
  if (!Number.isSafeInteger(time) || time === 0) return undefined;
  return verifyEd25519(timed.subarray(8), utf8.encode(cosignedText(time, text)), key.publicKey) ? time : undefined;
}

/** The cosignatures by these keys, each key once. Throws Unproven `cosignature` when one that says it is of such a key is wrong. */
export function cosignaturesOf(crypto: Pick<Crypto, 'verifyEd25519'>, note: Note, keys: readonly NoteKey[]): Cosignature[] {
  return keys.flatMap((key) => {
    const times = signaturesOf(note, key).map(({ signature }) => {
      const time = timeOf(crypto, note.text, signature, key);
      if (time === undefined) throw new Unproven('cosignature', key.name);
      return time;
    });
    return times.length === 0 ? [] : [{ key, time: Math.max(...times) }];
  });
}

/**
 * The cosignatures that the policy asks for. What is signed does not name the witness, so that one public key counts once whatever
 * names it has. Throws Unproven `cosignature` or `witnesses`.
 */
export function witnessesOf(crypto: Pick<Crypto, 'verifyEd25519'>, note: Note, policy: WitnessPolicy): Cosignature[] {
  const found = cosignaturesOf(crypto, note, policy.keys);
  const seen = new Set(found.map(({ key }) => key.publicKey.join()));
  if (seen.size < policy.quorum) throw new Unproven('witnesses', `${seen.size}/${policy.quorum}`);
  return found;
}
