import { isFaulty } from '../../gs1/gs1Error.js';
import { identify } from '../../gs1/identify.js';
import { keysOf, type Scheme, schemes } from '../../gs1/epcUrn.js';
import type { Text } from '../../text.js';
import { thingOf } from '../identifier.js';

/** What an identifier of an event must be: one canonical URI, a family of GS1 keys, or a family of URNs without a Digital Link. */
export type EpcPattern =
  | { readonly kind: 'one'; readonly uri: string }
  | {
      readonly kind: 'keys';
      /** Application identifier of the primary key, which has `starts` at the place `at`. */
      readonly ai: string;
      readonly at: number;
      readonly starts: string;
      /** Qualifier that must be there; '' a serial number inside the key, which is then longer than `shortest`. */
      readonly serial?: string;
      readonly shortest: number;
      /** Serial numbers in these bounds only (a range of a tag pattern). */
      readonly range?: readonly [low: bigint, high: bigint];
      /** The class that the pattern itself names, where it names one. */
      readonly names?: string;
    }
  | { readonly kind: 'urn'; readonly starts: string };

const malformed = (zh: string, en: string): Text => ({ zh, en });

/**
 * A value of a MATCH parameter (EPCIS 2.0 section 8.2.7.1.1): an identifier in any of its forms, or an EPC pattern (TDS 2.0 sections 6.4
 * and 15) in which `*` stands for all components from some place on. Nothing of it is ever run as a regular expression.
 */
export function parsePattern(text: string): EpcPattern | Text {
  const urn = /^urn:epc:(idpat|pat):([^:]*):(.*)$/is.exec(text);
  if (urn) return urn[1]!.toLowerCase() === 'pat' ? tagPattern(urn[2]!, urn[3]!) : idPattern(urn[2]!, urn[3]!);
  const found = identify(text);
  if (isFaulty(found)) return found.faults[0]!.message;
  return { kind: 'one', uri: thingOf(text) };
}

/** Tag encodings with a filter value before the identifier (TDS 2.0 section 15.2); GID and CPI-var of old have their own. */
const unfiltered = new Set(['gid']);

function tagPattern(encoding: string, body: string): EpcPattern | Text {
  const scheme = /^([a-z]+)-(?:\d+|var)$/.exec(encoding)?.[1];
  if (scheme === undefined) return malformed(`不认识标签编码 ${encoding}`, `names no tag encoding: ${encoding}`);
  if (unfiltered.has(scheme)) return idPattern(scheme, body);
  const dot = body.indexOf('.');
  if (dot < 0 || body.slice(0, dot) !== '*')
    return malformed(
      '事件不含标签的过滤值，这一段只能写 *',
      'names a filter value, which events do not have: write * in its place',
    );
  return idPattern(scheme, body.slice(dot + 1));
}

function idPattern(name: string, body: string): EpcPattern | Text {
  const scheme = name === 'lgtin' ? schemes['class:lgtin'] : schemes[`id:${name}`];
  const list = body.split('.');
  const stars = list.findIndex((component) => component === '*');
  const before = stars < 0 ? list : list.slice(0, stars);
  if (
    before.some((component) => component === '' || component.includes('*')) ||
    (stars >= 0 && list.slice(stars).some((c) => c !== '*'))
  )
    return malformed(
      '模式里的 * 要独占一段，而且从它起到末尾都是 *',
      'has a * that is not a whole component, or something behind one',
    );
  if (!scheme) return unknownScheme(name, list, stars);
  const range = /^\[(\d{1,30})-(\d{1,30})\]$/.exec(list.at(-1) ?? '');
  if (stars < 0 && !range) {
    const urn = `urn:epc:${name === 'lgtin' ? 'class' : 'id'}:${name}:${body}`;
    const found = identify(urn);
    return isFaulty(found) ? found.faults[0]!.message : { kind: 'one', uri: thingOf(urn) };
  }
  const count = 2 + (scheme.more ?? 0) + (scheme.serial === undefined ? 0 : 1);
  if (list.length !== count) return malformed(`${name} 的模式要有 ${count} 段`, `has not the ${count} components of ${name}`);
  if (range && scheme.serial === undefined)
    return malformed('这种标识没有序列号', 'has a range where the scheme has no serial number');
  return keyPattern(name, scheme, range ? list.slice(0, -1) : before, range ? [BigInt(range[1]!), BigInt(range[2]!)] : undefined);
}

function unknownScheme(name: string, list: readonly string[], stars: number): EpcPattern | Text {
  if (!/^[a-z]+$/.test(name)) return malformed('不认识这种 EPC', 'names no EPC scheme');
  if (stars < 0) return { kind: 'one', uri: `urn:epc:id:${name}:${list.join('.')}` };
  return {
    kind: 'urn',
    starts: `urn:epc:id:${name}:${list
      .slice(0, stars)
      .map((c) => `${c}.`)
      .join('')}`,
  };
}

function keyPattern(
  name: string,
  scheme: Scheme,
  given: readonly string[],
  range: readonly [bigint, bigint] | undefined,
): EpcPattern | Text {
  const { ai, digits, front, lead = '', more = 0, serial } = scheme;
  const wrong = malformed('厂商识别代码或编号的位数不对', 'has a company prefix or reference of the wrong length');
  const shortest = lead.length + (digits === undefined ? 0 : digits + 1);
  const common = { kind: 'keys' as const, ai, shortest, ...(serial !== undefined && { serial }), ...(range && { range }) };
  if (given.length === 0) return { ...common, at: 0, starts: '' };
  if (!/^\d{4,12}$/.test(given[0]!)) return wrong;
  if (given.length === 1) return { ...common, at: lead.length + (front ? 1 : 0), starts: given[0]! };
  const keys = keysOf({ ...scheme, more: Math.min(more, given.length - 2) }, given, true);
  if (!keys) return wrong;
  const { value } = keys[0]!;
  const named = range ? undefined : classNamed(`urn:epc:idpat:${name}:${given.join('.')}.*`);
  return { ...common, at: 0, starts: value, ...(named !== undefined && { names: named }) };
}

/** A pattern that leaves only the serial number open names a class (CBV 2.0 section 8.3): as it stands in events. */
function classNamed(pattern: string): string | undefined {
  const found = identify(pattern);
  return isFaulty(found) || found.keys.length === 0 ? undefined : found.uri;
}

/** Whether a canonical identifier (`thingOf`) is one that the pattern means. */
export function fits(uri: string, pattern: EpcPattern): boolean {
  if (pattern.kind === 'one') return uri === pattern.uri;
  if (pattern.kind === 'urn') return uri.startsWith(pattern.starts);
  if (pattern.names !== undefined && uri === pattern.names) return true;
  const found = identify(uri);
  const key = isFaulty(found) ? undefined : found.keys[0];
  if (key === undefined || key.ai !== pattern.ai || !key.value.startsWith(pattern.starts, pattern.at)) return false;
  const { serial, range, shortest } = pattern;
  if (serial === undefined) return true;
  const number =
    serial === ''
      ? key.value.slice(shortest)
      : (found as { keys: readonly { ai: string; value: string }[] }).keys.find((k) => k.ai === serial)?.value;
  // An SGLN without extension has the extension 0 in its URN (TDS 2.0 section 6.3.3).
  const said = number === undefined && serial === '254' ? '0' : number;
  if (said === undefined || said === '') return false;
  return range === undefined || (/^(?:0|[1-9]\d*)$/.test(said) && BigInt(said) >= range[0] && BigInt(said) <= range[1]);
}
