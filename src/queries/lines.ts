import { productOf } from '../domain/lot.js';
import { makingOf } from './beginning.js';
import { itemsIn, type Told, type Trunk } from './trunk.js';
import { activityOf } from './words.js';

/**
 * What a lot came from, told apart as people tell it: `main` is the thing itself on its way (the crop, the harvest, the box; the
 * mash in the vat); a raw material is what a maker took in beside others; what was only fed or used up on the way is neither.
 */
export interface Lines {
  readonly main: ReadonlySet<string>;
  /** The lots that a maker took in: each stands for all that it came from. */
  readonly materials: readonly string[];
}

export function linesOf({ told, sources }: Pick<Trunk, 'told' | 'sources'>, root: string): Lines {
  const main = new Set([root]);
  const materials: string[] = [];
  const bySeq = new Map(told.map((one) => [one.seq, one]));
  // Sources stand in the map from the lot asked for backwards, so that what one went into was looked at before.
  for (const [item, { into, by }] of sources) {
    if (!main.has(into)) continue;
    const step = by === undefined ? undefined : bySeq.get(by);
    if (step !== undefined && activityOf(step.event) === 'feed') continue;
    if (step === undefined || kindsIn(step) === 1 || madeBySame(told, item, step)) main.add(item);
    else materials.push(item);
  }
  return { main, materials };
}

/** Of how many products the inputs of a step (or the contents of a box) are. */
const kindsIn = ({ event }: Told): number =>
  new Set(
    itemsIn(event)
      .filter(({ role }) => role === 'input' || role === 'child')
      .map(({ uri }) => productOf(uri) ?? uri),
  ).size;

const madeBySame = (told: readonly Told[], item: string, step: Told): boolean => {
  const making = makingOf(told, item);
  return making !== undefined && making.party === step.party && making.event.type === 'TransformationEvent';
};
