import type { App } from '../app.js';
import { Problem } from '../errors.js';
import { assetFile } from '../pages/asset.js';
import type { Answer, Call } from './call.js';

/** GET /assets/name.<hash>.ext: the name changes with the bytes, so that it is kept for ever. */
export function serveAsset(_app: App, call: Call): Answer {
  const [, name, hash, extension] = /^([a-z0-9-]+)\.([0-9a-f]{12})\.([a-z]+)$/.exec(call.params.name ?? '') ?? [];
  const file = name === undefined ? undefined : assetFile(`${name}.${extension}`);
  if (file === undefined || file.hash !== hash) throw new Problem('not-found');
  return { status: 200, type: file.type, headers: { 'cache-control': 'public, max-age=31536000, immutable' }, body: file.bytes };
}
