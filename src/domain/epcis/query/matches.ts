import * as cbv from '../cbv.js';
import { type Prefixes, prefixesOf } from '../context.js';
import type { EpcisEvent, QuantityElement } from '../event.js';
import { converted } from '../conversion.js';
import { term } from '../hash.js';
import { thingOrText } from '../identifier.js';
import type { Comparison, Condition, EpcList, FieldName, Query, Vocabulary } from '../query.js';
import { parseTime } from '../time.js';
import { compares, hasField, namesField, someField } from './field.js';
import { queryPrefixes } from './parse.js';
import { fits } from './pattern.js';
import { sensorHolds } from './sensor.js';

/** An event as the ledger holds it: with the id that it has there, and when it was recorded (Unix milliseconds). */
export interface Recorded {
  readonly event: EpcisEvent;
  readonly id: string;
  readonly recorded: number;
}

/** What is known of the entries of vocabularies: of places, of products, of parties. URIs are canonical. */
export interface MasterData {
  /** The places that a place lies in, at any depth. */
  readonly around: (uri: string) => readonly string[];
  /** Attributes by name (a CURIE of our own, or a URI), each with its values; undefined when nothing is known of it. */
  readonly attributes: (uri: string) => ReadonlyMap<string, readonly string[]> | undefined;
}

/** Without master data: only a location with an extension is known to lie inside the one without (GS1 General Specifications, AI 254). */
export const noMasterData: MasterData = { around: (uri) => gln(uri), attributes: () => undefined };

/** The location of a GLN with extension: the GLN itself. */
export function gln(uri: string): string[] {
  const at = uri.indexOf('/254/');
  return at > 0 && uri.startsWith('https://id.gs1.org/414/') ? [uri.slice(0, at)] : [];
}

/** Members that some of the event types have. */
export interface Members {
  readonly action?: string;
  readonly epcList?: readonly string[];
  readonly childEPCs?: readonly string[];
  readonly parentID?: string;
  readonly inputEPCList?: readonly string[];
  readonly outputEPCList?: readonly string[];
  readonly quantityList?: readonly QuantityElement[];
  readonly childQuantityList?: readonly QuantityElement[];
  readonly inputQuantityList?: readonly QuantityElement[];
  readonly outputQuantityList?: readonly QuantityElement[];
  readonly transformationID?: string;
  readonly persistentDisposition?: { readonly set?: readonly string[]; readonly unset?: readonly string[] };
}

/**
 * Whether an event is one that a query asks for (EPCIS 2.0 section 8.2.7.1): all of its conditions hold. Each condition is asked of the
 * event by itself, so that two about sensors may be met by two of its reports, as the standard words them.
 */
export function matches(recorded: Recorded, query: Query, master: MasterData = noMasterData): boolean {
  const prefixes = prefixesOf(recorded.event['@context'], queryPrefixes);
  return query.conditions.every((condition) => holds(recorded, condition, prefixes, master));
}

function holds(recorded: Recorded, condition: Condition, prefixes: Prefixes, master: MasterData): boolean {
  const { event } = recorded;
  const members = event as Members;
  switch (condition.kind) {
    case 'type':
      return condition.any.includes(event.type);
    case 'action':
      return members.action !== undefined && condition.any.includes(members.action);
    case 'time': {
      const time = timeOf(recorded, condition.of);
      return time !== undefined && compares(condition.op, time, condition.time);
    }
    case 'term':
      return termsOf(event, condition.of, prefixes).some((word) => condition.any.includes(word));
    case 'place': {
      const id = event[condition.of]?.id;
      if (id === undefined) return false;
      const uri = thingOrText(id);
      return (
        condition.any.includes(uri) || (condition.descendants && master.around(uri).some((one) => condition.any.includes(one)))
      );
    }
    case 'id':
      return idsOf(recorded, condition.of).some((id) => condition.any.includes(id));
    case 'typed':
      return typedOf(event, condition.of, prefixes).some(
        ({ type, uri }) => type === condition.type && condition.any.includes(thingOrText(uri)),
      );
    case 'epc': {
      const { any } = condition;
      return namedIn(members, condition.of).some((text) => {
        const uri = thingOrText(text);
        return any.some((pattern) => fits(uri, pattern));
      });
    }
    case 'quantity':
      return quantitiesOf(members).some((element) => quantityHolds(element, condition));
    case 'present':
      return event[condition.of] !== undefined;
    case 'sensorTime':
    case 'sensorType':
    case 'sensorText':
    case 'sensorFlag':
    case 'measure':
      return (event.sensorElementList ?? []).some((element) => sensorHolds(element, condition, prefixes));
    case 'field':
      return someField(event, condition, prefixes);
    case 'hasField':
      return hasField(event, condition, prefixes);
    case 'attribute':
      return vocabularyOf(event, condition.of).some((uri) =>
        attributeHolds(master.attributes(uri), condition.names, condition.any),
      );
  }
}

function timeOf({ event, recorded }: Recorded, of: 'eventTime' | 'recordTime' | 'declarationTime'): number | undefined {
  if (of === 'recordTime') return recorded;
  const text = of === 'eventTime' ? event.eventTime : event.errorDeclaration?.declarationTime;
  return text === undefined ? undefined : parseTime(text);
}

function termsOf(
  event: EpcisEvent,
  of: 'bizStep' | 'disposition' | 'set' | 'unset' | 'errorReason',
  prefixes: Prefixes,
): string[] {
  const state = (event as Members).persistentDisposition;
  const [list, terms] =
    of === 'bizStep'
      ? [[event.bizStep], cbv.bizSteps]
      : of === 'disposition'
        ? [[event.disposition], cbv.dispositions]
        : of === 'errorReason'
          ? [[event.errorDeclaration?.reason], cbv.errorReasons]
          : [state?.[of] ?? [], cbv.dispositions];
  return list.flatMap((word) => (word === undefined ? [] : [term(word, terms, prefixes)]));
}

function idsOf({ event, id }: Recorded, of: 'eventID' | 'transformationID' | 'correctiveEventID'): readonly string[] {
  if (of === 'eventID') return [id];
  if (of === 'correctiveEventID') return event.errorDeclaration?.correctiveEventIDs ?? [];
  const given = (event as Members).transformationID;
  return given === undefined ? [] : [thingOrText(given)];
}

function typedOf(
  event: EpcisEvent,
  of: 'bizTransaction' | 'source' | 'destination',
  prefixes: Prefixes,
): { type?: string; uri: string }[] {
  const terms = of === 'bizTransaction' ? cbv.bizTransactionTypes : cbv.sourceDestinationTypes;
  const list = (event[`${of}List`] ?? []) as unknown as readonly { type?: string; [member: string]: string | undefined }[];
  return list.flatMap(({ type, [of]: uri }) =>
    uri === undefined ? [] : [{ ...(type !== undefined && { type: term(type, terms, prefixes) }), uri }],
  );
}

const listsOf: Readonly<Record<EpcList, readonly (keyof Members)[]>> = {
  epc: ['epcList', 'childEPCs'],
  parentID: ['parentID'],
  inputEPC: ['inputEPCList'],
  outputEPC: ['outputEPCList'],
  anyEPC: ['epcList', 'childEPCs', 'parentID', 'inputEPCList', 'outputEPCList'],
  epcClass: ['quantityList', 'childQuantityList'],
  inputEPCClass: ['inputQuantityList'],
  outputEPCClass: ['outputQuantityList'],
  anyEPCClass: ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'],
  any: [
    'epcList',
    'childEPCs',
    'parentID',
    'inputEPCList',
    'outputEPCList',
    'quantityList',
    'childQuantityList',
    'inputQuantityList',
    'outputQuantityList',
  ],
};

/** The identifiers in the lists that a MATCH parameter looks into, as they are written. */
export function namedIn(members: Members, of: EpcList): string[] {
  return listsOf[of].flatMap((list) => {
    const value = members[list] as string | readonly (string | QuantityElement)[] | undefined;
    return [value ?? []].flat().map((one) => (typeof one === 'string' ? one : one.epcClass));
  });
}

const quantitiesOf = (members: Members): QuantityElement[] =>
  listsOf.anyEPCClass.flatMap((list) => (members[list] as readonly QuantityElement[] | undefined) ?? []);

/** A quantity without unit counts pieces (H87); a parameter without unit looks at the number alone. */
function quantityHolds(
  { quantity, uom }: QuantityElement,
  { op, any, uom: wanted }: { readonly op: Comparison; readonly any: readonly number[]; readonly uom?: string },
): boolean {
  if (quantity === undefined) return false;
  const amount = wanted === undefined ? quantity : converted(quantity, uom ?? 'H87', wanted);
  return amount !== undefined && any.some((value) => compares(op, amount, value));
}

function vocabularyOf(event: EpcisEvent, of: Vocabulary): string[] {
  const written =
    of === 'epcClass'
      ? namedIn(event as Members, 'anyEPCClass')
      : of === 'source' || of === 'destination'
        ? typedOf(event, of, queryPrefixes).map(({ uri }) => uri)
        : [event[of]?.id].flatMap((id) => id ?? []);
  return written.map(thingOrText);
}

const attributeHolds = (
  attributes: ReadonlyMap<string, readonly string[]> | undefined,
  names: readonly FieldName[],
  any: readonly string[] | undefined,
): boolean =>
  [...(attributes ?? [])].some(
    ([name, values]) =>
      names.some((wanted) => namesField(name, wanted, queryPrefixes)) &&
      (any === undefined || values.some((value) => any.includes(value))),
  );
