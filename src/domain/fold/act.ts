import { itemsOf, type Action, type EpcisEvent, type Item } from '../epcis/event.js';
import { canonical } from '../gs1/identify.js';
import { give, holdsAny, sum, take, type Taken } from '../holdings.js';
import { cbvWord, kindOf, productOf, type Content, type Happening, type Holding, type Lot, type Totals } from '../lot.js';
import { inBase, isPositive, subtract } from '../quantity.js';
import type { Journal } from './journal.js';

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

/** Parts of a lot that are in nobody's hand for a moment, and what the lot is without them. */
export interface Taking {
  readonly lot: Lot;
  readonly parts: readonly Holding[];
}

/** One event at work on a world: who acts, where, and the few things that every step does. */
export class Act {
  readonly shortages: Shortage[] = [];
  readonly event: EpcisEvent;
  readonly action: Action | undefined;
  readonly items: readonly Item[];
  readonly party: string;
  /** Bare CBV word, '' when the event has none. */
  readonly step: string;
  /** Where the things are after the event (bizLocation), or where it happened. */
  readonly place: string | undefined;

  constructor(
    readonly world: World,
    readonly at: Happening,
    readonly journal?: Journal,
  ) {
    this.event = at.event;
    this.action = at.event.type === 'TransformationEvent' ? undefined : at.event.action;
    // A product without lot or serial number is no traced thing: nothing can be held of it.
    this.items = itemsOf(at.event).filter((item) => kindOf(item.uri) !== 'product');
    this.party = at.party;
    this.step = cbvWord(this.event.bizStep) ?? '';
    this.place = placeOf(this.event.bizLocation) ?? placeOf(this.event.readPoint);
  }

  /** An event about something: its history begins here when it was never seen (model.md, "Activities"). */
  see(item: Item): Lot {
    const known = this.world.get(item.uri);
    if (known) return known;
    const begun = this.begin(item, 'seen');
    const lot = this.give(begun, { party: this.party, ...(this.place && { place: this.place }), ...this.part(item, begun) });
    this.world.set(item.uri, lot);
    return lot;
  }

  begin(item: Item, how: Lot['began']['how']): Lot {
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
  part(item: Item, lot: Lot): { quantity?: string; unit?: string } {
    if (item.quantity === undefined || lot.kind === 'instance' || lot.kind === 'unit') return {};
    return inBase(item.quantity, item.unit ?? 'H87');
  }

  /** Puts a part into a hand (holdings.ts), and into the journal when there is one. */
  give(lot: Lot, part: Holding): Lot {
    if (this.journal === undefined) return give(lot, part);
    const { flow, ...hand } = part;
    this.journal.enter(lot.item, hand, flow);
    return give(lot, hand);
  }

  /** Takes parts out of hands (holdings.ts), numbered in the journal when there is one. */
  take(lot: Lot, from: (h: Holding) => boolean, quantity?: string, unit?: string, rank?: (h: Holding) => number): Taken {
    const taken = take(lot, from, quantity, unit, rank);
    const { journal } = this;
    if (journal === undefined) return taken;
    return { ...taken, parts: taken.parts.map((part) => ({ ...part, flow: journal.leave(lot.item, part) })) };
  }

  /**
   * Out of a hand of the acting party, loose things first. What has to come out of a container of its own opens that container.
   * A lot whose history began in the middle may give more than was ever counted; any other answers a shortage.
   */
  takeFrom(lot: Lot, item: Item, from: (h: Holding) => boolean): Taking {
    const { quantity, unit } = this.part(item, lot);
    const here = placeOf(this.event.readPoint) ?? this.place;
    const taken = this.take(lot, from, quantity, unit, (h) => (h.in === undefined ? 2 : 0) + (h.place === here ? 1 : 0));
    for (const part of taken.parts) if (part.in !== undefined) this.shrink(part.in, lot.item, part);
    const parts = taken.parts.map(({ in: _, ...part }) => part);
    if (taken.missing === undefined || quantity === undefined || unit === undefined) return { lot: taken.lot, parts };

    const flow = this.journal?.unseen(lot.item, taken.missing, unit);
    const unseen = { party: this.party, quantity: taken.missing, unit, ...(flow !== undefined && { flow }) };
    if (lot.began.how === 'seen') return { lot: taken.lot, parts: [...parts, unseen] };
    this.shortages.push({ lot: lot.item, party: this.party, unit, asked: quantity, left: subtract(quantity, taken.missing) });
    const { flow: _, ...owed } = unseen;
    return { lot: give(taken.lot, { ...owed, quantity: `-${taken.missing}` }), parts: [...parts, unseen] };
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

  /** In the acting party's own hand, packed or loose. */
  readonly mine = (h: Holding): boolean => h.party === this.party && !h.transit;

  /** Adds what was taken to one of the sums of the lot. */
  count(taken: Taking, bucket: keyof Totals): Lot {
    return taken.parts.reduce((lot, p) => (p.quantity && p.unit ? sum(lot, bucket, p.unit, p.quantity) : lot), taken.lot);
  }

  /** Ends a lot of which nothing is left in any hand. */
  seal(lot: Lot, how: keyof Totals): void {
    const over = !holdsAny(lot) && !lot.growing;
    const word = how === 'sold' || how === 'lost' ? how : 'used';
    this.world.set(lot.item, over ? this.end(lot, word) : lot);
  }

  end(lot: Lot, how: NonNullable<Lot['ended']>['how']): Lot {
    const ended = { how, time: this.at.time, seq: this.at.seq };
    return { ...lot, holdings: lot.growing ? [] : lot.holdings, contents: [], ended };
  }

  /** Does to everything packed in a container, at any depth, what was done to the container. */
  inside(container: string, act: (lot: Lot, packed: (h: Holding) => boolean) => void, seen = new Set<string>()): void {
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
  mark(item: string): void {
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
