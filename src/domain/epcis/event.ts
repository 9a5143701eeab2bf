import { decimalOf } from './decimal.js';
import { thingOf } from './identifier.js';
import type { Json, JsonObject } from '../record.js';

/** The five event types of EPCIS 2.0 (section 7.4). */
export const eventTypes = [
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
] as const;
export type EventType = (typeof eventTypes)[number];
export type Action = 'OBSERVE' | 'ADD' | 'DELETE';

/** A JSON-LD context: a URL (never fetched), prefixes in an object, or a list of both. */
export type Context = string | JsonObject | readonly (string | JsonObject)[];

/** Members that are not the standard's own: CURIEs (`example:field`) or whole URIs. */
export interface Extensible {
  readonly [extension: `${string}:${string}`]: Json;
}

export interface QuantityElement {
  readonly epcClass: string;
  /** Left out: an unknown amount. Without `uom` it counts instances. */
  readonly quantity?: number;
  /** UN/ECE Recommendation 20 code. */
  readonly uom?: string;
}

export interface Located extends Extensible {
  readonly id: string;
}

export interface BizTransaction {
  readonly type?: string;
  readonly bizTransaction: string;
}

export interface Source {
  readonly type: string;
  readonly source: string;
}

export interface Destination {
  readonly type: string;
  readonly destination: string;
}

export interface PersistentDisposition {
  readonly set?: readonly string[];
  readonly unset?: readonly string[];
}

export interface ErrorDeclaration extends Extensible {
  readonly declarationTime: string;
  readonly reason?: string;
  readonly correctiveEventIDs?: readonly string[];
}

export interface SensorMetadata extends Extensible {
  readonly time?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly deviceID?: string;
  readonly deviceMetadata?: string;
  readonly rawData?: string;
  readonly dataProcessingMethod?: string;
  readonly bizRules?: string;
}

export interface SensorReport extends Extensible {
  readonly type: string;
  readonly exception?: string;
  readonly deviceID?: string;
  readonly deviceMetadata?: string;
  readonly rawData?: string;
  readonly dataProcessingMethod?: string;
  readonly bizRules?: string;
  readonly time?: string;
  readonly microorganism?: string;
  readonly chemicalSubstance?: string;
  readonly coordinateReferenceSystem?: string;
  readonly value?: number;
  readonly component?: string;
  readonly stringValue?: string;
  readonly booleanValue?: boolean;
  readonly hexBinaryValue?: string;
  readonly uriValue?: string;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly meanValue?: number;
  readonly sDev?: number;
  readonly percRank?: number;
  readonly percValue?: number;
  readonly uom?: string;
}

export interface SensorElement extends Extensible {
  readonly sensorMetadata?: SensorMetadata;
  readonly sensorReport: readonly SensorReport[];
}

interface Common extends Extensible {
  readonly '@context'?: Context;
  readonly eventID?: string;
  /** RFC 3339 with offset; its fraction may be longer than milliseconds. */
  readonly eventTime: string;
  /** The offset in force where and when it happened, `+08:00`; eventTime may be written in another. */
  readonly eventTimeZoneOffset: string;
  /** What the client said; the time of recording of this ledger stands in the entry. */
  readonly recordTime?: string;
  readonly certificationInfo?: string | readonly string[];
  readonly errorDeclaration?: ErrorDeclaration;
  readonly bizStep?: string;
  readonly disposition?: string;
  readonly readPoint?: Located;
  readonly bizLocation?: Located;
  readonly bizTransactionList?: readonly BizTransaction[];
  readonly sourceList?: readonly Source[];
  readonly destinationList?: readonly Destination[];
  readonly sensorElementList?: readonly SensorElement[];
}

export interface ObjectEvent extends Common {
  readonly type: 'ObjectEvent';
  readonly action: Action;
  readonly epcList?: readonly string[];
  readonly quantityList?: readonly QuantityElement[];
  readonly persistentDisposition?: PersistentDisposition;
  readonly ilmd?: Extensible;
}

interface WithChildren extends Common {
  readonly action: Action;
  readonly parentID?: string;
  readonly childEPCs?: readonly string[];
  readonly childQuantityList?: readonly QuantityElement[];
}

export interface AggregationEvent extends WithChildren {
  readonly type: 'AggregationEvent';
}

export interface AssociationEvent extends WithChildren {
  readonly type: 'AssociationEvent';
}

export interface TransactionEvent extends Common {
  readonly type: 'TransactionEvent';
  readonly action: Action;
  readonly parentID?: string;
  readonly epcList?: readonly string[];
  readonly quantityList?: readonly QuantityElement[];
}

export interface TransformationEvent extends Common {
  readonly type: 'TransformationEvent';
  readonly transformationID?: string;
  readonly inputEPCList?: readonly string[];
  readonly inputQuantityList?: readonly QuantityElement[];
  readonly outputEPCList?: readonly string[];
  readonly outputQuantityList?: readonly QuantityElement[];
  readonly persistentDisposition?: PersistentDisposition;
  readonly ilmd?: Extensible;
}

export type EpcisEvent = ObjectEvent | AggregationEvent | TransactionEvent | TransformationEvent | AssociationEvent;

export type ItemRole = 'epc' | 'class' | 'parent' | 'child' | 'input' | 'output';

/** One identifier of the "what" dimension. */
export interface Item {
  /** Canonical: a Digital Link URI on https://id.gs1.org where the identifier has one, else its normalised URI. */
  readonly uri: string;
  readonly role: ItemRole;
  /** Decimal string; none for an instance and for an unknown amount. */
  readonly quantity?: string;
  /** UN/ECE Recommendation 20 code; none when the quantity counts instances. */
  readonly unit?: string;
}

/** Every identifier of the "what" dimension, in the order of the event's lists. An instance that a list names twice, in whatever form, comes once. */
export function itemsOf(event: EpcisEvent): Item[] {
  const items: Item[] = [];
  switch (event.type) {
    case 'ObjectEvent':
      instances(items, event.epcList, 'epc');
      classes(items, event.quantityList, 'class');
      break;
    case 'AggregationEvent':
    case 'AssociationEvent':
      if (event.parentID !== undefined) items.push({ uri: thingOf(event.parentID), role: 'parent' });
      instances(items, event.childEPCs, 'child');
      classes(items, event.childQuantityList, 'child');
      break;
    case 'TransactionEvent':
      if (event.parentID !== undefined) items.push({ uri: thingOf(event.parentID), role: 'parent' });
      instances(items, event.epcList, 'epc');
      classes(items, event.quantityList, 'class');
      break;
    case 'TransformationEvent':
      instances(items, event.inputEPCList, 'input');
      classes(items, event.inputQuantityList, 'input');
      instances(items, event.outputEPCList, 'output');
      classes(items, event.outputQuantityList, 'output');
      break;
  }
  return items;
}

function instances(items: Item[], list: readonly string[] | undefined, role: ItemRole): void {
  if (list === undefined) return;
  if (list.length === 1) {
    items.push({ uri: thingOf(list[0]!), role });
    return;
  }
  for (const uri of new Set(list.map(thingOf))) items.push({ uri, role });
}

function classes(items: Item[], list: readonly QuantityElement[] | undefined, role: ItemRole): void {
  if (!list) return;
  for (const { epcClass, quantity, uom } of list) {
    const item: { uri: string; role: ItemRole; quantity?: string; unit?: string } = { uri: thingOf(epcClass), role };
    if (quantity !== undefined) item.quantity = decimalOf(quantity);
    if (uom !== undefined) item.unit = uom;
    items.push(item);
  }
}
