import type { JsonObject } from './record.js';
import type { Text } from './text.js';

/**
 * An activity: a kind of event that people do by name (model.md, "Activities"), read from schemas/activities/<name>.json by
 * `readActivity` (activity/read.ts). `eventOf` (activity/event.ts) makes its EPCIS event, `activityFaults` (activity/faults.ts)
 * checks what a JSON Schema cannot.
 */
export interface Activity {
  readonly name: string;
  readonly title: Text;
  /** What the history says happened: "采收" / "Harvested". */
  readonly did: Text;
  readonly hint?: Text;
  readonly stage: Stage;
  /** Name of a symbol of the pages. */
  readonly icon: string;
  /** Place in the list of activities, ascending. */
  readonly order: number;
  /** Roles that may record it. */
  readonly who: readonly string[];
  /** JSON Schema of the values of its form. In an activity that was read, every `$ref` to fields.json is already put in. */
  readonly fields: Fields;
  readonly event: Mapping;
}

export type Stage = 'farm' | 'processing' | 'transport' | 'retail' | 'construction';

export interface Fields {
  readonly type: 'object';
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, Field>>;
  readonly [keyword: string]: unknown;
}

/** JSON Schema of a field, with the project's keywords of schemas/README.md. */
export interface Field {
  readonly type?: string;
  readonly items?: Field;
  readonly properties?: Readonly<Record<string, Field>>;
  readonly oneOf?: readonly Field[];
  readonly allOf?: readonly Field[];
  readonly 'x-label'?: Text;
  readonly 'x-field'?: string;
  readonly 'x-personal'?: true | 'natural';
  readonly 'x-confidential'?: true;
  /** JSON-LD name of the field in an event when it is not `suyuan:<field>`. */
  readonly 'x-term'?: string;
  /** A date or time that is not before (`x-after`), or not after (`x-before`), that of the named field. */
  readonly 'x-after'?: string;
  readonly 'x-before'?: string;
  /** A quantity that may be zero. */
  readonly 'x-zero'?: true;
  readonly [keyword: string]: unknown;
}

/** `@by` (the party whose act it is) or the name of a field. */
export type Source = string;

/** A CBV term, or one chosen by the value of a field; a value that is not listed gives none. */
export type Term = string | { readonly by: string; readonly is: Readonly<Record<string, string>> };

/**
 * How values become an EPCIS 2.0 event. Each member says which fields go where; what no member places becomes an extension
 * `suyuan:<field>`, and what is marked personal or confidential stays out of the event.
 */
export interface Mapping {
  readonly type: 'ObjectEvent' | 'AggregationEvent' | 'TransformationEvent' | 'TransactionEvent' | 'AssociationEvent';
  /** Every type but TransformationEvent. */
  readonly action?: 'ADD' | 'OBSERVE' | 'DELETE';
  readonly bizStep?: Term;
  readonly disposition?: Term;
  /** Object and transformation events only. */
  readonly persistentDisposition?: { readonly set?: Term; readonly unset?: Term };
  /** Object and transaction events: fields whose lots and items stand in quantityList (class level) and epcList (instances). */
  readonly items?: readonly string[];
  /** Aggregation and association events. */
  readonly parent?: string;
  readonly children?: readonly string[];
  /** Transformation events. */
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly readPoint?: string;
  readonly bizLocation?: string;
  /** EPCIS source and destination type -> where its URI comes from. */
  readonly sources?: Readonly<Record<string, Source>>;
  readonly destinations?: Readonly<Record<string, Source>>;
  /** A document number becomes a URI in the name of the party that issued the document. */
  readonly transactions?: readonly { readonly type: string; readonly number: string; readonly issuer: Source }[];
  /** Instance or lot master data: only object events ADD and transformations (EPCIS 2.0 section 7.3.6). */
  readonly ilmd?: readonly string[];
  readonly sensors?: { readonly series: string; readonly device?: string };
  /** Extensions that every event of the activity carries. */
  readonly constants?: JsonObject;
}
