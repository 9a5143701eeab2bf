import type { Activity } from '../domain/activities.js';
import { canonical } from '../domain/gs1/identify.js';
import { productOf } from '../domain/lot.js';
import { seriesOf, temperatures } from '../domain/series.js';
import type { Text } from '../domain/text.js';
import { beginningOf } from './beginning.js';
import { privatePerson } from './evidence.js';
import type { StopView } from './itemView.js';
import type { Lines } from './lines.js';
import type { Names } from './names.js';
import { shortened } from './shorten.js';
import { merged, type Stop } from './stop.js';
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
]);
const readings = new Set(['transport-reading', 'store-reading', 'sensor_reporting']);
const carrying = new Set(['ship', 'store', 'shipping', 'storing', 'loading', 'departing', 'transporting']);

export interface JourneyContext {
  readonly item: string;
  readonly names: Names;
  readonly activities: ReadonlyMap<string, Activity>;
  readonly range: { readonly min?: number; readonly max?: number };
  readonly lines: Lines;
  /** A single item or logistic unit: all that happened to it is its own. */
  readonly single: boolean;
}

/** The stops of a lot's way, from the field on, as strangers see them: stages and regions, makers and carriers by name. */
export function journeyOf(told: readonly Told[], context: JourneyContext): StopView[] {
  const { single, lines } = context;
  const makers = makersOf(told);
  const stops: Stop[] = [];
  const add = (stop: Stop): void => {
    const same = stops.findIndex((other) => mergeable(other, stop, single));
    if (same < 0) stops.push(stop);
    else stops[same] = merged(stops[same] as Stop, stop);
  };
  for (const item of lines.materials) for (const stop of materialStop(told, item, context)) add(stop);
  for (const one of told) {
    const title = titleOf(one.event, context.activities);
    if (one.after || one.used || untold.has(title.key) || !lines.main.has(one.item)) continue;
    if (elsewhere.has(title.key) && (one.depth > 0 || !single)) continue;
    if (one.depth > 0 && custody.has(title.key) && !between(one, makers)) continue;
    if (readings.has(title.key) && joinedTo(stops, one)) continue;
    add(stopOf(one, title, context, makers));
  }
  const ordered = stops.sort((a, b) => a.at - b.at || a.seq - b.seq);
  return shortened(ordered).map((stop) => viewOf(stop, context));
}

/** Who made or grew something of what this came from. */
function makersOf(told: readonly Told[]): Set<string> {
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

/** Readings belong to the transport or the store that they were taken in: to the newest such stop of one event. */
function joinedTo(stops: Stop[], one: Told): boolean {
  const at = stops.findLastIndex((stop) => carrying.has(stop.key) && stop.count === 1 && stop.at <= one.time);
  const stop = stops[at];
  if (stop === undefined || temperatures([one.event]).length === 0) return false;
  stops[at] = { ...stop, sensors: [...stop.sensors, one] };
  return true;
}

function stopOf(
  one: Told,
  { key, title, icon, stage }: Title,
  { item, names }: JourneyContext,
  makers: ReadonlySet<string>,
): Stop {
  const { event, time, depth, party } = one;
  const place = event.bizLocation?.id ?? event.readPoint?.id;
  const uri = place === undefined ? undefined : canonical(place);
  const carrier = event['suyuan:carrier'];
  const shipped = key === 'ship' || key === 'shipping';
  // A shop is a customer: its kind and district are public, its name is not.
  const named = shipped
    ? typeof carrier === 'string'
      ? canonical(carrier)
      : undefined
    : makers.has(party) && stage !== 'retail'
      ? party
      : undefined;
  const region = names.region(uri, time, 2, stage !== 'retail');
  const kind = named === undefined && !shipped ? placeKind(names.at(uri, time)?.kind) : undefined;
  const where = kind && region ? { zh: `${kind.zh}，${region.zh}`, en: `${kind.en} in ${region.en}` } : (region ?? kind);
  const product = productOf(one.item);
  const of = depth > 0 && custody.has(key) && product !== productOf(item) ? names.name(product, time) : undefined;
  const who = named === undefined ? undefined : (names.name(named, time) ?? (names.at(named, time) ? privatePerson : undefined));
  return {
    item: one.item,
    key,
    stage,
    title,
    icon,
    at: time,
    count: 1,
    seq: one.seq,
    places: where === undefined || shipped ? [] : [where],
    // What is being cooled down is warm at first: that is no break of a cold chain.
    sensors: event.sensorElementList && key !== 'cool' ? [one] : [],
    ...(of && { of }),
    ...(who && { who }),
  };
}

const bought: Text = { zh: '外购原料', en: 'Bought raw material' };

/** All that a raw material went through, in one stop: whose it is, from where, since when. */
function materialStop(told: readonly Told[], item: string, { names }: JourneyContext): Stop[] {
  const begun = beginningOf(told, item);
  const first = told.find((one) => one.item === item);
  if (begun === undefined || first === undefined) return [];
  const name = names.name(productOf(item), begun.at);
  const { party } = begun;
  const region = names.region(party, begun.at, 2);
  const who = party === undefined ? undefined : (names.name(party, begun.at) ?? privatePerson);
  return [
    {
      item,
      key: name ? `material ${productOf(item) ?? item} ${party ?? ''}` : 'material',
      stage: 'material',
      title: name ? { zh: `原料：${name.zh}`, en: `Raw material: ${name.en}` } : bought,
      icon: 'sprout',
      at: begun.at,
      count: 1,
      seq: first.seq,
      places: region ? [region] : [],
      sensors: [],
      ...(who && { who }),
    },
  ];
}

function mergeable(a: Stop, b: Stop, single: boolean): boolean {
  if (a.key !== b.key || a.sensors.length + b.sensors.length > 0) return false;
  if (a.stage === 'farm' || a.stage === 'material') return a.who?.zh === b.who?.zh;
  // Of a lot of many pieces the ways of its parts are told together; a single item's ways one by one.
  return a.item === b.item
    ? !single || (a.who?.zh === b.who?.zh && a.places[0]?.zh === b.places[0]?.zh)
    : a.who?.zh === b.who?.zh && a.of?.zh === b.of?.zh;
}

function viewOf({ item: _item, key: _key, stage: _stage, places, sensors, ...stop }: Stop, { range }: JourneyContext): StopView {
  const temperature = seriesOf(temperatures(sensors.map(({ event }) => event)), range);
  // More than two places would be a list of customers' districts: their number says enough.
  const [a, b] = places;
  const two = a && b && { zh: `${a.zh}；${b.zh}`, en: `${a.en}; ${b.en}` };
  const where = places.length > 2 ? { zh: `${places.length} 个地方`, en: `${places.length} places` } : (two ?? a);
  return { ...stop, ...(where && { where }), ...(temperature && { temperature }) };
}
