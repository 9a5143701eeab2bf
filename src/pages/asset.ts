import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

/** What the pages link to, beside them in the build. The name carries a hash of the bytes, so that it may be kept for ever. */
const folder = new URL('../../assets/', import.meta.url);
const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  map: 'application/json',
};

export interface AssetFile {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly hash: string;
}
const read = new Map<string, AssetFile>();

/** A file of assets/ by its plain name (`suyuan.css`); undefined when there is none. Read once. */
export function assetFile(name: string): AssetFile | undefined {
  const known = read.get(name);
  if (known !== undefined) return known;
  const [, extension = ''] = /^[a-z0-9-]+\.([a-z]+)$/.exec(name) ?? [];
  const type = types[extension];
  if (type === undefined || !existsSync(new URL(name, folder))) return undefined;
  const bytes = readFileSync(new URL(name, folder));
  const file = { bytes, type, hash: createHash('sha256').update(bytes).digest('hex').slice(0, 12) };
  read.set(name, file);
  return file;
}

/** The path to link to: `/assets/suyuan.<hash>.css`. */
export function assetPath(name: string): string {
  const file = assetFile(name);
  if (file === undefined) throw new Error(`no asset ${name} in the build`);
  return `/assets/${name.replace(/\.([a-z]+)$/, `.${file.hash}.$1`)}`;
}
