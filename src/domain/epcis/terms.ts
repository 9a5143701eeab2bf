import type { Fault } from '../text.js';
import type { Terms } from './cbv.js';
import type { Prefixes } from './context.js';
import { fault, quoted } from './faults.js';

/** A value that only EPCIS XML writes so, or that an early draft wrote so, with the bare word it should be. */
const oldForm = /^(?:urn:epcglobal:cbv:\w+:|https?:\/\/ns\.gs1\.org\/cbv\/\w+-)(.*)$/;

/**
 * Whether a value is a term of the vocabulary (a bare word, its Web URI, or a CURIE of it) or a URI of somebody's own.
 * Words of one's own without a namespace are refused: nobody could tell whose they are (CBV 2.0 section 6).
 */
export function termFaults(value: string, { uris, base }: Terms, prefixes: Prefixes, pointer: string): Fault[] {
  if (uris.has(value)) return [];
  const colon = value.indexOf(':');
  if (colon < 0) {
    const text = `${quoted(value)}`;
    return [
      fault(
        pointer,
        `“${text}”不是标准词；自定义的词要写成 URI`,
        `"${text}" is not a standard term; a term of your own is a URI`,
      ),
    ];
  }
  const old = oldForm.exec(value)?.[1];
  if (old !== undefined) {
    const word = uris.has(old) ? `"${old}"` : undefined;
    if (word === undefined) return [unknown(value, pointer)];
    return [fault(pointer, `JSON 中应写成 ${word}`, `is written ${word} in JSON`)];
  }
  const namespace = prefixes.get(value.slice(0, colon));
  const uri = namespace === undefined ? value : namespace + value.slice(colon + 1);
  if (uri.startsWith(base) && uris.has(uri.slice(base.length))) return [];
  return isStandard(uri) ? [unknown(value, pointer)] : [];
}

const unknown = (value: string, pointer: string): Fault =>
  fault(pointer, `标准词表中没有 ${quoted(value)}`, `${quoted(value)} is not in the standard vocabulary`);

/** GS1's own namespaces: whoever uses them means a term that must exist, of this vocabulary. */
const isStandard = (uri: string): boolean => /^https?:\/\/(?:ref\.gs1\.org\/cbv\/|(?:www\.)?gs1\.org\/voc\/)/.test(uri);
