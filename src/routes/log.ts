import { readCheckpoint, readKeys, readReceipt, readTile, readVkey } from '../http/log.js';
import type { Route } from '../route.js';
import { words } from './shapes.js';

/** The ledger as C2SP tlog-tiles serves it, and receipts (C2SP tlog-proof): for anyone, to be checked without trusting us. */
export const logRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/log/checkpoint',
    what: words('账本的签名检查点', 'Signed checkpoint of the ledger'),
    who: 'anyone',
    answers: { 200: 'text/plain' },
    handler: readCheckpoint,
  },
  {
    method: 'GET',
    path: '/log/vkey',
    what: words('核对签名用的公钥', 'Public key of the checkpoints'),
    who: 'anyone',
    answers: { 200: 'text/plain' },
    handler: readVkey,
  },
  {
    method: 'GET',
    path: '/log/keys',
    what: words('账本换过的钥匙及其证明', 'Keys that the ledger changed to, with their proof'),
    who: 'anyone',
    answers: { 200: 'application/json' },
    handler: readKeys,
  },
  {
    method: 'GET',
    path: '/log/tile/*name',
    what: words('账本的一块：摘要或账目', 'A tile of hashes or a bundle of entries'),
    who: 'anyone',
    answers: { 200: 'application/octet-stream' },
    handler: readTile,
  },
  {
    method: 'GET',
    path: '/log/receipt/:n',
    what: words('一条账目的存证回执', 'Receipt of an entry'),
    who: 'anyone',
    answers: { 200: 'text/plain' },
    handler: readReceipt,
  },
];
