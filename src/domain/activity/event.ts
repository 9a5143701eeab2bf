import type { Activity, Term } from '../activities.js';
import type { Json, JsonObject } from '../record.js';
import { isHidden, placed, remembered } from './read.js';
import { type Line, isInstance, linesOf } from './lines.js';
import { localTime, offsetOf } from './time.js';
import { transactionURI } from './transaction.js';
import { canonicalValues } from './walk.js';

/** Prefix of the project's extensions; a constant, since it is part of event hashes (model.md, "Activities"). */
export const suyuan = 'https://suyuan.example/ns/';
export const context: Json = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { suyuan }];

export interface Made {
  /** One EPCIS 2.0 event in JSON-LD form. */
  readonly event: JsonObject;
  /** Values of the personal and confidential fields: they stand in the record, never in the event. */
  readonly hidden: JsonObject;
}

/** What an event needs beside the values of its form. */
export interface Occasion {
  /** URI of the party whose act it is. */
  readonly by: string;
  /** Usually `urn:uuid:` and a version 7 UUID. */
  readonly eventID: string;
  /** Unix milliseconds: the event's time when the form names none. */
  readonly now: number;
  /** Time zone of the place, `+08:00`: used when the form's time has none of its own. */
  readonly offset: string;
}

/**
 * The event of an activity. A quantity stands in it as a JSON number, since EPCIS has it so; everything else keeps its form.
 * @param typed values of the form, valid by `activity.fields` and without `activityFaults`
 */
export function eventOf(activity: Activity, typed: JsonObject, { by, eventID, now, offset }: Occasion): Made {
  const values = canonicalValues(activity, typed);
  const { event: mapping, fields } = activity;
  const natural = by.startsWith('urn:suyuan:party:');
  const hidden: JsonObject = {};
  const shown: JsonObject = {};
  for (const name of Object.keys(values))
    (isHidden(fields.properties[name] ?? {}, natural) ? hidden : shown)[name] = values[name]!;

  const text = (source: string | undefined): string | undefined => {
    const value = source === '@by' ? by : source === undefined ? undefined : shown[source];
    return typeof value === 'string' ? value : undefined;
  };
  const term = (wanted: Term | undefined): string | undefined =>
    typeof wanted === 'object' ? wanted.is[String(shown[wanted.by])] : wanted;
  const lines = (names: readonly string[] | undefined): Line[] => (names ?? []).flatMap((name) => linesOf(shown[name]));
  const named = (name: string): string => fields.properties[name]?.['x-term'] ?? `suyuan:${name}`;

  const time = text('time');
  const event: JsonObject = {
    '@context': context,
    type: mapping.type,
    eventID,
    eventTime: localTime(time === undefined ? now : Date.parse(time), offsetOf(time) ?? offset),
    eventTimeZoneOffset: offsetOf(time) ?? offset,
  };
  const put = (name: string, value: Json | undefined): void => {
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) event[name] = value;
  };
  const what = (wanted: readonly string[] | undefined, instances: string, classes: string): void => {
    const all = lines(wanted);
    put(instances, unique(all.filter(isInstance).map(({ lot }) => lot)));
    put(classes, all.filter((line) => !isInstance(line)).map(quantityElement));
  };

  put('action', mapping.action);
  put('bizStep', term(mapping.bizStep));
  put('disposition', term(mapping.disposition));
  put('persistentDisposition', persistent(term(mapping.persistentDisposition?.set), term(mapping.persistentDisposition?.unset)));
  what(mapping.items, 'epcList', 'quantityList');
  put('parentID', text(mapping.parent));
  what(mapping.children, 'childEPCs', 'childQuantityList');
  what(mapping.inputs, 'inputEPCList', 'inputQuantityList');
  what(mapping.outputs, 'outputEPCList', 'outputQuantityList');
  put('readPoint', identified(text(mapping.readPoint)));
  put('bizLocation', identified(text(mapping.bizLocation)));
  put('sourceList', ends(mapping.sources, 'source', text));
  put('destinationList', ends(mapping.destinations, 'destination', text));
  put(
    'bizTransactionList',
    (mapping.transactions ?? []).flatMap(({ type, number, issuer }) => {
      const [document, party] = [text(number), text(issuer)];
      return document && party ? [{ type, bizTransaction: transactionURI(party, document) }] : [];
    }),
  );
  if (mapping.sensors) put('sensorElementList', sensorElements(shown[mapping.sensors.series], text(mapping.sensors.device)));
  const given = (mapping.ilmd ?? []).filter((name) => name in shown);
  if (given.length > 0) event.ilmd = Object.fromEntries(given.map((name) => [named(name), extension(shown[name]!)]));

  event['suyuan:activity'] = activity.name;
  for (const [name, value] of Object.entries(mapping.constants ?? {})) event[`suyuan:${name}`] = extension(value);
  const taken = takenOf(activity);
  for (const name of Object.keys(shown)) if (!taken.has(name)) event[named(name)] = extension(shown[name]!);
  return { event, hidden };
}

/** The fields that stand somewhere in the event already. */
const takenOf = remembered(({ event }): ReadonlySet<string> => placed(event).add('time'));

const unique = (uris: string[]): string[] => [...new Set(uris)];
const identified = (id: string | undefined): JsonObject | undefined => (id === undefined ? undefined : { id });
const persistent = (set?: string, unset?: string): JsonObject | undefined =>
  set || unset ? { ...(set ? { set: [set] } : {}), ...(unset ? { unset: [unset] } : {}) } : undefined;

function quantityElement({ lot, quantity, unit }: Line): JsonObject {
  return quantity === undefined
    ? { epcClass: lot }
    : { epcClass: lot, quantity: Number(quantity), ...(unit ? { uom: unit } : {}) };
}

function ends(
  mapped: Readonly<Record<string, string>> | undefined,
  name: 'source' | 'destination',
  text: (source: string) => string | undefined,
): JsonObject[] {
  return Object.entries(mapped ?? {}).flatMap(([type, source]) => {
    const uri = text(source);
    return uri === undefined ? [] : [{ type, [name]: uri }];
  });
}

/**
 * A series as one sensor element with a report for each reading, as it was read: nothing is filled in between, so that a gap
 * stays a gap. Units: CEL, and P1 (percent) for relative humidity (UN/ECE Recommendation 20).
 */
function sensorElements(series: Json | undefined, device: string | undefined): JsonObject[] {
  const readings = (series ?? []) as { time: string; celsius: number; humidity?: number }[];
  if (readings.length === 0) return [];
  const times = readings.map(({ time }) => Date.parse(time));
  const at = (time: number): string => new Date(time).toISOString();
  const sensorReport = readings.flatMap(({ celsius, humidity }, n): JsonObject[] => {
    const time = at(times[n]!);
    return [
      { type: 'Temperature', value: celsius, uom: 'CEL', time },
      ...(humidity === undefined ? [] : [{ type: 'RelativeHumidity', value: humidity, uom: 'P1', time }]),
    ];
  });
  const startTime = at(times.reduce((a, b) => Math.min(a, b)));
  const endTime = at(times.reduce((a, b) => Math.max(a, b)));
  return [{ sensorMetadata: { startTime, endTime, ...(device ? { deviceID: device } : {}) }, sensorReport }];
}

/** A value as a JSON-LD extension: members of objects carry the prefix too. */
function extension(value: Json): Json {
  if (Array.isArray(value)) return value.map(extension);
  if (typeof value !== 'object' || value === null) return value;
  const made: JsonObject = {};
  for (const name of Object.keys(value)) made[`suyuan:${name}`] = extension(value[name]!);
  return made;
}

/**
 * The extensions of one of our events (or of its ILMD) as they were before `eventOf`: without the prefix, at every depth.
 * Names of other vocabularies keep theirs.
 */
export function extensionsOf(event: JsonObject): JsonObject {
  const bare = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(bare);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.replace(/^suyuan:/, ''), bare(member)]));
  };
  return bare(Object.fromEntries(Object.entries(event).filter(([name]) => name.includes(':')))) as JsonObject;
}
