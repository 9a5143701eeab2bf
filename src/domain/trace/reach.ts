import { effective, type Stated } from '../corrections.js';
import { itemsOf, type EpcisEvent, type Item } from '../epcis/event.js';
import type { Happening } from '../lot.js';
import type { Direction } from './sweep.js';

/** An event as the ledger has it: declarations in error among them, which the reach leaves out with what they take back. */
export type Recorded = Happening & Stated;

/** Where the events of lots are read. */
export interface History {
  /** For each item all events that name it, up to its time (Unix milliseconds, inclusive). */
  of(asked: readonly { readonly item: string; readonly until: number }[]): Promise<readonly (readonly Recorded[])[]>;
  /** All events of runs: transformations that share a transformationID. */
  ofRuns(runs: readonly string[]): Promise<readonly Recorded[]>;
}

/** More events than a trace may go through: it says so, and answers nothing. */
export class TooWide extends Error {
  constructor(readonly most: number) {
    super(`the trace goes through more than ${most} events`);
  }
}

/**
 * Why a lot is in reach. `flow`: something suspect may be in it, from `time` on (backwards: up to `time`). `context`: a container in which
 * a lot in reach travelled; its ways are the lot's ways, and nothing is reached through it.
 */
interface Visit {
  readonly why: 'flow' | 'context';
  readonly time: number;
}

export interface Reached {
  /** Effective events up to `at`, each once: whole histories of every lot in reach and of its containers. */
  readonly happenings: readonly Happening[];
  /** What was asked for, with the containers inside it. */
  readonly roots: ReadonlySet<string>;
}

/** Gathers, level by level, the events that a trace has to go through: the read is linear in the reach, whatever the ledger holds. */
export async function reach(
  history: History,
  roots: readonly string[],
  direction: Direction,
  { at = Infinity, most = 2_000_000 }: { readonly at?: number; readonly most?: number } = {},
): Promise<Reached> {
  return new Reach(history, direction, at, most).run(roots);
}

class Reach {
  private readonly visits = new Map<string, Visit>();
  /** The effective events of every item that was read. */
  private readonly read = new Map<string, readonly Recorded[]>();
  private readonly events = new Map<number, Recorded>();
  private readonly runs = new Map<string, number>();
  private readonly runEvents = new Map<string, Recorded[]>();
  private readonly roots = new Set<string>();
  /** What each event names, worked out once: a step of many lots is met by each of them. */
  private readonly named = new Map<number, readonly Item[]>();
  private next = new Set<string>();
  private nextRuns = new Set<string>();
  private readonly forward: boolean;

  constructor(
    private readonly history: History,
    direction: Direction,
    private readonly at: number,
    private readonly most: number,
  ) {
    this.forward = direction === 'forward';
  }

  async run(roots: readonly string[]): Promise<Reached> {
    for (const root of roots) this.root(root);
    while (this.next.size + this.nextRuns.size > 0) {
      const [items, runs] = [[...this.next], [...this.nextRuns]];
      this.next = new Set();
      this.nextRuns = new Set();
      await Promise.all([this.load(items), this.loadRuns(runs)]);
      if (this.events.size > this.most) throw new TooWide(this.most);
      for (const item of items) this.expand(item);
      for (const run of runs) this.expandRun(run);
    }
    return { happenings: effective([...this.events.values()]), roots: this.roots };
  }

  private root(item: string): void {
    this.roots.add(item);
    this.visit(item, 'flow', this.forward ? -Infinity : this.at);
  }

  private async load(items: readonly string[]): Promise<void> {
    // Backwards too up to `at`: where a source is now is told as well.
    const asked = items.filter((item) => !this.read.has(item)).map((item) => ({ item, until: this.at }));
    const found = asked.length === 0 ? [] : await this.history.of(asked);
    asked.forEach(({ item }, i) => {
      this.read.set(item, effective(found[i]!));
      for (const event of found[i]!) this.events.set(event.seq, event);
    });
  }

  private async loadRuns(runs: readonly string[]): Promise<void> {
    const asked = runs.filter((run) => !this.runEvents.has(run));
    if (asked.length === 0) return;
    for (const run of asked) this.runEvents.set(run, []);
    const found = (await this.history.ofRuns(asked)).filter(({ time }) => time <= this.at);
    for (const event of found) this.events.set(event.seq, event);
    for (const event of effective(found)) this.runEvents.get(runOf(event.event) ?? '')?.push(event);
  }

  private visit(item: string, why: Visit['why'], time: number): void {
    const known = this.visits.get(item);
    const wider = known === undefined || (this.forward ? time < known.time : time > known.time);
    const promoted = known?.why === 'context' && why === 'flow';
    if (!promoted && (!wider || (known?.why === 'flow' && why === 'context' && this.forward))) return;
    const kept = known?.why === 'flow' ? 'flow' : why;
    this.visits.set(item, { why: kept, time: wider || (promoted && this.forward) ? time : known!.time });
    this.next.add(item);
  }

  private expand(item: string): void {
    const { why, time } = this.visits.get(item)!;
    const root = this.roots.has(item);
    for (const happening of this.read.get(item) ?? []) {
      const { event } = happening;
      const things = this.things(happening);
      const is = (role: Item['role']): boolean => things.some((thing) => thing.role === role && thing.uri === item);
      const inTime = this.forward ? happening.time >= time : happening.time <= time;
      if (event.type === 'AggregationEvent' && event.action === 'ADD') {
        const parent = things.find((thing) => thing.role === 'parent')?.uri;
        // Where goods went, their containers took them; forwards something suspect may have gone into it with them.
        if (parent !== undefined && is('child')) this.contain(parent, why === 'flow' && inTime, happening.time, time);
        if (is('parent') && why === 'flow' && inTime && (root || !this.forward))
          this.contents(things, happening.time, time, root);
      }
      if (event.type === 'TransformationEvent' && why === 'flow' && inTime && is(this.forward ? 'input' : 'output')) {
        const run = runOf(event);
        if (run !== undefined) this.follow(run, happening.time);
        this.across(things, happening.time);
      }
    }
  }

  private things({ seq, event }: Happening): readonly Item[] {
    const known = this.named.get(seq) ?? itemsOf(event);
    this.named.set(seq, known);
    return known;
  }

  private contain(parent: string, flows: boolean, packed: number, time: number): void {
    if (this.forward) this.visit(parent, flows ? 'flow' : 'context', flows ? packed : Infinity);
    else this.visit(parent, 'context', time);
  }

  /** What was packed in a container that is suspect, or backwards went into a step or is asked for. */
  private contents(things: readonly Item[], packed: number, time: number, root: boolean): void {
    for (const { uri, role } of things) {
      if (role !== 'child') continue;
      this.visit(uri, 'flow', this.forward ? packed : time);
      // A box in a suspect pallet is suspect with all that is in it.
      if (root && !this.roots.has(uri) && uri.startsWith('https://id.gs1.org/00/')) this.roots.add(uri);
    }
  }

  private across(things: readonly Item[], time: number): void {
    for (const { uri, role } of things) if (role === (this.forward ? 'output' : 'input')) this.visit(uri, 'flow', time);
  }

  private follow(run: string, time: number): void {
    const known = this.runs.get(run);
    if (known !== undefined && (this.forward ? known <= time : known >= time)) return;
    this.runs.set(run, time);
    this.nextRuns.add(run);
  }

  private expandRun(run: string): void {
    const time = this.runs.get(run)!;
    for (const happening of this.runEvents.get(run) ?? [])
      if (this.forward ? happening.time >= time : happening.time <= time) this.across(this.things(happening), happening.time);
  }
}

const runOf = (event: EpcisEvent): string | undefined =>
  event.type === 'TransformationEvent' ? event.transformationID : undefined;
