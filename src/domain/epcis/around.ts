import type { Fault } from '../text.js';
import type { Prefixes } from './context.js';
import { below, fault, quoted } from './faults.js';
import { parseTime } from './time.js';

/** Events before this are mistakes of a clock; EPCIS itself is younger. */
const earliest = Date.UTC(1970, 0, 1);

/** What checks of single members need beside the value. */
export interface Around {
  readonly prefixes: Prefixes;
  /** No time may lie behind this one, Unix milliseconds. */
  readonly latest: number;
}

/** The faults of every element of a list. */
export const each = <T>(list: readonly T[], pointer: string, check: (value: T, pointer: string) => Fault[]): Fault[] =>
  list.flatMap((value, i) => check(value, below(pointer, i)));

export function timeFaults(text: string, pointer: string, { latest }: Around): Fault[] {
  const time = parseTime(text);
  if (time === undefined) return [fault(pointer, `${quoted(text)} 不是存在的时间`, `${quoted(text)} is not a time that exists`)];
  if (time < earliest) return [fault(pointer, '时间早于 1970 年', 'lies before 1970')];
  return time > latest ? [fault(pointer, '时间在将来', 'lies in the future')] : [];
}
