import type { World } from '../fold/act.js';
import { apply } from '../fold/fold.js';
import type { Happening, Holding, Lot, Totals } from '../lot.js';
import { Collected } from './collected.js';
import { Flows } from './flows.js';
import { Sweep, type Direction } from './sweep.js';

/** At least and at most, decimal strings in the unit (UN/ECE Rec 20). */
export interface Span {
  readonly min: string;
  readonly max: string;
  readonly unit: string;
}

/** What somebody has of a traced lot now: `suspect` forwards, how much of it is touched; none of what is not counted. */
export interface TracedHand extends Omit<Holding, 'flow'> {
  readonly suspect?: Span;
}

export interface TracedLot {
  readonly item: string;
  readonly kind: Lot['kind'];
  readonly product?: string;
  readonly producer?: string;
  /** It is what was asked for. */
  readonly root?: true;
  /** It only carried what is touched: a container, whose other contents are not. */
  readonly carrier?: true;
  /** It can be reached from itself (re-work). */
  readonly rework?: true;
  /** Steps from what was asked for, and the lot before it on a shortest way. */
  readonly depth: number;
  readonly via?: string;
  /** Whether some of what was asked for is certainly in it (forwards), or it certainly is in what was asked for (backwards). */
  readonly certain: boolean;
  /** How much of it can contain any of what was asked for, or can have gone into it (backwards), with all there ever was of it. */
  readonly touched: readonly (Span & { readonly of?: string })[];
  /** How much of the suspect quantity is in it (forwards), or can have come from it (backwards). None when that is not counted in one unit. */
  readonly share?: Span;
  readonly now: readonly TracedHand[];
  /** What of it was sold, lost or used, and is touched; forwards only. */
  readonly gone: readonly (Span & { readonly how: keyof Totals })[];
  /** Everyone who held something touched of it, and every place it was at. */
  readonly parties: readonly string[];
  readonly places: readonly string[];
  /** Event time at which it was first touched, Unix milliseconds. */
  readonly since: number;
}

/** Always in the direction of the goods: `from` went into `to`. */
export interface TraceEdge {
  readonly kind: 'made' | 'packed';
  readonly from: string;
  readonly to: string;
  /** Entry number and time of the event; of a packing also when it was taken out. */
  readonly seq: number;
  readonly time: number;
  readonly until?: number;
  readonly party: string;
  /** How much of `from` that is touched went in, and how much of `to` came out touched. */
  readonly used?: Span;
  readonly made?: Span;
}

/** Something touched that went from hand to hand; `received` is missing while it is on the way. */
export interface Handover {
  readonly item: string;
  readonly kind: 'shipped' | 'received' | 'moved';
  readonly from: string;
  readonly to?: string;
  readonly seq: number;
  readonly time: number;
  readonly quantity?: Span;
}

export interface Trace {
  readonly direction: Direction;
  readonly roots: readonly string[];
  /** All there ever was of what was asked for, when it is counted in one unit. */
  readonly total?: { readonly quantity: string; readonly unit: string };
  /** In the order of their distance, then of time. */
  readonly lots: readonly TracedLot[];
  readonly edges: readonly TraceEdge[];
  readonly handovers: readonly Handover[];
}

/**
 * Traces lots through events: effective ones, at least all those of every lot in reach and of the containers that these were in
 * (reach.ts). Forwards, what can contain something of the roots; backwards, what can be in them. Bounds always hold; they are exact
 * where what was recorded leaves no choice. What shares only a source or a container is not reached.
 */
export function traceThrough(happenings: readonly Happening[], roots: ReadonlySet<string>, direction: Direction): Trace {
  const world: World = new Map();
  const flows = new Flows();
  for (const happening of [...happenings].sort((a, b) => a.time - b.time || (a.order ?? a.seq) - (b.order ?? b.seq)))
    apply(world, happening, flows);
  const unit = unitOf(flows, roots);
  const sweep = new Sweep(flows, roots, direction, unit);
  const collected = new Collected(flows, sweep, roots, unit);
  sweep.run(collected);
  return collected.trace(world);
}

/** The unit in which all of the roots is counted; none when there are several, or they are not counted. */
function unitOf(flows: Flows, roots: ReadonlySet<string>): string | undefined {
  const units = new Set<string | undefined>();
  for (const { item, hand } of flows.pools) if (roots.has(item)) units.add(hand.unit);
  return units.size === 1 ? [...units][0] : undefined;
}
