import { Act, type Shortage, type World } from './act.js';
import { leave, make, move, receive, ship, use } from './goods.js';
import { aggregate } from './packing.js';
import type { Journal } from './journal.js';
import type { Item } from '../epcis/event.js';
import type { Happening } from '../lot.js';

/**
 * One event's effect on the lots that it names and on what is packed in them (model.md, "How class-level quantities move").
 * Never refuses: what is not there is answered as a shortage. Changes `world` by putting new lots into it; lots themselves are
 * values. A `journal` is told of every part that moves.
 */
export function apply(world: World, happening: Happening, journal?: Journal): Shortage[] {
  const act = new Act(world, happening, journal);
  journal?.begin(happening);
  switch (act.event.type) {
    case 'ObjectEvent':
      for (const item of act.items) object(act, item);
      break;
    case 'TransformationEvent':
      for (const item of act.items) if (item.role === 'input') use(act, item);
      for (const item of act.items) if (item.role === 'output') make(act, item);
      break;
    case 'AggregationEvent':
      aggregate(act);
      break;
    default:
      // Transaction and association events say what belongs together; they move no goods.
      for (const item of act.items) act.see(item);
  }
  for (const item of act.items) act.mark(item.uri);
  journal?.end();
  return act.shortages;
}

/** bizSteps (CBV 2.0 section 7.1) by which goods leave a hand for another one, and arrive in it. */
const shipping = new Set(['shipping', 'departing']);
const receiving = new Set(['receiving', 'accepting']);

function object(act: Act, item: Item): void {
  if (act.action === 'ADD') return make(act, item);
  if (act.action === 'DELETE') return leave(act, item);
  if (shipping.has(act.step)) return ship(act, item);
  if (receiving.has(act.step)) return receive(act, item);
  act.see(item);
  if (act.event.bizLocation) move(act, item);
}

/** Replays events in (event time, entry number) order into an empty world, up to and including `at`. */
export function replay(happenings: readonly Happening[], at = Infinity): { world: World; shortages: Shortage[] } {
  const world: World = new Map();
  const ordered = [...happenings].sort((a, b) => a.time - b.time || (a.order ?? a.seq) - (b.order ?? b.seq));
  const shortages = ordered.filter((h) => h.time <= at).flatMap((h) => apply(world, h));
  return { world, shortages };
}
