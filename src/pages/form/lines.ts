import { linesOf, type Posted, typedAt } from './posted.js';
import { type FieldSchema, kindOf, step } from './schema.js';

/** Moves the controls of a field of lines so that only the lines `kept` remain, numbered from 0. */
const keep = (posted: Posted, pointer: string, kept: readonly number[]): Posted => {
  const moved = new Map<string, string>();
  for (const [name, text] of posted) {
    const index = name.startsWith(`${pointer}/`) ? /^\d+/.exec(name.slice(pointer.length + 1)) : null;
    if (index === null) moved.set(name, text);
    else {
      const place = kept.indexOf(Number(index[0]));
      if (place >= 0) moved.set(pointer + step(place) + name.slice(pointer.length + 1 + index[0].length), text);
    }
  }
  return moved;
};

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Without the line at this pointer (`/lots/2`). */
export const without = (posted: Posted, line: string): Posted => {
  const cut = line.lastIndexOf('/');
  const pointer = line.slice(0, cut);
  const removed = Number(line.slice(cut + 1));
  return keep(
    posted,
    pointer,
    range(linesOf(posted, pointer)).filter((index) => index !== removed),
  );
};

/**
 * Without what the form proposed by itself beside nothing: lines and optional groups in which only picks from a few (a unit, a
 * choice) stand, and the unit of an amount that was left empty. What remains is numbered as its values will be, so that faults
 * find their controls.
 */
export const compact = (schema: FieldSchema, posted: Posted, pointer = ''): Posted => {
  let result = posted;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const at = pointer + step(name);
    const kind = kindOf(property);
    if (kind === 'lines') {
      const items = property.items ?? {};
      result = keep(
        result,
        at,
        range(linesOf(result, at)).filter((index) => isWritten(items, result, at + step(index))),
      );
      for (const index of range(linesOf(result, at))) result = compact(items, result, at + step(index));
    } else if (kind === 'group') {
      const optional = !schema.required?.includes(name);
      result = optional && !isWritten(property, result, at) ? missing(result, at) : compact(property, result, at);
    } else if (kind === 'choice' && idle(schema, name, result, pointer)) result = missing(result, at);
  }
  return result;
};

/** A pick that says nothing without a neighbour (`dependentRequired`) which is empty. */
const idle = (schema: FieldSchema, name: string, posted: Posted, pointer: string): boolean =>
  !schema.required?.includes(name) &&
  (schema.dependentRequired?.[name]?.some((other) => typedAt(posted, pointer + step(other)) === '') ?? false);

const missing = (posted: Posted, pointer: string): Posted =>
  new Map([...posted].filter(([name]) => name !== pointer && !name.startsWith(`${pointer}/`)));

const isWritten = (schema: FieldSchema, posted: Posted, pointer: string): boolean => {
  const cells = Object.entries(schema.properties ?? {});
  const telling = cells.filter(([, cell]) => kindOf(cell) !== 'choice' && cell['x-field'] !== 'unit');
  return (telling.length > 0 ? telling : cells).some(([name, cell]) => {
    const at = pointer + step(name);
    return kindOf(cell) === 'group' ? isWritten(cell, posted, at) : typedAt(posted, at) !== '';
  });
};
