import { promisify } from 'node:util';
import { gzip as gzipOf } from 'node:zlib';
import type { App } from '../app.js';
import { Problem } from '../errors.js';
import { bundleOf, type See } from '../ledger/bundle.js';
import { receiptText } from '../ledger/proof.js';
import { logUri } from '../ledger/rotation.js';
import { hasTile, readTilePath, type TileName } from '../ledger/tilePath.js';
import { tileWidth } from '../ledger/tiles.js';
import { isCount } from '../ledger/checkpoint.js';
import { json, type Answer, type Call } from './call.js';

const gzip = promisify(gzipOf);
/** Anyone may check, from any page. */
const open = { 'access-control-allow-origin': '*' };
/** A tile of a given width never changes (c2sp.org/tlog-tiles). */
const forEver = { ...open, 'cache-control': 'public, max-age=31536000, immutable' };

/** GET /log/checkpoint: the signed head of everything that is durable now; with witnesses, the newest that enough of them cosigned. */
export function readCheckpoint(app: App): Answer {
  return text(app.checkpoints.published().note, { ...open, 'cache-control': 'no-store' });
}

/** GET /log/vkey: the public key that checkpoints are checked with. */
export function readVkey(app: App): Answer {
  return text(`${app.checkpoints.vkey}\n`, { ...open, 'cache-control': 'public, max-age=3600' });
}

/** GET /log/keys: the bundle of the ledger's statements about its own keys, for whoever trusts an earlier one (ledger/rotation.ts). */
export async function readKeys(app: App): Promise<Answer> {
  const bundle = await bundleOf(app.store, app.checkpoints, logUri(app.checkpoints.origin), everything);
  if (!bundle) throw new Problem('not-found');
  return json(200, bundle, { ...open, 'cache-control': 'no-cache' });
}

/** Nothing in such a statement is anybody's secret. */
const everything: See = (records) => Promise.resolve(records.map(() => ({ whole: true, mark: () => false })));

/** GET /log/tile/...: hashes or entries, whole or partial. A path of any other shape, or beyond the tree, is 404 before anything is read. */
export async function readTile(app: App, call: Call): Promise<Answer> {
  const name = readTilePath(call.path.slice('/log/tile/'.length));
  if (!name || !hasTile(app.ledger.size, name)) throw new Problem('not-found');
  if (name.level === 'entries') return entries(app, call, name);
  const hashes = (await app.store.get('tiles', [name.level, name.n]))?.hashes;
  if (!hashes || hashes.length < name.width * 32) throw new Problem('fault');
  return { status: 200, type: 'application/octet-stream', headers: forEver, body: hashes.subarray(0, name.width * 32) };
}

/** Compressed full bundles, newest asked for last. */
const packed = new Map<string, Buffer>();
const packedMost = 128;

async function entries(app: App, call: Call, { n, width }: TileName): Promise<Answer> {
  const zipped = /(^|[\s,])gzip\s*(;\s*q=(1|0?\.\d*[1-9]))?\s*(,|$)/i.test(call.headers['accept-encoding'] ?? '');
  const answer = (body: Uint8Array): Answer => ({
    status: 200,
    type: 'application/octet-stream',
    headers: { ...forEver, vary: 'accept-encoding', ...(zipped && { 'content-encoding': 'gzip' }) },
    body,
  });
  const name = `${app.checkpoints.vkey} ${n}`;
  const known = zipped && width === tileWidth ? packed.get(name) : undefined;
  if (known) return answer(known);
  const rows = await app.store.range('records', { prefix: [], from: n * tileWidth, limit: width });
  const bundle = entryBundle(rows.map(({ entry }) => Buffer.from(entry)));
  if (!zipped) return answer(bundle);
  const small = await gzip(bundle);
  if (width === tileWidth) {
    packed.set(name, small);
    if (packed.size > packedMost) packed.delete(packed.keys().next().value as string);
  }
  return answer(small);
}

/** Each entry behind its length as two bytes, big end first. */
function entryBundle(entries: readonly Buffer[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(entry.length);
      return [length, entry];
    }),
  );
}

/** GET /log/receipt/{n}: the proof that entry n stands in the log (c2sp.org/tlog-proof), its entry as extra data. */
export async function readReceipt(app: App, call: Call): Promise<Answer> {
  const number = call.params.n ?? '';
  if (!isCount(number) || Number(number) >= app.checkpoints.current().size) throw new Problem('not-found');
  const index = Number(number);
  const { size, note } = app.checkpoints.covering(index + 1);
  const row = await app.store.get('records', [index]);
  if (!row) throw new Problem('fault');
  const proof = await app.checkpoints.prover.inclusion(index, size);
  const receipt = receiptText({ extra: Buffer.from(row.entry), index, proof, checkpoint: note });
  return text(receipt, {
    ...open,
    'cache-control': 'no-cache',
    'content-disposition': `inline; filename="entry-${index}.tlog-proof"`,
  });
}

const text = (body: string, headers: Answer['headers']): Answer => ({
  status: 200,
  type: 'text/plain; charset=utf-8',
  headers,
  body,
});
