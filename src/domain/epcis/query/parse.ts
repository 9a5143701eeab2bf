import type { Json, JsonObject } from '../../record.js';
import type { Fault } from '../../text.js';
import { type Prefixes, prefixesOf, standardPrefixes, suyuanNamespace } from '../context.js';
import type { Context } from '../event.js';
import { below, fault, faultAt, quoted } from '../faults.js';
import type { Condition, OrderBy, Query } from '../query.js';
import { readerOf } from './parameters.js';
import { count, fieldName, type Given, Unreadable } from './value.js';

/** Parameters of one query at most. */
const most = 100;

/** Prefixes of queries: the standard's, and our own. */
export const queryPrefixes: Prefixes = new Map([...standardPrefixes, ['suyuan', suyuanNamespace]]);

/** A query out of the parameters of an address: every value a text. Faults point at `/<parameter>`. */
export const parseAddress = (parameters: Readonly<Record<string, string>>, prefixes: Prefixes = queryPrefixes): Query | Fault[] =>
  parse(parameters, '', true, prefixes);

/** A query out of JSON (the `query` of a named query): values typed, prefixes in its `@context`. Faults point below `pointer`. */
export function parseBody(value: Json, pointer = ''): Query | Fault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [fault(pointer, '查询应为对象', 'is an object of query parameters')];
  const { '@context': context, ...parameters } = value;
  if (context !== undefined && !isContext(context))
    return [fault(below(pointer, '@context'), '应为地址、对象或它们的列表', 'is an address, an object, or a list of them')];
  return parse(parameters, pointer, false, prefixesOf(context as Context | undefined, queryPrefixes));
}

const isContext = (value: Json): boolean =>
  Array.isArray(value)
    ? value.every((part) => isContext(part) && !Array.isArray(part))
    : typeof value === 'string' || (typeof value === 'object' && value !== null);

interface Control {
  orderBy?: OrderBy;
  descending: boolean;
  eventCountLimit?: number;
  maxEventCount?: number;
}

function parse(parameters: JsonObject, pointer: string, address: boolean, prefixes: Prefixes): Query | Fault[] {
  const faults: Fault[] = [];
  const conditions: Condition[] = [];
  const control: Control = { descending: true };
  const names = Object.keys(parameters);
  if (names.length > most) return [fault(pointer, `最多 ${most} 个参数`, `has more than ${most} parameters`)];
  for (const name of names) {
    const at = below(pointer, name);
    const given: Given = { value: parameters[name]!, address };
    const controlled = controls(name, given, prefixes, control);
    if (controlled !== undefined) {
      if (controlled instanceof Unreadable) faults.push(faultAt(at, controlled.why));
      continue;
    }
    const reader = readerOf(name, prefixes);
    const condition =
      reader === undefined
        ? new Unreadable({ zh: `事件查询没有 ${quoted(name)} 这个参数`, en: `is no parameter of event queries: ${quoted(name)}` })
        : reader instanceof Unreadable
          ? reader
          : reader(given);
    if (condition instanceof Unreadable) faults.push(faultAt(at, condition.why));
    else if (condition !== undefined) conditions.push(condition);
  }
  faults.push(...together(control, pointer));
  return faults.length > 0 ? faults : { conditions, ...control };
}

/** Takes a parameter that is about the list of results; undefined when it is about events. */
function controls(name: string, given: Given, prefixes: Prefixes, control: Control): true | Unreadable | undefined {
  switch (name) {
    case 'orderBy': {
      const { value } = given;
      const by =
        value === 'eventTime' || value === 'recordTime'
          ? value
          : typeof value === 'string'
            ? fieldName(value, prefixes)
            : undefined;
      if (by === undefined)
        return new Unreadable({
          zh: '应为 eventTime、recordTime 或扩展字段的名称',
          en: 'is eventTime, recordTime, or the name of an extension',
        });
      control.orderBy = by;
      return true;
    }
    case 'orderDirection':
      if (given.value !== 'ASC' && given.value !== 'DESC')
        return new Unreadable({ zh: '应为 ASC 或 DESC', en: 'is ASC or DESC' });
      control.descending = given.value === 'DESC';
      return true;
    case 'eventCountLimit':
    case 'maxEventCount': {
      const found = count(given);
      if (found instanceof Unreadable) return found;
      control[name] = found;
      return true;
    }
    default:
      return undefined;
  }
}

function together({ orderBy, eventCountLimit, maxEventCount }: Control, pointer: string): Fault[] {
  if (eventCountLimit === undefined) return [];
  if (maxEventCount !== undefined)
    return [fault(below(pointer, 'maxEventCount'), '不能与 eventCountLimit 同用', 'cannot be given beside eventCountLimit')];
  if (orderBy === undefined)
    return [fault(below(pointer, 'eventCountLimit'), '要与 orderBy 同用', 'is given only beside orderBy')];
  return [];
}
