import type { Activity, Field, Mapping } from '../activities.js';
import type { Json, JsonObject } from '../record.js';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * An activity from its file. Shared shapes (`$ref` to `activities/fields.json#/$defs/<name>`) are put in, so that `fields` is
 * whole by itself for validation, forms and documentation; a keyword beside a `$ref` wins over the same one in the shape.
 * @param file schemas/activities/<name>.json, valid by schemas/activity.json
 * @param shared schemas/activities/fields.json
 * @throws Error when the file refers to a shape that is not there, or its mapping to a field that is not there or is hidden
 */
export function readActivity(file: JsonObject, shared: JsonObject): Activity {
  const shapes = shared.$defs as JsonObject;
  const whole = (node: Json, depth: number): Json => {
    if (depth > 40) throw new Error(`${String(file.name)}: shapes refer to each other without end`);
    if (Array.isArray(node)) return node.map((each) => whole(each, depth + 1));
    if (!isObject(node)) return node;
    const { $ref, ...rest } = node;
    const own = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, whole(value, depth + 1)]));
    if (typeof $ref !== 'string') return own;
    const shape = shapes[$ref.slice($ref.lastIndexOf('/') + 1)];
    if (!/^(activities\/fields\.json)?#\/\$defs\/\w+$/.test($ref) || !isObject(shape))
      throw new Error(`${String(file.name)}: no shape ${$ref}`);
    return { ...(whole(shape, depth + 1) as JsonObject), ...own };
  };
  const activity = { ...file, fields: whole(file.fields as JsonObject, 0) } as unknown as Activity;
  for (const name of [...placed(activity.event), ...consulted(activity.event)]) {
    const field = activity.fields.properties[name];
    if (!field) throw new Error(`${activity.name}: the mapping names a field that is not there: ${name}`);
    if (isHidden(field)) throw new Error(`${activity.name}: the mapping names a hidden field: ${name}`);
  }
  return activity;
}

/** The activities of the files under schemas/activities (by `$id`), in the order in which people meet them. */
export function readActivities(files: Iterable<readonly [string, JsonObject]>): Map<string, Activity> {
  const all = new Map(files);
  const shared = all.get('activities/fields.json');
  if (!shared) throw new Error('activities/fields.json is missing');
  const found = [...all]
    .filter(([id]) => id.startsWith('activities/') && id !== 'activities/fields.json')
    .map(([, file]) => readActivity(file, shared))
    .sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  return new Map(found.map((activity) => [activity.name, activity]));
}

/** Whether the field never stands in an event. `natural` hides only what a natural person, household or sole trader says. */
export const isHidden = (field: Field, natural = true): boolean =>
  field['x-confidential'] === true || field['x-personal'] === true || (field['x-personal'] === 'natural' && natural);

/** The fields that the mapping puts somewhere in the event; the others become extensions. */
export function placed(event: Mapping): Set<string> {
  const names = [
    ...(event.items ?? []),
    ...(event.children ?? []),
    ...(event.inputs ?? []),
    ...(event.outputs ?? []),
    ...(event.ilmd ?? []),
    ...Object.values(event.sources ?? {}),
    ...Object.values(event.destinations ?? {}),
    event.parent,
    event.readPoint,
    event.bizLocation,
    event.sensors?.series,
    event.sensors?.device,
  ];
  return new Set(names.filter((name): name is string => name !== undefined && name !== '@by'));
}

/** The fields that decide what stands in the event, and are extensions themselves: document numbers too, as people wrote them. */
function consulted({ transactions, bizStep, disposition, persistentDisposition }: Mapping): string[] {
  const terms = [bizStep, disposition, persistentDisposition?.set, persistentDisposition?.unset];
  return [
    ...terms.flatMap((term) => (typeof term === 'object' ? [term.by] : [])),
    ...(transactions ?? []).flatMap(({ number, issuer }) => (issuer === '@by' ? [number] : [number, issuer])),
  ];
}

/** What follows from an activity alone, worked out once for each. */
export function remembered<T>(work: (activity: Activity) => T): (activity: Activity) => T {
  const known = new WeakMap<Activity, { readonly value: T }>();
  return (activity) => {
    let found = known.get(activity);
    if (found === undefined) known.set(activity, (found = { value: work(activity) }));
    return found.value;
  };
}
