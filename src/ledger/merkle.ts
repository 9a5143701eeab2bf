/**
 * RFC 6962 section 2.1 (RFC 9162 section 2.1): leaf = SHA-256(0x00 ‖ entry), node = SHA-256(0x01 ‖ left ‖ right), the root of
 * nothing = SHA-256(""). Pure: the hash is an argument, so that server and browser share this code.
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

const utf8 = new TextEncoder();

export function leafHash(sha256: Sha256, entry: Uint8Array | string): Uint8Array {
  if (typeof entry === 'string') return sha256(utf8.encode(`\0${entry}`));
  const input = new Uint8Array(entry.length + 1);
  input.set(entry, 1);
  return sha256(input);
}

export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(65);
  input[0] = 1;
  input.set(left, 1);
  input.set(right, 33);
  return sha256(input);
}

/** The root of a whole tree, given its leaf hashes (or the roots of its equal subtrees). */
export function treeRoot(sha256: Sha256, leaves: readonly Uint8Array[]): Uint8Array {
  // Complete subtrees so far, largest first: at most one of each power of two.
  const stack: { hash: Uint8Array; size: number }[] = [];
  for (const leaf of leaves) {
    let node = { hash: leaf, size: 1 };
    for (let top = stack.at(-1); top?.size === node.size; top = stack.at(-1)) {
      stack.pop();
      node = { hash: nodeHash(sha256, top.hash, node.hash), size: node.size * 2 };
    }
    stack.push(node);
  }
  let root = stack.pop()?.hash;
  for (let left = stack.pop(); root && left; left = stack.pop()) root = nodeHash(sha256, left.hash, root);
  return root ?? sha256(new Uint8Array(0));
}

/** The audit path of one leaf among all of them (section 2.1.1): sibling hashes, the leaf's first. */
export function pathTo(sha256: Sha256, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  for (let from = 0, to = leaves.length; to - from > 1;) {
    const middle = from + split(to - from);
    const left = index < middle;
    path.push(treeRoot(sha256, left ? leaves.slice(middle, to) : leaves.slice(from, middle)));
    if (left) to = middle;
    else from = middle;
  }
  return path.reverse();
}

/** The largest power of two less than n (n > 1): where a tree of n leaves is split. */
export function split(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

const octets = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hex. */
export const hex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += octets[byte] as string;
  return text;
};

export function fromHex(text: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Error('not lower-case hex');
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(i * 2, i * 2 + 2), 16));
}
