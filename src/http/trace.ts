import { stringify } from 'csv-stringify/sync';
import type { App } from '../app.js';
import { TooWide } from '../domain/trace/reach.js';
import type { Direction } from '../domain/trace/sweep.js';
import type { Lang } from '../domain/text.js';
import { Problem } from '../errors.js';
import { traceGraph } from '../pages/trace-graph.js';
import { codeOf, namesOf } from '../queries/named.js';
import { productOf } from '../queries/desk.js';
import { traceFor, type Traces } from '../queries/traceFor.js';
import { json, type Answer, type Call } from './call.js';
import { readerOf } from './master.js';

/** `?view=trace` of an item: what it came from and what it went into, as far as the caller may see. */
export async function answerTrace(app: App, call: Call, item: string, times: { at?: number; known?: number }): Promise<Answer> {
  const { direction = 'both', format = 'json' } = call.query;
  const traces = await tracesOf(app, call, item, direction === 'both' ? ['back', 'forward'] : [direction as Direction], times);
  if (traces === undefined) throw new Problem('not-found');
  const headers = { 'cache-control': 'no-store', vary: 'accept-language, cookie, authorization' };
  if (format === 'csv') {
    const name = `trace-${(codeOf(item).en || 'lot').replace(/[^\w.-]+/g, '_')}.csv`;
    const body = csvOf(traces);
    return {
      status: 200,
      type: 'text/csv; charset=utf-8',
      body,
      headers: { ...headers, 'content-disposition': `attachment; filename="${name}"` },
    };
  }
  if (format === 'svg') {
    const name = await namesFor(app, call, traces, call.lang);
    return { status: 200, type: 'image/svg+xml', body: traceGraph({ traces, name, lang: call.lang, alone: true }), headers };
  }
  return json(
    200,
    { id: item, ...(times.at !== undefined && { at: new Date(times.at).toISOString() }), ...(withTimes(traces) as object) },
    headers,
  );
}

/** The traces that the caller may see; undefined when the lot is none of the caller's business. */
export async function tracesOf(
  app: App,
  call: Call,
  item: string,
  directions: readonly Direction[],
  times: { at?: number; known?: number } = {},
): Promise<Traces | undefined> {
  try {
    return await traceFor(app.store, item, readerOf(call), { directions, ...times });
  } catch (error) {
    if (!(error instanceof TooWide)) throw error;
    throw new Problem('trace-too-wide', {
      detail: { zh: `牵涉的事件超过 ${error.most} 条`, en: `It goes through more than ${error.most} events` },
    });
  }
}

/** Product and number of a lot, the name of a party or place. */
export async function namesFor(app: App, call: Call, traces: Traces, lang: Lang): Promise<(uri: string) => string> {
  const lots = Object.values(traces).flatMap((trace) => trace.lots);
  const subjects = lots.flatMap(({ item, producer, parties, places, now }) => [
    ...productOf(item),
    ...(producer === undefined ? [] : [producer]),
    ...parties,
    ...places,
    ...now.flatMap(({ transit }) => transit?.to ?? []),
  ]);
  const names = await namesOf(app.store, [...new Set(subjects)], readerOf(call));
  return (uri) => {
    const [product] = productOf(uri);
    const code = codeOf(uri)[lang];
    if (product === undefined || product === uri) return names.get(uri)?.[lang] ?? code;
    return [names.get(product)?.[lang], code].filter((part) => part !== undefined).join(' ');
  };
}

const timeNames = new Set(['since', 'time', 'until']);
function withTimes(value: unknown, name = ''): unknown {
  if (typeof value === 'number') return timeNames.has(name) ? new Date(value).toISOString() : value;
  if (Array.isArray(value)) return value.map((each) => withTimes(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withTimes(member, key)]));
}

const columns = [
  'direction',
  'lot',
  'product',
  'producer',
  'steps',
  'via',
  'carrier',
  'certain',
  'since',
  'touched_min',
  'touched_max',
  'touched_of',
  'touched_unit',
  'share_min',
  'share_max',
  'share_unit',
  'where',
  'holder',
  'place',
  'packed_in',
  'in_transit_to',
  'quantity',
  'unit',
  'suspect_min',
  'suspect_max',
];

/** A line for every hand that has a lot now and for what was sold, used or lost; of a lot that nobody has, one line. */
function csvOf(traces: Traces): string {
  const rows = Object.values(traces).flatMap((trace) =>
    trace.lots.flatMap((lot) => {
      const [touched] = lot.touched;
      const head = [
        trace.direction,
        lot.item,
        lot.product,
        lot.producer,
        lot.depth,
        lot.via,
        lot.carrier ? 'yes' : 'no',
        lot.certain ? 'yes' : 'no',
        new Date(lot.since).toISOString(),
        touched?.min,
        touched?.max,
        touched?.of,
        touched?.unit,
        lot.share?.min,
        lot.share?.max,
        lot.share?.unit,
      ];
      const held = lot.now.map(({ party, place, in: box, transit, quantity, unit, suspect }) => [
        ...head,
        transit ? 'in transit' : 'held',
        party,
        place,
        box,
        transit?.to,
        quantity,
        unit,
        suspect?.min,
        suspect?.max,
      ]);
      const gone = lot.gone.map(({ how, unit, min, max }) => [...head, how, '', '', '', '', '', unit, min, max]);
      return held.length + gone.length > 0 ? [...held, ...gone] : [[...head, 'none']];
    }),
  );
  // Names that begin like a formula are not calculated by a spreadsheet.
  return stringify([columns, ...rows.map((row) => columns.map((_, i) => row[i] ?? ''))], {
    bom: true,
    escape_formulas: true,
    record_delimiter: '\r\n',
  });
}
