import type { Activity, Field } from '../activities.js';
import { isFaulty } from '../gs1/gs1Error.js';
import { type IdentifierKind, identify } from '../gs1/identify.js';
import { usccFault } from '../gs1/uscc.js';
import type { Json, JsonObject } from '../record.js';
import type { Fault, Text } from '../text.js';
import { lotURI } from './lines.js';
import { remembered } from './read.js';
import { walk } from './walk.js';

const earliest = Date.UTC(1990, 0, 1);
const day = 86_400_000;

const words = {
  notALot: { zh: '这不是批次或单件的编号', en: 'is not the identifier of a lot or an item' },
  notAnItem: { zh: '这不是托盘、箱或单件的编号', en: 'is not the identifier of a pallet, case or item' },
  notAPlace: { zh: '这不是地点的编号', en: 'is not the identifier of a place' },
  notAParty: { zh: '这不是主体的编号', en: 'is not the identifier of a party' },
  notAProduct: { zh: '这不是商品条码', en: 'is not the identifier of a product' },
  noLotNumber: { zh: '商品和批号合起来不是批次编号', en: 'product and lot number do not make the identifier of a lot' },
  notCounted: { zh: '单件和托盘不写数量', en: 'an item or pallet has no quantity' },
  notPositive: { zh: '应大于 0', en: 'must be more than 0' },
  tooExact: { zh: '最多 15 位有效数字', en: 'must have at most 15 significant digits' },
  notWhole: { zh: '按件数的应为整数', en: 'pieces are counted in whole numbers' },
  noOffset: { zh: '没有时区，例如 +08:00', en: 'has no time zone, for example +08:00' },
  tooEarly: { zh: '早于 1990 年', en: 'is before 1990' },
  tooLate: { zh: '还没到这个时间', en: 'is in the future' },
  disorder: { zh: '时间没有按先后', en: 'is before the reading above it' },
  twice: { zh: '写了两次', en: 'is there twice' },
  intoItself: { zh: '同一批不能又是原料又是产出', en: 'goes in and comes out of the same step' },
} satisfies Record<string, Text>;

/**
 * What is wrong with the values of a form beyond its JSON Schema: identifiers and their check digits, quantities, times, and the
 * same lot named twice. Only of values that fit the schema, but never throws on others.
 * @param now Unix milliseconds of the server's clock
 */
export function activityFaults(activity: Activity, values: JsonObject, { now }: { now: number }): Fault[] {
  const faults: Fault[] = [];
  for (const { value, field, pointer } of walk(activity, values)) {
    const say = (message: Text, at = ''): void => void faults.push({ pointer: pointer + at, message });
    checks[field['x-field'] ?? '']?.(value, say, field, now);
    if (field['x-field'] === undefined && field.format === 'date-time') checks.time!(value, say, field, now);
  }
  return [...faults, ...orderFaults(activity, values), ...repeatFaults(activity, values)];
}

type Say = (message: Text, at?: string) => void;
type Check = (value: Json, say: Say, field: Field, now: number) => void;

function kindCheck(kinds: readonly IdentifierKind[], otherwise: Text): Check {
  return (value, say) => {
    if (typeof value !== 'string') return;
    const found = identify(value);
    if (isFaulty(found)) for (const { message } of found.faults) say(message);
    else if (!kinds.includes(found.kind)) say(otherwise);
  };
}

const partyKind = kindCheck(['party'], words.notAParty);

const checks: Readonly<Record<string, Check>> = {
  lot: kindCheck(['class', 'instance', 'unit', 'asset', 'other'], words.notALot),
  units: kindCheck(['instance', 'unit', 'asset', 'other'], words.notAnItem),
  place: kindCheck(['place'], words.notAPlace),
  party: (value, say, field, now) => {
    partyKind(value, say, field, now);
    const code = typeof value === 'string' ? /^urn:suyuan:uscc:(.*)$/.exec(value)?.[1] : undefined;
    const wrong = code === undefined ? undefined : usccFault(code);
    if (wrong) say(wrong);
  },
  product: kindCheck(['product'], words.notAProduct),
  number: (value, say, field) => {
    if (typeof value !== 'string') return;
    if (value.replace('.', '').replace(/^0+/, '').length > 15) say(words.tooExact);
    if (field['x-zero'] !== true && !/[1-9]/.test(value)) say(words.notPositive);
  },
  quantity: (value, say) => {
    const { value: amount, unit } = (value ?? {}) as Record<string, Json | undefined>;
    wholeFault(amount, unit, (message) => say(message, '/value'));
  },
  line: (value, say) => {
    const { lot, quantity, unit } = (value ?? {}) as Record<string, Json | undefined>;
    if (typeof lot !== 'string' || typeof quantity !== 'string') return;
    const found = identify(lot);
    if (!isFaulty(found) && ['instance', 'unit', 'asset'].includes(found.kind)) say(words.notCounted, '/quantity');
    wholeFault(quantity, unit, (message) => say(message, '/quantity'));
  },
  newlot: (value, say) => {
    const { product, number, quantity, unit } = (value ?? {}) as Record<string, Json | undefined>;
    if (typeof quantity === 'string') {
      wholeFault(quantity, unit, (message) => say(message, '/quantity'));
    }
    if (typeof product !== 'string' || typeof number !== 'string') return;
    const base = identify(product);
    if (isFaulty(base) || base.kind !== 'product') return;
    const lot = identify(lotURI(base.uri, number));
    if (isFaulty(lot)) for (const { message } of lot.faults) say(message, '/number');
    else if (lot.kind !== 'class') say(words.noLotNumber, '/number');
  },
  time: (value, say, _field, now) => {
    if (typeof value !== 'string') return;
    const time = Date.parse(value);
    if (Number.isNaN(time) || !/(Z|[+-]\d\d:\d\d)$/i.test(value)) return say(words.noOffset);
    if (time < earliest) say(words.tooEarly);
    if (time > now + day) say(words.tooLate);
  },
  date: (value, say) => {
    if (typeof value === 'string' && Date.parse(value) < earliest) say(words.tooEarly);
  },
  readings: (value, say) => {
    if (!Array.isArray(value)) return;
    const times = value.map((each) => Date.parse(String((each as JsonObject | null)?.time)));
    times.forEach((time, n) => {
      if (n > 0 && time < times[n - 1]!) say(words.disorder, `/${n}/time`);
    });
  },
};

function wholeFault(amount: Json | undefined, unit: Json | undefined, say: (message: Text) => void): void {
  if (unit === 'H87' && typeof amount === 'string' && /\.\d*[1-9]/.test(amount)) say(words.notWhole);
}

/** Times that must not be before, or after, another one of the form. */
function orderFaults(activity: Activity, values: JsonObject): Fault[] {
  const { properties } = activity.fields;
  const at = (name: string): number => Date.parse(String(values[name]));
  const label = (name: string): Text => properties[name]?.['x-label'] ?? { zh: name, en: name };
  return orderedOf(activity).flatMap((name): Fault[] => {
    const { 'x-after': after, 'x-before': before } = properties[name]!;
    const faults: Fault[] = [];
    if (after && at(name) < at(after))
      faults.push({ pointer: `/${name}`, message: { zh: `早于“${label(after).zh}”`, en: `is before “${label(after).en}”` } });
    if (before && at(name) > at(before))
      faults.push({ pointer: `/${name}`, message: { zh: `晚于“${label(before).zh}”`, en: `is after “${label(before).en}”` } });
    return faults;
  });
}

/** The fields that have an order to keep. */
const orderedOf = remembered(({ fields }: Activity) =>
  Object.entries(fields.properties)
    .filter(([, field]) => field['x-after'] ?? field['x-before'])
    .map(([name]) => name),
);

/** A lot twice in one list, an item twice anywhere in the event, a lot that goes in and comes out. */
function repeatFaults(activity: Activity, values: JsonObject): Fault[] {
  const { event } = activity;
  const named = listsOf(activity);
  const seen = new Map<string, string>();
  const faults: Fault[] = [];
  for (const { value, field, pointer } of walk(activity, values)) {
    const name = pointer.split('/')[1] ?? '';
    const uri = named.has(name) ? uriOf(value, field) : undefined;
    if (uri === undefined) continue;
    const before = seen.get(uri);
    if (before === undefined) seen.set(uri, name);
    else {
      const across = (event.inputs?.includes(before) ?? false) && (event.outputs?.includes(name) ?? false);
      faults.push({ pointer, message: across ? words.intoItself : words.twice });
    }
  }
  return faults;
}

/** The fields whose values are the things of the event. */
const listsOf = remembered(
  ({ event: { items, parent, children, inputs, outputs } }: Activity): ReadonlySet<string> =>
    new Set([...(items ?? []), ...(parent ? [parent] : []), ...(children ?? []), ...(inputs ?? []), ...(outputs ?? [])]),
);

function uriOf(value: Json, field: Field): string | undefined {
  const kind = field['x-field'];
  if (kind === 'newlot' && typeof value === 'object' && value !== null) {
    const { product, number } = value as Record<string, string | undefined>;
    const base = identify(String(product));
    return isFaulty(base) ? undefined : lotURI(base.uri, String(number));
  }
  if (typeof value !== 'string' || (kind !== 'lot' && kind !== 'units')) return undefined;
  const found = identify(value);
  return isFaulty(found) ? undefined : found.uri;
}
