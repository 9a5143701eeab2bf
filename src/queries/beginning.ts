import type { Beginning } from './itemView.js';
import { itemsIn, type Told } from './trunk.js';
import { activityOf } from './words.js';

/** How a lot came to be: by which event, of whom, and what a consumer calls that day. */
export interface Begun {
  readonly what: Beginning;
  readonly at: number;
  /** The party that did it; none when the history begins in the middle, or several did. */
  readonly party?: string;
}

const firsts: Readonly<Record<string, Beginning>> = {
  harvest: 'harvested',
  collect: 'collected',
  catch: 'caught',
  slaughter: 'slaughtered',
  plant: 'planted',
  'stock-in': 'stocked',
  regroup: 'stocked',
  process: 'produced',
};
/** Steps that change the package and not what is in it: the day that counts is the one before. */
const through = new Set(['grade', 'pack', 'cool']);

/** The event that made a lot: the earliest by which it came out of something or was first entered. */
export const makingOf = (told: readonly Told[], item: string): Told | undefined =>
  told.find(
    ({ event, item: of, after }) =>
      of === item &&
      !after &&
      activityOf(event) !== 'feed' &&
      ((event.type === 'ObjectEvent' && event.action === 'ADD' && itemsIn(event).some(({ uri }) => uri === item)) ||
        (event.type === 'TransformationEvent' && itemsIn(event).some(({ uri, role }) => uri === item && role === 'output'))),
  );

/** The day a consumer asks for: harvest of what was only graded and boxed since, production of what was made. `told` in order of time. */
export function beginningOf(told: readonly Told[], item: string): Begun | undefined {
  const making = makingOf(told, item);
  if (making === undefined) {
    const first = told.find((one) => one.item === item);
    if (first === undefined) return undefined;
    return activityOf(first.event) === 'receive' ? { what: 'received', at: first.time } : { what: 'seen', at: first.time };
  }
  const activity = activityOf(making.event) ?? '';
  const inputs = making.event.type === 'TransformationEvent' ? itemsIn(making.event).filter(({ role }) => role === 'input') : [];
  if (through.has(activity) && inputs.length > 0) {
    const before = inputs.map(({ uri }) =>
      uri === item
        ? undefined
        : beginningOf(
            told.filter((one) => one.depth > making.depth || one.item !== item),
            uri,
          ),
    );
    const known = before.filter((each) => each !== undefined && each.what !== 'seen' && each.what !== 'received') as Begun[];
    const [one] = known;
    if (one && known.length === before.length && known.every(({ what }) => what === one.what)) {
      const party = known.every((each) => each.party === one.party) ? one.party : undefined;
      return { what: one.what, at: Math.min(...known.map(({ at }) => at)), ...(party && { party }) };
    }
  }
  return { what: firsts[activity] ?? 'produced', at: making.time, party: making.party };
}
