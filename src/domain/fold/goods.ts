import type { Item } from '../epcis/event.js';
import { sum } from '../holdings.js';
import type { Holding, Totals } from '../lot.js';
import type { Act, Taking } from './act.js';
import { locationOf, partyOf } from './ends.js';

/** What object and transformation events do to goods: make, use, let go, ship, receive, move. */

const endings: Readonly<Record<string, keyof Totals>> = {
  retail_selling: 'sold',
  selling: 'sold',
  destroying: 'lost',
  consuming: 'used',
};

export function make(act: Act, item: Item): void {
  const known = act.world.get(item.uri);
  let lot = known ?? act.begin(item, 'made');
  const part = act.part(item, lot);
  // A lot that lives already and comes out of a step uncounted took the inputs up (feed): nothing is added to it.
  const lives = known !== undefined && !known.ended && part.quantity === undefined && known.holdings.some(act.mine);
  const flow = act.event.type === 'TransformationEvent' ? act.journal?.output(item.uri, part.quantity, part.unit) : undefined;
  const hand = { party: act.party, ...(act.place && { place: act.place }), ...part, ...(flow !== undefined && { flow }) };
  if (!lives) lot = act.give(lot, hand);
  else if (flow !== undefined) act.journal?.stir(lot.item, known.holdings.find(act.mine)!, flow);
  if (part.quantity !== undefined && part.unit) lot = sum(lot, 'made', part.unit, part.quantity);
  if (act.event['suyuan:growing'] === true) lot = { ...lot, growing: true };
  const { ended: _, ...alive } = lot;
  act.world.set(item.uri, known ? alive : lot);
}

export function leave(act: Act, item: Item): void {
  const bucket = endings[act.step] ?? 'lost';
  const lot = act.see(item);
  if (lot.growing && act.event['suyuan:end'] === true) return void act.world.set(lot.item, act.end(lot, 'ended'));
  const taken = gone(act, act.takeFrom(lot, item, act.mine), bucket);
  // What is packed in it goes with it, and goes first: a container that ended has no contents.
  if (taken.parts.length > 0)
    act.inside(item.uri, (content, packed) => act.seal(act.count(gone(act, act.take(content, packed), bucket), bucket), bucket));
  act.seal(act.count(taken, bucket), bucket);
}

function gone(act: Act, taken: Taking, bucket: keyof Totals): Taking {
  for (const { flow } of taken.parts) if (flow !== undefined) act.journal?.gone(flow, bucket);
  return taken;
}

function put(act: Act, taken: Taking): Taking {
  for (const { flow } of taken.parts) if (flow !== undefined) act.journal?.input(flow);
  return taken;
}

export function use(act: Act, item: Item): void {
  const lot = act.see(item);
  if (lot.growing) {
    // What comes from a crop or a herd is some of it, uncounted: the rest goes on living, or is ended.
    const counted = item.quantity !== undefined && lot.holdings.some((h) => h.quantity !== undefined);
    if (!counted || act.event['suyuan:end'] === true)
      for (const hand of lot.holdings.filter(act.mine)) act.journal?.draw(lot.item, hand);
    if (act.event['suyuan:end'] === true) act.world.set(lot.item, act.end(lot, 'ended'));
    else if (counted) act.world.set(lot.item, act.count(put(act, act.takeFrom(lot, item, act.mine)), 'used'));
    return;
  }
  const taken = act.takeFrom(lot, item, act.mine);
  // A pallet that goes into a step goes in with what is packed in it, and that alone is in what comes out.
  if (lot.contents.length === 0) put(act, taken);
  if (taken.parts.length > 0)
    act.inside(item.uri, (content, packed) => act.seal(act.count(put(act, act.take(content, packed)), 'used'), 'used'));
  act.seal(act.count(taken, 'used'), 'used');
}

export function ship(act: Act, item: Item): void {
  const to = partyOf(act.event, 'destination');
  const place = locationOf(act.event, 'destination');
  const carrier = act.event['suyuan:carrier'];
  const transit = {
    ...(to && { to }),
    ...(place && { place }),
    ...(typeof carrier === 'string' && { carrier }),
    since: act.at.time,
  };
  const send = (taken: Taking): void => {
    const sent = taken.parts.reduce((lot, part) => act.give(lot, { ...part, transit }), taken.lot);
    act.world.set(sent.item, act.count({ lot: sent, parts: taken.parts }, 'shipped'));
  };
  const taken = act.takeFrom(act.see(item), item, act.mine);
  send(taken);
  if (taken.parts.length > 0) act.inside(item.uri, (lot, packed) => send(act.take(lot, packed)));
}

export function receive(act: Act, item: Item): void {
  const known = act.world.get(item.uri);
  if (!known) {
    // Bought from outside: the supplier and the document stand in the event (model.md, "Activities").
    const begun = act.begin(item, act.event['suyuan:activity'] === 'receive' ? 'received' : 'seen');
    return arrive(act, { lot: begun, parts: [outside(act, item, begun)] });
  }
  const coming = (h: Holding): boolean =>
    h.transit !== undefined && (h.transit.to === undefined || h.transit.to === act.party || h.party === act.party);
  const inOneHand = known.kind === 'instance' || known.kind === 'unit';
  if (!inOneHand && !known.holdings.some(coming)) {
    // More of what came from outside before; of a lot made here there is nothing to receive.
    if (known.began.how !== 'made') arrive(act, { lot: known, parts: [outside(act, item, known)] });
    return;
  }
  arrive(act, act.takeFrom(known, item, inOneHand ? () => true : coming));
  act.inside(item.uri, (lot, packed) => arrive(act, act.take(lot, packed)));
}

const outside = (act: Act, item: Item, lot: Taking['lot']): Holding => ({ party: act.party, ...act.part(item, lot) });

function arrive(act: Act, taken: Taking): void {
  const here = { party: act.party, ...(act.place && { place: act.place }) };
  const lot = taken.parts.reduce((to, { transit: _, place: __, ...part }) => act.give(to, { ...part, ...here }), taken.lot);
  act.world.set(lot.item, act.count({ lot, parts: taken.parts }, 'received'));
}

/** bizLocation says where things are after the event (EPCIS 2.0 section 7.4.1): they go there. */
export function move(act: Act, item: Item): void {
  const lot = act.world.get(item.uri);
  if (!lot || !act.place) return;
  const { quantity, unit } = act.part(item, lot);
  const place = act.place;
  const shift = (taken: Taking): void => {
    act.world.set(
      taken.lot.item,
      taken.parts.reduce((to, part) => act.give(to, { ...part, place }), taken.lot),
    );
  };
  const elsewhere = (h: Holding): boolean => act.mine(h) && h.place !== place;
  const enoughHere = quantity !== undefined && lot.holdings.some((h) => act.mine(h) && h.place === place);
  if (!enoughHere) shift(act.take(lot, elsewhere, quantity, unit));
  act.inside(item.uri, (content, packed) => shift(act.take(content, packed)));
}
