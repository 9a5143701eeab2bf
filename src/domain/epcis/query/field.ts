import type { Prefixes } from '../context.js';
import type { EpcisEvent } from '../event.js';
import type { Compared, Comparison, FieldName, Holder } from '../query.js';
import { thingOrText } from '../identifier.js';
import { parseTime } from '../time.js';

interface Asked {
  readonly holder: Holder;
  readonly inner: boolean;
  readonly name: FieldName;
}

export function compares(op: Comparison, a: number, b: number): boolean {
  switch (op) {
    case 'EQ':
      return a === b;
    case 'GT':
      return a > b;
    case 'GE':
      return a >= b;
    case 'LT':
      return a < b;
    case 'LE':
      return a <= b;
  }
}

/** Whether a member is the one that a parameter names: by its URI whatever the prefix, else as it is written. */
export function namesField(member: string, { uri, written }: FieldName, prefixes: Prefixes): boolean {
  if (member === written && uri === undefined) return true;
  const colon = member.indexOf(':');
  const namespace = colon > 0 ? prefixes.get(member.slice(0, colon)) : undefined;
  if (namespace === undefined) return member === (uri ?? written);
  const local = member.slice(colon + 1);
  // EPCIS 1 writes namespace#name whatever the namespace ends in.
  return uri === namespace + local || uri === `${namespace}#${local}`;
}

export const someField = (
  event: EpcisEvent,
  asked: Asked & { readonly op: Comparison; readonly value: Compared },
  prefixes: Prefixes,
): boolean => fieldsOf(event, asked, prefixes).some((value) => holdsFor(value, asked.op, asked.value));

export const hasField = (event: EpcisEvent, asked: Asked, prefixes: Prefixes): boolean =>
  fieldsOf(event, asked, prefixes).length > 0;

/** The values of an extension: of members of the holder itself, or of members nested in its extensions. */
function fieldsOf(event: EpcisEvent, { holder, inner, name }: Asked, prefixes: Prefixes): unknown[] {
  const found: unknown[] = [];
  for (const object of holdersOf(event, holder))
    for (const [member, value] of Object.entries(object)) {
      // The standard's own members have no colon; those of the master data of a lot (ILMD) are all extensions.
      if (!member.includes(':')) continue;
      if (!inner) {
        if (namesField(member, name, prefixes)) found.push(...elements(value));
      } else for (const part of elements(value)) nested(part, name, prefixes, found);
    }
  return found;
}

function nested(value: unknown, name: FieldName, prefixes: Prefixes, found: unknown[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [member, inside] of Object.entries(value))
    for (const part of elements(inside)) {
      if (namesField(member, name, prefixes)) found.push(part);
      nested(part, name, prefixes, found);
    }
}

const elements = (value: unknown): unknown[] => (Array.isArray(value) ? value.flatMap(elements) : [value]);

function holdersOf(event: EpcisEvent, holder: Holder): object[] {
  const sensors = event.sensorElementList ?? [];
  switch (holder) {
    case 'event':
      return [event];
    case 'ilmd':
      return 'ilmd' in event && event.ilmd !== undefined ? [event.ilmd] : [];
    case 'sensorElement':
      return [...sensors];
    case 'sensorMetadata':
      return sensors.flatMap(({ sensorMetadata }) => sensorMetadata ?? []);
    case 'sensorReport':
      return sensors.flatMap(({ sensorReport }) => sensorReport ?? []);
    default: {
      const part = event[holder];
      return part === undefined ? [] : [part];
    }
  }
}

const plainNumber = /^-?\d{1,30}(?:\.\d{1,30})?$/;
const asNumber = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'string' && plainNumber.test(value) ? Number(value) : undefined;
const asTime = (value: unknown): number | undefined => (typeof value === 'string' ? parseTime(value) : undefined);

function holdsFor(whole: unknown, op: Comparison, compared: Compared): boolean {
  const value = scalarOf(whole);
  if (compared.kind === 'texts') return compared.any.some((text) => same(value, text));
  const number = compared.kind === 'number' ? asNumber(value) : asTime(value);
  return number !== undefined && compares(op, number, compared.kind === 'number' ? compared.number : compared.time);
}

/** A typed literal (`@value`) or a reference (`@id`) of JSON-LD stands for what is in it. */
export function scalarOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { '@value': literal, '@id': id } = value as Record<string, unknown>;
  return literal ?? id ?? value;
}

/** A text of a query and a value of an event: equal as texts, as numbers, as times, or as forms of one identifier. */
function same(value: unknown, text: string): boolean {
  if (typeof value === 'string') return value === text || sameTime(value, text) || sameThing(value, text);
  if (typeof value === 'number') return plainNumber.test(text) && Number(text) === value;
  return typeof value === 'boolean' && String(value) === text;
}

function sameTime(a: string, b: string): boolean {
  const time = parseTime(a);
  return time !== undefined && time === parseTime(b);
}

function sameThing(a: string, b: string): boolean {
  if (!/^(?:https?:|urn:epc:)/i.test(a) || !/^(?:https?:|urn:epc:)/i.test(b)) return false;
  return thingOrText(a) === thingOrText(b);
}
