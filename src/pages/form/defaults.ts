import type { Json, JsonObject } from '../../domain/record.js';
import { encode, type Posted } from './posted.js';
import { type FieldSchema, kindOf, step } from './schema.js';

/** What a form may propose before anything is typed. */
export interface Known {
  /** ISO instant with offset. */
  readonly now: string;
  /** What the last entry of the same activity said, as values of the schema. */
  readonly last?: JsonObject;
  /** The place of the picked lot, or the party's only one. */
  readonly here?: string;
  /** The unit that amounts are in unless said otherwise (UN/ECE Rec 20). */
  readonly unit?: string;
  /** The only one that there is to pick. */
  readonly sole?: (widget: string, name: string) => string | undefined;
  /** A lot number that is still free for the nth new lot of this form. */
  readonly number: (index: number) => string;
  /** The property names of items under `newlots` that take a lot number. */
  readonly numbered?: string;
}

/** Adds what the schema's `x-default` keywords propose to the controls that were not sent at all; what was typed stays. */
export const proposed = (schema: FieldSchema, posted: Posted, known: Known): Posted => {
  const filled = new Map(posted);
  const propose = (property: FieldSchema, at: string, last: Json | undefined, required: boolean): void => {
    const kind = kindOf(property);
    if (kind === 'group') {
      for (const [name, child] of Object.entries(property.properties ?? {}))
        propose(child, at + step(name), member(last, name), property.required?.includes(name) ?? false);
      return;
    }
    if (filled.has(at)) return;
    const value =
      proposal(property, last, known) ??
      (required && kind === 'ref' ? known.sole?.(property['x-field'] ?? '', nameAt(at)) : undefined);
    if (value !== undefined) encode(property, value, at, filled);
  };
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const last = member(known.last, name);
    if (kindOf(property) !== 'lines') {
      propose(property, step(name), last, schema.required?.includes(name) ?? false);
      continue;
    }
    const lines = Math.max(countOf(filled, step(name)), 1);
    for (let index = 0; index < lines; index++) {
      const before = Array.isArray(last) ? last[Math.min(index, last.length - 1)] : undefined;
      propose({ ...property.items, type: 'object' }, step(name) + step(index), before, false);
      const number = `${step(name)}${step(index)}${step(known.numbered ?? 'number')}`;
      const asks = property['x-field'] === 'newlots' && property.items?.properties?.[known.numbered ?? 'number'] !== undefined;
      if (asks && !filled.has(number)) filled.set(number, known.number(index));
    }
  }
  return filled;
};

/** The property that a pointer ends in; names of picks hold neither tilde nor slash. */
const nameAt = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1);

const proposal = (property: FieldSchema, last: Json | undefined, known: Known): Json | undefined => {
  switch (property['x-default']) {
    case 'now':
      return known.now;
    case 'here':
      return known.here;
    case 'last':
      return last;
    default:
      return property.default ?? (isUnit(property) ? known.unit : undefined);
  }
};

const isUnit = (property: FieldSchema): boolean =>
  property.oneOf?.some((choice) => choice.const === 'KGM') ?? property['x-field'] === 'unit';

const member = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name) ? value[name] : undefined;

const countOf = (posted: Posted, pointer: string): number => {
  let count = 0;
  for (const name of posted.keys()) {
    const index = name.startsWith(`${pointer}/`) ? Number.parseInt(name.slice(pointer.length + 1), 10) : NaN;
    if (index + 1 > count) count = index + 1;
  }
  return count;
};
