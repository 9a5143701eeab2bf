/** Where choices come from: a seeded generator in the long run, fast-check in the suite. */
export interface Chance {
  /** A whole number from 0 to `below` - 1. */
  int(below: number): number;
}

export const pick = <T>(chance: Chance, list: readonly T[]): T => list[chance.int(list.length)] as T;
/** True `times` in a hundred. */
export const often = (chance: Chance, times: number): boolean => chance.int(100) < times;

/** The same numbers for the same seed (mulberry32). */
export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  return {
    int: (below) => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
    },
  };
}
