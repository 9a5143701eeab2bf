import type { Journal } from '../fold/journal.js';
import type { Happening, Holding, Totals } from '../lot.js';
import { fixed, one } from './fixed.js';

/** What one hand has of a lot, in one unit and one container: parts in it are told apart no further. */
export interface Pool {
  readonly item: string;
  readonly hand: Holding;
  /** Whether it is counted; else it is one thing, whole. */
  readonly counted: boolean;
  /** What is in it when all has happened, in 10^-12 of the unit; of what is not counted one piece. */
  quantity: bigint;
}

/** A part of a lot between two hands, or into and out of a step. */
export interface Flow {
  readonly item: string;
  readonly quantity?: bigint;
  readonly unit?: string;
  /** Where it began: in a hand, in a step, nowhere that is recorded, or beyond all that was counted. */
  readonly from: number | 'step' | 'nowhere' | 'uncounted';
}

/** A step that turns inputs into outputs; `run` names the transformationID that several events share. */
export interface Step {
  readonly event: Happening;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly run?: string;
}

/** One movement, in the order of what happened. */
export type Move =
  | {
      readonly kind: 'leave' | 'enter' | 'draw' | 'stir';
      readonly flow: number;
      readonly pool: number;
      readonly event: Happening;
    }
  | { readonly kind: 'gone'; readonly flow: number; readonly how: keyof Totals; readonly event: Happening }
  | ({ readonly kind: 'step' } & Step);

/** Keeps what a fold tells of every movement: what a trace goes through forwards or backwards. */
export class Flows implements Journal {
  readonly pools: Pool[] = [];
  readonly flows: Flow[] = [];
  readonly moves: Move[] = [];
  private readonly poolOf = new Map<string, number>();
  private event!: Happening;
  private inputs: number[] = [];
  private outputs: number[] = [];
  private entries: Move[] = [];

  begin(event: Happening): void {
    this.event = event;
    this.inputs = [];
    this.outputs = [];
    this.entries = [];
  }

  /** Inputs, then the step, then what came out of it into hands: a trace backwards meets them the other way round. */
  end(): void {
    const { event, inputs, outputs } = this;
    const body = event.event;
    const run = body.type === 'TransformationEvent' ? body.transformationID : undefined;
    if (inputs.length + outputs.length > 0)
      this.moves.push({ kind: 'step', event, inputs, outputs, ...(run !== undefined && { run }) });
    this.moves.push(...this.entries);
  }

  leave(item: string, part: Holding): number {
    const pool = this.pool(item, part);
    const of = this.pools[pool]!;
    of.quantity = part.quantity === undefined ? 0n : of.quantity - fixed(part.quantity);
    const flow = this.flow(item, part.quantity, part.unit, pool);
    this.moves.push({ kind: 'leave', flow, pool, event: this.event });
    return flow;
  }

  enter(item: string, part: Holding, flow = this.flow(item, part.quantity, part.unit, 'nowhere')): void {
    const pool = this.pool(item, part);
    const into = this.pools[pool]!;
    into.quantity = part.quantity === undefined ? one : into.quantity + fixed(part.quantity);
    const move: Move = { kind: 'enter', flow, pool, event: this.event };
    if (this.flows[flow]!.from === 'step') this.entries.push(move);
    else this.moves.push(move);
  }

  unseen(item: string, quantity: string, unit: string): number {
    return this.flow(item, quantity, unit, 'uncounted');
  }

  draw(item: string, hand: Holding): void {
    const pool = this.pool(item, hand);
    const flow = this.flow(item, undefined, undefined, pool);
    this.moves.push({ kind: 'draw', flow, pool, event: this.event });
    this.input(flow);
  }

  stir(item: string, hand: Holding, flow: number): void {
    this.entries.push({ kind: 'stir', flow, pool: this.pool(item, hand), event: this.event });
  }

  input(flow: number): void {
    this.inputs.push(flow);
  }

  output(item: string, quantity: string | undefined, unit: string | undefined): number {
    const flow = this.flow(item, quantity, unit, 'step');
    this.outputs.push(flow);
    return flow;
  }

  gone(flow: number, how: keyof Totals): void {
    this.moves.push({ kind: 'gone', flow, how, event: this.event });
  }

  /** The number of a hand, if anything was ever in it. */
  find(item: string, hand: Holding): number | undefined {
    return this.poolOf.get(nameOf(item, hand));
  }

  private pool(item: string, hand: Holding): number {
    const name = nameOf(item, hand);
    const known = this.poolOf.get(name);
    if (known !== undefined) return known;
    const { quantity, flow: _, ...where } = hand;
    const made = this.pools.push({ item, hand: where, counted: quantity !== undefined, quantity: 0n }) - 1;
    this.poolOf.set(name, made);
    return made;
  }

  private flow(item: string, quantity: string | undefined, unit: string | undefined, from: Flow['from']): number {
    const size = quantity === undefined ? {} : { quantity: fixed(quantity) };
    return this.flows.push({ item, ...size, ...(unit !== undefined && { unit }), from }) - 1;
  }
}

/** The same for the same hand (holdings.ts, `sameHand`). */
const nameOf = (item: string, { party, place, unit, in: box, transit }: Holding): string =>
  [item, party, place, unit, box, ...(transit ? [transit.to ?? '-', transit.place, transit.since, transit.carrier] : [])].join(
    '\n',
  );
