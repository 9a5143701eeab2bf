import type { Item } from '../epcis/event.js';
import type { Lot } from '../lot.js';
import { add } from '../quantity.js';
import type { Act } from './act.js';
import { make, move } from './goods.js';

/** What aggregation events do: put things into containers and take them out. */
export function aggregate(act: Act): void {
  const parent = act.items.find((i) => i.role === 'parent');
  const children = act.items.filter((i) => i.role === 'child');
  if (parent && act.action === 'ADD') {
    if (!act.world.has(parent.uri)) make(act, parent);
    for (const child of children) pack(act, parent.uri, child);
  } else if (parent && act.action === 'DELETE') {
    if (!act.world.has(parent.uri)) act.see(parent);
    unpack(act, parent.uri, children);
  } else {
    for (const item of act.items) act.see(item);
    if (parent && act.event.bizLocation) move(act, parent);
  }
}

function pack(act: Act, parent: string, child: Item): void {
  const taken = act.takeFrom(act.see(child), child, act.mine);
  // The container's own hand is where its content is from now on.
  const hand = act.world.get(parent)?.holdings[0];
  const lot = taken.parts.reduce(
    (to, part) => act.give(to, { ...part, ...(hand?.place && { place: hand.place }), in: parent }),
    taken.lot,
  );
  act.world.set(lot.item, lot);
  const container = act.world.get(parent) as Lot;
  const { quantity, unit } = act.part(child, lot);
  const at = container.contents.findIndex((c) => c.item === child.uri && c.unit === unit);
  const before = container.contents[at];
  const content = {
    item: child.uri,
    ...(quantity && { quantity: before?.quantity ? add(before.quantity, quantity) : quantity, unit }),
  };
  const contents = at < 0 ? [...container.contents, content] : container.contents.with(at, content);
  act.world.set(parent, { ...container, contents });
}

/** Takes the named children out, or all of them (EPCIS 2.0 section 7.4.3: DELETE without children empties the parent). */
function unpack(act: Act, parent: string, children: readonly Item[]): void {
  const contents = act.world.get(parent)?.contents ?? [];
  const asked = children.length > 0 ? children : contents.map((c): Item => ({ uri: c.item, role: 'child' }));
  for (const child of asked) {
    const { lot, parts } = act.takeFrom(act.see(child), child, (h) => h.in === parent);
    act.world.set(
      lot.item,
      parts.reduce((to, part) => act.give(to, part), lot),
    );
  }
}
