import type { Activity } from '../domain/activities.js';
import { canonical } from '../domain/gs1/identify.js';
import { productOf } from '../domain/lot.js';
import { seriesOf, temperatures } from '../domain/series.js';
import type { Text } from '../domain/text.js';
import type { StopView } from './itemView.js';
import type { Names } from './names.js';
import type { Told } from './trunk.js';
import { placeKind, titleOf, type Title } from './words.js';

/** Not stops of a way: told elsewhere on the page, or of no use to whoever eats it. */
const untold = new Set([
  'test',
  'issue-promise-certificate',
  'quarantine-inspect',
  'invoice',
  'commission',
  'sample',
  'attach',
  'detach',
  'regroup',
  'arrive',
  'release',
  'unpack',
  'lose',
  'finish',
]);
/** On a lot of many pieces these are what happened to other people's pieces. */
const elsewhere = new Set(['sell', 'retail_selling', 'return', 'destroy']);
const custody = new Set([
  'ship',
  'receive',
  'store',
  'shelve',
  'store-reading',
  'transport-reading',
  'shipping',
  'receiving',
  'storing',
  'stocking',
  'sensor_reporting',
  'transporting',
  'loading',
  'departing',
  'pack',
  'packing',
]);
const readings = new Set(['transport-reading', 'store-reading', 'sensor_reporting']);

export interface JourneyContext {
  readonly item: string;
  readonly names: Names;
  readonly activities: ReadonlyMap<string, Activity>;
  readonly range: { readonly min?: number; readonly max?: number };
  /** A single item or logistic unit: all that happened to it is its own. */
  readonly single: boolean;
}

interface Draft extends Omit<StopView, 'temperature'> {
  readonly key: string;
  readonly stage: string;
  readonly places: readonly Text[];
  readonly sensors: readonly Told[];
}

/** The stops of a lot's way, from the field on, as strangers see them: stages and regions, makers and carriers by name. */
export function journeyOf(told: readonly Told[], context: JourneyContext): StopView[] {
  const makers = makersOf(told);
  const drafts: Draft[] = [];
  for (const one of told) {
    if (one.after) continue;
    const title = titleOf(one.event, context.activities);
    if (untold.has(title.key) || (one.depth === 0 && !context.single && elsewhere.has(title.key))) continue;
    if (one.depth > 0 && (elsewhere.has(title.key) || (custody.has(title.key) && !between(one, makers)))) continue;
    if (readings.has(title.key) && joinedTo(drafts, one)) continue;
    const draft = draftOf(one, title, context, makers);
    const same = drafts.findIndex((other) => mergeable(other, draft, context));
    if (same < 0) drafts.push(draft);
    else drafts[same] = merged(drafts[same] as Draft, draft);
  }
  return drafts.sort((a, b) => a.at - b.at || a.seq - b.seq).map((draft) => stopOf(draft, context));
}

/** Who made or grew something of what this came from. */
export function makersOf(told: readonly Told[]): Set<string> {
  const making = told.filter(
    ({ event }) => event.type === 'TransformationEvent' || (event.type === 'ObjectEvent' && event.action === 'ADD'),
  );
  return new Set(making.map(({ party }) => party));
}

/** A source's transport belongs to the way when it went on to one of the makers; its other parts went elsewhere. */
function between({ event, party }: Told, makers: ReadonlySet<string>): boolean {
  const to = (event.destinationList ?? []).map((end) => canonical(end.destination));
  if (to.length > 0) return to.some((uri) => makers.has(uri));
  return makers.has(party);
}

/** Readings belong to the transport or the store that they were taken in: to the newest such stop of the same lot. */
function joinedTo(drafts: Draft[], one: Told): boolean {
  const at = drafts.findLastIndex(
    (draft) =>
      ['ship', 'store', 'cool', 'shipping', 'storing', 'loading', 'departing', 'transporting'].includes(draft.key) &&
      draft.count === 1,
  );
  const stop = drafts[at];
  if (stop === undefined || temperatures([one.event]).length === 0) return false;
  drafts[at] = { ...stop, sensors: [...stop.sensors, one] };
  return true;
}

function draftOf(
  one: Told,
  { key, title, icon, stage }: Title,
  { item, names }: JourneyContext,
  makers: ReadonlySet<string>,
): Draft {
  const { event, time, depth, party } = one;
  const place = event.bizLocation?.id ?? event.readPoint?.id;
  const uri = place === undefined ? undefined : canonical(place);
  const body = names.at(uri, time);
  const carrier = event['suyuan:carrier'];
  const shipped = key === 'ship' || key === 'shipping';
  const named = shipped
    ? typeof carrier === 'string'
      ? canonical(carrier)
      : undefined
    : makers.has(party) && stage !== 'retail'
      ? party
      : undefined;
  const region = names.region(uri, time, 2);
  const kind = named === undefined && !shipped ? placeKind(body?.kind) : undefined;
  const where = kind && region ? { zh: `${kind.zh}，${region.zh}`, en: `${kind.en} in ${region.en}` } : (region ?? kind);
  const source = depth > 0 && productOf(one.item) !== productOf(item) ? names.name(productOf(one.item), time) : undefined;
  const who = names.name(named, time);
  return {
    key,
    stage,
    title,
    icon,
    at: time,
    count: 1,
    seq: one.seq,
    places: where === undefined || shipped ? [] : [where],
    sensors: event.sensorElementList ? [one] : [],
    ...(source && { of: source }),
    ...(who && { who }),
  };
}

function mergeable(a: Draft, b: Draft, { single }: JourneyContext): boolean {
  if (a.key !== b.key || a.of?.zh !== b.of?.zh || a.sensors.length + b.sensors.length > 0) return false;
  // Care of a crop is told once; a single item's ways are told one by one.
  return a.stage === 'farm' || !single || (a.who?.zh === b.who?.zh && a.places[0]?.zh === b.places[0]?.zh);
}

function merged(a: Draft, b: Draft): Draft {
  const places = [...a.places, ...b.places.filter((place) => !a.places.some(({ zh }) => zh === place.zh))];
  const { who, ...rest } = a;
  return {
    ...rest,
    count: a.count + b.count,
    until: Math.max(a.until ?? a.at, b.until ?? b.at),
    places,
    ...(who && who.zh === b.who?.zh && { who }),
  };
}

function stopOf({ key: _key, stage: _stage, places, sensors, ...stop }: Draft, { range }: JourneyContext): StopView {
  const temperature = seriesOf(temperatures(sensors.map(({ event }) => event)), range);
  // More than two places would be a list of customers' districts: their number says enough.
  const where =
    places.length > 2
      ? { zh: `${places.length} 个地方`, en: `${places.length} places` }
      : places.length === 2
        ? both(places)
        : places[0];
  return { ...stop, ...(where && { where }), ...(temperature && { temperature }) };
}
const both = ([a, b]: readonly Text[]): Text => ({ zh: `${a?.zh}；${b?.zh}`, en: `${a?.en}; ${b?.en}` });
