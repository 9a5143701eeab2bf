import type { Activity, Field } from '../activities.js';
import { identify } from '../gs1/identify.js';
import { isFaulty } from '../gs1/gs1Error.js';
import type { Json, JsonObject } from '../record.js';

export interface Seen {
  readonly value: Json;
  readonly field: Field;
  /** JSON Pointer into the values. */
  readonly pointer: string;
}

/** Every value of a form with its field, outer before inner. Values that do not have the field's type are passed over. */
export function walk(activity: Activity, values: JsonObject): Seen[] {
  const seen: Seen[] = [];
  members(namedOf(activity.fields), values, '', seen);
  return seen;
}

function members(named: readonly Named[], values: JsonObject, pointer: string, seen: Seen[]): void {
  for (const [name, field] of named) if (Object.hasOwn(values, name)) one(values[name]!, field, `${pointer}/${name}`, seen);
}

function one(value: Json, field: Field, pointer: string, seen: Seen[]): void {
  seen.push({ value, field, pointer });
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    const item = itemOf(field);
    if (item) for (let n = 0; n < value.length; n++) one(value[n]!, item, `${pointer}/${n}`, seen);
  } else if (field.properties) members(namedOf(field), value, pointer, seen);
}

type Named = readonly [name: string, field: Field];
const namedBy = new WeakMap<object, readonly Named[]>();
const itemBy = new WeakMap<Field, Field>();

/** The members of an object field; what is said of zero for the whole holds for each of them. */
function namedOf(field: Pick<Field, 'properties' | 'x-zero'>): readonly Named[] {
  let named = namedBy.get(field);
  if (named === undefined) {
    const zero = field['x-zero'] ? { 'x-zero': true as const } : undefined;
    named = Object.entries(field.properties ?? {}).map(([name, member]): Named => [name, zero ? { ...member, ...zero } : member]);
    namedBy.set(field, named);
  }
  return named;
}

/** The field of a list's items: what an item is, its list says when the item does not. */
function itemOf(field: Field): Field | undefined {
  if (!field.items) return undefined;
  let item = itemBy.get(field);
  if (item === undefined)
    itemBy.set(field, (item = field.items['x-field'] ? field.items : { ...field.items, 'x-field': itemKind(field) }));
  return item;
}

const itemKind = (field: Field): string | undefined =>
  ({ units: 'units', newlots: 'newlot', lots: 'line' })[field['x-field'] ?? ''];

/** Kinds of field whose values are identifiers. */
export const identifying: ReadonlySet<string | undefined> = new Set(['lot', 'units', 'place', 'party', 'product']);

/** The values with every identifier in its canonical form, whatever form it was typed or scanned in. */
export function canonicalValues(activity: Activity, values: JsonObject): JsonObject {
  const canonical = copy(values) as JsonObject;
  for (const { value, field, pointer } of walk(activity, values)) {
    if (typeof value !== 'string' || !identifying.has(field['x-field'])) continue;
    const found = identify(value);
    if (!isFaulty(found)) replace(canonical, pointer, found.uri);
  }
  return canonical;
}

function replace(values: Json, pointer: string, value: string): void {
  const steps = pointer.slice(1).split('/');
  const last = steps.pop()!;
  let at = values as Record<string, Json>;
  for (const step of steps) at = at[step] as Record<string, Json>;
  at[last] = value;
}

function copy(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  const made: JsonObject = {};
  for (const name of Object.keys(value)) made[name] = copy(value[name]!);
  return made;
}
