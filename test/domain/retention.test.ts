import { expect } from 'chai';
import { keptBy, type KeptValue } from '../../src/domain/retention.js';

const china = (time: string): number => Date.parse(`${time}+08:00`);
const farm = { name: 'apply-input', stage: 'farm' } as const;
const value = (more: Partial<KeptValue>): KeptValue => ({
  mark: 'confidential',
  field: '/source',
  activity: farm,
  time: china('2026-10-18T07:40'),
  food: true,
  ...more,
});
const from = (given: KeptValue, now: number): string | undefined => {
  const kept = keptBy(given, now);
  return kept && new Date(kept.from + 8 * 3_600_000).toISOString().slice(0, 10);
};

describe('what the law wants kept', () => {
  const now = china('2026-11-23T12:00');

  it('keeps farm records two years, to the day, and names the law in force when it happened', () => {
    expect(from(value({}), now)).to.equal('2028-10-19');
    expect(from(value({}), china('2028-10-18T23:59'))).to.equal('2028-10-19');
    expect(from(value({}), china('2028-10-19T00:00'))).to.equal(undefined);
    expect(keptBy(value({}), now)?.article.en).to.match(/^art\. 27 /);
    const old = value({ time: china('2022-12-31T23:59') });
    expect(keptBy(old, china('2024-01-01T00:00'))?.article.zh).to.match(/^第二十四条/);
    expect(from(value({ time: china('2024-02-29T10:00') }), china('2025-01-01T00:00'))).to.equal('2026-03-01');
  });

  it('lets personal values go at any time, but for who promises and how to reach them', () => {
    expect(keptBy(value({ mark: 'personal', field: '/operator' }), now)).to.equal(undefined);
    const activity = { name: 'issue-promise-certificate', stage: 'farm' } as const;
    for (const field of ['/promiser', '/contact']) {
      const promise = value({ mark: 'personal', field, activity, time: china('2026-08-31T09:00') });
      expect(from(promise, now)).to.equal('2027-03-01');
      expect(from(promise, china('2027-03-01T00:00'))).to.equal(undefined);
    }
    expect(from(value({ field: '/note', activity }), now)).to.equal('2027-04-19');
    expect(keptBy(value({ mark: 'personal', field: '/contact', activity, time: china('2026-01-31T09:00') }), now)).to.equal(
      undefined,
    );
  });

  it('keeps what is said of food until six months after its shelf life, else two years', () => {
    const process = { name: 'process', stage: 'processing' } as const;
    const food = value({ activity: process, field: '/recipe' });
    expect(from(food, now)).to.equal('2028-10-19');
    expect(from({ ...food, expiry: china('2026-12-31T23:59') }, now)).to.equal('2027-07-01');
    expect(from({ ...food, expiry: china('2026-05-01T23:59') }, now)).to.equal(undefined);
    expect(keptBy({ ...food, food: false }, now)).to.equal(undefined);
    // What another system captured has no stage: taken for food.
    const { activity: _, ...foreign } = food;
    expect(from(foreign, now)).to.equal('2028-10-19');
  });
});
