import { linesOf, type Posted } from './posted.js';
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
 * Without lines in which nothing was written: one that holds only picks from a few (units, choices), which a form proposes by
 * itself, counts as nothing. What remains is numbered as its values will be, so that faults find their controls.
 */
export const compact = (schema: FieldSchema, posted: Posted, pointer = ''): Posted => {
  let result = posted;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const at = pointer + step(name);
    if (kindOf(property) === 'lines') {
      const written = range(linesOf(result, at)).filter((index) => isWritten(property.items ?? {}, result, at + step(index)));
      result = keep(result, at, written);
    } else if (kindOf(property) === 'group') result = compact(property, result, at);
  }
  return result;
};

const isWritten = (schema: FieldSchema, posted: Posted, pointer: string): boolean => {
  const cells = Object.entries(schema.properties ?? {});
  const telling = cells.filter(([, cell]) => kindOf(cell) !== 'choice' && cell['x-field'] !== 'unit');
  return (telling.length > 0 ? telling : cells).some(([name, cell]) => {
    const at = pointer + step(name);
    return kindOf(cell) === 'group' ? isWritten(cell, posted, at) : (posted.get(at) ?? '').trim() !== '';
  });
};
