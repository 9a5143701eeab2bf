import type { Activity, Field } from '../activities.js';
import { decimalOf } from '../epcis/decimal.js';
import type { Json, JsonObject } from '../record.js';
import { extensionsOf } from './event.js';
import { placed } from './read.js';

/**
 * The values of the form that made an event of ours, the way back from `eventOf`: what a correction starts from. Quantities are
 * decimal strings again; lots and items come in the order of the event. `hidden`: the personal and confidential values beside it
 * that can be seen and were not erased.
 */
export function valuesOf(activity: Activity, event: JsonObject, hidden: JsonObject): JsonObject {
  const { event: mapping, fields } = activity;
  const values: JsonObject = {};
  const put = (name: string | undefined, value: Json | undefined): void => {
    if (name === undefined || name === '@by' || value === undefined || !Object.hasOwn(fields.properties, name)) return;
    if (!Object.hasOwn(values, name) && !(Array.isArray(value) && value.length === 0)) values[name] = value;
  };
  const things = (names: readonly string[] = [], instances: Json | undefined, classes: Json | undefined): void => {
    const left = [...strings(instances).map((lot): Line => ({ lot })), ...objects(classes).map(lineOf)];
    for (const [n, name] of names.entries()) {
      const field = fields.properties[name] ?? {};
      const last = n === names.length - 1;
      const mine = left.filter((line) => last || takes(field, line));
      for (const line of mine) left.splice(left.indexOf(line), 1);
      put(name, listed(field, mine));
    }
  };
  put('time', event.eventTime);
  things(mapping.items, event.epcList, event.quantityList);
  put(mapping.parent, event.parentID);
  things(mapping.children, event.childEPCs, event.childQuantityList);
  things(mapping.inputs, event.inputEPCList, event.inputQuantityList);
  things(mapping.outputs, event.outputEPCList, event.outputQuantityList);
  put(mapping.readPoint, object(event.readPoint).id);
  put(mapping.bizLocation, object(event.bizLocation).id);
  for (const [type, name] of Object.entries(mapping.sources ?? {}))
    put(name, objects(event.sourceList).find((end) => end.type === type)?.source);
  for (const [type, name] of Object.entries(mapping.destinations ?? {}))
    put(name, objects(event.destinationList).find((end) => end.type === type)?.destination);
  if (mapping.sensors) {
    const [element] = objects(event.sensorElementList);
    put(mapping.sensors.series, readings(objects(element?.sensorReport)));
    put(mapping.sensors.device, object(element?.sensorMetadata).deviceID);
  }
  const given = { ...extensionsOf(event), ...extensionsOf(object(event.ilmd)) };
  const elsewhere = placed(mapping);
  for (const [name, field] of Object.entries(fields.properties)) {
    if (elsewhere.has(name) && !mapping.ilmd?.includes(name)) continue;
    put(name, given[field['x-term'] ?? name] ?? hidden[name]);
  }
  return values;
}

interface Line {
  readonly lot: string;
  readonly quantity?: string;
  readonly unit?: string;
}

const lineOf = ({ epcClass, quantity, uom }: JsonObject): Line => ({
  lot: String(epcClass),
  ...(typeof quantity === 'number' && { quantity: decimalOf(quantity) }),
  ...(typeof uom === 'string' && { unit: uom }),
});

/** Whether a thing belongs into a field, where several fields share a list of the event: what is counted is no single item. */
const takes = (field: Field, { lot, quantity }: Line): boolean => {
  const single =
    quantity === undefined && /\/(00|21|8003|8004|8006|8010|8017|8018)\//.test(`/${lot.split('id.gs1.org/')[1] ?? ''}/`);
  return (field['x-field'] === 'units') === single;
};

function listed(field: Field, lines: readonly Line[]): Json | undefined {
  if (field.type === 'string') return lines[0]?.lot;
  if (field['x-field'] === 'units') return lines.map(({ lot }) => lot);
  if (field['x-field'] !== 'newlots') return lines.map((line) => ({ ...line }));
  return lines.map(({ lot, ...amount }): JsonObject => {
    const [, product, number] = /^(.*\/01\/\d{14})\/10\/([^/]+)$/.exec(lot) ?? [];
    return product === undefined ? { lot, ...amount } : { product, number: decodeURIComponent(number ?? ''), ...amount };
  });
}

/** The reports of a series put together again, one reading a time. */
function readings(reports: readonly JsonObject[]): JsonObject[] {
  const found = new Map<string, JsonObject>();
  for (const { type, value, time } of reports) {
    const name = type === 'Temperature' ? 'celsius' : 'humidity';
    found.set(String(time), { ...(found.get(String(time)) ?? { time: String(time) }), [name]: value ?? null });
  }
  return [...found.values()];
}

const object = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const objects = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value)
    ? value.filter((one): one is JsonObject => typeof one === 'object' && one !== null && !Array.isArray(one))
    : [];
const strings = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
