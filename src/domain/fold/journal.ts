import type { Happening, Holding, Totals } from '../lot.js';

/**
 * What a fold tells of every part of a lot that moves (domain/trace/flows.ts keeps it). A part between two hands is a flow, by its
 * number: it leaves a hand or begins, and enters a hand, goes into a step, or is gone.
 */
export interface Journal {
  begin(happening: Happening): void;
  end(): void;
  /** A part leaves a hand: `part` is the hand with the quantity taken. */
  leave(item: string, part: Holding): number;
  /** A part enters a hand; without a flow it begins here (first registration, bought from outside). */
  enter(item: string, part: Holding, flow?: number): void;
  /** More was taken than was ever counted: this much nobody knows. */
  unseen(item: string, quantity: string, unit: string): number;
  /** Some, uncounted, of what a hand has goes into the step; the hand keeps all of it. */
  draw(item: string, hand: Holding): void;
  /** What comes out of the step is taken up, uncounted, by what a hand has (feed by a herd). */
  stir(item: string, hand: Holding, flow: number): void;
  input(flow: number): void;
  output(item: string, quantity: string | undefined, unit: string | undefined): number;
  gone(flow: number, how: keyof Totals): void;
}
