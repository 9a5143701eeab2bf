import type { Faulty } from '../gs1/gs1Error.js';
import type { JsonObject } from '../record.js';
import type { Fault } from '../text.js';
import { type Prefixes, prefixesOf } from './context.js';
import { type Context, eventTypes } from './event.js';
import { fault, quoted } from './faults.js';
import { plainFaults } from './plain.js';

/** What was sent to be captured: its events, not looked into yet. */
export interface CaptureDocument {
  readonly events: readonly { readonly event: unknown; readonly pointer: string }[];
  /** The context of the document; an event that stands alone has its own. */
  readonly context?: Context;
  readonly prefixes: Prefixes;
  /** How many elements of master data its header carries. */
  readonly vocabulary: number;
}

/**
 * Takes a capture document apart: an EPCISDocument, or one event that stands alone with its context (EPCIS 2.0 section 12).
 * @param shape the faults of an EPCISDocument by schemas/epcis/document.json
 */
export function readDocument(value: unknown, shape: (document: unknown) => Fault[]): CaptureDocument | Faulty {
  if (Array.isArray(value))
    return refused('', '应为 EPCISDocument 或单个事件，不是数组', 'is a list: send an EPCISDocument, or one event');
  if (typeof value !== 'object' || value === null)
    return refused('', '不是 EPCISDocument，也不是事件', 'is neither an EPCISDocument nor an event');
  const document = value as JsonObject;
  const { type } = document;
  if (type === 'EPCISDocument') return wholeDocument(document, shape);
  if (type === 'EPCISQueryDocument')
    return refused(
      '/type',
      '这是查询的结果，不是采集文档',
      'EPCISQueryDocument is the answer to a query; capture takes an EPCISDocument',
    );
  if (type === undefined) return refused('/type', '没有写文档类型', 'is missing');
  if (typeof type !== 'string') return refused('/type', '应为文字', 'is not a text');
  if (!(eventTypes as readonly unknown[]).includes(type))
    return refused('/type', `不接受 ${quoted(type)}`, `${quoted(type)} is not taken: send an EPCISDocument, or one event`);
  if (document['@context'] === undefined)
    return refused('/@context', '单独的事件要有 @context', 'is missing: an event that stands alone has its context');
  return { events: [{ event: document, pointer: '' }], prefixes: prefixesOf(undefined), vocabulary: 0 };
}

const refused = (pointer: string, zh: string, en: string): Faulty => ({ faults: [fault(pointer, zh, en)] });

function wholeDocument(document: JsonObject, shape: (document: unknown) => Fault[]): CaptureDocument | Faulty {
  const { epcisBody, ...rest } = document;
  const faults = [...shape(document), ...plainFaults(rest)];
  if (faults.length > 0) return { faults };
  const { eventList } = epcisBody as { eventList: unknown[] };
  const context = document['@context'] as Context;
  return {
    events: eventList.map((event, i) => ({ event, pointer: `/epcisBody/eventList/${i}` })),
    context,
    prefixes: prefixesOf(context),
    vocabulary: vocabularyOf(document.epcisHeader as JsonObject | undefined),
  };
}

function vocabularyOf(header: JsonObject | undefined): number {
  const lists = (header?.epcisMasterData as JsonObject | undefined)?.vocabularyList as JsonObject[] | undefined;
  return (lists ?? []).reduce(
    (sum, { vocabularyElementList }) => sum + ((vocabularyElementList as unknown[] | undefined)?.length ?? 0),
    0,
  );
}
