import { corrected, statedOf } from '../domain/corrections.js';
import { itemsOf, type EpcisEvent } from '../domain/epcis/event.js';
import { whenOf } from '../domain/epcis/time.js';
import type { Reader } from '../domain/reader.js';
import type { JsonObject } from '../domain/record.js';
import type { Text } from '../domain/text.js';
import type { Store } from '../store/port.js';
import { standingOf } from './corrections.js';
import { codeOf, namesOf, recordsOf, type Read } from './named.js';
import type { Amount } from './picks.js';

/** One entry of a party's journal. */
export interface JournalEntry {
  readonly seq: number;
  /** Unix milliseconds of the event. */
  readonly time: number;
  /** Name of the activity; none of an event captured from another system. */
  readonly activity?: string;
  /** Declares an earlier entry in error. */
  readonly correction: boolean;
  /** Declared in error later: it does not count. */
  readonly corrected?: true;
  /** What came out of it, else what it was about. */
  readonly lots: readonly { readonly item: string; readonly product?: Text; readonly number: Text; readonly amount?: Amount }[];
  readonly place?: Text;
  /** What was used, and how much: the fields `name` and `dose` of an activity. */
  readonly used?: string;
  readonly dose?: Amount;
  readonly event: EpcisEvent;
  /** The personal and confidential values that belong to it. */
  readonly hidden: JsonObject;
}

export interface JournalRange {
  /** Unix milliseconds of the event: `from` inclusive, `to` exclusive. */
  readonly from?: number;
  readonly to?: number;
  /** Continue before this entry. */
  readonly before?: { readonly time: number; readonly seq: number };
  readonly limit: number;
}

/** What a party recorded, or had recorded for it, newest first. `next` where there may be earlier entries: give it as `before`. */
export async function journal(
  store: Store,
  party: string,
  range: JournalRange,
  reader: Reader,
): Promise<{ entries: JournalEntry[]; next?: { time: number; seq: number } }> {
  const { from, to, before, limit } = range;
  const rows = await store.range('touches', {
    prefix: [party],
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(before && { after: [party, before.time, before.seq] }),
    reverse: true,
    limit,
  });
  const times = new Map(rows.map(({ seq, time }) => [seq, time]));
  const seqs = rows.map(({ seq }) => seq);
  const reads = await recordsOf(store, seqs, (record) => record.by === reader.party || record.behalf === reader.party);
  // What others stated about a party touches it too; its journal is what it did.
  const own = reads.filter(({ record }) => record.kind === 'event' && (record.behalf ?? record.by) === party);
  const gone = await correctedAmong(store, reads, before?.time);
  const events = own.map(({ record }) => record.body as unknown as EpcisEvent);
  const names = await namesOf(
    store,
    events.flatMap((event) => [...subjects(event).flatMap(({ uri }) => productOf(uri)), ...placeOf(event)]),
    reader,
  );
  const entries = own.map(({ seq, record }): JournalEntry => {
    const event = record.body as unknown as EpcisEvent;
    const more = record.body;
    const [place] = placeOf(event);
    const activity = more['suyuan:activity'];
    const used = more['suyuan:name'];
    return {
      seq,
      time: times.get(seq) ?? 0,
      ...(typeof activity === 'string' && { activity }),
      correction: event.errorDeclaration !== undefined,
      ...(gone.has(seq) && { corrected: true as const }),
      lots: subjects(event).map(({ uri, quantity, unit }) => {
        const product = productOf(uri).map((item) => names.get(item))[0];
        return {
          item: uri,
          number: codeOf(uri),
          ...(product && { product }),
          ...(quantity !== undefined && { amount: { quantity, unit: unit ?? 'H87' } }),
        };
      }),
      ...(place !== undefined && { place: names.get(place) ?? codeOf(place) }),
      ...(typeof used === 'string' && { used }),
      ...doseOf(more),
      event,
      hidden: record.hidden ?? {},
    };
  });
  const last = rows.at(-1);
  return { entries, ...(last && rows.length === limit && { next: { time: last.time, seq: last.seq } }) };
}

/**
 * Entry numbers of what was declared in error. A declaration has the time of its original and was entered later, so it is read before
 * it: only where the page begins in the middle of one time, the declaration may stand on the page before.
 */
async function correctedAmong(store: Store, reads: readonly Read[], edge: number | undefined): Promise<Set<number>> {
  const events = reads.flatMap(({ seq, record }) => (record.kind === 'event' ? [{ ...statedOf(record), seq, record }] : []));
  const gone = new Set([...corrected(events).keys()].map(({ seq }) => seq));
  for (const { seq, record } of events)
    if (edge !== undefined && !gone.has(seq) && whenOf(record.body as unknown as EpcisEvent).time === edge)
      if ((await standingOf(store, { seq, record })).correctedBy) gone.add(seq);
  return gone;
}

/** What came out of an event, else what it was about. */
const subjects = (event: EpcisEvent) => {
  const items = itemsOf(event);
  const out = items.filter(({ role }) => role === 'output');
  return out.length > 0 ? out : items;
};

const productOf = (uri: string): string[] => /^https:\/\/id\.gs1\.org\/01\/\d{14}(?=\/)/.exec(uri)?.slice(0, 1) ?? [];

const placeOf = (event: EpcisEvent): string[] => [event.readPoint?.id ?? event.bizLocation?.id].flatMap((id) => id ?? []);

const doseOf = (event: JsonObject): { dose?: Amount } => {
  const dose = (event['suyuan:dose'] ?? {}) as JsonObject;
  const [value, unit] = [dose['suyuan:value'], dose['suyuan:unit']];
  return typeof value === 'string' && typeof unit === 'string' ? { dose: { quantity: value, unit } } : {};
};
