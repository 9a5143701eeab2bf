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
export function* walk(activity: Activity, values: JsonObject): Generator<Seen> {
  yield* members(activity.fields.properties, values, '');
}

function* members(properties: Readonly<Record<string, Field>>, values: JsonObject, pointer: string): Generator<Seen> {
  for (const [name, field] of Object.entries(properties)) {
    if (Object.hasOwn(values, name)) yield* one(values[name]!, field, `${pointer}/${name}`);
  }
}

function* one(value: Json, field: Field, pointer: string): Generator<Seen> {
  yield { value, field, pointer };
  if (Array.isArray(value)) {
    if (!field.items) return;
    // What an item of a list is, its list says when the item does not.
    const item = field.items['x-field'] ? field.items : { ...field.items, 'x-field': itemKind(field) };
    for (const [n, each] of value.entries()) yield* one(each, item, `${pointer}/${n}`);
  } else if (typeof value === 'object' && value !== null && field.properties) {
    const zero = field['x-zero'] ? { 'x-zero': true as const } : {};
    const inner = Object.entries(field.properties).map(([name, member]): [string, Field] => [name, { ...member, ...zero }]);
    yield* members(Object.fromEntries(inner), value, pointer);
  }
}

const itemKind = (field: Field): string | undefined =>
  ({ units: 'units', newlots: 'newlot', lots: 'line' })[field['x-field'] ?? ''];

/** Kinds of field whose values are identifiers. */
export const identifying: ReadonlySet<string | undefined> = new Set(['lot', 'units', 'place', 'party', 'product']);

/** The values with every identifier in its canonical form, whatever form it was typed or scanned in. */
export function canonicalValues(activity: Activity, values: JsonObject): JsonObject {
  const canonical = structuredClone(values);
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
