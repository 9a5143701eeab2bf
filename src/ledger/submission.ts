import { addCheckpointText, readSize } from './addCheckpoint.js';
import { cosignaturesOf } from './cosignature.js';
import { nodeCrypto } from './node.js';
import { readNote, signatureLine, signaturesOf } from './note.js';
import { Unproven } from './unproven.js';
import type { WitnessAddress } from './witnessSettings.js';

/** A checkpoint that goes to witnesses. */
export interface Submitted {
  readonly size: number;
  /** The note as the log signed it. */
  readonly note: string;
}

/** What a witness said to a checkpoint. */
export type Said =
  /** Its signature lines, verified. */
  | { readonly lines: string }
  /** It cosigned a tree of this size last. */
  | { readonly size: number }
  /** It holds another history of this log than ours: one of the two is a lie. */
  | { readonly forked: number }
  /** It is away, or does not do what the protocol asks. */
  | { readonly failed: string };

/** Bytes of an answer at most. */
const longest = 65_536;

/** Sends a checkpoint to a witness (c2sp.org/tlog-witness) with the proof from the size that it cosigned last. Never rejects. */
export async function submit(
  { url, key }: WitnessAddress,
  { size, note }: Submitted,
  old: number,
  proof: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<Said> {
  try {
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: addCheckpointText({ old, proof, checkpoint: note }),
      redirect: 'error',
      signal,
    });
    const body = await textOf(response);
    if (response.status === 200) return cosigned(note, body, key);
    const known = response.status === 409 ? readSize(response.headers.get('content-type'), body) : undefined;
    if (known !== undefined) return { size: known };
    // Refused though the size was right: the tree that it has is not the beginning of this one, or this one another.
    if (response.status === 422 || (response.status === 409 && old === size)) return { forked: response.status };
    return { failed: `status ${response.status}` };
  } catch (error) {
    if (error instanceof Unproven) return { failed: error.message };
    const { name, cause } = error as Error;
    const code = cause instanceof Error && 'code' in cause ? ` ${String(cause.code)}` : '';
    return { failed: `${name}${code}` };
  }
}

/** The lines of this witness alone, however many others the answer has. */
function cosigned(checkpoint: string, lines: string, key: WitnessAddress['key']): Said {
  const note = readNote(checkpoint + lines);
  if (note.text !== readNote(checkpoint).text) return { failed: 'the answer is no signature lines' };
  if (cosignaturesOf(nodeCrypto, note, [key]).length === 0) return { failed: 'not signed by the key of the witness' };
  return { lines: signatureLine(key, (signaturesOf(note, key)[0] as { signature: Uint8Array }).signature) };
}

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    parts.push(part);
    bytes += part.length;
    if (bytes > longest) throw new Unproven('form', 'the answer is too long');
  }
  return Buffer.concat(parts).toString('utf8');
}
