import type { Text } from '../domain/text.js';
import type { Told } from './trunk.js';

/** A stop before its words are put together. */
export interface Stop {
  readonly item: string;
  readonly key: string;
  readonly stage: string;
  readonly title: Text;
  readonly icon: string;
  readonly at: number;
  readonly until?: number;
  readonly count: number;
  readonly seq: number;
  readonly of?: Text;
  readonly who?: Text;
  readonly places: readonly Text[];
  readonly sensors: readonly Told[];
}

/** Two stops told as one: from the first to the last of them, every place named once. */
export function merged(a: Stop, b: Stop): Stop {
  const places = [...a.places, ...b.places.filter((place) => !a.places.some(({ zh }) => zh === place.zh))];
  const { who, ...rest } = a;
  const until = Math.max(a.until ?? a.at, b.until ?? b.at);
  return {
    ...rest,
    count: a.count + b.count,
    until,
    places,
    sensors: [...a.sensors, ...b.sensors],
    ...(who && who.zh === b.who?.zh && { who }),
  };
}
