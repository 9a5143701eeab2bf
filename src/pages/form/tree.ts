import type { Fault, Text } from '../../domain/text.js';
import { linesOf, type Posted } from './posted.js';
import { lined, restOf, spread, worded } from './faults.js';
import { eitherOf, mainOf } from './order.js';
import { onePerLine, seriesHint } from './words.js';
import { choicesOf, type FieldSchema, isNumeric, kindOf, step } from './schema.js';

/** Something to pick; `note` is a second line, such as what is left of a lot. */
export interface Choice {
  readonly value: string;
  readonly label: Text;
  readonly note?: Text;
}

/** What a form knows beside its schema. */
export interface Options {
  /** What there is to pick for a `lot`, `place`, `party`, `product` or `unit`. */
  readonly choices: (widget: string, name: string) => readonly Choice[];
  /** Whether something that is not listed may be typed or scanned instead. */
  readonly open?: (widget: string) => boolean;
  /** The word of a UN/ECE Rec 20 unit. */
  readonly unit: (code: string) => Text;
  /** What the form has worked out for a control, said beside it. */
  readonly note?: (pointer: string) => Text | undefined;
}

interface Asked {
  /** Name of the property. */
  readonly key: string;
  /** Name of the control: the JSON Pointer of its value. */
  readonly name: string;
  readonly id: string;
  readonly label: Text;
  readonly hint?: Text;
  readonly note?: Text;
  readonly required: boolean;
  /** Filled in by itself. */
  readonly proposed: boolean;
  /** Whether to say that it may stay empty: not of what is filled in by itself, nor where one of several is wanted. */
  readonly free: boolean;
  /** What was typed beside the picks, where something unlisted may be. */
  readonly other?: string;
  readonly faults: readonly Text[];
}
export type Field = Asked &
  (
    | {
        readonly widget: 'input';
        readonly value: string;
        readonly mode: 'text' | 'decimal' | 'numeric';
        readonly unit?: Text;
        readonly most?: number;
      }
    | { readonly widget: 'long'; readonly value: string; readonly series?: boolean }
    | { readonly widget: 'time'; readonly value: string; readonly exact: string }
    | { readonly widget: 'date'; readonly value: string }
    | { readonly widget: 'picks'; readonly value: string; readonly choices: readonly Choice[] }
    | { readonly widget: 'select'; readonly value: string; readonly choices: readonly Choice[] }
    | { readonly widget: 'checks'; readonly values: readonly string[]; readonly choices: readonly Choice[] }
    | { readonly widget: 'group'; readonly fields: readonly Field[] }
    | { readonly widget: 'lines'; readonly lines: readonly (readonly Field[])[]; readonly full: boolean }
  );

export interface Form {
  /** What an entry cannot do without, in the order of the schema. */
  readonly fields: readonly Field[];
  /** What may also be said. */
  readonly more: readonly Field[];
  /** Faults that belong to no control. */
  readonly rest: readonly Text[];
  /** Every control with a fault, in the order of the form. */
  readonly faulty: readonly Field[];
}

const yesNo: readonly Choice[] = [
  { value: 'true', label: { zh: '是', en: 'Yes' } },
  { value: 'false', label: { zh: '否', en: 'No' } },
];
const nothing: Choice = { value: '', label: { zh: '不填', en: 'Leave empty' } };
/** More choices than this are a select. */
const mostPicks = 6;

/** The form of an object's schema: what was typed, what is wrong, what there is to choose from. */
export const formOf = (schema: FieldSchema, posted: Posted, given: readonly Fault[], options: Options): Form => {
  const faults = spread(schema, given);
  const either = eitherOf(schema);
  const placed = new Set<Fault>();
  const ask = (name: string, property: FieldSchema, at: string, required: boolean): Field => {
    const kind = kindOf(property);
    const deep = kind === 'lines' || kind === 'group';
    const mine = faults.filter(({ pointer }) => pointer === at || (!deep && pointer.startsWith(`${at}/`)));
    mine.forEach((fault) => placed.add(fault));
    const asked: Asked = {
      key: name,
      name: at,
      id: `f${at.replaceAll(/[^A-Za-z0-9]/g, '-')}`,
      label: property['x-label'] ?? { zh: name, en: name },
      hint: property['x-hint'] ?? (kind === 'list' ? onePerLine : kind === 'readings' ? seriesHint : undefined),
      note: options.note?.(at),
      ...(kind === 'ref' && options.open?.(property['x-field'] ?? '') && { other: posted.get(`${at}+`) ?? '' }),
      required,
      proposed: property['x-default'] === 'now',
      free: !required && property['x-default'] !== 'now' && !(at === step(name) && either.has(name)),
      faults: [
        ...new Map(
          mine
            .map((fault) => worded(lined(fault, kind, at, posted.get(at) ?? ''), kind, property, name))
            .map((message) => [message.zh, message]),
        ).values(),
      ],
    };
    const value = posted.get(at) ?? '';
    const pick = (choices: readonly Choice[]): Field => {
      const known = value === '' || choices.some((choice) => choice.value === value);
      const all = known ? choices : [...choices, { value, label: { zh: value, en: value } }];
      const few = all.length <= mostPicks && property['x-field'] !== 'unit';
      if (!few) return { ...asked, widget: 'select', value, choices: all };
      return { ...asked, widget: 'picks', value, choices: required || all.length === 0 ? all : [...all, nothing] };
    };
    switch (kind) {
      case 'group':
        return { ...asked, widget: 'group', fields: askAll(property, at) };
      case 'lines': {
        const count = Math.max(linesOf(posted, at), 1);
        const lines = Array.from({ length: count }, (_, index) => askAll(lineOf(property), at + step(index)));
        return { ...asked, widget: 'lines', lines, full: count >= (property.maxItems ?? Infinity) };
      }
      case 'readings':
        return { ...asked, widget: 'long', value, series: true };
      case 'list':
      case 'long':
        return { ...asked, widget: 'long', value };
      case 'time':
        return { ...asked, widget: 'time', value, exact: posted.get(`${at}@`) ?? '' };
      case 'date':
        return { ...asked, widget: 'date', value };
      case 'checks':
        return {
          ...asked,
          widget: 'checks',
          values: value.split('\n').filter((one) => one !== ''),
          choices: wordsOf(property.items ?? {}),
        };
      case 'choice':
        return pick(wordsOf(property));
      case 'flag':
        return pick(property.const === true ? yesNo.slice(0, 1) : yesNo);
      case 'ref':
        return pick(options.choices(property['x-field'] ?? '', name));
      case 'number': {
        const unit = property['x-unit'] === undefined ? undefined : options.unit(property['x-unit']);
        return {
          ...asked,
          widget: 'input',
          value,
          mode: isNumeric(property) && property.type === 'integer' ? 'numeric' : 'decimal',
          unit,
        };
      }
      case 'text':
        return { ...asked, widget: 'input', value, mode: 'text', most: property.maxLength };
    }
  };
  const askAll = (object: FieldSchema, at: string): Field[] =>
    Object.entries(object.properties ?? {}).map(([name, property]) =>
      ask(name, property, at + step(name), object.required?.includes(name) ?? false),
    );
  const fields = askAll(schema, '');
  const main = mainOf(schema, either);
  const asked = fields.filter((field) => main.has(field.key));
  // What is filled in by itself comes last: what has to be said is under the thumb.
  const order = [...asked.filter((field) => !field.proposed), ...asked.filter((field) => field.proposed)];
  return {
    fields: order,
    more: fields.filter((field) => !main.has(field.key)),
    rest: restOf(faults, placed),
    faulty: faultyOf([...order, ...fields.filter((field) => !main.has(field.key))]),
  };
};

/** A new lot is named by product and number; its identifier is for machines. */
const lineOf = ({ 'x-field': widget, items = {} }: FieldSchema): FieldSchema => {
  const { lot: _, ...named } = items.properties ?? {};
  return widget === 'newlots' && named.number !== undefined ? { ...items, properties: named } : items;
};

const wordsOf = (schema: FieldSchema): Choice[] => choicesOf(schema).map(({ value, label }) => ({ value: String(value), label }));

const faultyOf = (fields: readonly Field[]): Field[] =>
  fields.flatMap((field) => [
    ...(field.faults.length > 0 ? [field] : []),
    ...(field.widget === 'group' ? faultyOf(field.fields) : []),
    ...(field.widget === 'lines' ? field.lines.flatMap((line) => faultyOf(line)) : []),
  ]);
