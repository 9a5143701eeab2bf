import type { Fault } from '../text.js';
import { type Prefixes, prefixesOf, standardPrefixes } from './context.js';
import { type EpcisEvent, type EventType, eventTypes } from './event.js';
import { fault, quoted } from './faults.js';
import { memberFaults } from './members.js';
import { plainFaults } from './plain.js';
import { requirementFaults } from './requirements.js';

/** The faults of an event's shape by the schema of its type (schemas/epcis), pointers into the event. */
export type Shape = (type: EventType, event: unknown) => Fault[];

/** The file under schemas/ that holds the shape of a type. */
export const schemaOf: Readonly<Record<EventType, string>> = {
  ObjectEvent: 'epcis/object-event.json',
  AggregationEvent: 'epcis/aggregation-event.json',
  TransactionEvent: 'epcis/transaction-event.json',
  TransformationEvent: 'epcis/transformation-event.json',
  AssociationEvent: 'epcis/association-event.json',
};

export interface Surroundings {
  /** Prefixes that hold around the event, of its document. */
  readonly prefixes?: Prefixes;
  /** The latest time that an event may claim, Unix milliseconds; the end of the century when left out. */
  readonly latest?: number;
}

/**
 * Every fault of one EPCIS 2.0 event in JSON form, pointers into the event; none when it may be captured.
 * First the shape, then what it means: identifiers, terms, units, times, and what members require of each other. Members whose
 * shape is wrong are left out of the second step, and what they would have fulfilled is not asked for.
 */
export function validateEvent(
  event: unknown,
  shape: Shape,
  { prefixes = standardPrefixes, latest = Date.UTC(2100) }: Surroundings = {},
): Fault[] {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    return [fault('', '不是一个事件', 'is not an event object')];
  const { type } = event as { type?: unknown };
  if (type === undefined) return [fault('/type', '没有写事件类型', 'is missing')];
  if (typeof type !== 'string') return [fault('/type', '应为文字', 'is not a text')];
  if (!isEventType(type))
    return [fault('/type', `${quoted(type)} 不是 EPCIS 2.0 的事件类型`, `${quoted(type)} is not an event type of EPCIS 2.0`)];
  const faults = [...plainFaults(event), ...shape(type, event)];
  const skip = new Set(faults.map(({ pointer }) => pointer.split('/')[1]?.replaceAll('~1', '/').replaceAll('~0', '~') ?? ''));
  const known = event as EpcisEvent;
  const inside = skip.has('@context') ? prefixes : prefixesOf(known['@context'], prefixes);
  faults.push(...memberFaults(known, { prefixes: inside, latest }, skip));
  if (skip.size === 0) faults.push(...requirementFaults(known));
  return faults;
}

const isEventType = (type: string): type is EventType => (eventTypes as readonly string[]).includes(type);
