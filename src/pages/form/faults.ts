import type { Fault, Text } from '../../domain/text.js';
import { lineOfReading } from './readings.js';
import { type FieldSchema, type Kind, kindOf, step } from './schema.js';
import { inLine, isMissing, missingChoice, missingLines, missingText } from './words.js';

/** Faults without a control, but for those that only repeat of an object what its controls say already. */
export const restOf = (faults: readonly Fault[], placed: ReadonlySet<Fault>): Text[] => {
  const said = [...placed].map(({ pointer }) => pointer);
  const repeats = ({ pointer, message }: Fault): boolean => {
    if (pointer === '') return said.length > 0 && message.en === 'is none of the allowed forms';
    const parent = pointer.slice(0, pointer.lastIndexOf('/'));
    return said.some((one) => one.startsWith(`${pointer}/`) || (parent !== '' && one.startsWith(`${parent}/`)));
  };
  return faults.filter((fault) => !placed.has(fault) && !repeats(fault)).map(({ message }) => message);
};

/** A fault in one of several values that stand in one box, with the line that it is in. */
export const lined = ({ pointer, message }: Fault, kind: Kind, at: string, text: string): Text => {
  const index = Number(/^\/(\d+)/.exec(pointer.slice(at.length))?.[1] ?? NaN);
  if (Number.isNaN(index) || (kind !== 'list' && kind !== 'readings')) return message;
  if (kind === 'readings') return inLine(lineOfReading(text, index), message);
  const filled = text.split('\n').flatMap((line, number) => (line.trim() === '' ? [] : [number + 1]));
  return inLine(filled[index] ?? index + 1, message);
};

/** What to do about a fault: of what is missing, how it is given. */
export const worded = (message: Text, kind: Kind, property: FieldSchema, name: string): Text => {
  if (!isMissing(message)) return message;
  if (kind === 'lines') return missingLines;
  const picked = ['choice', 'flag', 'ref', 'checks'].includes(kind);
  return picked ? missingChoice : missingText(property['x-label'] ?? { zh: name, en: name });
};

/** A group that is missing as a whole is missing in each of its parts that must be there. */
export const spread = (schema: FieldSchema, faults: readonly Fault[]): Fault[] =>
  faults.flatMap((fault) => {
    const name = fault.pointer.slice(1);
    const property = schema.properties?.[name];
    if (property === undefined || kindOf(property) !== 'group' || !isMissing(fault.message)) return [fault];
    return (property.required ?? []).map((part) => ({ pointer: fault.pointer + step(part), message: fault.message }));
  });
