import type { App } from '../app.js';
import { Problem } from '../errors.js';
import type { Witness } from '../ledger/witness.js';
import { decodeUtf8 } from './body.js';
import type { Answer, Call } from './call.js';

/** Bytes of a submitted checkpoint with its proof: 63 hashes and more signatures than logs have. */
export const checkpointLimit = 65_536;

const witnessOf = ({ witness }: App): Witness => {
  if (!witness) throw new Problem('unknown-log');
  return witness;
};

/** GET /witness/vkey: the public key of our cosignatures. */
export function readWitnessKey(app: App): Answer {
  return plain(`${witnessOf(app).vkey}\n`, { 'cache-control': 'public, max-age=3600' });
}

/** POST /witness/add-checkpoint (c2sp.org/tlog-witness): cosigns what continues the checkpoint that was cosigned last. */
export async function addCheckpoint(app: App, call: Call): Promise<Answer> {
  const answer = await witnessOf(app).add(decodeUtf8(call.body as Uint8Array));
  switch (answer.told) {
    case 'cosigned':
      return plain(answer.lines);
    case 'size':
      return { status: 409, type: 'text/x.tlog.size', body: `${answer.size}\n` };
    case 'malformed':
      throw new Problem('bad-checkpoint', { detail: answer.why });
    case 'unknown':
      throw new Problem('unknown-log');
    case 'untrusted':
      throw new Problem('untrusted-checkpoint');
    case 'forked':
      throw new Problem('forked-checkpoint');
    case 'inconsistent':
      throw new Problem('inconsistent-checkpoint');
  }
}

const plain = (body: string, headers: Answer['headers'] = { 'cache-control': 'no-store' }): Answer => ({
  status: 200,
  type: 'text/plain; charset=utf-8',
  headers,
  body,
});
