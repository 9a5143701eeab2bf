import type { Json } from '../../domain/record.js';
import type { Text } from '../../domain/text.js';

/** The part of JSON Schema that the forms read, and the keywords of schemas/README.md. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly oneOf?: readonly FieldSchema[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly anyOf?: readonly FieldSchema[];
  readonly items?: FieldSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxLength?: number;
  readonly default?: Json;
  readonly 'x-field'?: string;
  readonly 'x-label'?: Text;
  readonly 'x-hint'?: Text;
  readonly 'x-unit'?: string;
  readonly 'x-default'?: string;
  /** Asked for at once, though it may stay empty (only set by what dresses a schema for a form). */
  readonly 'x-main'?: true;
}

/**
 * How a property is asked for. `flag` is yes or no; `ref` picks from what exists (lots, places, parties, products, units);
 * `list` is one text a line; `checks` any of a few; `lines` are objects one below the other; `group` is one object.
 */
export type Kind =
  'text' | 'long' | 'number' | 'time' | 'date' | 'choice' | 'flag' | 'ref' | 'list' | 'checks' | 'lines' | 'group' | 'readings';

const refs = new Set(['lot', 'place', 'party', 'product', 'unit']);

const isType = (schema: FieldSchema, type: string): boolean =>
  schema.type === type || (Array.isArray(schema.type) && schema.type.includes(type));

export const kindOf = (schema: FieldSchema): Kind => {
  const widget = schema['x-field'];
  if (widget === 'readings') return 'readings';
  if (isType(schema, 'array')) return arrayKind(schema.items ?? {});
  if (isType(schema, 'object') || schema.properties !== undefined) return 'group';
  if (widget === 'time' || schema.format === 'date-time') return 'time';
  if (schema.format === 'date') return 'date';
  if (isType(schema, 'boolean')) return 'flag';
  if (schema.enum !== undefined || schema.oneOf?.every((one) => one.const !== undefined)) return 'choice';
  if (widget !== undefined && refs.has(widget)) return 'ref';
  if (isNumeric(schema) || widget === 'number' || widget === 'quantity') return 'number';
  return widget === 'long' ? 'long' : 'text';
};

const arrayKind = (items: FieldSchema): Kind => {
  const kind = kindOf(items);
  if (kind === 'group') return 'lines';
  return kind === 'choice' ? 'checks' : 'list';
};

/** A JSON number; else a `number` is a decimal string. */
export const isNumeric = (schema: FieldSchema): boolean => isType(schema, 'number') || isType(schema, 'integer');

/** Values of a choice with their words; an `enum` value without words speaks for itself. */
export const choicesOf = (schema: FieldSchema): { readonly value: Json; readonly label: Text }[] =>
  schema.oneOf?.map((one) => ({ value: one.const ?? null, label: one['x-label'] ?? plain(one.const ?? null) })) ??
  (schema.enum ?? []).map((value) => ({ value, label: plain(value) }));

const plain = (value: Json): Text => ({ zh: String(value), en: String(value) });

/** One step of a JSON Pointer (RFC 6901, section 3). */
export const step = (name: string | number): string => `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
