import { greater, lesser, one } from './fixed.js';

/**
 * What is known of the suspect part of a quantity, all in 10^-12 of a unit. `low` and `high`: how much of the quantity itself is
 * touched, at least and at most. `min` and `max`: how much of the suspect quantity (in its own unit) is in it. `slack`: by how much
 * the suspect quantity that went into it may be more than it is itself, through losses; undefined when the two are in different units.
 */
export interface Amount {
  readonly low: bigint;
  readonly high: bigint;
  readonly min: bigint;
  readonly max: bigint;
  readonly slack?: bigint;
}

export const none: Amount = { low: 0n, high: 0n, min: 0n, max: 0n, slack: 0n };

/** All of a quantity is suspect; `comparable`: it is counted in the unit of what was asked for. */
export const whole = (quantity: bigint, comparable: boolean): Amount => ({
  low: quantity,
  high: quantity,
  min: comparable ? quantity : 0n,
  max: quantity,
  ...(comparable && { slack: 0n }),
});

export const touched = ({ high }: Amount): boolean => high > 0n;

/** Two parts that come together in one hand. */
export function together(a: Amount, b: Amount): Amount {
  if (!touched(a)) return b;
  if (!touched(b)) return a;
  const slack = a.slack === undefined || b.slack === undefined ? {} : { slack: a.slack + b.slack };
  return { low: a.low + b.low, high: a.high + b.high, min: a.min + b.min, max: a.max + b.max, ...slack };
}

/** The most of the suspect quantity that `quantity` can take up. */
const room = (amount: Amount, quantity: bigint): bigint =>
  amount.slack === undefined ? amount.max : quantity <= 0n ? 0n : lesser(amount.max, quantity + amount.slack);

/** What is known of `part` taken out of `all`, when nobody recorded which part it was. */
export function partOf(amount: Amount, all: bigint, part: bigint): Amount {
  if (!touched(amount) || part <= 0n) return none;
  if (part >= all) return amount;
  const rest = all - part;
  const high = lesser(part, amount.high);
  return {
    low: lesser(part, greater(0n, amount.low - rest)),
    high,
    min: greater(0n, amount.min - room(amount, lesser(rest, amount.high))),
    max: room(amount, high),
    ...(amount.slack !== undefined && { slack: amount.slack }),
  };
}

/** Some, uncounted, of what is there. */
export const someOf = (amount: Amount, all: bigint): Amount =>
  touched(amount) ? { low: amount.low >= all ? one : 0n, high: one, min: 0n, max: amount.max } : none;

/** What is there after something uncounted came into it: any of it may be touched now. */
export const stirred = (into: Amount, all: bigint, from: Amount): Amount =>
  touched(from) ? { low: into.low, high: greater(all, one), min: into.min + from.min, max: into.max + from.max } : into;

/** What is left when some, uncounted, was taken of it: as much as before, or less. */
export const drained = (amount: Amount): Amount => ({ ...amount, min: 0n });

/** One side of a step: a quantity (one whole piece where it is not counted) and what is known of it. */
export interface Side {
  readonly quantity: bigint;
  readonly unit?: string;
  readonly amount: Amount;
}

/**
 * What a step makes of what went into it: nobody recorded what of the inputs is in which output, so any of each output may be touched.
 * What was lost on the way counts as being in an output, nobody knows which. `open`: there are other outputs or inputs of the same
 * run, before or after. Read backwards, outputs are the sources and inputs the targets; the arithmetic is the same.
 */
export function mixed(
  sources: readonly Side[],
  targets: readonly Omit<Side, 'amount'>[],
  unit: string | undefined,
  open: boolean,
): Amount[] {
  const all = sources.reduce((sum, { amount }) => together(sum, amount), none);
  if (!touched(all)) return targets.map(() => none);
  const [total, out] = [sources, targets].map((side) => side.reduce((sum, { quantity }) => sum + quantity, 0n)) as [
    bigint,
    bigint,
  ];
  const measure = sources[0]!.unit;
  const same = !open && measure !== undefined && [...sources, ...targets].every((side) => side.unit === measure);
  const lost = greater(0n, total - out);
  const slack = same && measure === unit && all.slack !== undefined ? all.slack + lost : undefined;
  const entirely = sources.every(({ amount, quantity }) => amount.low >= quantity);
  const alone = targets.length === 1 && !open;
  return targets.map(({ quantity }): Amount => {
    if (quantity <= 0n) return none;
    const others = out - quantity;
    const least = same ? lesser(quantity, greater(0n, all.low - others - lost)) : 0n;
    const room = slack === undefined ? all.max : lesser(all.max, quantity + slack);
    const elsewhere = slack === undefined ? all.max : others + slack * BigInt(targets.length - 1);
    return {
      low: entirely ? quantity : least,
      high: quantity,
      min: alone ? all.min : greater(0n, all.min - elsewhere),
      max: room,
      ...(slack !== undefined && { slack }),
    };
  });
}
