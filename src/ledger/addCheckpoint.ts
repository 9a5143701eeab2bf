import { fromBase64, toBase64 } from './base64.js';
import { isCount } from './checkpoint.js';
import { Unproven } from './unproven.js';

/** What a log sends to a witness (c2sp.org/tlog-witness, "add-checkpoint"). */
export interface AddCheckpoint {
  /** Size of the tree that the witness cosigned last; 0 when none. */
  readonly old: number;
  /** Consistency proof from it to the checkpoint (RFC 6962 section 2.1.2). */
  readonly proof: readonly Uint8Array[];
  /** The checkpoint note, verbatim. */
  readonly checkpoint: string;
}

/** Lines of a proof at most: a tree of 2^63 entries needs no more. */
const proofMost = 63;

export const addCheckpointText = ({ old, proof, checkpoint }: AddCheckpoint): string =>
  `old ${old}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${checkpoint}`;

/** Reads such a request. The checkpoint is not looked at. Throws Unproven `form` with the line that is wrong. */
export function readAddCheckpoint(text: string): AddCheckpoint {
  const cut = text.indexOf('\n\n');
  if (cut < 0) throw new Unproven('form');
  const [first = '', ...rest] = text.slice(0, cut).split('\n', proofMost + 2);
  const old = /^old (.+)$/.exec(first)?.[1] ?? '';
  if (!isCount(old)) throw new Unproven('form', '1');
  const proof = rest.map((line, at) => {
    const hash = fromBase64(line);
    if (hash?.length !== 32 || at >= proofMost) throw new Unproven('form', String(at + 2));
    return hash;
  });
  return { old: Number(old), proof, checkpoint: text.slice(cut + 2) };
}

/** The size that a witness answers with 409 (`text/x.tlog.size`); undefined when the answer is another one. */
export function readSize(type: string | null, body: string): number | undefined {
  const size = body.endsWith('\n') ? body.slice(0, -1) : body;
  return type?.split(';')[0]?.trim().toLowerCase() === 'text/x.tlog.size' && isCount(size) ? Number(size) : undefined;
}
