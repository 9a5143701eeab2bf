import { addCheckpoint, checkpointLimit, readWitnessKey } from '../http/witness.js';
import type { Route } from '../route.js';
import { words } from './shapes.js';

/** We as a witness of other logs (C2SP tlog-witness). */
export const witnessRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/witness/add-checkpoint',
    what: words('为别的账本的检查点作见证', 'Cosign a checkpoint of another log'),
    who: 'anyone',
    // The protocol names no media type, and many clients send none.
    body: { types: ['text/plain', 'application/octet-stream', ''], limit: checkpointLimit },
    answers: { 200: 'text/plain', 409: 'text/x.tlog.size' },
    handler: addCheckpoint,
  },
  {
    method: 'GET',
    path: '/witness/vkey',
    what: words('核对见证签名用的公钥', 'Public key of our cosignatures'),
    who: 'anyone',
    answers: { 200: 'text/plain' },
    handler: readWitnessKey,
  },
];
