import { applicationIdentifier } from './applicationIdentifiers.js';
import { fault, type Faulty, type KeyValue } from './gs1Error.js';
import { decodeSegment } from './percent.js';

const parts = /^(https?:\/\/[^/?#]+)([^?#]*)(?:\?([^#]*))?(?:#.*)?$/is;

/** A loop, because a regular expression would take quadratic time on a long row of slashes. */
export function withoutSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end--;
  return text.slice(0, end);
}

export interface Located {
  readonly stem: string;
  readonly keys: readonly KeyValue[];
  readonly query: string;
}

/**
 * Finds the key in the path: pairs of AI and value from the right, up to a primary key. Undefined when the path has none.
 * Reading from the right keeps a value that looks like a key (`/10/00`) a value.
 */
export function locate(uri: string): Located | undefined {
  const match = parts.exec(uri);
  if (!match) return undefined;
  const segments = withoutSlashes(match[2]!).split('/');
  for (let i = segments.length - 2; i >= 1; i -= 2) {
    const known = applicationIdentifier(segments[i]!);
    if (!known) return undefined;
    if (!known.chains) continue;
    const keys: KeyValue[] = [];
    for (let j = i; j < segments.length; j += 2) keys.push({ ai: segments[j]!, value: decodeSegment(segments[j + 1]!) });
    return { stem: match[1]! + segments.slice(0, i).join('/'), keys, query: match[3] ?? '' };
  }
  return undefined;
}

/**
 * As locate, for a URI that may be something else: on a domain other than id.gs1.org a path means a GS1 key only where the value
 * is near enough to one that a fault in it is worth saying, which in `/2024/01/15` and `/2000/01/rdf-schema` it is not.
 */
export function locateKey(uri: string): Located | Faulty | undefined {
  const located = locate(uri);
  if (/^https?:\/\/id\.gs1\.org(?:[:/?#]|$)/i.test(uri)) {
    return (
      located ?? { faults: [fault('id.gs1.org 的链接中没有 GS1 主键', 'is a link on id.gs1.org without a GS1 primary key')] }
    );
  }
  if (!located) return undefined;
  const { ai, value } = located.keys[0]!;
  return (/^(?:401|8004|8010|8013)$/.test(ai) ? /^\d{4}/ : /^\d{8}/).test(value) ? located : undefined;
}
