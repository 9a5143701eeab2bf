import type { Activity } from '../domain/activities.js';
import { pathOf } from '../domain/gs1/digitalLink.js';
import { canonical, type Identifier } from '../domain/gs1/identify.js';
import { kindOf, productOf, shortOf } from '../domain/lot.js';
import type { JsonObject } from '../domain/record.js';
import { verdictOf, withdrawn } from '../domain/verdict.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';
import { correctionsOf } from './correctionViews.js';
import { beginningOf, makingOf } from './beginning.js';
import { anyFailing, dayStart, privatePerson, promiseOf, sprayOf, standing, testsOf } from './evidence.js';
import type { Asked, EntryView, ItemView, PartyView, ProductView } from './itemView.js';
import { journeyOf } from './journey.js';
import { linesOf } from './lines.js';
import { lotsOf } from './picks.js';
import { Names, stringOf, textOf } from './names.js';
import { limits, readTrunk, type Trunk } from './trunk.js';

/** Recomputes the entries of an item: whether all agree; undefined when that was not done (ledger/stream.ts). */
export type Verify = (item: string, rows: readonly Row<'records'>[], head: Row<'heads'> | undefined) => boolean | undefined;

export interface ItemOptions {
  /** As of this event time, and as known at this record time (Unix milliseconds); now when left out. */
  readonly at?: number;
  readonly known?: number;
  readonly now: number;
  readonly activities: ReadonlyMap<string, Activity>;
  readonly verify: Verify;
}

/** What was asked for, as a path and as application identifiers. */
export const askedOf = ({ uri, keys }: Identifier): Asked => ({ address: keys.length > 0 ? pathOf(uri) : uri, keys });

/**
 * The identifiers under which the ledger may know what a code names, the narrowest first: the item of a lot as such, the item by its
 * serial alone, the lot. A code printed with more than is recorded still finds what is recorded (Digital Link: walking up).
 */
export function candidates({ uri, keys }: Identifier): string[] {
  const without = (...ais: string[]) => {
    const kept = keys.filter(({ ai }) => !ais.includes(ai));
    return canonical(`https://id.gs1.org/${kept.map(({ ai, value }) => `${ai}/${encodeURIComponent(value)}`).join('/')}`);
  };
  const has = (ai: string) => keys.some((key) => key.ai === ai);
  if (keys[0]?.ai !== '01') return [uri];
  const found = [uri];
  if (has('22')) found.push(without('22'));
  if (has('10') && has('21')) found.push(without('10', '22'), without('21', '22'));
  return [...new Set(found)];
}

/** The narrowest of the candidates that any record speaks of; undefined when none does. */
export async function recorded(store: Store, identifier: Identifier): Promise<string | undefined> {
  const wanted = candidates(identifier);
  const heads = await store.getMany(
    'heads',
    wanted.map((item) => [item]),
  );
  return wanted.find((_, i) => heads[i] !== undefined);
}

/** Kinds of identifier that name no one thing that is traced. */
const notOne = new Set<Identifier['kind']>(['product', 'place', 'party']);

/**
 * What records of its own an identifier has. Lots, items, units and assets have a history when any record speaks of them; a product, a
 * place or a party only when an event was about it as a thing (the fold knows it), not when it was registered or recorded something.
 */
export async function traced(store: Store, identifier: Identifier): Promise<string | undefined> {
  const item = await recorded(store, identifier);
  const { kind } = identifier;
  if (item === undefined || !notOne.has(kind)) return item;
  if ((await store.get('lots', [item])) !== undefined) return item;
  // What was declared in error is no lot any more, but its records are there to see.
  const touches = kind === 'party' ? [] : await store.range('touches', { prefix: [item], limit: 20 });
  const rows = await store.getMany(
    'records',
    touches.map((touch) => [touch.seq]),
  );
  return rows.some((row) => row?.kind === 'event') ? item : undefined;
}

/** What a stranger is shown of a lot, an item or a logistic unit. Undefined when no event speaks of it. */
export async function itemView(store: Store, identifier: Identifier, options: ItemOptions): Promise<ItemView | undefined> {
  const item = await traced(store, identifier);
  if (item === undefined) return undefined;
  const { at, known, now, activities } = options;
  const lot = lotOf(identifier, item);
  const [trunk, head] = await Promise.all([
    readTrunk(store, item, { ...(at !== undefined && { at }), ...(known !== undefined && { known }), ...(lot && { lot }) }),
    store.get('heads', [item]),
  ]);
  const { told } = trunk;
  if (!told.some((one) => one.depth === 0)) {
    const events = trunk.own.some((row) => row.kind === 'event');
    return events && at === undefined && known === undefined
      ? withdrawnView(store, identifier, item, trunk, options, head)
      : undefined;
  }
  const names = await Names.read(store, subjects(trunk, item));
  const then = at ?? now;

  const begun = beginningOf(told, item);
  const making = makingOf(told, item) ?? told[0]!;
  const productUri = productOf(item);
  const product = productView(productUri, names, making.time);
  const body = names.at(productUri, making.time);
  const storage = storageOf(body);
  const expiry = expiryOf(
    making.event as unknown as JsonObject,
    body,
    making.time,
    begun !== undefined && begun.what !== 'seen' && begun.what !== 'received',
  );
  const producer = producerView(
    begun?.party ?? making.party,
    names,
    making.time,
    begun === undefined || begun.what === 'seen' || begun.what === 'received',
  );
  const tests = testsOf(told, names, activities);
  const grown = begun && ['harvested', 'collected', 'caught', 'slaughtered'].includes(begun.what) ? begun : undefined;
  const spray = sprayOf(told, grown);
  const lines = linesOf(trunk, item);
  const promise = promiseOf(
    told.filter((one) => lines.main.has(one.item)),
    names,
    activities,
  );
  const whole = at === undefined && known === undefined && trunk.own.length < limits.own;
  const agree = whole ? options.verify(item, trunk.own, head) : undefined;
  const growing = new Set(told.filter(({ event }) => event['suyuan:growing'] === true).map((one) => one.item));
  const sources = [...trunk.sources.keys()].filter((source) => !growing.has(source));
  const off = sources.map((source) => standing(told, source));
  const entry = entryOf(trunk, agree);
  const corrections = await correctionsOf(store, trunk, activities, known);
  const [state] = at === undefined && known === undefined ? await lotsOf(store, [item]) : [];
  const orphaned = state?.began.how === 'seen' && corrections.some((one) => one.began);
  const short = state !== undefined && (shortOf(state).length > 0 || orphaned);

  return {
    asked: askedOf(identifier),
    item,
    known: true,
    tests: tests.slice(0, 12).map(({ item: _item, depth: _depth, kind: _kind, ...test }) => test),
    certificates: [],
    journey: journeyOf(told, { item, names, activities, range: storage ?? {}, lines, single: kindOf(item) !== 'class' }),
    corrections,
    ...(short && { short }),
    origin: {
      complete: trunk.unknown.length === 0 && !trunk.stopped,
      unknown: trunk.unknown.length,
      stopped: trunk.stopped,
      lots: trunk.sources.size,
    },
    verdict: verdictOf({
      now: then,
      dispositions: standing(told, item),
      testFailed: anyFailing(tests, (test) => test.item === item),
      ...(spray?.interval !== undefined && { wait: { waited: spray.waited, asked: spray.interval } }),
      ...(expiry && { expiry: expiry.at }),
      ...(agree !== undefined && { entriesAgree: agree }),
      short,
      sources: {
        recalled: off.some((words) => words.includes('recalled')),
        testFailed: anyFailing(tests, (test) => test.item !== item && sources.includes(test.item)),
        stopped: off.some((words) => words.length > 0),
      },
      // Of a product, a place or a party as such nothing can be said that would hold for what is in the hand.
      onlyMentioned: notOne.has(identifier.kind) || (begun?.what === 'seen' && product === undefined),
    }),
    ...(product && { product }),
    ...(begun && { begin: { what: begun.what, at: begun.at } }),
    ...(expiry && { expiry }),
    ...(storage && { storage }),
    ...(producer && { producer }),
    ...(promise && { promise }),
    ...(spray && { spray }),
    ...(entry && { entry }),
    ...(told.some((one) => one.demo) && { demo: true }),
  };
}

/** Of an item whose records were all declared in error: that, and where the records stand. */
async function withdrawnView(
  store: Store,
  identifier: Identifier,
  item: string,
  trunk: Trunk,
  { now, verify, activities }: ItemOptions,
  head: Row<'heads'> | undefined,
): Promise<ItemView> {
  const uri = productOf(item);
  const product = uri === undefined ? undefined : productView(uri, await Names.read(store, [uri]), now);
  const entry = entryOf(trunk, trunk.own.length < limits.own ? verify(item, trunk.own, head) : undefined);
  return {
    asked: askedOf(identifier),
    item,
    known: true,
    tests: [],
    certificates: [],
    journey: [],
    corrections: await correctionsOf(store, trunk, activities),
    origin: { complete: false, unknown: 1, stopped: false, lots: 0 },
    verdict: withdrawn,
    ...(product && { product }),
    ...(entry && { entry }),
  };
}

const lotOf = ({ keys }: Identifier, item: string): string | undefined => {
  const [gtin, lot] = ['01', '10'].map((ai) => keys.find((key) => key.ai === ai)?.value);
  if (gtin === undefined || lot === undefined) return undefined;
  const uri = canonical(`https://id.gs1.org/01/${gtin}/10/${encodeURIComponent(lot)}`);
  return uri === item ? undefined : uri;
};

/** Everything whose name a page of this history may show. */
function* subjects({ told, sources }: Trunk, item: string): Generator<string> {
  for (const uri of [item, ...sources.keys()]) {
    const product = productOf(uri);
    if (product !== undefined) yield product;
  }
  for (const { event, party } of told) {
    yield party;
    for (const place of [event.bizLocation?.id, event.readPoint?.id, event['suyuan:carrier'], event['suyuan:laboratory']])
      if (typeof place === 'string') yield canonical(place);
  }
}

const notFood = new Set(['input', 'material', 'industrial']);
export function productView(uri: string | undefined, names: Names, time: number): ProductView | undefined {
  const body = names.at(uri, time);
  const name = textOf(body?.name);
  if (uri === undefined || name === undefined) return undefined;
  const note = textOf(body?.size);
  const sector = stringOf(body?.sector);
  return { uri, name, ...(note && { note }), ...(sector && { sector }), food: !notFood.has(sector ?? '') };
}

function producerView(uri: string, names: Names, time: number, unknown: boolean): PartyView | undefined {
  const body = names.at(uri, time);
  if (unknown || body === undefined) return undefined;
  const [phone, code, region] = [stringOf(body.phone), stringOf(body.uscc), names.region(uri, time)];
  return {
    uri,
    name: textOf(body.name) ?? privatePerson,
    ...(region && { region }),
    ...(phone && { phone }),
    ...(code && { code }),
  };
}

function storageOf(body: JsonObject | undefined): { min?: number; max?: number } | undefined {
  const { min, max } = (body?.storage ?? {}) as { min?: unknown; max?: unknown };
  if (typeof min !== 'number' && typeof max !== 'number') return undefined;
  return { ...(typeof min === 'number' && { min }), ...(typeof max === 'number' && { max }) };
}

/** The end of the day that the record names (CBV 2.0 section 8.6), else of the last day of the product's shelf life. */
export function expiryOf(
  event: JsonObject,
  product: JsonObject | undefined,
  made: number,
  madeHere: boolean,
): ItemView['expiry'] {
  const ilmd = (event.ilmd ?? {}) as JsonObject;
  const said = ['cbvmda:itemExpirationDate', 'cbvmda:bestBeforeDate', 'cbvmda:sellByDate']
    .map((name) => stringOf(ilmd[name]))
    .find((date) => date !== undefined);
  const wholeDay = 86_400_000 - 1;
  if (said !== undefined && !Number.isNaN(dayStart(said))) return { at: dayStart(said) + wholeDay, from: 'event' };
  const life = product?.shelfLifeDays;
  if (typeof life !== 'number' || !madeHere) return undefined;
  const day = new Date(made + 8 * 3_600_000).toISOString();
  return { at: dayStart(day) + life * 86_400_000 + wholeDay, from: 'shelf-life' };
}

function entryOf({ own }: Trunk, agree: boolean | undefined): EntryView | undefined {
  const last = own.at(-1);
  if (last === undefined) return undefined;
  const { digest } = JSON.parse(last.entry) as { digest: string };
  return { last: last.seq, time: last.time, count: own.length, checked: agree === true, digest };
}
