import { randomInt } from 'node:crypto';

/** Letters and digits that nobody mistakes for one another, on paper or by telephone. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A random password of about 79 bits in groups of four: `k7mp-2xqd-9wfa-hjt3`. */
export function randomPassword(draw: (below: number) => number = (below) => randomInt(below)): string {
  const group = () => Array.from({ length: 4 }, () => letters[draw(letters.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
