import { itemsOf, type EpcisEvent, type Item } from '../domain/epcis/event.js';
import { effective, statedOf, type Effective } from '../domain/corrections.js';
import { whenOf } from '../domain/epcis/time.js';
import type { LedgerRecord } from '../domain/record.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';

const named = new WeakMap<EpcisEvent, readonly Item[]>();

/** What an event speaks of, worked out once for each event that was read: a page asks it many times. */
export function itemsIn(event: EpcisEvent): readonly Item[] {
  const known = named.get(event);
  if (known !== undefined) return known;
  const items = itemsOf(event);
  named.set(event, items);
  return items;
}

/** An event with its place in the ledger and in the history of a lot. */
export interface Told {
  readonly event: EpcisEvent;
  readonly seq: number;
  /** Its place among events of one time, when it stands in for an earlier entry. */
  readonly order?: number;
  /** When it happened and when it was entered, Unix milliseconds. */
  readonly time: number;
  readonly entered: number;
  /** Whose act it is, and who recorded it. */
  readonly party: string;
  readonly by: string;
  readonly demo: boolean;
  /** The lot that it is told of, and how many steps back that is (0: the one asked for). */
  readonly item: string;
  readonly depth: number;
  /** The lot went into something else by it: what came of that is another lot's history. */
  readonly used: boolean;
  /** It happened to a source after what was asked for had been made from it. */
  readonly after: boolean;
}

export interface Trunk {
  /** Effective events (none that was declared in error), in order of time. */
  readonly told: readonly Told[];
  /** Every record about the lot asked for, declarations and statements included, in order of entry. */
  readonly own: readonly Row<'records'>[];
  /** Lots that it came from. */
  readonly sources: ReadonlyMap<string, Source>;
  /** Sources (or the lot itself) whose making is not in this ledger. */
  readonly unknown: readonly string[];
  /** A limit was reached: there is more history than was read. */
  readonly stopped: boolean;
}

/** A lot that went into another one of the history. */
export interface Source {
  /** Steps back from the lot asked for. */
  readonly depth: number;
  /** What it went into, and the entry number of the event by which it did (none for the lot of a single item). */
  readonly into: string;
  readonly by?: number;
}

/** How far a history is followed; reached limits are said, never hidden. */
export const limits = { own: 600, source: 200, later: 40, lots: 200, depth: 14 } as const;

export interface TrunkOptions {
  /** Events up to this time, and records entered up to this time (Unix milliseconds); now when left out. */
  readonly at?: number;
  readonly known?: number;
  /** The lot that a single item is of, as its code says: followed when the item's own records do not say what it came from. */
  readonly lot?: string;
}

interface Visit {
  readonly item: string;
  readonly depth: number;
  /** Only what happened up to then made it what it was when it went on. */
  readonly until: number;
  readonly from: number;
  /** Of a pallet or carton the lot that was in it: its ways are the lot's ways, its contents are not the lot's sources. */
  readonly holds?: string;
}

/**
 * The history of a lot and of what it came from, back to the field: inputs of transformations, and containers while it was in them.
 * Three reads a step back (touches of all lots of the step at once, then their records in one), whatever the number of events.
 */
export async function readTrunk(store: Store, item: string, options: TrunkOptions = {}): Promise<Trunk> {
  const walk = new Walk(store, options);
  return walk.run(item);
}

interface Parsed {
  readonly row: Row<'records'>;
  readonly record: LedgerRecord;
  readonly event?: EpcisEvent;
  readonly time: number;
}

const inOrder = (a: Placed, b: Placed): number => a.time - b.time || (a.order ?? a.seq) - (b.order ?? b.seq);
type Placed = Pick<Told, 'time' | 'seq' | 'order'>;

class Walk {
  private readonly parsed = new Map<number, Parsed>();
  private readonly told = new Map<number, Told>();
  private readonly seen = new Set<string>();
  private readonly sources = new Map<string, Source>();
  private readonly unknown: string[] = [];
  private own: Row<'records'>[] = [];
  private stopped = false;
  private root = '';

  constructor(
    private readonly store: Store,
    private readonly options: TrunkOptions,
  ) {}

  async run(item: string): Promise<Trunk> {
    this.root = item;
    this.seen.add(item);
    let step: Visit[] = [{ item, depth: 0, until: this.options.at ?? Infinity, from: -Infinity }];
    while (step.length > 0) {
      const touched = await Promise.all(step.map((visit) => this.touches(visit)));
      await this.load(new Set(touched.flat().map((row) => row.seq)));
      step = step.flatMap((visit, i) => this.tell(visit, touched[i] ?? []));
    }
    const told = [...this.told.values()].sort(inOrder);
    return { told, own: this.own, sources: this.sources, unknown: this.unknown, stopped: this.stopped };
  }

  private async touches({ item, depth, until, from, holds }: Visit): Promise<Row<'touches'>[]> {
    const limit = depth === 0 && holds === undefined ? limits.own : limits.source;
    const to = until === Infinity ? {} : { to: until + 1 };
    const since = from === -Infinity ? {} : { from };
    const before = this.store.range('touches', { prefix: [item], ...since, ...to, reverse: true, limit });
    // What came out about a source afterwards (a failed test, a recall) matters to what was made from it.
    const later =
      depth > 0 && holds === undefined && until !== Infinity
        ? this.store.range('touches', { prefix: [item], from: until + 1, reverse: true, limit: limits.later })
        : Promise.resolve([]);
    const [rows, after] = await Promise.all([before, later]);
    if (rows.length === limit) this.stopped = true;
    return [...rows, ...after];
  }

  private async load(seqs: ReadonlySet<number>): Promise<void> {
    const wanted = [...seqs].filter((seq) => !this.parsed.has(seq));
    const rows = await this.store.getMany(
      'records',
      wanted.map((seq) => [seq]),
    );
    for (const row of rows) {
      if (row === undefined) continue;
      const record = JSON.parse(row.body) as LedgerRecord;
      const event = record.kind === 'event' ? (record.body as unknown as EpcisEvent) : undefined;
      this.parsed.set(row.seq, { row, record, ...(event && { event }), time: event ? whenOf(event).time : row.time });
    }
  }

  /** Tells the events of one lot; answers what to visit next. */
  private tell(visit: Visit, touched: readonly Row<'touches'>[]): Visit[] {
    const { item, depth, until, holds } = visit;
    const container = holds !== undefined;
    const known = this.options.known ?? Infinity;
    const at = this.options.at ?? Infinity;
    const all = touched
      .map(({ seq }) => this.parsed.get(seq))
      .filter((parsed) => parsed !== undefined && parsed.row.time <= known)
      .filter((parsed) => parsed !== undefined) as Parsed[];
    if (item === this.root) this.own = all.map(({ row }) => row).sort((a, b) => a.seq - b.seq);
    const events = effective(
      all.flatMap((one) => (one.event ? [{ ...one, ...statedOf(one.record), seq: one.row.seq, event: one.event }] : [])),
    );

    const next: Visit[] = [];
    let made = false;
    for (const parsed of events.sort(inOrder)) {
      if (parsed.time > at) continue;
      const event = parsed.event as EpcisEvent;
      const after = parsed.time > until;
      const roles = itemsIn(event)
        .filter(({ uri }) => uri === item)
        .map(({ role }) => role);
      // A party's own stream holds all that it recorded: only what names it is its history.
      if (roles.length === 0) continue;
      const used = roles.includes('input') && !roles.includes('output');
      // The step that used a source up is told from what it made; a source's later uses are other people's goods.
      const foreign = depth > 0 && !container && used;
      if (!foreign && !this.told.has(parsed.row.seq))
        this.told.set(parsed.row.seq, toldOf(parsed, holds ?? item, depth, after, used));
      if (after) continue;
      if (event.type === 'ObjectEvent' && event.action === 'ADD') made = true;
      if (event.type === 'TransformationEvent' && roles.includes('output')) {
        made = true;
        for (const source of itemsIn(event))
          if (source.role === 'input')
            next.push(...this.visit(source.uri, parsed.time, { depth: depth + 1, into: item, by: parsed.row.seq }));
      }
      if (event.type === 'AggregationEvent' && roles.includes('child') && event.action === 'ADD')
        next.push(...this.inside(event, events, parsed, visit));
      if (event.type === 'AggregationEvent' && roles.includes('parent') && event.action === 'ADD') {
        made = true;
        if (depth === 0 && !container)
          for (const child of itemsIn(event))
            if (child.role === 'child') next.push(...this.visit(child.uri, at, { depth: 1, into: item, by: parsed.row.seq }));
      }
    }
    const { lot } = this.options;
    if (item === this.root && lot !== undefined && next.every((each) => each.holds !== undefined))
      next.push(...this.visit(lot, at, { depth: 1, into: item }));
    if (!made && !container && (events.length > 0 || depth > 0) && !next.some((each) => each.item === lot))
      this.unknown.push(item);
    return next;
  }

  private visit(item: string, until: number, source: Source): Visit[] {
    const { depth } = source;
    if (this.seen.has(item)) return [];
    if (depth > limits.depth || this.seen.size >= limits.lots) {
      this.stopped = true;
      return [];
    }
    this.seen.add(item);
    this.sources.set(item, source);
    return [{ item, depth, until, from: -Infinity }];
  }

  /** The container that a lot was put in, for as long as it was in it. */
  private inside(event: EpcisEvent, events: readonly Parsed[], put: Parsed, { item, depth, until, holds }: Visit): Visit[] {
    const parent = itemsIn(event).find(({ role }) => role === 'parent')?.uri;
    if (parent === undefined) return [];
    const key = `${parent}\n${item}\n${put.time}`;
    if (this.seen.has(key) || this.seen.has(parent)) return [];
    if (this.seen.size >= limits.lots) {
      this.stopped = true;
      return [];
    }
    this.seen.add(key);
    const out = events.find(
      ({ event: later, time }) =>
        time >= put.time &&
        later?.type === 'AggregationEvent' &&
        later.action === 'DELETE' &&
        itemsIn(later).some(({ uri }) => uri === parent),
    );
    return [{ item: parent, depth, until: Math.min(until, out?.time ?? Infinity), from: put.time, holds: holds ?? item }];
  }
}

const toldOf = (
  { row, record, event, time, order }: Effective<Parsed>,
  item: string,
  depth: number,
  after: boolean,
  used: boolean,
): Told => ({
  event: event as EpcisEvent,
  seq: row.seq,
  ...(order !== undefined && { order }),
  time,
  entered: row.time,
  party: record.behalf ?? record.by,
  by: record.by,
  demo: record.demo === true,
  item,
  depth,
  after,
  used,
});
