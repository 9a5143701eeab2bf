import type { EpcPattern } from './query/pattern.js';

/** Comparisons of SimpleEventQuery (EPCIS 2.0 section 8.2.7.1). */
export type Comparison = 'EQ' | 'GT' | 'GE' | 'LT' | 'LE';

/** What an extension field is compared with. */
export type Compared =
  | { readonly kind: 'texts'; readonly any: readonly string[] }
  | { readonly kind: 'number'; readonly number: number }
  /** Unix milliseconds. */
  | { readonly kind: 'time'; readonly time: number };

/** Name of an extension member: its whole URI where its prefix is known, else as it is written. */
export interface FieldName {
  readonly uri?: string;
  readonly written: string;
}

export type EpcList =
  | 'epc'
  | 'parentID'
  | 'inputEPC'
  | 'outputEPC'
  | 'anyEPC'
  | 'epcClass'
  | 'inputEPCClass'
  | 'outputEPCClass'
  | 'anyEPCClass'
  | EveryList;
/** No parameter: everything that an event is about, what the resource `/epcs/{epc}` stands for. */
export type EveryList = 'any';
export type Term = 'bizStep' | 'disposition' | 'set' | 'unset' | 'errorReason';
export type Holder =
  'event' | 'ilmd' | 'errorDeclaration' | 'sensorElement' | 'sensorMetadata' | 'sensorReport' | 'readPoint' | 'bizLocation';
export type Measure = 'value' | 'minValue' | 'maxValue' | 'meanValue' | 'sDev' | 'percValue' | 'percRank';
export type SensorText =
  | 'deviceID'
  | 'dataProcessingMethod'
  | 'bizRules'
  | 'microorganism'
  | 'chemicalSubstance'
  | 'stringValue'
  | 'hexBinaryValue'
  | 'uriValue';
export type SensorTime = 'time' | 'startTime' | 'endTime';
/** Fields whose values are entries of a vocabulary that master data can speak of. */
export type Vocabulary = 'readPoint' | 'bizLocation' | 'epcClass' | 'source' | 'destination';

/** One parameter of a query, understood. Terms are Web URIs, identifiers canonical, times Unix milliseconds. */
export type Condition =
  | { readonly kind: 'type'; readonly any: readonly string[] }
  | {
      readonly kind: 'time';
      readonly of: 'eventTime' | 'recordTime' | 'declarationTime';
      readonly op: Comparison;
      readonly time: number;
    }
  | { readonly kind: 'action'; readonly any: readonly string[] }
  | { readonly kind: 'term'; readonly of: Term; readonly any: readonly string[] }
  | {
      readonly kind: 'place';
      readonly of: 'readPoint' | 'bizLocation';
      readonly any: readonly string[];
      readonly descendants: boolean;
    }
  | { readonly kind: 'id'; readonly of: 'eventID' | 'transformationID' | 'correctiveEventID'; readonly any: readonly string[] }
  | {
      readonly kind: 'typed';
      readonly of: 'bizTransaction' | 'source' | 'destination';
      readonly type: string;
      readonly any: readonly string[];
    }
  | { readonly kind: 'epc'; readonly of: EpcList; readonly any: readonly EpcPattern[] }
  | { readonly kind: 'quantity'; readonly op: Comparison; readonly any: readonly number[]; readonly uom?: string }
  | { readonly kind: 'present'; readonly of: 'errorDeclaration' | 'sensorElementList' }
  | { readonly kind: 'sensorTime'; readonly of: SensorTime; readonly op: Comparison; readonly time: number }
  | { readonly kind: 'sensorType'; readonly any: readonly string[] }
  | { readonly kind: 'sensorText'; readonly of: SensorText; readonly any: readonly string[] }
  | { readonly kind: 'sensorFlag'; readonly value: boolean }
  | {
      readonly kind: 'measure';
      readonly of: Measure;
      readonly op: Comparison;
      readonly any: readonly number[];
      readonly uom?: string;
    }
  | {
      readonly kind: 'field';
      readonly holder: Holder;
      /** Nested at any depth in an extension of the holder, not itself one. */
      readonly inner: boolean;
      readonly name: FieldName;
      readonly op: Comparison;
      readonly value: Compared;
    }
  | { readonly kind: 'hasField'; readonly holder: Holder; readonly inner: boolean; readonly name: FieldName }
  | {
      readonly kind: 'attribute';
      readonly of: Vocabulary;
      readonly names: readonly FieldName[];
      readonly any?: readonly string[];
    };

export type OrderBy = 'eventTime' | 'recordTime' | FieldName;

/** An event query: every condition must hold. What order and limits say concerns the list of results, not a single event. */
export interface Query {
  readonly conditions: readonly Condition[];
  readonly orderBy?: OrderBy;
  readonly descending: boolean;
  /** Only so many of the ordered events. */
  readonly eventCountLimit?: number;
  /** More events than this are an error. */
  readonly maxEventCount?: number;
}
