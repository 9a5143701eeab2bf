import { itemsOf, type Action, type EpcisEvent, type Item } from './epcis/event.js';
import { canonical } from './gs1/identify.js';
import { give, holdsAny, sum, take } from './holdings.js';
import { cbvWord, kindOf, productOf, type Content, type Happening, type Holding, type Lot, type Totals } from './lot.js';
import { add, inBase, isPositive, subtract } from './quantity.js';

/** Lots by canonical URI: what a fold reads and what it gives back. */
export type World = Map<string, Lot>;

/** A balance that an event would make negative: `asked` of what `left` there was, in the base unit. */
export interface Shortage {
  readonly lot: string;
  readonly party: string;
  readonly unit: string;
  readonly asked: string;
  readonly left: string;
}

/**
 * One event's effect on the lots that it names and on what is packed in them (model.md, "How class-level quantities move").
 * Never refuses: what is not there is answered as a shortage. Changes `world` by putting new lots into it; lots themselves are
 * values.
 */
export function apply(world: World, happening: Happening): Shortage[] {
  const fold = new Fold(world, happening);
  fold.run();
  return fold.shortages;
}

/** Replays events in (event time, entry number) order into an empty world, up to and including `at`. */
export function replay(happenings: readonly Happening[], at = Infinity): { world: World; shortages: Shortage[] } {
  const world: World = new Map();
  const ordered = [...happenings].sort((a, b) => a.time - b.time || a.seq - b.seq);
  const shortages = ordered.filter((h) => h.time <= at).flatMap((h) => apply(world, h));
  return { world, shortages };
}

/** bizSteps (CBV 2.0) by which goods leave a hand for another one, arrive in it, or leave the world. */
const shipping = new Set(['shipping', 'departing']);
const receiving = new Set(['receiving', 'accepting']);
const endings: Readonly<Record<string, keyof Totals>> = {
  retail_selling: 'sold',
  selling: 'sold',
  destroying: 'lost',
  consuming: 'used',
};

interface Taking {
  readonly lot: Lot;
  readonly parts: readonly Holding[];
}

class Fold {
  readonly shortages: Shortage[] = [];
  private readonly event: EpcisEvent;
  private readonly action: Action | undefined;
  private readonly items: readonly Item[];
  private readonly party: string;
  private readonly step: string;
  /** Where the things are after the event (bizLocation), or where it happened. */
  private readonly place: string | undefined;

  constructor(
    private readonly world: World,
    private readonly at: Happening,
  ) {
    this.event = at.event;
    this.action = at.event.type === 'TransformationEvent' ? undefined : at.event.action;
    // A product without lot or serial number is no traced thing: nothing can be held of it.
    this.items = itemsOf(at.event).filter((item) => kindOf(item.uri) !== 'product');
    this.party = at.party;
    this.step = cbvWord(this.event.bizStep) ?? '';
    this.place = placeOf(this.event.bizLocation) ?? placeOf(this.event.readPoint);
  }

  run(): void {
    switch (this.event.type) {
      case 'ObjectEvent':
        for (const item of this.items) this.object(item);
        break;
      case 'TransformationEvent':
        for (const item of this.items) if (item.role === 'input') this.use(item);
        for (const item of this.items) if (item.role === 'output') this.make(item);
        break;
      case 'AggregationEvent':
        this.aggregate();
        break;
      default:
        // Transaction and association events say what belongs together; they move no goods.
        for (const item of this.items) this.see(item);
    }
    for (const item of this.items) this.mark(item.uri);
  }

  private object(item: Item): void {
    if (this.action === 'ADD') return this.make(item);
    if (this.action === 'DELETE') return this.leave(item);
    if (shipping.has(this.step)) return this.ship(item);
    if (receiving.has(this.step)) return this.receive(item);
    this.see(item);
    if (this.event.bizLocation) this.move(item);
  }

  private make(item: Item): void {
    const known = this.world.get(item.uri);
    let lot = known ?? this.begin(item, 'made');
    const part = this.part(item, lot);
    // A lot that lives already and comes out of a step uncounted took the inputs up (feed): nothing is added to it.
    const lives = known !== undefined && !known.ended && part.quantity === undefined && known.holdings.some(this.mine);
    if (!lives) lot = give(lot, { party: this.party, ...(this.place && { place: this.place }), ...part });
    if (part.quantity !== undefined && part.unit) lot = sum(lot, 'made', part.unit, part.quantity);
    if (this.event['suyuan:growing'] === true) lot = { ...lot, growing: true };
    const { ended: _, ...alive } = lot;
    this.world.set(item.uri, known ? alive : lot);
  }

  /** An event about something: its history begins here when it was never seen (model.md, "Activities"). */
  private see(item: Item): Lot {
    const known = this.world.get(item.uri);
    if (known) return known;
    const begun = this.begin(item, 'seen');
    const lot = give(begun, { party: this.party, ...(this.place && { place: this.place }), ...this.part(item, begun) });
    this.world.set(item.uri, lot);
    return lot;
  }

  private begin(item: Item, how: Lot['began']['how']): Lot {
    const product = productOf(item.uri);
    return {
      item: item.uri,
      kind: kindOf(item.uri) as Lot['kind'],
      ...(product && { product }),
      ...(how === 'made' && { producer: this.party }),
      began: { how, time: this.at.time, seq: this.at.seq },
      persistent: [],
      totals: {},
      holdings: [],
      contents: [],
      time: this.at.time,
      events: 0,
    };
  }

  /** What the event says of a quantity, in the base unit; an item is one piece of itself and has none. */
  private part(item: Item, lot: Lot): { quantity?: string; unit?: string } {
    if (item.quantity === undefined || lot.kind === 'instance' || lot.kind === 'unit') return {};
    return inBase(item.quantity, item.unit ?? 'H87');
  }

  /**
   * Out of a hand of the acting party, loose things first. What has to come out of a container of its own opens that container.
   * A lot whose history began in the middle may give more than was ever counted; any other answers a shortage.
   */
  private takeFrom(lot: Lot, item: Item, from: (h: Holding) => boolean): Taking {
    const { quantity, unit } = this.part(item, lot);
    const here = placeOf(this.event.readPoint) ?? this.place;
    const taken = take(lot, from, quantity, unit, (h) => (h.in === undefined ? 2 : 0) + (h.place === here ? 1 : 0));
    for (const part of taken.parts) if (part.in !== undefined) this.shrink(part.in, lot.item, part);
    const parts = taken.parts.map(({ in: _, ...part }) => part);
    if (taken.missing === undefined || quantity === undefined || unit === undefined) return { lot: taken.lot, parts };

    const unseen = { party: this.party, quantity: taken.missing, unit };
    if (lot.began.how === 'seen') return { lot: taken.lot, parts: [...parts, unseen] };
    this.shortages.push({ lot: lot.item, party: this.party, unit, asked: quantity, left: subtract(quantity, taken.missing) });
    return { lot: give(taken.lot, { ...unseen, quantity: `-${taken.missing}` }), parts: [...parts, unseen] };
  }

  /** Takes from what a container is said to contain. */
  private shrink(container: string, item: string, part: { quantity?: string; unit?: string }): void {
    const box = this.world.get(container);
    if (!box) return;
    const contents = box.contents.flatMap((c): Content[] => {
      if (c.item !== item || c.unit !== part.unit) return [c];
      const rest = c.quantity === undefined || part.quantity === undefined ? '0' : subtract(c.quantity, part.quantity);
      return isPositive(rest) ? [{ ...c, quantity: rest }] : [];
    });
    this.world.set(container, { ...box, contents });
  }

  private readonly mine = (h: Holding): boolean => h.party === this.party && !h.transit;

  private leave(item: Item): void {
    const bucket = endings[this.step] ?? 'lost';
    const lot = this.see(item);
    if (lot.growing && this.event['suyuan:end'] === true) return void this.world.set(lot.item, this.end(lot, 'ended'));
    this.seal(this.takeOut(lot, item, bucket), bucket);
    this.inside(item.uri, (lot, packed) => this.seal(this.count(take(lot, packed), bucket), bucket));
  }

  private use(item: Item): void {
    const lot = this.see(item);
    if (lot.growing) {
      if (this.event['suyuan:end'] === true) this.world.set(lot.item, this.end(lot, 'ended'));
      else if (item.quantity !== undefined && lot.holdings.some((h) => h.quantity !== undefined))
        this.world.set(lot.item, this.takeOut(lot, item, 'used'));
      return;
    }
    this.seal(this.takeOut(lot, item, 'used'), 'used');
  }

  private takeOut(lot: Lot, item: Item, bucket: keyof Totals): Lot {
    return this.count(this.takeFrom(lot, item, this.mine), bucket);
  }

  private count(taken: Taking, bucket: keyof Totals): Lot {
    return taken.parts.reduce((lot, p) => (p.quantity && p.unit ? sum(lot, bucket, p.unit, p.quantity) : lot), taken.lot);
  }

  /** Ends a lot of which nothing is left in any hand. */
  private seal(lot: Lot, how: keyof Totals): void {
    const over = !holdsAny(lot) && !lot.growing;
    const word = how === 'sold' || how === 'lost' ? how : 'used';
    this.world.set(lot.item, over ? this.end(lot, word) : lot);
  }

  private end(lot: Lot, how: NonNullable<Lot['ended']>['how']): Lot {
    return { ...lot, holdings: lot.growing ? [] : lot.holdings, ended: { how, time: this.at.time, seq: this.at.seq } };
  }

  private ship(item: Item): void {
    const to = partyOf(this.event, 'destination');
    const place = locationOf(this.event, 'destination');
    const carrier = this.event['suyuan:carrier'];
    const transit = {
      ...(to && { to }),
      ...(place && { place }),
      ...(typeof carrier === 'string' && { carrier }),
      since: this.at.time,
    };
    const send = (taken: Taking): void => {
      const sent = taken.parts.reduce((lot, part) => give(lot, { ...part, transit }), taken.lot);
      this.world.set(sent.item, this.count({ lot: sent, parts: taken.parts }, 'shipped'));
    };
    send(this.takeFrom(this.see(item), item, this.mine));
    this.inside(item.uri, (lot, packed) => send(take(lot, packed)));
  }

  private receive(item: Item): void {
    const known = this.world.get(item.uri);
    if (!known) {
      // Bought from outside: the supplier and the document stand in the event (model.md, "Activities").
      const begun = this.begin(item, this.event['suyuan:activity'] === 'receive' ? 'received' : 'seen');
      return this.arrive({ lot: begun, parts: [this.outside(item, begun)] });
    }
    const mineToTake = (h: Holding): boolean =>
      h.transit !== undefined &&
      h.in === undefined &&
      (h.transit.to === undefined || h.transit.to === this.party || h.party === this.party);
    if (!known.holdings.some(mineToTake)) {
      if (known.began.how === 'made') return;
      const mine = known.holdings.some(this.mine) && item.quantity === undefined;
      return this.arrive(mine ? { lot: known, parts: [] } : { lot: known, parts: [this.outside(item, known)] });
    }
    this.arrive(this.takeFrom(known, item, mineToTake));
    this.inside(item.uri, (lot, packed) => this.arrive(take(lot, packed)));
  }

  private outside(item: Item, lot: Lot): Holding {
    return { party: this.party, ...this.part(item, lot) };
  }

  private arrive(taken: Taking): void {
    const lot = taken.parts.reduce(
      (to, { transit: _, place: __, ...part }) =>
        give(to, { ...part, party: this.party, ...(this.place && { place: this.place }) }),
      taken.lot,
    );
    this.world.set(lot.item, this.count({ lot, parts: taken.parts }, 'received'));
  }

  /** bizLocation says where things are after the event (EPCIS 2.0 section 7.4.1): they go there. */
  private move(item: Item): void {
    const lot = this.world.get(item.uri);
    if (!lot || !this.place) return;
    const { quantity, unit } = this.part(item, lot);
    const place = this.place;
    const shift = (taken: Taking): void => {
      this.world.set(
        taken.lot.item,
        taken.parts.reduce((to, part) => give(to, { ...part, place }), taken.lot),
      );
    };
    const elsewhere = (h: Holding): boolean => this.mine(h) && h.place !== place;
    const enoughHere = quantity !== undefined && lot.holdings.some((h) => this.mine(h) && h.place === place);
    if (!enoughHere) shift(take(lot, elsewhere, quantity, unit));
    this.inside(item.uri, (content, packed) => shift(take(content, packed)));
  }

  private aggregate(): void {
    const parent = this.items.find((i) => i.role === 'parent');
    const children = this.items.filter((i) => i.role === 'child');
    if (parent && this.action === 'ADD') {
      if (!this.world.has(parent.uri)) this.make(parent);
      for (const child of children) this.pack(parent.uri, child);
    } else if (parent && this.action === 'DELETE') {
      if (!this.world.has(parent.uri)) this.see(parent);
      this.unpack(parent.uri, children);
    } else {
      for (const item of this.items) this.see(item);
      if (parent && this.event.bizLocation) this.move(parent);
    }
  }

  private pack(parent: string, child: Item): void {
    const taken = this.takeFrom(this.see(child), child, this.mine);
    // The container's own hand is where its content is from now on.
    const hand = this.world.get(parent)?.holdings[0];
    const lot = taken.parts.reduce(
      (to, part) => give(to, { ...part, ...(hand?.place && { place: hand.place }), in: parent }),
      taken.lot,
    );
    this.world.set(lot.item, lot);
    const container = this.world.get(parent) as Lot;
    const { quantity, unit } = this.part(child, lot);
    const at = container.contents.findIndex((c) => c.item === child.uri && c.unit === unit);
    const before = container.contents[at];
    const content = {
      item: child.uri,
      ...(quantity && { quantity: before?.quantity ? add(before.quantity, quantity) : quantity, unit }),
    };
    const contents = at < 0 ? [...container.contents, content] : container.contents.with(at, content);
    this.world.set(parent, { ...container, contents });
  }

  /** Takes the named children out, or all of them (EPCIS 2.0 section 7.4.3: DELETE without children empties the parent). */
  private unpack(parent: string, children: readonly Item[]): void {
    const contents = this.world.get(parent)?.contents ?? [];
    const asked = children.length > 0 ? children : contents.map((c): Item => ({ uri: c.item, role: 'child' }));
    for (const child of asked) {
      const { lot, parts } = this.takeFrom(this.see(child), child, (h) => h.in === parent);
      this.world.set(
        lot.item,
        parts.reduce((to, part) => give(to, part), lot),
      );
    }
  }

  /** Does to everything packed in a container, at any depth, what was done to the container. */
  private inside(container: string, act: (lot: Lot, packed: (h: Holding) => boolean) => void, seen = new Set<string>()): void {
    if (seen.has(container)) return;
    seen.add(container);
    for (const content of this.world.get(container)?.contents ?? []) {
      const lot = this.world.get(content.item);
      if (!lot) continue;
      act(lot, (h) => h.in === container);
      this.mark(lot.item);
      this.inside(content.item, act, seen);
    }
  }

  /** Time, count and dispositions: what every event does to every lot that it names. */
  private mark(item: string): void {
    const lot = this.world.get(item);
    if (!lot) return;
    const said = cbvWord(this.event.disposition);
    const { set = [], unset = [] } = 'persistentDisposition' in this.event ? (this.event.persistentDisposition ?? {}) : {};
    const persistent = new Set(lot.persistent);
    for (const word of unset) persistent.delete(cbvWord(word) ?? word);
    for (const word of set) persistent.add(cbvWord(word) ?? word);
    this.world.set(item, {
      ...lot,
      ...(said && { disposition: said }),
      persistent: [...persistent].sort(),
      time: Math.max(lot.time, this.at.time),
      events: lot.events + 1,
    });
  }
}

function placeOf(place: { id?: string } | undefined): string | undefined {
  return place?.id === undefined ? undefined : canonical(place.id);
}

/** The party at an end of a transfer: the one that has the goods in hand there, else the owner (CBV 2.0 section 7.4). */
export function partyOf(event: EpcisEvent, end: 'source' | 'destination'): string | undefined {
  return endOf(event, end, 'possessing_party') ?? endOf(event, end, 'owning_party');
}

export const locationOf = (event: EpcisEvent, end: 'source' | 'destination'): string | undefined => endOf(event, end, 'location');

function endOf(event: EpcisEvent, end: 'source' | 'destination', type: string): string | undefined {
  const list = (end === 'source' ? event.sourceList : event.destinationList) ?? [];
  const found = list.find((e) => cbvWord(e.type) === type) as { source?: string; destination?: string } | undefined;
  const uri = found?.[end];
  return uri === undefined ? undefined : canonical(uri);
}
