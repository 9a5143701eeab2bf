import type { Text } from '../domain/text.js';
import { day } from '../pages/format.js';
import type { JournalEntry } from '../queries/journal.js';

const dayMs = 86_400_000;

/** Midnight in the country's time before an instant, Unix milliseconds. */
export const startOfDay = (at: number): number => Date.parse(`${day(at)}T00:00:00+08:00`);

/** The first day after `days` whole days from the day of an instant (rules.md, "pre-harvest interval"). */
export const daysAfter = (at: number, days: number): number => startOfDay(at) + days * dayMs;

export interface Waiting {
  readonly name: Text;
  /** Unix milliseconds of the first day on which it may be harvested. */
  readonly from: number;
}

/** Crops whose spraying still asks to wait, by lot: the fields `interval` (days) of recent entries. */
export const waitingOf = (recent: readonly JournalEntry[], now: number): Map<string, Waiting> => {
  const waiting = new Map<string, Waiting>();
  for (const { event, lots, time, correction, corrected } of recent) {
    if (correction || corrected) continue;
    const interval = (event as unknown as Record<string, unknown>)['suyuan:interval'];
    if (typeof interval !== 'number') continue;
    const from = daysAfter(time, interval);
    for (const { item, product, number } of lots) {
      const called = (lang: keyof Text): string => [product?.[lang], number[lang]].filter((part) => part !== undefined).join(' ');
      if (from > now && from > (waiting.get(item)?.from ?? 0))
        waiting.set(item, { name: { zh: called('zh'), en: called('en') }, from });
    }
  }
  return waiting;
};
