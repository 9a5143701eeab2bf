import type { Activity } from '../domain/activities.js';
import { extensionsOf } from '../domain/activity/event.js';
import { canonical } from '../domain/gs1/identify.js';
import { cbvWord, productOf } from '../domain/lot.js';
import type { Json, JsonObject } from '../domain/record.js';
import type { Text } from '../domain/text.js';
import type { PromiseView, SprayView, TestView } from './itemView.js';
import { stringOf, type Names } from './names.js';
import type { Told } from './trunk.js';
import { activityOf, choiceWords } from './words.js';

/** What a history says in favour of a lot or against it: tests, the promise, the wait after the last pesticide, holds. */

const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value)
    ? value.filter((one): one is JsonObject => typeof one === 'object' && one !== null && !Array.isArray(one))
    : [];
const both = (text: string | undefined): Text | undefined => (text === undefined ? undefined : { zh: text, en: text });
const uriOf = (value: unknown): string | undefined => (typeof value === 'string' ? canonical(value) : undefined);
const extensions = ({ event }: Told): JsonObject => extensionsOf(event as unknown as JsonObject);

/** A test with what tells it apart from others of its kind on the same lot. */
export interface Tested extends TestView {
  readonly item: string;
  readonly kind: string;
  readonly depth: number;
}

/** Tests and quarantine inspections of the lot and of what it came from, newest first. */
export function testsOf(told: readonly Told[], names: Names, activities: ReadonlyMap<string, Activity>): Tested[] {
  const found = told.flatMap((one): Tested[] => {
    const activity = activityOf(one.event);
    const foreign = activity === undefined && ['conformant', 'non_conformant'].includes(cbvWord(one.event.disposition) ?? '');
    if (activity !== 'test' && activity !== 'quarantine-inspect' && !foreign) return [];
    const said = extensions(one);
    const kind = stringOf(said.kind) ?? activity ?? 'inspecting';
    const result =
      stringOf(said.result) ?? (foreign ? (cbvWord(one.event.disposition) === 'conformant' ? 'pass' : 'fail') : undefined);
    const failed = objects(said.items).filter((each) => each.verdict === 'fail');
    const laboratory = names.name(uriOf(said.laboratory), one.time) ?? both(stringOf(said.authority));
    const report = stringOf(said.report) ?? stringOf(said.certificate);
    const source = one.depth > 0 ? names.name(productOf(one.item), one.time) : undefined;
    const fallback = activities.get(activity ?? '')?.title ?? { zh: '检验', en: 'Test' };
    return [
      {
        item: one.item,
        depth: one.depth,
        kind,
        name: kindOf(activity === 'quarantine-inspect', choiceWords(activities, activity ?? '', 'kind', said.kind)) ?? fallback,
        passed: result === 'pass' ? true : result === 'fail' ? false : undefined,
        at: one.time,
        seq: one.seq,
        ...(laboratory && { laboratory }),
        ...(report && { report }),
        ...(typeof said.count === 'number' && { items: said.count }),
        ...(failed.length > 0 && { failed: failed.map(failure) }),
        ...(source && { of: source }),
      },
    ];
  });
  return found.sort((a, b) => b.at - a.at || b.seq - a.seq);
}

/** Kinds of quarantine are named by where they take place; "inspected" has to be said. */
const kindOf = (quarantine: boolean, kind: Text | undefined): Text | undefined =>
  quarantine && kind ? { zh: kind.zh, en: `Quarantine inspection ${kind.en.toLowerCase()}` } : kind;

const failure = (each: JsonObject) => {
  const [found, limit, unit] = [stringOf(each.value), stringOf(each.limit), stringOf(each.unit)];
  return { what: stringOf(each.item) ?? '', ...(found && { found }), ...(limit && { limit }), ...(unit && { unit }) };
};

/** Whether, of any lot that `wanted` accepts, the newest test of some kind failed. */
export function anyFailing(tests: readonly Tested[], wanted: (test: Tested) => boolean): boolean {
  const newest = new Map<string, Tested>();
  for (const test of tests)
    if (wanted(test) && test.passed !== undefined && !newest.has(`${test.item}\n${test.kind}`))
      newest.set(`${test.item}\n${test.kind}`, test);
  return [...newest.values()].some((test) => test.passed === false);
}

/** The newest promise certificate, of the lot itself before those of what it came from. */
export function promiseOf(
  told: readonly Told[],
  names: Names,
  activities: ReadonlyMap<string, Activity>,
): PromiseView | undefined {
  const issued = told.filter((one) => activityOf(one.event) === 'issue-promise-certificate' && !one.after);
  const one = issued.sort((a, b) => a.depth - b.depth || b.time - a.time)[0];
  if (one === undefined) return undefined;
  const said = extensions(one);
  const body = names.at(one.party, one.time);
  const amount = said.quantity as JsonObject | undefined;
  const [value, unit] = [stringOf(amount?.value), stringOf(amount?.unit)];
  const product = names.name(productOf(one.item), one.time);
  const name = stringOf(said.name);
  const party = names.name(one.party, one.time) ?? both(stringOf(said.promiser)) ?? privatePerson;
  const origin = both(stringOf(said.origin)) ?? names.region(one.party, one.time);
  const [code, phone, number] = [stringOf(body?.uscc), stringOf(said.contact), stringOf(said.number)];
  const date = stringOf(said.issued);
  return {
    product: { zh: name ?? product?.zh ?? '', en: product?.en ?? name ?? '' },
    issued: date === undefined ? one.time : dayStart(date),
    party,
    basis: (Array.isArray(said.basis) ? said.basis : []).flatMap(
      (each) => choiceWords(activities, 'issue-promise-certificate', 'basis', each) ?? [],
    ),
    seq: one.seq,
    ...(value && { quantity: { value, ...(unit && { unit }) } }),
    ...(origin && { region: origin }),
    ...(code && { code }),
    ...(phone && { phone }),
    ...(number && { number }),
  };
}

/** A natural person's name is not for strangers, unless the certificate itself carries it. */
export const privatePerson: Text = { zh: '个人生产者', en: 'A private producer' };

/** Midnight of a calendar day in China, Unix milliseconds. */
export const dayStart = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00+08:00`);
const days = (from: number, to: number): number => {
  const day = (time: number) => Math.floor((time + 8 * 3_600_000) / 86_400_000);
  return day(to) - day(from);
};

/** The last pesticide before the harvest (or medicine before slaughter) that leaves the least room, and how long was waited. */
export function sprayOf(
  told: readonly Told[],
  ended: { readonly at: number; readonly what: string } | undefined,
): SprayView | undefined {
  if (ended === undefined) return undefined;
  const found = told.flatMap((one): SprayView[] => {
    const activity = activityOf(one.event);
    if ((activity !== 'apply-input' && activity !== 'medicate') || one.time > ended.at || one.after) return [];
    const said = extensions(one);
    const wait = activity === 'medicate' ? said.withdrawal : said.interval;
    const product = [stringOf(said.name), stringOf(said.formulation)].filter((part) => part !== undefined).join(' ');
    const at =
      activity === 'medicate' && typeof said.since === 'string' ? Math.max(one.time, Date.parse(said.since) || 0) : one.time;
    return [
      {
        kind: activity === 'medicate' ? 'medicine' : 'spray',
        product,
        at,
        harvested: ended.at,
        waited: days(at, ended.at),
        ...(typeof wait === 'number' && { interval: wait }),
      },
    ];
  });
  const room = ({ waited, interval = 0 }: SprayView) => waited - interval;
  const short = found.filter((one) => room(one) < 0).sort((a, b) => room(a) - room(b))[0];
  return short ?? found.sort((a, b) => b.at - a.at)[0];
}

const off = new Set([
  'recalled',
  'non_sellable_other',
  'non_conformant',
  'quarantined',
  'stolen',
  'damaged',
  'expired',
  'non_sellable_expired',
]);

/**
 * Dispositions that take a lot out of sale and still stand. What says how goods travel does not lift a hold: a release does, or, in
 * events of others, a disposition that says that they may be sold.
 */
export function standing(told: readonly Told[], item: string): string[] {
  const on = new Set<string>();
  for (const { event, item: of } of told) {
    if (of !== item) continue;
    const activity = activityOf(event);
    const said = cbvWord(event.disposition);
    const { set = [], unset = [] } = ('persistentDisposition' in event ? event.persistentDisposition : undefined) ?? {};
    for (const word of unset) on.delete(cbvWord(word) ?? word);
    const released = activity === 'release' || (activity === undefined && said !== undefined && said.startsWith('sellable'));
    if (released) on.clear();
    // Tests are weighed by kind (anyFailing); goods written off or sent back are a part of the lot.
    const words =
      activity === 'test' || activity === 'quarantine-inspect' ? [] : [said, ...set.map((word) => cbvWord(word) ?? word)];
    for (const word of words) if (word !== undefined && off.has(word)) on.add(word);
  }
  return [...on];
}
