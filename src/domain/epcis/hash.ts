import {
  bizSteps,
  bizTransactionTypes,
  components,
  dispositions,
  errorReasons,
  measurementTypes,
  sensorAlerts,
  sourceDestinationTypes,
} from './cbv.js';
import type { Terms } from './cbv.js';
import { type Prefixes, prefixesOf, standardPrefixes } from './context.js';
import { decimalOf } from './decimal.js';
import type { EpcisEvent, Located, PersistentDisposition, QuantityElement, SensorElement, SensorReport } from './event.js';
import { hashed } from './identifier.js';
import { parseTime, utc } from './time.js';

/*
 * The event hash of CBV 2.0 (section 8.9): one string out of the event's fields in a fixed order, each `name=value`, nothing
 * between them, and its SHA-256. Where the text of the standard leaves a choice, the published vectors decide:
 *   - the name of a list stands once before its elements, `sensorElementList` too;
 *   - `type` stands before the value that it types;
 *   - extensions inside a standard field follow that field's own members;
 *   - bizTransactionList, destinationList, sourceList, ilmd and the event's extensions come last, sorted among themselves.
 */

type Fields = Readonly<Record<string, unknown>>;
const asFields = (value: object): Fields => value as unknown as Fields;

/** Every type has some of these; their order is one for all. */
interface Members {
  readonly epcList?: readonly string[];
  readonly parentID?: string;
  readonly inputEPCList?: readonly string[];
  readonly childEPCs?: readonly string[];
  readonly quantityList?: readonly QuantityElement[];
  readonly childQuantityList?: readonly QuantityElement[];
  readonly inputQuantityList?: readonly QuantityElement[];
  readonly outputEPCList?: readonly string[];
  readonly outputQuantityList?: readonly QuantityElement[];
  readonly action?: string;
  readonly transformationID?: string;
  readonly persistentDisposition?: PersistentDisposition;
  readonly ilmd?: object;
}

/** Sorts by UTF-8 bytes. UTF-16 units, which JavaScript compares, differ from them only where surrogates stand. */
function sorted(list: string[]): string[] {
  if (list.length < 2) return list;
  list.sort();
  return list.some((text) => /[\ud800-\udfff]/.test(text)) ? list.sort(byCodePoint) : list;
}

export function byCodePoint(a: string, b: string): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < x.length && i < y.length; i++) {
    const difference = x[i]!.codePointAt(0)! - y[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return x.length - y.length;
}

const timeOf = (text: string): string => {
  const time = parseTime(text);
  return time === undefined ? text : utc(time);
};

function expanded(value: string, prefixes: Prefixes): string {
  const colon = value.indexOf(':');
  const namespace = colon > 0 ? prefixes.get(value.slice(0, colon)) : undefined;
  return namespace === undefined ? value : namespace + value.slice(colon + 1);
}

/** A vocabulary value as Web URI: from a bare word, a CURIE, or the URN that EPCIS XML writes. */
export function term(value: string, { uris, urn, base }: Terms, prefixes: Prefixes): string {
  const known = uris.get(value);
  if (known !== undefined) return known;
  return urn !== undefined && value.startsWith(urn) ? base + value.slice(urn.length) : expanded(value, prefixes);
}

/** `{namespace}name` of an extension member; undefined for the standard's own members, which have no colon. */
function qualified(name: string, prefixes: Prefixes): string | undefined {
  const colon = name.indexOf(':');
  if (colon < 0) return undefined;
  const namespace = prefixes.get(name.slice(0, colon));
  if (namespace !== undefined) return `{${namespace}}${name.slice(colon + 1)}`;
  // A whole URI: what is behind its last separator is the local name, as an RDF/XML writer would cut it.
  const cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf('#'), name.lastIndexOf(':')) + 1;
  return `{${name.slice(0, cut)}}${name.slice(cut)}`;
}

const scalar = (value: unknown): string => (typeof value === 'number' ? decimalOf(value) : hashed(String(value).trim()));

function extension(name: string, value: unknown, prefixes: Prefixes): string {
  if (Array.isArray(value)) return sorted(value.map((item) => extension(name, item, prefixes))).join('');
  if (typeof value === 'object' && value !== null) return name + extensions(value as Fields, prefixes).join('');
  return `${name}=${scalar(value)}`;
}

/** The extension members of an object, each as one string, sorted. Lists give one string an element. */
function extensions(fields: Fields, prefixes: Prefixes): string[] {
  let list: string[] | undefined;
  for (const member in fields) {
    const name = qualified(member, prefixes);
    if (name === undefined) continue;
    const value = fields[member];
    list ??= [];
    if (Array.isArray(value)) for (const item of value) list.push(extension(name, item, prefixes));
    else list.push(extension(name, value, prefixes));
  }
  return list === undefined ? [] : sorted(list);
}

function epcs(name: string, list: readonly string[] | undefined): string {
  return list === undefined || list.length === 0 ? '' : name + sorted(list.map((epc) => `epc=${hashed(epc.trim())}`)).join('');
}

function quantities(name: string, list: readonly QuantityElement[] | undefined): string {
  if (list === undefined || list.length === 0) return '';
  return name + sorted(list.map(quantityElement)).join('');
}

function quantityElement({ epcClass, quantity, uom }: QuantityElement): string {
  const amount = quantity === undefined ? '' : `quantity=${decimalOf(quantity)}`;
  return `quantityElementepcClass=${hashed(epcClass.trim())}${amount}${uom === undefined ? '' : `uom=${uom.trim()}`}`;
}

function located(name: string, place: Located | undefined, prefixes: Prefixes): string {
  return place === undefined ? '' : `${name}id=${hashed(place.id.trim())}${extensions(asFields(place), prefixes).join('')}`;
}

function typed(name: string, member: string, list: unknown, types: Terms, prefixes: Prefixes): string {
  if (!Array.isArray(list) || list.length === 0) return '';
  const elements = (list as Fields[]).map(({ type, [member]: value }) => {
    const kind = typeof type === 'string' ? `type=${term(type, types, prefixes)}` : '';
    return `${kind}${member}=${hashed(String(value).trim())}`;
  });
  return name + sorted(elements).join('');
}

const metadataOrder = 'time startTime endTime deviceID deviceMetadata rawData dataProcessingMethod bizRules'.split(' ');
const reportOrder = (
  'type exception deviceID deviceMetadata rawData dataProcessingMethod time microorganism chemicalSubstance value component ' +
  'stringValue booleanValue hexBinaryValue uriValue minValue maxValue meanValue sDev percRank percValue uom ' +
  'coordinateReferenceSystem bizRules'
).split(' ');
const sensorTerms: Readonly<Record<string, Terms>> = { type: measurementTypes, exception: sensorAlerts, component: components };

function inOrder(order: readonly string[], fields: Fields, prefixes: Prefixes): string {
  let out = '';
  for (const name of order) {
    const value = fields[name];
    if (value === undefined) continue;
    const terms = sensorTerms[name];
    if (terms !== undefined) out += `${name}=${term(String(value), terms, prefixes)}`;
    else if (name.endsWith('ime')) out += `${name}=${timeOf(String(value))}`;
    else out += `${name}=${name === 'stringValue' ? String(value).trim() : scalar(value)}`;
  }
  return out + extensions(fields, prefixes).join('');
}

function sensorElement(element: SensorElement, prefixes: Prefixes): string {
  const metadata = element.sensorMetadata;
  const reports = element.sensorReport.map(
    (report: SensorReport) => `sensorReport${inOrder(reportOrder, asFields(report), prefixes)}`,
  );
  const meta = metadata === undefined ? '' : `sensorMetadata${inOrder(metadataOrder, asFields(metadata), prefixes)}`;
  return `sensorElement${meta}${sorted(reports).join('')}${extensions(asFields(element), prefixes).join('')}`;
}

const value = (name: string, text: string | undefined): string => (text === undefined ? '' : `${name}=${text}`);

/**
 * The string whose digest is the event hash.
 * @param around prefixes that hold around the event (of its document); its own `@context` goes over them
 */
export function preHash(event: EpcisEvent, around: Prefixes = standardPrefixes): string {
  const prefixes = prefixesOf(event['@context'], around);
  const e: Members = event;
  const words = (name: string, text: string | undefined, terms: Terms): string =>
    text === undefined ? '' : `${name}=${term(text, terms, prefixes)}`;
  const state = e.persistentDisposition;
  const sensors = event.sensorElementList ?? [];
  const certificates = event.certificationInfo === undefined ? [] : [event.certificationInfo].flat();
  let out = `eventType=${event.type}eventTime=${timeOf(event.eventTime)}eventTimeZoneOffset=${event.eventTimeZoneOffset}`;
  out += sorted(certificates.map((uri) => `certificationInfo=${hashed(uri.trim())}`)).join('');
  out += epcs('epcList', e.epcList);
  out += e.parentID === undefined ? '' : `parentID=${hashed(e.parentID.trim())}`;
  out += epcs('inputEPCList', e.inputEPCList) + epcs('childEPCs', e.childEPCs);
  out += quantities('quantityList', e.quantityList) + quantities('childQuantityList', e.childQuantityList);
  out += quantities('inputQuantityList', e.inputQuantityList) + epcs('outputEPCList', e.outputEPCList);
  out += quantities('outputQuantityList', e.outputQuantityList) + value('action', e.action);
  out += e.transformationID === undefined ? '' : `transformationID=${hashed(e.transformationID.trim())}`;
  out += words('bizStep', event.bizStep, bizSteps) + words('disposition', event.disposition, dispositions);
  if (state !== undefined) {
    out += 'persistentDisposition' + sorted((state.set ?? []).map((word) => words('set', word, dispositions))).join('');
    out += sorted((state.unset ?? []).map((word) => words('unset', word, dispositions))).join('');
  }
  out += located('readPoint', event.readPoint, prefixes) + located('bizLocation', event.bizLocation, prefixes);
  if (sensors.length > 0)
    out += 'sensorElementList' + sorted(sensors.map((element) => sensorElement(element, prefixes))).join('');
  const last = [
    typed('bizTransactionList', 'bizTransaction', event.bizTransactionList, bizTransactionTypes, prefixes),
    typed('destinationList', 'destination', event.destinationList, sourceDestinationTypes, prefixes),
    typed('sourceList', 'source', event.sourceList, sourceDestinationTypes, prefixes),
    e.ilmd === undefined ? '' : `ilmd${extensions(asFields(e.ilmd), prefixes).join('')}`,
    ...extensions(asFields(event), prefixes),
  ];
  return out + sorted(last).join('');
}

/**
 * What makes two captures of one event the same (interfaces.md): the pre-hash string and, of an error declaration, what it declares.
 * Which prefixes, list orders or zones it was written with, and when it was recorded, do not count.
 */
export function contentText(event: EpcisEvent, text = preHash(event)): string {
  const declared = event.errorDeclaration;
  if (declared === undefined) return text;
  const prefixes = prefixesOf(event['@context']);
  const { declarationTime, reason, correctiveEventIDs = [] } = declared;
  const corrected = sorted(correctiveEventIDs.map((id) => `correctiveEventID=${id}`)).join('');
  const why = reason === undefined ? '' : `reason=${term(reason, errorReasons, prefixes)}`;
  const more = extensions(asFields(declared), prefixes).join('');
  return `${text}errorDeclarationdeclarationTime=${timeOf(declarationTime)}${why}${corrected}${more}`;
}

/** The event hash as a Named Information URI (RFC 6920). `sha256` gives the lower-case hexadecimal digest of a text in UTF-8. */
export const eventHash = (event: EpcisEvent, sha256: (text: string) => string, around: Prefixes = standardPrefixes): string =>
  `ni:///sha-256;${sha256(preHash(event, around))}?ver=CBV2.0`;
