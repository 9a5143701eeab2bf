import type { Text } from '../../domain/text.js';
import type { FieldSchema } from './schema.js';

/** What a form adds to a schema that was written for machines. */
export interface Dress {
  /** The properties that people are asked for, in this order. */
  readonly ask: readonly string[];
  /** Words of enumerated values. */
  readonly words: Readonly<Record<string, Text>>;
  /** Keywords put over those of a property: its widget, its label, a hint. */
  readonly over?: Readonly<Record<string, FieldSchema>>;
  /** Properties that the schema does not have (a code that becomes the identifier). */
  readonly beside?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
}

/** An object's schema as a form asks for it: fewer properties, and a word for every enumerated value. */
export const dressed = (schema: FieldSchema, { ask, words, over = {}, beside = {}, required = [] }: Dress): FieldSchema => {
  const named = (property: FieldSchema): FieldSchema => {
    const { enum: values, ...rest } = property;
    if (values !== undefined)
      return { ...rest, oneOf: values.map((value) => ({ const: value, 'x-label': words[String(value)] })) };
    return property.items === undefined ? property : { ...property, items: named(property.items) };
  };
  const all: Readonly<Record<string, FieldSchema>> = { ...schema.properties, ...beside };
  const entries = ask.flatMap((name) => {
    const property = all[name];
    return property === undefined ? [] : [[name, { ...named(property), ...over[name] }] as const];
  });
  return {
    type: 'object',
    required: [...(schema.required ?? []), ...required].filter((name) => ask.includes(name)),
    properties: Object.fromEntries(entries),
  };
};
