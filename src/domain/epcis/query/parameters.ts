import * as cbv from '../cbv.js';
import type { Prefixes } from '../context.js';
import { eventTypes } from '../event.js';
import type { Comparison, Condition, EpcList, Holder, Measure, SensorText, Vocabulary } from '../query.js';
import { isUnit } from '../units.js';
import { parsePattern } from './pattern.js';
import * as read from './value.js';
import { type Given, Unreadable } from './value.js';

/** Reads the value of a parameter; undefined when it asks for nothing (`EXISTS_…=false`). */
export type Reader = (given: Given) => Condition | Unreadable | undefined;

const map = <T>(value: T | Unreadable, make: (value: T) => Condition): Condition | Unreadable =>
  value instanceof Unreadable ? value : make(value);

const timeAt =
  (of: 'eventTime' | 'recordTime' | 'declarationTime', op: Comparison): Reader =>
  (given) =>
    map(read.time(given), (time) => ({ kind: 'time', of, op, time }));
const termIn =
  (of: 'bizStep' | 'disposition' | 'set' | 'unset' | 'errorReason', terms: cbv.Terms, prefixes: Prefixes): Reader =>
  (given) =>
    map(read.each(given, read.vocabulary(terms, prefixes)), (any) => ({ kind: 'term', of, any }));
const placeIn =
  (of: 'readPoint' | 'bizLocation', descendants: boolean): Reader =>
  (given) =>
    map(read.each(given, read.uri), (any) => ({ kind: 'place', of, any, descendants }));
const idIn =
  (of: 'eventID' | 'transformationID' | 'correctiveEventID'): Reader =>
  (given) =>
    map(of === 'transformationID' ? read.each(given, read.uri) : read.texts(given), (any) => ({ kind: 'id', of, any }));
const epcIn =
  (of: EpcList): Reader =>
  (given) =>
    map(
      read.each(given, (text) => {
        const pattern = parsePattern(text);
        return 'zh' in pattern ? new Unreadable(pattern) : pattern;
      }),
      (any) => ({ kind: 'epc', of, any }),
    );
const textIn =
  (of: SensorText, uris: boolean): Reader =>
  (given) =>
    map(uris ? read.each(given, read.uri) : read.texts(given), (any) => ({ kind: 'sensorText', of, any }));
const present =
  (of: 'errorDeclaration' | 'sensorElementList'): Reader =>
  (given) => {
    const asked = read.existence(given);
    return asked === true ? { kind: 'present', of } : asked === false ? undefined : asked;
  };

const oneOf =
  (known: readonly string[], also: (text: string) => boolean, zh: string, en: string) =>
  (text: string): string | Unreadable =>
    known.includes(text) || also(text) ? text : read.wrongValue(zh, en);
const actions = ['ADD', 'OBSERVE', 'DELETE'];
const isUri = (text: string): boolean => !(read.uri(text) instanceof Unreadable);

/** The parameters with a fixed name (EPCIS 2.0 section 8.2.7.1). Where text and schemas of the standard write a name in two ways, both are taken. */
function fixed(name: string, prefixes: Prefixes): Reader | undefined {
  switch (name) {
    case 'eventType':
      return (given) =>
        map(
          read.each(given, oneOf(eventTypes, isUri, '没有这种事件类型', 'is no event type of EPCIS 2.0, and no URI')),
          (any) => ({
            kind: 'type',
            any,
          }),
        );
    case 'GE_eventTime':
    case 'LT_eventTime':
      return timeAt('eventTime', name.slice(0, 2) as Comparison);
    case 'GE_recordTime':
    case 'LT_recordTime':
      return timeAt('recordTime', name.slice(0, 2) as Comparison);
    case 'GE_errorDeclarationTime':
    case 'LT_errorDeclarationTime':
    case 'GE_errorDeclaration_Time':
    case 'LT_errorDeclaration_Time':
      return timeAt('declarationTime', name.slice(0, 2) as Comparison);
    case 'EQ_action':
      return (given) =>
        map(
          read.each(
            given,
            oneOf(actions, () => false, '应为 ADD、OBSERVE 或 DELETE', 'is ADD, OBSERVE or DELETE'),
          ),
          (any) => ({
            kind: 'action',
            any,
          }),
        );
    case 'EQ_bizStep':
      return termIn('bizStep', cbv.bizSteps, prefixes);
    case 'EQ_disposition':
      return termIn('disposition', cbv.dispositions, prefixes);
    case 'EQ_persistentDisposition_set':
      return termIn('set', cbv.dispositions, prefixes);
    case 'EQ_persistentDisposition_unset':
      return termIn('unset', cbv.dispositions, prefixes);
    case 'EQ_errorReason':
      return termIn('errorReason', cbv.errorReasons, prefixes);
    case 'EQ_readPoint':
    case 'EQ_bizLocation':
    case 'WD_readPoint':
    case 'WD_bizLocation':
      return placeIn(name.slice(3) as 'readPoint', name.startsWith('WD_'));
    case 'EQ_eventID':
    case 'EQ_transformationID':
    case 'EQ_correctiveEventID':
      return idIn(name.slice(3) as 'eventID');
    case 'MATCH_epc':
    case 'MATCH_parentID':
    case 'MATCH_inputEPC':
    case 'MATCH_outputEPC':
    case 'MATCH_anyEPC':
    case 'MATCH_epcClass':
    case 'MATCH_inputEPCClass':
    case 'MATCH_outputEPCClass':
    case 'MATCH_anyEPCClass':
      return epcIn(name.slice(6) as EpcList);
    case 'EXISTS_errorDeclaration':
    case 'EXISTS_sensorElementList':
      return present(name.slice(7) as 'errorDeclaration');
    case 'EQ_type':
      return (given) =>
        map(read.each(given, read.vocabulary(cbv.measurementTypes, prefixes)), (any) => ({ kind: 'sensorType', any }));
    case 'EQ_deviceID':
    case 'EQ_dataProcessingMethod':
    case 'EQ_bizRules':
    case 'EQ_microorganism':
    case 'EQ_chemicalSubstance':
    case 'EQ_uriValue':
      return textIn(name.slice(3) as SensorText, true);
    case 'EQ_stringValue':
    case 'EQ_hexBinaryValue':
      return textIn(name.slice(3) as SensorText, false);
    case 'EQ_booleanValue':
      return (given) => map(read.flag(given), (value) => ({ kind: 'sensorFlag', value }));
    default:
      return undefined;
  }
}

const amount = /^(EQ|GT|GE|LT|LE)_(quantity|value|minValue|maxValue|meanValue|sDev|percValue|percRank)(?:_(.+))?$/;
const sensorTime = /^(GE|LT)_(time|startTime|endTime)$/;
const typed = /^EQ_(bizTransaction|source|destination)_(.+)$/;
const extension =
  /^(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?(ILMD_|ERROR_DECLARATION_|SENSORELEMENT_|SENSORMETADATA_|SENSORREPORT_|readPoint_|bizLocation_)?(.+)$/;
const attribute = /^(HASATTR|EQ_?ATTR)_(readPoint|bizLocation|epcClass|source|destination)(?:_(.+))?$/;

const holders: Readonly<Record<string, Holder>> = {
  ILMD_: 'ilmd',
  ERROR_DECLARATION_: 'errorDeclaration',
  SENSORELEMENT_: 'sensorElement',
  SENSORMETADATA_: 'sensorMetadata',
  SENSORREPORT_: 'sensorReport',
  readPoint_: 'readPoint',
  bizLocation_: 'bizLocation',
};

/** How the values of a parameter are read; undefined when no event query has such a parameter; Unreadable when its name holds a wrong unit or type. */
export function readerOf(name: string, prefixes: Prefixes): Reader | Unreadable | undefined {
  return (
    fixed(name, prefixes) ?? measured(name) ?? ended(name, prefixes) ?? attributed(name, prefixes) ?? extended(name, prefixes)
  );
}

function measured(name: string): Reader | Unreadable | undefined {
  const at = sensorTime.exec(name);
  if (at)
    return (given) =>
      map(read.time(given), (time) => ({ kind: 'sensorTime', of: at[2] as 'time', op: at[1] as Comparison, time }));
  const [, op, of, uom] = amount.exec(name) ?? [];
  if (op === undefined) return undefined;
  if (uom !== undefined && (of === 'percRank' || !isUnit(uom)))
    return read.wrongValue('名称末尾不是 UN/ECE Rec 20 的单位代码', 'does not end in a unit code of UN/ECE Rec 20');
  // A percent rank has no unit, a quantity may count pieces, a sensor's value says nothing without its unit.
  if (uom === undefined && of !== 'percRank' && of !== 'quantity') return undefined;
  const condition = of === 'quantity' ? ({ kind: 'quantity' } as const) : ({ kind: 'measure', of: of as Measure } as const);
  return (given) =>
    map(op === 'EQ' ? read.numbers(given) : one(read.number(given)), (any) => ({
      ...condition,
      op: op as Comparison,
      any,
      ...(uom !== undefined && { uom }),
    }));
}

const one = <T>(value: T | Unreadable): T[] | Unreadable => (value instanceof Unreadable ? value : [value]);

function ended(name: string, prefixes: Prefixes): Reader | Unreadable | undefined {
  const [, of, type] = typed.exec(name) ?? [];
  if (of === undefined || type === undefined) return undefined;
  const terms = of === 'bizTransaction' ? cbv.bizTransactionTypes : cbv.sourceDestinationTypes;
  const kind = read.vocabulary(terms, prefixes)(type);
  if (kind instanceof Unreadable) return kind;
  return (given) => map(read.each(given, read.uri), (any) => ({ kind: 'typed', of: of as 'source', type: kind, any }));
}

/** HASATTR_field and EQATTR_field_attribute; EQ_ATTR_ is the spelling of the query schema. */
function attributed(name: string, prefixes: Prefixes): Reader | undefined {
  const [, family, of, about] = attribute.exec(name) ?? [];
  if (of === undefined || (family === 'HASATTR') !== (about === undefined)) return undefined;
  const named = (text: string) => read.fieldName(text, prefixes) ?? { written: text };
  if (about === undefined)
    return (given) => map(read.texts(given), (list) => ({ kind: 'attribute', of: of as Vocabulary, names: list.map(named) }));
  return (given) => map(read.texts(given), (any) => ({ kind: 'attribute', of: of as Vocabulary, names: [named(about)], any }));
}

function extended(parameter: string, prefixes: Prefixes): Reader | undefined {
  const [, op, nested, held, field = ''] = extension.exec(parameter) ?? [];
  const name = read.fieldName(field, prefixes);
  if (op === undefined || name === undefined) return undefined;
  const common = { holder: held === undefined ? ('event' as const) : holders[held]!, inner: nested !== undefined, name };
  if (op === 'EXISTS')
    return (given) => {
      const asked = read.existence(given);
      return asked === true ? { kind: 'hasField', ...common } : asked === false ? undefined : asked;
    };
  return (given) =>
    map(op === 'EQ' ? read.equal(given) : read.ordered(given), (value) => ({
      kind: 'field',
      ...common,
      op: op as Comparison,
      value,
    }));
}
