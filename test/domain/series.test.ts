import { expect } from 'chai';
import fc from 'fast-check';
import type { EpcisEvent } from '../../src/domain/epcis/event.js';
import { seriesOf, temperatures } from '../../src/domain/series.js';

const minute = 60_000;
const every = (minutes: number, values: (number | null)[]): [number, number][] =>
  values.flatMap((value, i): [number, number][] => (value === null ? [] : [[i * minutes * minute, value]]));

describe('a series of temperatures', () => {
  it('says its extremes, how often it was read, and how long it was outside', () => {
    expect(seriesOf(every(10, [1, 2, 4.6, 5, 3, 2]), { min: 0, max: 4 })).to.deep.include({
      min: 1,
      max: 5,
      every: 10,
      outside: 20,
      gap: 0,
      low: 0,
      high: 4,
    });
    expect(seriesOf(every(10, [1, -1, 1]), { min: 0 })).to.deep.include({ outside: 10 });
    expect(seriesOf([], {})).to.equal(undefined);
    expect(seriesOf([[5, 3]])).to.deep.include({ from: 5, to: 5, every: 0, outside: 0, gap: 0 });
  });

  it('shows a gap as a gap and does not count what nobody measured', () => {
    const series = seriesOf(every(10, [1, 2, 9, null, null, null, null, 2, 2, 2]), { max: 4 });
    expect(series).to.deep.include({ gap: 50, outside: 0 });
    expect(series?.points.filter(([, value]) => value === null)).to.have.length(1);
  });

  it('keeps the extremes, the ends and the gaps when it is drawn with fewer points', () => {
    const value = fc.double({ min: -30, max: 60, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 200, maxLength: 900 }), (values) => {
        const readings = every(10, values);
        const series = seriesOf(readings, {}, 60);
        const drawn = (series?.points ?? []).map(([, v]) => v);
        return (
          drawn.length <= 66 &&
          drawn.includes(series?.min ?? NaN) &&
          drawn.includes(series?.max ?? NaN) &&
          series?.points[0]?.[0] === 0
        );
      }),
      { numRuns: 50 },
    );
  });

  it('is read from sensor reports in any unit of temperature, in order of time', () => {
    const report = (value: number, uom: string, time: string, type = 'Temperature') => ({ type, value, uom, time });
    const event = {
      type: 'ObjectEvent',
      action: 'OBSERVE',
      eventTime: '2026-01-01T00:00:00Z',
      eventTimeZoneOffset: '+00:00',
      sensorElementList: [
        {
          sensorReport: [
            report(50, 'FAH', '2026-01-01T00:20:00Z'),
            report(2, 'CEL', '2026-01-01T00:10:00Z'),
            report(60, 'P1', '2026-01-01T00:10:00Z', 'RelativeHumidity'),
            report(274.15, 'KEL', '2026-01-01T00:30:00Z', 'gs1:Temperature'),
          ],
        },
      ],
    } as unknown as EpcisEvent;
    expect(temperatures([event]).map(([, value]) => Math.round(value * 100) / 100)).to.deep.equal([2, 10, 1]);
  });
});
