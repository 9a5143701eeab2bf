import type { EpcisEvent, ErrorDeclaration } from './epcis/event.js';
import { thingOrText } from './epcis/identifier.js';
import { canonical } from './gs1/identify.js';
import type { Json, JsonObject } from './record.js';
import { within, type Reader } from './reader.js';

/** What decides whether a reader sees a whole event. */
export interface EventContext {
  /** The party whose act it is, and the one that recorded it. */
  readonly parties: readonly string[];
  /** Division codes of the places of the event. */
  readonly divisions: readonly string[];
  /** The lots that the reader asked for and those they came from: others are not named to strangers. */
  readonly about: ReadonlySet<string>;
  /** The lot that was asked for lies, or lay, in the inspector's jurisdiction: its whole chain may be followed (model.md). */
  readonly chain?: boolean;
}

/** Everyone named at an end of a transfer, or as carrier: they are part of the transaction. */
function partners(event: EpcisEvent): string[] {
  const ends = [
    ...(event.sourceList ?? []).map((end) => end.source),
    ...(event.destinationList ?? []).map((end) => end.destination),
    event['suyuan:carrier'],
    event['suyuan:laboratory'],
  ];
  return ends.flatMap((uri) => (typeof uri === 'string' ? [canonicalOr(uri)] : []));
}
const canonicalOr = (uri: string): string => {
  try {
    return canonical(uri);
  } catch {
    return uri;
  }
};

/** The parties that see all of an event: whose act it is, who recorded it, and their partners in it. */
export const readersOf = (event: EpcisEvent, parties: readonly string[]): string[] => [
  ...new Set([...parties, ...partners(event)]),
];

/** Whether the reader sees all of the event: its parties, their partners in it, and inspectors by jurisdiction (model.md, "Who may do what"). */
export function seesAll(event: EpcisEvent, reader: Reader, context: EventContext): boolean {
  const { role, party, division } = reader;
  if (role === 'inspector' && division !== undefined)
    return context.chain === true || context.divisions.some((code) => within(code, division));
  if (party === undefined) return false;
  return readersOf(event, context.parties).includes(party);
}

/** Members that a consumer is owed; nothing else leaves the ledger for strangers (an allow list, so that new fields start hidden). */
const open = new Set([
  '@context',
  'type',
  'eventTime',
  'eventTimeZoneOffset',
  'action',
  'bizStep',
  'disposition',
  'persistentDisposition',
  'certificationInfo',
]);
const openExtensions: Readonly<Record<string, readonly string[]>> = {
  '': [
    'activity',
    'growing',
    'end',
    'kind',
    'method',
    'result',
    'report',
    'laboratory',
    'standard',
    'count',
    'items',
    'certificate',
    'authority',
    'validUntil',
    'until',
  ],
  'apply-input': ['name', 'registration', 'active', 'formulation', 'interval', 'target'],
  fertilise: ['name', 'registration'],
  medicate: ['name', 'registration', 'active', 'withdrawal', 'since'],
  vaccinate: ['name', 'disease'],
  hold: ['reason'],
  destroy: ['reason'],
  'issue-promise-certificate': ['number', 'name', 'quantity', 'origin', 'issued', 'promiser', 'contact', 'basis', 'promise'],
};
const openIlmd = new Set([
  'cbvmda:bestBeforeDate',
  'cbvmda:itemExpirationDate',
  'cbvmda:sellByDate',
  'cbvmda:harvestEndDate',
  'cbvmda:countryOfOrigin',
  'suyuan:grade',
  'suyuan:variety',
  'suyuan:breed',
]);
const openReport = ['type', 'value', 'minValue', 'maxValue', 'meanValue', 'uom', 'time'];

/** The event as this reader sees it: whole, or what is public of it. */
export function visible(event: EpcisEvent, reader: Reader, context: EventContext): JsonObject {
  return seesAll(event, reader, context) ? (event as unknown as JsonObject) : publicPart(event, context.about);
}

function publicPart(event: EpcisEvent, about: ReadonlySet<string>): JsonObject {
  const whole = event as unknown as JsonObject;
  const shown: JsonObject = {};
  for (const [name, value] of Object.entries(whole)) if (open.has(name)) shown[name] = value;
  // An id that is a hash of the content could be guessed against; ids that say nothing are public.
  if (/^urn:uuid:/i.test(event.eventID ?? '')) shown.eventID = whole.eventID!;
  // Names of the lots that were asked for, without amounts: a customer's or a neighbour's lot is nobody's business.
  for (const [list, uris] of Object.entries(named(event, about))) shown[list] = uris;
  if (event.errorDeclaration) shown.errorDeclaration = declared(event.errorDeclaration);
  if (event.sensorElementList) shown.sensorElementList = event.sensorElementList.map(publicSensor);
  const ilmd = pick(('ilmd' in event ? event.ilmd : undefined) as JsonObject | undefined, (name) => openIlmd.has(name));
  if (ilmd) shown.ilmd = ilmd;
  const activity = typeof whole['suyuan:activity'] === 'string' ? whole['suyuan:activity'] : '';
  const allowed = new Set([
    ...openExtensions['']!,
    ...(Object.hasOwn(openExtensions, activity) ? openExtensions[activity]! : []),
  ]);
  return { ...shown, ...pick(whole, (name) => name.startsWith('suyuan:') && allowed.has(name.slice(7))) };
}

/** When it was declared in error, and why where the standard has a word for it (CBV 2.0 section 7.5): others may be free text. */
function declared({ declarationTime, reason }: ErrorDeclaration): JsonObject {
  const known = reason !== undefined && /(^|[-:])(did_not_occur|incorrect_data)$/.test(reason);
  return { declarationTime, ...(known && { reason }) };
}

const instanceLists = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const;
const classLists = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'] as const;

/** The lists of the event with only those in them that were asked for, each in its own list. */
function named(event: EpcisEvent, about: ReadonlySet<string>): Record<string, Json> {
  const found: Record<string, Json> = {};
  const whole = event as unknown as JsonObject;
  const kept = (texts: readonly string[]): string[] => [...new Set(texts.map(thingOrText))].filter((uri) => about.has(uri));
  const parent = kept(typeof whole.parentID === 'string' ? [whole.parentID] : [])[0];
  if (parent !== undefined) found.parentID = parent;
  for (const list of instanceLists) {
    const uris = kept((whole[list] ?? []) as string[]);
    if (uris.length > 0) found[list] = uris;
  }
  for (const list of classLists) {
    const uris = kept(((whole[list] ?? []) as { epcClass: string }[]).map(({ epcClass }) => epcClass));
    if (uris.length > 0) found[list] = uris.map((epcClass) => ({ epcClass }));
  }
  return found;
}

const publicSensor = ({ sensorMetadata, sensorReport }: NonNullable<EpcisEvent['sensorElementList']>[number]): JsonObject => ({
  ...(sensorMetadata && {
    sensorMetadata: pick(sensorMetadata as JsonObject, (name) => ['time', 'startTime', 'endTime'].includes(name)) ?? {},
  }),
  sensorReport: sensorReport.flatMap(
    (report) => pick(report as unknown as JsonObject, (name) => openReport.includes(name)) ?? [],
  ),
});

function pick(value: JsonObject | undefined, wanted: (name: string) => boolean): JsonObject | undefined {
  const kept = Object.entries(value ?? {}).filter(([name]) => wanted(name));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
