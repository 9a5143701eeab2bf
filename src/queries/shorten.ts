import type { Text } from '../domain/text.js';
import { merged, type Stop } from './stop.js';

/** About as many stops as are read on a phone (ui guide: more than eight are grouped). */
const enough = 8;

/** Daily care, told as one when the way is long: what was sprayed or medicated stays by itself. */
const care = new Set(['fertilise', 'irrigate', 'field-check', 'feed', 'vaccinate']);
const tending: Text = { zh: '照料', en: 'Tended' };

/** Fewer stops, one kind of grouping after the other until they are few enough. `stops` in order of time. */
export function shortened(stops: readonly Stop[]): Stop[] {
  let kept = [...stops];
  for (const step of [arrivals, tended, oneHouse]) if (kept.length > enough) kept = step(kept);
  return kept;
}

const placeOf = (stop: Stop | undefined) => stop?.places[0]?.zh;

/** A receipt is told by what came after it in the same place. */
const arrivals = (stops: readonly Stop[]): Stop[] =>
  stops.filter((stop, i) => {
    if (stop.key !== 'receive' && stop.key !== 'receiving') return true;
    const later = stops.slice(i + 1);
    return !later.some((next) => next.key === 'shelve' || (placeOf(next) !== undefined && placeOf(next) === placeOf(stop)));
  });

function tended(stops: readonly Stop[]): Stop[] {
  const kept: Stop[] = [];
  for (const stop of stops) {
    const before = kept.findIndex((other) => other.key === 'care' && other.item === stop.item);
    if (!care.has(stop.key)) kept.push(stop);
    else if (before >= 0) kept[before] = merged(kept[before] as Stop, stop);
    else kept.push({ ...stop, key: 'care', title: tending, icon: 'sun' });
  }
  return kept;
}

/** Steps of one house within two days are one stop: "cooled, graded, boxed". */
function oneHouse(stops: readonly Stop[]): Stop[] {
  const kept: Stop[] = [];
  for (const stop of stops) {
    const last = kept.at(-1);
    const together =
      last !== undefined &&
      last.stage === 'processing' &&
      stop.stage === 'processing' &&
      last.who?.zh === stop.who?.zh &&
      stop.at - (last.until ?? last.at) < 2 * 86_400_000 &&
      last.sensors.length + stop.sensors.length === 0;
    if (!together) {
      kept.push(stop);
      continue;
    }
    const title = last.title.zh.includes(stop.title.zh)
      ? last.title
      : { zh: `${last.title.zh}、${stop.title.zh}`, en: `${last.title.en}, ${stop.title.en.toLowerCase()}` };
    kept[kept.length - 1] = { ...merged(last, stop), title, count: 1, icon: 'plant' };
  }
  return kept;
}
