import { tileWidth } from './tiles.js';

/** What a path under `tile/` names (c2sp.org/tlog-tiles): hashes of a level, or the entries of 256 leaves. */
export interface TileName {
  readonly level: number | 'entries';
  readonly n: number;
  /** Hashes or entries in it: 256, or fewer of a partial one. */
  readonly width: number;
}

/** Longest path of a tile number that a safe integer can be: five groups of three digits. */
const shape = /^(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/){0,4})([0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** Reads `<L>/<N>[.p/<W>]` or `entries/<N>[.p/<W>]`. Undefined for every other text: each tile has one name. */
export function readTilePath(path: string): TileName | undefined {
  if (path.length > 40) return undefined;
  const [, level = '', groups = '', last = '', partial] = shape.exec(path) ?? [];
  if (level === '' || groups.startsWith('x000')) return undefined;
  const width = partial === undefined ? tileWidth : Number(partial);
  if (partial !== undefined && width >= tileWidth) return undefined;
  return { level: level === 'entries' ? level : Number(level), n: Number(groups.replace(/[x/]/g, '') + last), width };
}

export function tilePath({ level, n, width }: TileName): string {
  const groups = [String(n % 1000).padStart(3, '0')];
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  return `${level}/${groups.join('/')}${width === tileWidth ? '' : `.p/${width}`}`;
}

/** Whether a tree of `size` entries has all that the tile names. */
export function hasTile(size: number, { level, n, width }: TileName): boolean {
  const hashes = level === 'entries' ? size : level > 6 ? 0 : Math.floor(size / tileWidth ** level);
  return n * tileWidth + width <= hashes;
}
