import { statedOf } from '../domain/corrections.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import type { LedgerRecord } from '../domain/record.js';
import { reach, type History, type Recorded } from '../domain/trace/reach.js';
import type { Direction } from '../domain/trace/sweep.js';
import { traceThrough, type Trace } from '../domain/trace/trace.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';

/** Rows of one read, and records parsed at a time. */
const pageSize = 1000;
/** Beyond this many events a trace is refused, with an error that says so. */
export const mostEvents = 2_000_000;

export interface TraceOptions {
  /** Events up to this time, and records entered up to this time (Unix milliseconds); now when left out. */
  readonly at?: number;
  readonly known?: number;
  readonly most?: number;
}

/** The events of a store, each read and parsed once. */
export class StoredHistory implements History {
  private readonly events = new Map<number, Recorded | undefined>();

  constructor(
    private readonly store: Store,
    private readonly known = Infinity,
  ) {}

  async of(asked: readonly { readonly item: string; readonly until: number }[]): Promise<Recorded[][]> {
    const touched = await Promise.all(asked.map(({ item, until }) => this.touches(item, until)));
    return this.read(touched);
  }

  async ofRuns(runs: readonly string[]): Promise<Recorded[]> {
    const rows = await Promise.all(
      runs.map((run) =>
        paged(
          (after) => this.store.range('runs', { prefix: [run], limit: pageSize, ...after }),
          (row) => [row.run, row.time, row.seq],
        ),
      ),
    );
    return (await this.read(rows)).flat();
  }

  private touches(item: string, until: number): Promise<Row<'touches'>[]> {
    const to = until === Infinity ? {} : { to: until + 1 };
    return paged(
      (after) => this.store.range('touches', { prefix: [item], limit: pageSize, ...to, ...after }),
      (row) => [row.item, row.time, row.seq],
    );
  }

  private async read(lists: readonly (readonly { readonly seq: number; readonly time: number }[])[]): Promise<Recorded[][]> {
    const times = new Map<number, number>();
    for (const list of lists) for (const { seq, time } of list) if (!this.events.has(seq)) times.set(seq, time);
    const wanted = [...times.keys()];
    for (let from = 0; from < wanted.length; from += pageSize) {
      const page = wanted.slice(from, from + pageSize);
      const rows = await this.store.getMany(
        'records',
        page.map((seq) => [seq]),
      );
      rows.forEach((row, i) => this.events.set(page[i]!, this.recorded(row, times.get(page[i]!)!)));
    }
    return lists.map((list) => list.flatMap(({ seq }) => this.events.get(seq) ?? []));
  }

  private recorded(row: Row<'records'> | undefined, time: number): Recorded | undefined {
    if (row?.kind !== 'event' || row.time > this.known) return undefined;
    const record = JSON.parse(row.body) as LedgerRecord;
    return { ...statedOf(record), event: record.body as unknown as EpcisEvent, seq: row.seq, time };
  }
}

async function paged<R>(
  page: (after: { after?: (string | number)[] }) => Promise<R[]>,
  key: (row: R) => (string | number)[],
): Promise<R[]> {
  const all: R[] = [];
  for (let after: (string | number)[] | undefined; ;) {
    const rows = await page(after === undefined ? {} : { after });
    all.push(...rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return all;
    after = key(last);
  }
}

/** The trace of lots in one direction (domain/trace/trace.ts). Throws TooWide beyond `most` events. */
export async function traceItems(
  store: Store,
  items: readonly string[],
  direction: Direction,
  options: TraceOptions = {},
): Promise<Trace> {
  const { at, known, most = mostEvents } = options;
  const history = new StoredHistory(store, known);
  const { happenings, roots } = await reach(history, items, direction, { ...(at !== undefined && { at }), most });
  return traceThrough(
    happenings.filter(({ time }) => time <= (at ?? Infinity)),
    roots,
    direction,
  );
}
