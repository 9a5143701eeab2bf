import type { Activity } from './activities.js';
import type { Mark } from './record.js';
import type { Text } from './text.js';

/** How long the law wants a value kept. */
export interface Kept {
  readonly law: Text;
  readonly article: Text;
  /** Start of the first day on which it may be erased, Unix milliseconds. */
  readonly from: number;
}

/** A value beside an event, as far as the law asks. */
export interface KeptValue {
  readonly mark: Mark;
  /** JSON Pointer of schemas/activities, `/source`. */
  readonly field: string;
  /** Name and stage of the activity; none of an event that another system captured. */
  readonly activity?: Pick<Activity, 'name' | 'stage'>;
  /** When it happened, Unix milliseconds. */
  readonly time: number;
  /** The lots are food, or nobody here can say that they are not. */
  readonly food: boolean;
  /** Last moment of the shelf life of every lot of the event, Unix milliseconds; none where one of them has no shelf life. */
  readonly expiry?: number;
}

interface Row {
  readonly law: Text;
  readonly article: Text;
  /** In force for what happened from this day on, and before that one (calendar days in China). */
  readonly since: string;
  readonly until?: string;
  readonly applies: (value: KeptValue) => boolean;
  /** Last moment of the period, Unix milliseconds. */
  readonly end: (value: KeptValue) => number;
}

const promise = 'issue-promise-certificate';
const twoYears = ({ time }: KeptValue): number => monthsAfter(time, 24);
const farm = ({ mark, activity }: KeptValue): boolean =>
  mark === 'confidential' && activity?.stage === 'farm' && activity.name !== promise;
const produceLaw: Text = { zh: '农产品质量安全法', en: 'Law on the Quality and Safety of Agricultural Products' };

/**
 * What the law wants kept, and how long; the row in force when it happened decides.
 *
 * Personal data: a law's own list of what a record must hold comes before an erasure (个人信息保护法 art. 47, second paragraph:
 * while a period set by law runs, data is stored and not used otherwise). Of what activities ask for, only the promise certificate
 * must name a person: who promises, and how to reach them. Who sprayed, drove or received stands in no such list, so that these
 * values are erased at any time. Confidential values (source of an input, recipe, price, number of a seal ...) are part of the
 * record that must be kept, and go when its period is over.
 */
const rows: readonly Row[] = [
  {
    law: { zh: `${produceLaw.zh}和承诺达标合格证的规定`, en: `${produceLaw.en}, and the rules on promise certificates` },
    article: { zh: '第三十九条（合格证至少保存六个月）', en: 'art. 39 (certificates are kept for at least six months)' },
    since: '2026-02-01',
    applies: ({ mark, field, activity }) =>
      activity?.name === promise && (mark === 'confidential' || field === '/promiser' || field === '/contact'),
    end: ({ time }) => monthsAfter(time, 6),
  },
  {
    law: { zh: `${produceLaw.zh}（2022 年修订）`, en: `${produceLaw.en} (2022)` },
    article: { zh: '第二十七条（农产品生产记录至少保存二年）', en: 'art. 27 (farm records are kept for at least two years)' },
    since: '2023-01-01',
    applies: farm,
    end: twoYears,
  },
  {
    law: { zh: `${produceLaw.zh}（2006 年）`, en: `${produceLaw.en} (2006)` },
    article: { zh: '第二十四条（农产品生产记录应当保存二年）', en: 'art. 24 (farm records are kept for two years)' },
    since: '2006-11-01',
    until: '2023-01-01',
    applies: farm,
    end: twoYears,
  },
  {
    law: { zh: '食品安全法', en: 'Food Safety Law' },
    article: {
      zh: '第四十二条、第五十条（保质期满后六个月；没有保质期的二年）',
      en: 'art. 42 and 50 (six months after the shelf life, two years where there is none)',
    },
    since: '2015-10-01',
    applies: ({ mark, activity, food }) =>
      mark === 'confidential' && food && activity?.stage !== 'farm' && activity?.stage !== 'construction',
    end: (value) => (value.expiry === undefined ? twoYears(value) : monthsAfter(value.expiry, 6)),
  },
];

/** The law that forbids to erase a value at `now` (Unix milliseconds), and from when on it may be; undefined when it may be now. */
export function keptBy(value: KeptValue, now: number): Kept | undefined {
  const day = dayOf(value.time);
  for (const { law, article, since, until, applies, end } of rows) {
    if (day < since || (until !== undefined && day >= until) || !applies(value)) continue;
    const from = Date.parse(`${dayOf(end(value))}T00:00:00+08:00`) + 86_400_000;
    if (now < from) return { law, article, from };
  }
  return undefined;
}

/** Calendar day in China. */
const dayOf = (time: number): string => new Date(time + 8 * 3_600_000).toISOString().slice(0, 10);

/** The same day of the month so many months on, or the last day of that month where it is shorter. */
function monthsAfter(time: number, months: number): number {
  const local = new Date(time + 8 * 3_600_000);
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() + months);
  const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  local.setUTCDate(Math.min(day, last));
  return local.getTime() - 8 * 3_600_000;
}
