import type { Fault } from '../text.js';
import * as cbv from './cbv.js';
import type { Prefixes } from './context.js';
import type {
  BizTransaction,
  Destination,
  EpcisEvent,
  ErrorDeclaration,
  Located,
  PersistentDisposition,
  QuantityElement,
  Source,
} from './event.js';
import { type Around, each, timeFaults } from './around.js';
import { below, fault, quoted } from './faults.js';
import { identifierFaults, type Wanted } from './identifierFaults.js';
import { sensorFaults } from './sensor.js';
import { termFaults } from './terms.js';
import { isUnit } from './units.js';

type Check = (value: never, pointer: string, around: Around) => Fault[];
const identifiers = (wanted: Wanted): Check =>
  ((list: readonly string[], pointer) => {
    const seen = new Set<string>();
    return each(list, pointer, (text, at) => {
      if (seen.has(text)) return [fault(at, `${quoted(text)} 重复`, `${quoted(text)} stands there twice`)];
      seen.add(text);
      return identifierFaults(text, wanted, at);
    });
  }) satisfies (list: readonly string[], pointer: string) => Fault[] as Check;

const identifier = (wanted: Wanted): Check => ((text: string, pointer) => identifierFaults(text, wanted, pointer)) as Check;
const word = (terms: cbv.Terms): Check =>
  ((value: string, pointer, { prefixes }) => termFaults(value, terms, prefixes, pointer)) as Check;
const place: Check = ((value: Located, pointer) => identifierFaults(value.id, 'place', below(pointer, 'id'))) as Check;
const time: Check = timeFaults as Check;

const quantities: Check = ((list: readonly QuantityElement[], pointer) => each(list, pointer, quantityFaults)) as Check;

function quantityFaults({ epcClass, quantity, uom }: QuantityElement, pointer: string): Fault[] {
  const faults = identifierFaults(epcClass, 'class', below(pointer, 'epcClass'));
  const amount = below(pointer, 'quantity');
  if (quantity !== undefined && quantity < 0) faults.push(fault(amount, '数量不能为负', 'must not be negative'));
  else if (quantity !== undefined && quantity !== 0 && (quantity >= 1e15 || quantity < 1e-12))
    faults.push(fault(amount, '数量太大或太小', 'is too large or too small'));
  if (uom !== undefined && !isUnit(uom))
    faults.push(
      fault(below(pointer, 'uom'), `${uom} 不是 UN/ECE Rec 20 的单位代码`, `${uom} is not a unit code of UN/ECE Rec 20`),
    );
  if (uom !== undefined && quantity === undefined)
    faults.push(fault(amount, '写了单位就要写数量', 'is missing: a unit needs a quantity'));
  if (quantity !== undefined && uom === undefined && !Number.isInteger(quantity))
    faults.push(
      fault(
        below(pointer, 'uom'),
        '没有单位时数量是件数，应为整数',
        'is missing: without a unit the quantity counts pieces and is whole',
      ),
    );
  return faults;
}

const transactions: Check = ((list: readonly BizTransaction[], pointer, { prefixes }) =>
  each(list, pointer, ({ type, bizTransaction }, at) => [
    ...(type === undefined ? [] : termFaults(type, cbv.bizTransactionTypes, prefixes, below(at, 'type'))),
    ...identifierFaults(bizTransaction, 'outside', below(at, 'bizTransaction')),
  ])) as Check;

function endFaults(type: string, uri: string, member: string, pointer: string, prefixes: Prefixes): Fault[] {
  const wanted = /(?:^|-)location$/.test(type) ? 'place' : /(?:^|-)(?:owning|possessing)_party$/.test(type) ? 'party' : 'any';
  return [
    ...termFaults(type, cbv.sourceDestinationTypes, prefixes, below(pointer, 'type')),
    ...identifierFaults(uri, wanted, below(pointer, member)),
  ];
}
const sources: Check = ((list: readonly Source[], pointer, { prefixes }) =>
  each(list, pointer, ({ type, source }, at) => endFaults(type, source, 'source', at, prefixes))) as Check;
const destinations: Check = ((list: readonly Destination[], pointer, { prefixes }) =>
  each(list, pointer, ({ type, destination }, at) => endFaults(type, destination, 'destination', at, prefixes))) as Check;

const dispositions: Check = (({ set = [], unset = [] }: PersistentDisposition, pointer, { prefixes }) => [
  ...each(set, below(pointer, 'set'), (value, at) => termFaults(value, cbv.dispositions, prefixes, at)),
  ...each(unset, below(pointer, 'unset'), (value, at) => [
    ...termFaults(value, cbv.dispositions, prefixes, at),
    ...(set.includes(value) ? [fault(at, `${quoted(value)} 同时设置和取消`, `${quoted(value)} is both set and unset`)] : []),
  ]),
]) as Check;

const declaration: Check = (({ declarationTime, reason, correctiveEventIDs = [] }: ErrorDeclaration, pointer, around) => [
  ...timeFaults(declarationTime, below(pointer, 'declarationTime'), around),
  ...(reason === undefined ? [] : termFaults(reason, cbv.errorReasons, around.prefixes, below(pointer, 'reason'))),
  ...each(correctiveEventIDs, below(pointer, 'correctiveEventIDs'), eventIDFaults),
]) as Check;

/** An event hash must be a whole one: `ni:///sha-256;<64 hexadecimal digits>?ver=CBV2.0`. */
function eventIDFaults(id: string, pointer: string): Fault[] {
  if (!id.startsWith('ni:') || /^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV\d+\.\d+(?:\.\d+)?$/.test(id)) return [];
  return [fault(pointer, '不是完整的事件哈希', 'is not a whole event hash (ni:///sha-256;…?ver=CBV2.0)')];
}

const checks: Readonly<Record<string, Check>> = {
  eventTime: time,
  recordTime: time,
  eventID: eventIDFaults as Check,
  errorDeclaration: declaration,
  epcList: identifiers('one'),
  childEPCs: identifiers('one'),
  inputEPCList: identifiers('one'),
  outputEPCList: identifiers('one'),
  parentID: identifier('one'),
  transformationID: identifier('any'),
  quantityList: quantities,
  childQuantityList: quantities,
  inputQuantityList: quantities,
  outputQuantityList: quantities,
  bizStep: word(cbv.bizSteps),
  disposition: word(cbv.dispositions),
  persistentDisposition: dispositions,
  readPoint: place,
  bizLocation: place,
  bizTransactionList: transactions,
  sourceList: sources,
  destinationList: destinations,
  sensorElementList: sensorFaults as Check,
};

/** What is wrong with each member by itself; `skip` names members whose shape is wrong already. */
export function memberFaults(event: EpcisEvent, around: Around, skip: ReadonlySet<string>): Fault[] {
  const faults: Fault[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const value = (event as unknown as Record<string, unknown>)[name];
    if (value !== undefined && !skip.has(name)) faults.push(...check(value as never, below('', name), around));
  }
  return faults;
}
