import type { Json, JsonObject } from '../../domain/record.js';
import type { Fault } from '../../domain/text.js';
import { type FieldSchema, isNumeric, kindOf } from './schema.js';
import { decimalOf, isoOf } from './scalar.js';
import { inLine, unreadable } from './words.js';

type Column = readonly [name: string, schema: FieldSchema] | undefined;

const cut = (line: string): string[] => line.split(/[,，\t;；]/).map((cell) => cell.trim());
/** What loggers print over their columns beside the property's own words. */
const synonyms: Readonly<Record<string, RegExp>> = {
  time: /time|date|时间|日期/i,
  temperature: /temp|°c|℃|温度/i,
  humidity: /humid|%|rh|湿度/i,
};

/**
 * A pasted sensor series, one reading a line: the columns in the order of the schema's properties, or as a heading names them
 * (unknown columns are passed over). Every fault names its line as the person counts them.
 */
export const readingsOf = (schema: FieldSchema, pointer: string, text: string): { values: Json[]; faults: Fault[] } => {
  const properties = Object.entries(schema.items?.properties ?? {});
  const { first, headed, filled } = cutUp(text);
  const columns: readonly Column[] = headed ? first.map((cell) => named(properties, cell)) : properties;
  const faults: Fault[] = [];
  const values = filled.map(({ cells, number }) => {
    const reading: JsonObject = {};
    cells.forEach((cell, index) => {
      const column = columns[index];
      if (cell === '' || column === undefined) return;
      const value = cellOf(column[1], cell);
      if (value === undefined) faults.push({ pointer, message: inLine(number, messageFor(column[1])) });
      else reading[column[0]] = value;
    });
    return reading;
  });
  return { values, faults };
};

/** The lines with something in them, the heading apart. */
const cutUp = (text: string): { first: string[]; headed: boolean; filled: { cells: string[]; number: number }[] } => {
  const lines = text.split('\n').map((line, index) => ({ cells: cut(line), number: index + 1 }));
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const first = filled[0]?.cells ?? [];
  const headed = first.length > 0 && first.every((cell) => isoOf(cell) === undefined && decimalOf(cell) === undefined);
  return { first, headed, filled: filled.slice(headed ? 1 : 0) };
};

/** The line, as the person counts it, that a reading (from 0) was read from. */
export const lineOfReading = (text: string, index: number): number => cutUp(text).filled[index]?.number ?? index + 1;

const named = (properties: readonly (readonly [string, FieldSchema])[], cell: string): Column => {
  const heading = cell.toLowerCase();
  return (
    properties.find(([name]) => name.toLowerCase() === heading) ??
    properties.find(
      ([, { 'x-label': label }]) =>
        label !== undefined && (cell.startsWith(label.zh) || heading.startsWith(label.en.toLowerCase())),
    ) ??
    properties.find(([name]) => synonyms[name]?.test(cell))
  );
};

const cellOf = (schema: FieldSchema, cell: string): Json | undefined => {
  const kind = kindOf(schema);
  if (kind === 'time') return isoOf(cell);
  if (kind !== 'number') return cell;
  const decimal = decimalOf(cell.replace(/\s*(°C|℃|%)$/i, ''));
  return decimal === undefined || !isNumeric(schema) ? decimal : Number(decimal);
};

const messageFor = (schema: FieldSchema) => (kindOf(schema) === 'time' ? unreadable.time : unreadable.number);

/** A series as the textarea shows it. */
export const seriesOf = (schema: FieldSchema, values: readonly Json[]): string => {
  const names = Object.keys(schema.items?.properties ?? {});
  const cell = (reading: Json, name: string): string => String((reading as JsonObject)[name] ?? '');
  return values.map((reading) => names.map((name) => cell(reading, name)).join(',')).join('\n');
};
