import { parseTime } from './epcis/time.js';
import type { EpcisEvent } from './epcis/event.js';
import { cbvWord } from './lot.js';

/** Temperatures in degrees Celsius over time (Unix milliseconds), as they were read: nothing is filled in between. */
export interface Series {
  readonly from: number;
  readonly to: number;
  /** `null` marks a gap: nothing was measured for much longer than usual. */
  readonly points: readonly (readonly [time: number, value: number | null])[];
  readonly min: number;
  readonly max: number;
  /** The product's range, where it has one. */
  readonly low?: number;
  readonly high?: number;
  /** Whole minutes outside the range; what happened in a gap is not counted, since nobody knows. */
  readonly outside: number;
  /** Whole minutes without any measurement. */
  readonly gap: number;
  /** Usual minutes between two measurements; 0 for a single one. */
  readonly every: number;
}

const minute = 60_000;

/** Readings of temperature in the sensor elements of events, in order of time; the unit is turned into degrees Celsius. */
export function temperatures(events: readonly EpcisEvent[]): [number, number][] {
  const found: [number, number][] = [];
  for (const event of events) {
    for (const { sensorMetadata, sensorReport } of event.sensorElementList ?? []) {
      for (const report of sensorReport) {
        if (!/^(?:gs1:)?Temperature$/i.test(cbvWord(report.type) ?? '')) continue;
        const celsius = inCelsius(report.value ?? report.meanValue, report.uom);
        const time = parseTime(report.time ?? sensorMetadata?.time ?? sensorMetadata?.endTime ?? event.eventTime);
        if (celsius !== undefined && time !== undefined) found.push([time, celsius]);
      }
    }
  }
  return found.sort((a, b) => a[0] - b[0]);
}

function inCelsius(value: number | undefined, unit: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (unit === 'FAH') return (value - 32) / 1.8;
  if (unit === 'KEL') return value - 273.15;
  return unit === undefined || unit === 'CEL' ? value : undefined;
}

/** A series of readings against a range; undefined without readings. `most` limits the points, keeping every extreme in sight. */
export function seriesOf(
  readings: readonly (readonly [number, number])[],
  range: { min?: number; max?: number } = {},
  most = 120,
): Series | undefined {
  const first = readings[0];
  const last = readings.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const steps = readings.slice(1).map(([time], i) => time - (readings[i]?.[0] ?? time));
  const usual = steps.length === 0 ? 0 : (steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0);
  const isGap = (step: number) => step > Math.max(2.5 * usual, 10 * minute) && readings.length > 2;
  const out = (value: number) => (range.min !== undefined && value < range.min) || (range.max !== undefined && value > range.max);

  let outside = 0;
  let gap = 0;
  const points: [number, number | null][] = [];
  readings.forEach(([time, value], i) => {
    const step = steps[i];
    points.push([time, value]);
    if (step === undefined) return;
    if (isGap(step)) {
      gap += step;
      points.push([time + step / 2, null]);
    } else if (out(value)) outside += step;
  });
  const values = readings.map(([, value]) => value);
  return {
    from: first[0],
    to: last[0],
    points: thinned(points, most),
    min: values.reduce((a, b) => Math.min(a, b)),
    max: values.reduce((a, b) => Math.max(a, b)),
    ...(range.min !== undefined && { low: range.min }),
    ...(range.max !== undefined && { high: range.max }),
    outside: Math.round(outside / minute),
    gap: Math.round(gap / minute),
    every: Math.round(usual / minute),
  };
}

type Points = [number, number | null][];

/** Of each bucket its lowest and highest reading, and every gap. */
function thinned(points: Points, most: number): Points {
  if (points.length <= most) return points;
  const size = Math.ceil((points.length * 2) / most);
  const kept: Points = [];
  for (let i = 0; i < points.length; i += size) {
    const bucket = points.slice(i, i + size);
    const measured = bucket.filter((point): point is [number, number] => point[1] !== null);
    const low = measured.reduce<[number, number] | undefined>((a, b) => (a === undefined || b[1] < a[1] ? b : a), undefined);
    const high = measured.reduce<[number, number] | undefined>((a, b) => (a === undefined || b[1] > a[1] ? b : a), undefined);
    const gaps = bucket.filter(([, value]) => value === null);
    kept.push(...[...new Set([low, high, ...gaps])].filter((point) => point !== undefined));
  }
  const ends = [points[0], points.at(-1)].filter((point) => point !== undefined);
  return [...new Set([...ends, ...kept])].sort((a, b) => a[0] - b[0]);
}
