import type { World } from '../fold/act.js';
import { kindOf, productOf, type Happening, type Lot, type Totals } from '../lot.js';
import { none, together, touched, whole, type Amount } from './amount.js';
import { decimal, fixed, lesser, one } from './fixed.js';
import type { Flows } from './flows.js';
import { inLoops } from './loops.js';
import type { Sweep, Told } from './sweep.js';
import type { Handover, Span, Trace, TracedHand, TracedLot, TraceEdge } from './trace.js';

interface Node {
  readonly item: string;
  since: number;
  carrier: boolean;
  readonly amounts: Map<string | undefined, Amount>;
  min: bigint;
  max: bigint;
  greatestMin: bigint;
  readonly gone: Map<string, { how: keyof Totals; unit: string; amount: Amount }>;
  readonly parties: Set<string>;
  readonly places: Set<string>;
}

interface Edge {
  readonly kind: TraceEdge['kind'];
  readonly from: string;
  readonly to: string;
  readonly event: Happening;
  readonly unit: { from?: string; to?: string };
  used: Amount;
  made: Amount;
  /** Parts that are in `used` and `made` already. */
  readonly counted: Set<string>;
  pool?: number;
}

/** Gathers what a sweep tells into lots, edges and handovers. */
export class Collected implements Told {
  private readonly nodes = new Map<string, Node>();
  private readonly edges = new Map<string, Edge>();
  private readonly handovers: Handover[] = [];
  private readonly leftAt = new Map<number, number>();
  private readonly poolsOf = new Map<string, number[]>();
  private readonly poolsIn = new Map<string, number[]>();
  private total = 0n;
  private readonly forward: boolean;

  constructor(
    private readonly flows: Flows,
    private readonly sweep: Sweep,
    private readonly roots: ReadonlySet<string>,
    private readonly unit: string | undefined,
  ) {
    this.forward = sweep.direction === 'forward';
    const list = (map: Map<string, number[]>, key: string, pool: number) => {
      const known = map.get(key);
      if (known) known.push(pool);
      else map.set(key, [pool]);
    };
    flows.pools.forEach(({ item, hand }, pool) => {
      if (hand.in === undefined) return;
      list(this.poolsOf, item, pool);
      list(this.poolsIn, hand.in, pool);
    });
  }

  entered(pool: number, flow: number, amount: Amount, event: Happening): void {
    const { item, hand } = this.flows.pools[pool]!;
    const { from, unit } = this.flows.flows[flow]!;
    // Backwards, the pallets of what was asked for itself are where it went, not where it came from.
    const ownRide = !this.forward && this.roots.has(item) && !this.roots.has(hand.in ?? '');
    if (!touched(amount)) {
      if (hand.in !== undefined && this.carries(item)) this.pack(item, hand.in, event, pool, undefined, none);
      return;
    }
    const node = this.node(item, event);
    node.parties.add(hand.party);
    if (hand.place !== undefined) node.places.add(hand.place);
    const begun = typeof from !== 'number';
    if (begun && this.roots.has(item)) this.total += amount.high;
    // Forwards a lot is touched by what comes out of steps; backwards by what goes into them. What was in a suspect container was in it.
    const packedInRoot = this.sweep.isRoot(pool) && !this.roots.has(item) && (begun || !this.sweep.isRoot(from));
    if ((begun && (this.forward || this.roots.has(item))) || packedInRoot) add(node, unit, amount);
    if (!begun) this.handed(from, pool, item, unit, amount, event);
    if (hand.in !== undefined && !ownRide) this.pack(item, hand.in, event, pool, unit, amount);
  }

  left(pool: number, event: Happening): void {
    if (this.flows.pools[pool]!.hand.in === undefined) return;
    this.leftAt.set(pool, Math.max(event.time, this.leftAt.get(pool) ?? -Infinity));
  }

  gone(flow: number, how: keyof Totals, amount: Amount, event: Happening): void {
    const { item, unit = '' } = this.flows.flows[flow]!;
    const node = this.node(item, event);
    const key = `${how} ${unit}`;
    node.gone.set(key, { how, unit, amount: together(node.gone.get(key)?.amount ?? none, amount) });
  }

  stepped(from: readonly [number, Amount][], to: readonly [number, Amount][], event: Happening): void {
    for (const [target, made] of to) {
      const into = this.flows.flows[target]!;
      const node = this.node(into.item, event);
      if (!this.forward && !this.roots.has(into.item)) add(node, into.unit, made);
      // Uncounted, into what a hand has already: there is no entry that would count it.
      else if (this.forward && into.quantity === undefined && !this.roots.has(into.item)) add(node, undefined, made);
      for (const [source, used] of from) {
        const [a, b] = this.forward ? [source, target] : [target, source];
        const [input, output] = [this.flows.flows[a]!, this.flows.flows[b]!];
        const edge = this.edge('made', input, output, event);
        count(edge, 'used', a, this.forward ? used : made);
        count(edge, 'made', b, this.forward ? made : used);
      }
    }
  }

  private handed(from: number, to: number, item: string, unit: string | undefined, amount: Amount, event: Happening): void {
    const [a, b] = [this.flows.pools[from]!.hand, this.flows.pools[to]!.hand];
    if (a.party === b.party && (a.transit === undefined) === (b.transit === undefined)) return;
    const kind = b.transit ? 'shipped' : a.transit ? 'received' : 'moved';
    const receiver = b.transit ? b.transit.to : b.party;
    this.handovers.push({
      item,
      kind,
      from: a.party,
      ...(receiver !== undefined && { to: receiver }),
      seq: event.seq,
      time: event.time,
      ...(unit !== undefined && { quantity: span(amount, unit) }),
    });
  }

  /** Whether something touched is in it at this point of the sweep, at any depth. */
  private carries(item: string, seen = new Set<string>()): boolean {
    if (seen.has(item)) return false;
    seen.add(item);
    return (this.poolsIn.get(item) ?? []).some(
      (pool) =>
        touched(this.sweep.hands[pool]!) ||
        (this.sweep.held[pool]! > 0n &&
          ((this.forward && this.roots.has(this.flows.pools[pool]!.item)) || this.carries(this.flows.pools[pool]!.item, seen))),
    );
  }

  private pack(item: string, box: string, event: Happening, pool: number, unit: string | undefined, amount: Amount): void {
    const known = this.nodes.has(box);
    const node = this.node(box, event);
    if (!known) node.carrier = !this.roots.has(box);
    const { hand } = this.flows.pools[pool]!;
    node.parties.add(hand.party);
    if (hand.place !== undefined) node.places.add(hand.place);
    const edge = this.edge('packed', { item, ...(unit !== undefined && { unit }) }, { item: box }, event);
    edge.used = together(edge.used, amount);
    edge.pool = pool;
    for (const outer of this.poolsOf.get(box) ?? [])
      if (this.sweep.held[outer]! > 0n) {
        const { in: next } = this.flows.pools[outer]!.hand;
        if (next !== undefined && !this.edges.has(`packed ${event.seq} ${box} ${next}`))
          this.pack(box, next, event, outer, undefined, none);
      }
  }

  private edge(
    kind: Edge['kind'],
    from: { item: string; unit?: string },
    to: { item: string; unit?: string },
    event: Happening,
  ): Edge {
    const key = `${kind} ${event.seq} ${from.item} ${to.item}`;
    const known = this.edges.get(key);
    const unit = { ...(from.unit !== undefined && { from: from.unit }), ...(to.unit !== undefined && { to: to.unit }) };
    const edge: Edge = known ?? { kind, from: from.item, to: to.item, event, unit, used: none, made: none, counted: new Set() };
    this.edges.set(key, edge);
    return edge;
  }

  private node(item: string, { time }: Happening): Node {
    const known = this.nodes.get(item);
    if (known) {
      known.since = Math.min(known.since, time);
      return known;
    }
    const sums = { amounts: new Map(), min: 0n, max: 0n, greatestMin: 0n, gone: new Map() };
    const node: Node = { item, since: time, carrier: false, ...sums, parties: new Set(), places: new Set() };
    this.nodes.set(item, node);
    return node;
  }

  trace(world: World): Trace {
    const edges = [...this.edges.values()].sort((a, b) => a.event.time - b.event.time || a.event.seq - b.event.seq);
    const loops = inLoops(edges.filter(({ kind }) => kind === 'made'));
    const ways = waysFrom(this.roots, edges, this.forward);
    const { unit, total } = this;
    const lots = [...this.nodes.values()].map((node) => this.lot(node, world, loops, ways));
    return {
      direction: this.sweep.direction,
      roots: [...this.roots],
      ...(unit !== undefined && { total: { quantity: decimal(total), unit } }),
      lots: lots.sort((a, b) => a.depth - b.depth || a.since - b.since || (a.item < b.item ? -1 : 1)),
      edges: edges.map((edge) => this.told(edge)),
      handovers: this.handovers.sort((a, b) => a.time - b.time || a.seq - b.seq),
    };
  }

  private told({ kind, from, to, event, unit, used, made, pool }: Edge): TraceEdge {
    const until = pool === undefined ? undefined : this.leftAt.get(pool);
    return {
      kind,
      from,
      to,
      seq: event.seq,
      time: event.time,
      ...(until !== undefined && until >= event.time && { until }),
      party: event.party,
      ...(unit.from !== undefined && { used: span(used, unit.from) }),
      ...(unit.to !== undefined && { made: span(made, unit.to) }),
    };
  }

  private lot(node: Node, world: World, loops: ReadonlySet<string>, ways: ReadonlyMap<string, Way>): TracedLot {
    const { item } = node;
    const lot = world.get(item);
    const product = productOf(item);
    const way = ways.get(item);
    const rework = loops.has(item);
    const { unit, total } = this;
    const root = this.roots.has(item);
    const min = root ? total : lesser(total, rework ? node.greatestMin : node.min);
    const share =
      unit === undefined || node.carrier
        ? undefined
        : { min: decimal(min), max: decimal(root ? total : lesser(total, node.max)), unit };
    return {
      item,
      kind: lot?.kind ?? (kindOf(item) as Lot['kind']),
      ...(product && { product }),
      ...(lot?.producer !== undefined && { producer: lot.producer }),
      ...(root && { root }),
      ...(node.carrier && { carrier: true }),
      ...(rework && { rework: true }),
      depth: way?.depth ?? 0,
      ...(way?.via !== undefined && { via: way.via }),
      certain: root || node.min > 0n || [...node.amounts.values()].some(({ low }) => low > 0n),
      touched: [...node.amounts].flatMap(([of, amount]) =>
        of === undefined ? [] : [{ ...span(amount, of), ...allOf(lot, of) }],
      ),
      ...(share && { share }),
      now: this.now(item, lot),
      gone: [...node.gone.values()].flatMap((g) => (g.unit === '' ? [] : [{ ...span(g.amount, g.unit), how: g.how }])),
      parties: [...node.parties],
      places: [...node.places],
      since: node.since,
    };
  }

  private now(item: string, lot: Lot | undefined): TracedHand[] {
    return (lot?.holdings ?? []).flatMap((hand): TracedHand[] => {
      const { unit, quantity } = hand;
      const pool = this.flows.find(item, hand);
      if (pool === undefined) return [];
      if (!this.forward) return [hand];
      const root = this.sweep.isRoot(pool);
      const held = quantity === undefined ? one : fixed(quantity);
      const amount = root ? whole(held, false) : this.sweep.hands[pool]!;
      if (!touched(amount)) return this.nodes.get(item)?.carrier ? [hand] : [];
      return [
        {
          ...hand,
          ...(unit !== undefined && { suspect: span({ low: lesser(amount.low, held), high: lesser(amount.high, held) }, unit) }),
        },
      ];
    });
  }
}

const span = ({ low, high }: Pick<Amount, 'low' | 'high'>, unit: string): Span => ({
  min: decimal(low),
  max: decimal(high),
  unit,
});

function count(edge: Edge, side: 'used' | 'made', flow: number, amount: Amount): void {
  const key = `${side} ${flow}`;
  if (edge.counted.has(key)) return;
  edge.counted.add(key);
  edge[side] = together(edge[side], amount);
}

const allOf = (lot: Lot | undefined, unit: string): { of?: string } => {
  const totals = lot?.totals[unit];
  if (totals === undefined) return {};
  return lot?.began.how === 'made' ? { of: totals.made } : {};
};

function add(node: Node, unit: string | undefined, amount: Amount): void {
  node.amounts.set(unit, together(node.amounts.get(unit) ?? none, amount));
  node.min += amount.min;
  node.max += amount.max;
  if (amount.min > node.greatestMin) node.greatestMin = amount.min;
}

interface Way {
  readonly depth: number;
  readonly via?: string;
}

/** The shortest way to every lot from the roots, along the edges or against them. */
function waysFrom(roots: ReadonlySet<string>, edges: readonly Edge[], forward: boolean): Map<string, Way> {
  const next = new Map<string, string[]>();
  // What is in a suspect container is reached from it, whichever way goods go.
  const link = (a: string, b: string) => {
    const list = next.get(a);
    if (list) list.push(b);
    else next.set(a, [b]);
  };
  for (const { kind, from, to } of edges) {
    if (kind === 'packed' && roots.has(to)) link(to, from);
    else if (kind === 'packed') link(from, to);
    else if (forward) link(from, to);
    else link(to, from);
  }
  const ways = new Map<string, Way>([...roots].map((root) => [root, { depth: 0 }]));
  let step = [...roots];
  for (let depth = 1; step.length > 0; depth++) {
    const found: string[] = [];
    for (const item of step)
      for (const to of next.get(item) ?? []) {
        if (ways.has(to)) continue;
        ways.set(to, { depth, via: item });
        found.push(to);
      }
    step = found;
  }
  return ways;
}
