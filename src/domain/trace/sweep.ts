import type { Happening, Totals } from '../lot.js';
import { drained, mixed, none, partOf, someOf, stirred, together, touched, whole, type Amount, type Side } from './amount.js';
import { one } from './fixed.js';
import type { Flows, Move, Step } from './flows.js';

export type Direction = 'back' | 'forward';

/** What a sweep tells as it goes: every movement of something touched. */
export interface Told {
  /** A part came into a hand, touched or not; and a part left one. */
  entered(pool: number, flow: number, amount: Amount, event: Happening): void;
  left(pool: number, event: Happening): void;
  gone(flow: number, how: keyof Totals, amount: Amount, event: Happening): void;
  /** Of a step the sides that the trace comes from and goes to, with what is known of each. */
  stepped(from: readonly [number, Amount][], to: readonly [number, Amount][], event: Happening): void;
}

interface Run {
  readonly met: [flow: number, side: Side][];
  sources: number;
  targets: number;
}

/**
 * Goes through all movements, forwards in time from what is suspect, or backwards from it, and works out of every hand how much of
 * what is in it is touched. One pass, in the order of the movements.
 */
export class Sweep {
  readonly hands: Amount[];
  /** Of every hand what is in it at this point of the sweep. */
  readonly held: bigint[];
  readonly parts: Amount[];
  /** Lots of which something touched was in a hand, and the most of the suspect quantity that was in one. */
  private readonly met = new Set<string>();
  private most = 0n;
  private readonly runs = new Map<string, Run>();

  /** `roots`: what is suspect, whole; of a container also all that was in it. `unit`: in which the suspect quantity is counted, if it is. */
  constructor(
    private readonly flows: Flows,
    private readonly roots: ReadonlySet<string>,
    readonly direction: Direction,
    private readonly unit: string | undefined,
  ) {
    this.hands = flows.pools.map(() => none);
    this.held = flows.pools.map(({ quantity }) => (direction === 'forward' ? 0n : quantity));
    this.parts = flows.flows.map(() => none);
    for (const move of flows.moves) if (move.kind === 'step' && move.run !== undefined) this.count(move);
  }

  isRoot(pool: number): boolean {
    const { item, hand } = this.flows.pools[pool]!;
    return this.roots.has(item) || (hand.in !== undefined && this.roots.has(hand.in));
  }

  run(told: Told): void {
    const { moves } = this.flows;
    if (this.direction === 'forward') for (const move of moves) this.step(move, told);
    else for (let i = moves.length - 1; i >= 0; i--) this.step(moves[i]!, told);
  }

  private step(move: Move, told: Told): void {
    const forward = this.direction === 'forward';
    switch (move.kind) {
      case 'step':
        return this.mix(move, told);
      case 'gone':
        if (forward && touched(this.parts[move.flow]!)) told.gone(move.flow, move.how, this.parts[move.flow]!, move.event);
        return;
      case 'leave':
        if (forward) this.out(move.pool, move.flow);
        else this.into(move.pool, move.flow);
        told.left(move.pool, move.event);
        return;
      case 'enter':
        if (forward) {
          this.begun(move.flow);
          this.into(move.pool, move.flow);
        } else this.out(move.pool, move.flow);
        told.entered(move.pool, move.flow, this.isRoot(move.pool) ? this.all(move.flow) : this.parts[move.flow]!, move.event);
        return;
      case 'draw':
        if (forward) this.some(move.pool, move.flow);
        else this.stir(move.pool, move.flow);
        return;
      case 'stir':
        if (forward) this.stir(move.pool, move.flow);
        else this.some(move.pool, move.flow);
    }
  }

  /** What begins here is suspect when it is of the lot itself; what was never counted may be, once the lot was touched. */
  private begun(flow: number): void {
    const { item, from, quantity = one } = this.flows.flows[flow]!;
    if (typeof from === 'number' || from === 'step') return;
    if (this.roots.has(item)) this.parts[flow] = this.all(flow);
    else if (from === 'uncounted' && this.met.has(item)) this.parts[flow] = { low: 0n, high: quantity, min: 0n, max: this.most };
  }

  private into(pool: number, flow: number): void {
    const { quantity } = this.flows.flows[flow]!;
    const part = this.parts[flow]!;
    if (!this.isRoot(pool)) this.hands[pool] = together(this.hands[pool]!, part);
    this.held[pool] = quantity === undefined ? one : this.held[pool]! + quantity;
    if (!touched(part)) return;
    this.met.add(this.flows.pools[pool]!.item);
    if (part.max > this.most) this.most = part.max;
  }

  private out(pool: number, flow: number): void {
    const { quantity } = this.flows.flows[flow]!;
    const [hand, held] = [this.hands[pool]!, this.held[pool]!];
    const rest = quantity === undefined ? 0n : held - quantity;
    this.parts[flow] = this.isRoot(pool) ? this.all(flow) : quantity === undefined ? hand : partOf(hand, held, quantity);
    this.hands[pool] = quantity === undefined ? none : partOf(hand, held, rest);
    this.held[pool] = rest;
  }

  private some(pool: number, flow: number): void {
    const held = this.size(pool);
    if (this.isRoot(pool)) {
      this.parts[flow] = someOf(whole(held, this.flows.pools[pool]!.hand.unit === this.unit), held);
      return;
    }
    this.parts[flow] = someOf(this.hands[pool]!, held);
    this.hands[pool] = drained(this.hands[pool]!);
  }

  private stir(pool: number, flow: number): void {
    if (this.isRoot(pool)) return;
    this.hands[pool] = stirred(this.hands[pool]!, this.size(pool), this.parts[flow]!);
    if (touched(this.parts[flow]!)) this.met.add(this.flows.pools[pool]!.item);
  }

  private size(pool: number): bigint {
    return this.flows.pools[pool]!.counted ? this.held[pool]! : one;
  }

  private mix(step: Step, told: Told): void {
    const forward = this.direction === 'forward';
    const [from, to] = forward ? [step.inputs, step.outputs] : [step.outputs, step.inputs];
    const run = step.run === undefined ? undefined : this.runs.get(step.run);
    const met = run?.met ?? [];
    for (const flow of from) met.push([flow, { ...this.side(flow), amount: this.parts[flow]! }]);
    const open = run !== undefined && (run.targets !== to.length || run.sources !== met.length);
    const sides = to.map((flow) => this.side(flow));
    const made = mixed(
      met.map(([, side]) => side),
      sides,
      this.unit,
      open,
    );
    to.forEach((flow, i) => (this.parts[flow] = made[i]!));
    const known = met.flatMap(([flow, { amount }]): [number, Amount][] => (touched(amount) ? [[flow, amount]] : []));
    if (known.length > 0)
      told.stepped(
        known,
        to.map((flow, i): [number, Amount] => [flow, made[i]!]).filter(([, a]) => touched(a)),
        step.event,
      );
  }

  private side(flow: number): Omit<Side, 'amount'> {
    const { quantity = one, unit } = this.flows.flows[flow]!;
    return { quantity, ...(unit !== undefined && { unit }) };
  }

  /** How many inputs and outputs a run over several events has in all: only then is one known to be the last. */
  private count({ run, inputs, outputs }: Step): void {
    const [sources, targets] = this.direction === 'forward' ? [inputs, outputs] : [outputs, inputs];
    const known = this.runs.get(run!) ?? { met: [], sources: 0, targets: 0 };
    known.sources += sources.length;
    known.targets += targets.length;
    this.runs.set(run!, known);
  }

  /** The whole of a part, as of what is suspect itself. */
  all(flow: number): Amount {
    const { quantity = one, unit } = this.flows.flows[flow]!;
    return whole(quantity, unit !== undefined && unit === this.unit);
  }
}
