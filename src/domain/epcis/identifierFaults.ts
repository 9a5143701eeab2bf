import { isFaulty } from '../gs1/gs1Error.js';
import { identify, type Identifier } from '../gs1/identify.js';
import type { Fault } from '../text.js';
import { fault, faultAt, quoted, rebased } from './faults.js';
import { isClass } from './identifier.js';

/** What a place in an event may name. */
export type Wanted = 'one' | 'class' | 'place' | 'party' | 'any' | 'outside';

const not = (pointer: string, text: string, zh: string, en: string): Fault[] => [
  fault(pointer, `${quoted(text)} ${zh}`, `${quoted(text)} ${en}`),
];

const checks: Readonly<Record<Wanted, (found: Identifier, text: string, pointer: string) => Fault[]>> = {
  one: (found, text, pointer) =>
    isClass(found)
      ? not(
          pointer,
          text,
          '是一类东西（批次或商品），应写在数量表里',
          'names a class (lot or product): it belongs into a quantity list',
        )
      : [],
  class: (found, text, pointer) =>
    found.keys.length > 0 && !isClass(found)
      ? not(pointer, text, '是单个东西，没有数量', 'names a single thing, which has no quantity')
      : [],
  place: ({ kind, keys }, text, pointer) =>
    keys.length > 0 && kind !== 'place' && kind !== 'asset' ? not(pointer, text, '不是地点', 'does not name a place') : [],
  party: ({ kind, keys }, text, pointer) =>
    keys.length > 0 && kind !== 'party' && kind !== 'place' ? not(pointer, text, '不是单位', 'does not name a party') : [],
  any: () => [],
  outside: () => [],
};

/**
 * `urn:epcglobal:cbv:bt:<GLN>:<number>`, the form that CBV gives to transactions without a GS1 key (section 8.5.2). Check digits
 * are not held to: published documents of GS1 itself get them wrong here, and nothing is looked up by this GLN.
 */
const transactionFaults = (text: string, pointer: string): Fault[] =>
  /^urn:epcglobal:cbv:bt:\d{13}:./.test(text)
    ? []
    : not(pointer, text, '应为 urn:epcglobal:cbv:bt:<GLN>:<单号>', 'must be urn:epcglobal:cbv:bt:<GLN>:<number>');

/** The EPC schemes of TDS 2.0 that have no Digital Link form. */
const withoutLink = /^urn:epc:id(?:pat)?:(?:gid|usdod|adi|bic|imovn):/i;

/**
 * What is wrong with an identifier where `wanted` must stand. `outside` is for links that only by chance look like GS1 keys
 * (documents, devices on somebody's site): there only EPC URNs and links on id.gs1.org are held to GS1's rules.
 */
export function identifierFaults(text: string, wanted: Wanted, pointer: string): Fault[] {
  if (wanted === 'outside' && !/^(?:urn:epc:|https?:\/\/id\.gs1\.org\/)/i.test(text)) {
    return text.startsWith('urn:epcglobal:cbv:bt:') ? transactionFaults(text, pointer) : [];
  }
  const found = identify(text);
  if (isFaulty(found))
    return rebased(
      found.faults.map(({ message }) => faultAt('', message)),
      pointer,
    );
  if (found.keys.length === 0 && /^urn:epc:/i.test(text) && !withoutLink.test(text))
    return not(pointer, text, '不是 EPC 标准的编码方案', 'is of no EPC scheme that events may use');
  return checks[wanted](found, text, pointer);
}
