import type { FieldSchema } from './schema.js';

/** The names of which one is wanted. */
export const eitherOf = (schema: FieldSchema): ReadonlySet<string> =>
  new Set([...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(({ required = [] }) => required));

/** The names that an entry cannot do without, or that are filled in by themselves: the rest is asked for below the fold. */
export const mainOf = (schema: FieldSchema, either: ReadonlySet<string>): ReadonlySet<string> => {
  const entries = Object.entries(schema.properties ?? {});
  const proposed = entries.filter(([, property]) => ['now', 'here'].includes(property['x-default'] ?? ''));
  const lines = entries.filter(([, property]) => ['lot', 'lots', 'newlots', 'readings'].includes(property['x-field'] ?? ''));
  const shown = entries.filter(([, property]) => property['x-main'] === true);
  return new Set([...(schema.required ?? []), ...either, ...[...proposed, ...lines, ...shown].map(([name]) => name)]);
};
