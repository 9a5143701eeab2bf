import { effective, statedOf, takesBack, type Stated } from '../domain/corrections.js';
import { itemsOf, type EpcisEvent } from '../domain/epcis/event.js';
import { whenOf } from '../domain/epcis/time.js';
import type { Happening } from '../domain/lot.js';
import type { Store } from '../store/port.js';
import { readRecord } from './entry.js';

/** The events of some lots and of everything they were packed in or held packed, with what tells corrections apart. */
export interface Connected {
  /** Effective ones: no error declarations, and none that was declared in error. */
  readonly happenings: readonly Happening[];
  /** The lots of which these are all events. Others that they name (what a harvest came from) have more, and keep their state. */
  readonly whole: ReadonlySet<string>;
  /** Entry numbers of the effective events that a declaration takes back. */
  takenBack(declaration: Stated): number[];
  /** The place of a new event that stands in for one of these. */
  placeOf(event: Known): number | undefined;
}

/** An event with what tells corrections apart. */
export type Known = Happening & Stated;

const pageSize = 1000;

/**
 * Reads the whole history of the items and, through aggregations, of all that shared a container with them at any time: what has to
 * be replayed together. `pending` are events decided in this batch and not stored yet.
 */
export async function connected(store: Store, items: readonly string[], pending: readonly Known[]): Promise<Connected> {
  const seen = new Set(items);
  const events = new Map<number, Known>();
  const queue = [...items];
  const take = (happening: Known): void => {
    events.set(happening.seq, happening);
    if (happening.event.type !== 'AggregationEvent') return;
    for (const { uri } of itemsOf(happening.event)) {
      if (seen.has(uri)) continue;
      seen.add(uri);
      queue.push(uri);
    }
  };
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    const uri = item;
    for (const happening of pending)
      if (!events.has(happening.seq) && itemsOf(happening.event).some((i) => i.uri === uri)) take(happening);
    const seqs = (await seqsTouching(store, uri)).filter((seq) => !events.has(seq));
    const rows = await store.getMany(
      'records',
      seqs.map((seq) => [seq]),
    );
    for (const row of rows) {
      if (row?.kind !== 'event') continue;
      const record = readRecord(row.body);
      const event = record.body as unknown as EpcisEvent;
      take({ ...statedOf(record), event, seq: row.seq, time: whenOf(event).time });
    }
  }
  const all = [...events.values()];
  const happenings = effective(all);
  return {
    happenings,
    whole: seen,
    takenBack: (declaration) => happenings.filter((one) => takesBack(declaration, one)).map(({ seq }) => seq),
    placeOf: (event) => effective([...all, event]).find(({ seq }) => seq === event.seq)?.order,
  };
}

async function seqsTouching(store: Store, item: string): Promise<number[]> {
  const seqs: number[] = [];
  let after: [string, number, number] | undefined;
  for (;;) {
    const rows = await store.range('touches', { prefix: [item], limit: pageSize, ...(after && { after }) });
    seqs.push(...rows.map((row) => row.seq));
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return seqs;
    after = [last.item, last.time, last.seq];
  }
}
