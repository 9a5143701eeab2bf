import type { Json } from '../../record.js';
import { isFaulty } from '../../gs1/gs1Error.js';
import { identify } from '../../gs1/identify.js';
import type { Text } from '../../text.js';
import { type Terms } from '../cbv.js';
import type { Prefixes } from '../context.js';
import { quoted } from '../faults.js';
import { term } from '../hash.js';
import { thingOf } from '../identifier.js';
import type { Compared, FieldName } from '../query.js';
import { parseTime } from '../time.js';

/** Values of one parameter at most. */
const most = 500;

/** A value that cannot be read: why. */
export class Unreadable {
  constructor(readonly why: Text) {}
}
const unreadable = (zh: string, en: string): Unreadable => new Unreadable({ zh, en });
export const wrongValue = unreadable;

/**
 * How values are written: in an address all are texts and `|` stands between the elements of a list (OpenAPI pipeDelimited); in JSON
 * each has its type.
 */
export interface Given {
  readonly value: Json;
  readonly address: boolean;
}

export function texts({ value, address }: Given): string[] | Unreadable {
  const list = address && typeof value === 'string' ? value.split('|') : typeof value === 'string' ? [value] : value;
  if (!Array.isArray(list)) return unreadable('应为文字的列表', 'is a list of texts');
  if (list.length === 0 || list.some((text) => text === '')) return unreadable('没有写值', 'has no value');
  if (list.length > most) return unreadable(`最多 ${most} 个值`, `takes at most ${most} values`);
  if (list.some((text) => typeof text !== 'string')) return unreadable('应为文字的列表', 'is a list of texts');
  return list as string[];
}

/** Every text of a list by one rule. */
export function each<T>(given: Given, read: (text: string) => T | Unreadable): T[] | Unreadable {
  const list = texts(given);
  if (list instanceof Unreadable) return list;
  const read_ = list.map(read);
  return read_.find((one): one is Unreadable => one instanceof Unreadable) ?? (read_ as T[]);
}

const decimal = /^[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/;

function numberOf(value: Json, address: boolean): number | Unreadable {
  const number = address && typeof value === 'string' && decimal.test(value.trim()) ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  return unreadable('应为数字', 'is a number');
}

export const number = ({ value, address }: Given): number | Unreadable => numberOf(value, address);

export function numbers({ value, address }: Given): number[] | Unreadable {
  const list = address && typeof value === 'string' ? value.split('|') : Array.isArray(value) ? value : [value];
  if (list.length === 0) return unreadable('没有写值', 'has no value');
  if (list.length > most) return unreadable(`最多 ${most} 个值`, `takes at most ${most} values`);
  const read = list.map((one) => numberOf(one, address));
  return read.find((one): one is Unreadable => one instanceof Unreadable) ?? (read as number[]);
}

/** A whole number from 1. */
export function count(given: Given): number | Unreadable {
  const found = number(given);
  if (typeof found === 'number' && Number.isSafeInteger(found) && found >= 1) return found;
  return unreadable('应为从 1 起的整数', 'is a whole number from 1');
}

/** Unix milliseconds. A plus sign that a form encoded as a space is read as what was meant. */
export function time({ value, address }: Given): number | Unreadable {
  const text = typeof value === 'string' && address ? value.replace(/ (\d\d:\d\d)$/, '+$1') : value;
  const found = typeof text === 'string' ? parseTime(text) : undefined;
  return (
    found ?? unreadable('应为带时区的时间，如 2026-03-04T11:00:30+08:00', 'is a time with its zone, as 2026-03-04T11:00:30+08:00')
  );
}

export function flag({ value, address }: Given): boolean | Unreadable {
  if (typeof value === 'boolean') return value;
  if (address && (value === 'true' || value === 'false')) return value === 'true';
  return unreadable('应为 true 或 false', 'is true or false');
}

/** EXISTS parameters carry no value in EPCIS 1 and in JSON, `true` in addresses; `false` is as if the parameter were not there. */
export function existence({ value }: Given): boolean | Unreadable {
  if (value === null || value === '' || value === true || value === 1 || value === 'true' || value === '1') return true;
  if (value === false || value === 0 || value === 'false' || value === '0') return false;
  return unreadable('应为 true，或不写值', 'is true, or has no value');
}

/** An identifier in any of its forms, canonical. */
export function uri(text: string): string | Unreadable {
  const found = identify(text);
  return isFaulty(found) ? new Unreadable(found.faults[0]!.message) : thingOf(text);
}

/** A term of a vocabulary as Web URI: bare word, Web URI, CURIE, the URN of EPCIS 1, or a URI of somebody's own. */
export const vocabulary =
  (terms: Terms, prefixes: Prefixes) =>
  (text: string): string | Unreadable => {
    const found = term(text, terms, prefixes);
    const word = found.startsWith(terms.base) ? found.slice(terms.base.length) : undefined;
    if (word !== undefined ? terms.uris.has(word) : found.includes(':')) return found;
    return unreadable(
      `${quoted(text)} 不是标准词；自定义的词要写成 URI`,
      `has ${quoted(text)}, which is no standard term and no URI`,
    );
  };

const schemes = new Set(['http', 'https', 'urn', 'ni', 'tag', 'did', 'geo', 'mailto']);

/** The name of an extension member: a CURIE or a URI, `namespace#name` of EPCIS 1 included. */
export function fieldName(text: string, prefixes: Prefixes): FieldName | undefined {
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) return undefined;
  const prefix = text.slice(0, colon);
  const namespace = prefixes.get(prefix);
  if (namespace !== undefined) return { uri: namespace + text.slice(colon + 1), written: text };
  return schemes.has(prefix.toLowerCase()) ? { uri: text, written: text } : { written: text };
}

/** What an extension field must equal: texts (in an address whatever is written), a number, or a time. */
export function equal(given: Given): Compared | Unreadable {
  const { value, address } = given;
  if (!address && typeof value === 'number') return ordered(given);
  if (!address && typeof value === 'string' && parseTime(value) !== undefined) return ordered(given);
  if (!address && typeof value === 'boolean') return { kind: 'texts', any: [String(value)] };
  const any = texts(given);
  return any instanceof Unreadable ? any : { kind: 'texts', any };
}

/** What an extension field is less or greater than: a number or a time. */
export function ordered(given: Given): Compared | Unreadable {
  const found = number(given);
  if (typeof found === 'number') return { kind: 'number', number: found };
  const at = time(given);
  return typeof at === 'number'
    ? { kind: 'time', time: at }
    : unreadable('应为数字或带时区的时间', 'is a number, or a time with its zone');
}
