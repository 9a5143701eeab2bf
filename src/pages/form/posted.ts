import type { Json, JsonObject } from '../../domain/record.js';
import type { Fault, Text } from '../../domain/text.js';
import { readingsOf, seriesOf } from './readings.js';
import { dayOf, decimalOf, isoOf, localOf } from './scalar.js';
import { choicesOf, type FieldSchema, isNumeric, type Kind, kindOf, step } from './schema.js';
import { unreadable } from './words.js';

/**
 * A form as it was typed: the name of every control is the JSON Pointer of its value (`/lots/0/quantity`), so that a fault
 * finds its control by name. A time has a second, hidden control `<pointer>@` that keeps the seconds of a proposed time; a pick
 * may have a second one `<pointer>+`, in which what is not listed is typed or scanned.
 */
export type Posted = ReadonlyMap<string, string>;

/** Lines of one field that are read at most; more are a fault of the schema's `maxItems` anyway. */
const mostLines = 1000;

/** The controls of a posted body (src/http: an object of strings, repeated names as arrays); everything else is passed over. */
export const postedOf = (body: unknown): Posted => {
  const posted = new Map<string, string>();
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
    if (!name.startsWith('/')) continue;
    if (typeof value === 'string') posted.set(name, value.replaceAll('\r\n', '\n'));
    else if (Array.isArray(value)) posted.set(name, value.filter((one) => typeof one === 'string').join('\n'));
  }
  return posted;
};

/** Values as a form shows them. */
export const encode = (schema: FieldSchema, values: Json, pointer = '', posted = new Map<string, string>()): Posted => {
  const kind = kindOf(schema);
  if (kind === 'group') {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      const value = (values as JsonObject)[name];
      if (value !== undefined) encode(property, value, pointer + step(name), posted);
    }
  } else if (kind === 'lines') {
    (values as Json[]).forEach((value, index) => encode(schema.items ?? {}, value, pointer + step(index), posted));
  } else if (kind === 'readings') posted.set(pointer, seriesOf(schema, values as Json[]));
  else if (kind === 'list' || kind === 'checks') posted.set(pointer, (values as Json[]).map(String).join('\n'));
  else if (kind === 'time') {
    posted.set(pointer, localOf(String(values)));
    posted.set(`${pointer}@`, String(values));
  } else posted.set(pointer, String(values));
  return posted;
};

/** How many lines were sent for a field of lines: one more than the highest index. */
export const linesOf = (posted: Posted, pointer: string): number => {
  let count = 0;
  for (const name of posted.keys()) {
    if (!name.startsWith(`${pointer}/`)) continue;
    const index = /^(0|[1-9]\d{0,3})(?=[/@]|$)/.exec(name.slice(pointer.length + 1));
    if (index !== null && Number(index[1]) < mostLines) count = Math.max(count, Number(index[1]) + 1);
  }
  return count;
};

/** What was typed as values of the schema: empty is absent, numbers stay strings where the schema wants decimal strings. */
export const decode = (schema: FieldSchema, posted: Posted): { values: JsonObject; faults: Fault[] } => {
  const faults: Fault[] = [];
  const values = (read(schema, '', posted, faults) ?? {}) as JsonObject;
  return { values, faults };
};

const read = (schema: FieldSchema, pointer: string, posted: Posted, faults: Fault[]): Json | undefined => {
  const kind = kindOf(schema);
  if (kind === 'group') {
    const entries = Object.entries(schema.properties ?? {})
      .map(([name, property]) => [name, read(property, pointer + step(name), posted, faults)] as const)
      .filter((entry): entry is readonly [string, Json] => entry[1] !== undefined);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  if (kind === 'lines') {
    const count = linesOf(posted, pointer);
    const lines = Array.from(
      { length: count },
      (_, index) => read(schema.items ?? {}, pointer + step(index), posted, faults) ?? {},
    );
    return count > 0 ? lines : undefined;
  }
  const text = typedAt(posted, pointer);
  if (text === '') return undefined;
  if (kind === 'readings') {
    const series = readingsOf(schema, pointer, text);
    faults.push(...series.faults);
    return series.values;
  }
  if (kind === 'list' || kind === 'checks') {
    const items = text.split('\n').map((line) => line.trim());
    return items.filter((line) => line !== '').map((line) => one(schema.items ?? {}, pointer, line, '', faults));
  }
  return one(schema, pointer, text, posted.get(`${pointer}@`) ?? '', faults);
};

/** The text of a control; what was typed beside a list of picks wins over the pick. */
export const typedAt = (posted: Posted, pointer: string): string => {
  const other = (posted.get(`${pointer}+`) ?? '').trim();
  return other !== '' ? other : (posted.get(pointer) ?? '').trim();
};

/** A single value; what cannot be read is a fault and stays as it was typed, so that no second fault calls it missing. */
const one = (schema: FieldSchema, pointer: string, text: string, exact: string, faults: Fault[]): Json => {
  const kind = kindOf(schema);
  const value = scalar(schema, kind, text, exact);
  if (value !== undefined) return value;
  faults.push({ pointer, message: refusal(schema, kind) });
  return text;
};

const scalar = (schema: FieldSchema, kind: Kind, text: string, exact: string): Json | undefined => {
  if (kind === 'time') return exact !== '' && localOf(exact) === text ? isoOf(exact) : isoOf(text);
  if (kind === 'date') return dayOf(text);
  if (kind === 'flag') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (kind === 'choice') return choicesOf(schema).find((choice) => String(choice.value) === text)?.value;
  if (kind !== 'number') return text;
  const decimal = decimalOf(text);
  if (decimal === undefined || !isNumeric(schema)) return decimal;
  return schema.type === 'integer' && !Number.isSafeInteger(Number(decimal)) ? undefined : Number(decimal);
};

const refusal = (schema: FieldSchema, kind: Kind): Text => {
  if (kind === 'time' || kind === 'date') return unreadable[kind];
  if (kind === 'number') return schema.type === 'integer' ? unreadable.whole : unreadable.number;
  return unreadable.choice;
};
