import type { EpcisEvent } from './epcis/event.js';

/** Goods on the way: shipped, and nobody can sell them until they are received (model.md, "State of a lot"). */
export interface Transit {
  /** The party named as destination; anybody may receive when there is none. */
  readonly to?: string;
  readonly place?: string;
  readonly carrier?: string;
  /** Unix milliseconds of the shipping event. */
  readonly since: number;
}

/** A part of a lot in one hand: a class-level lot has many, a single item or logistic unit exactly one. */
export interface Holding {
  /** Who holds it; while in transit, who sent it. */
  readonly party: string;
  readonly place?: string;
  /** Decimal string in the base unit (quantity.ts). A growing lot and an item that nobody counted have none. */
  readonly quantity?: string;
  readonly unit?: string;
  /** The container that it is packed in. */
  readonly in?: string;
  readonly transit?: Transit;
  /** Only of a part between two hands in a fold that keeps a journal: its number there. Never stored. */
  readonly flow?: number;
}

export interface Content {
  readonly item: string;
  readonly quantity?: string;
  readonly unit?: string;
}

/** Sums over the whole history of a lot in one unit, decimal strings. */
export interface Totals {
  readonly made: string;
  readonly received: string;
  readonly shipped: string;
  readonly sold: string;
  readonly used: string;
  readonly lost: string;
}

/** The state of a lot: what the fold over its effective events gives (fold.ts). */
export interface Lot {
  /** Canonical URI. */
  readonly item: string;
  readonly kind: 'class' | 'instance' | 'unit' | 'other';
  /** Canonical URI of the product (GTIN), when the identifier has one. */
  readonly product?: string;
  /** The party that made it; none when its history begins in the middle. */
  readonly producer?: string;
  /** How its history begins here: made here, received from outside with a document, or seen in somebody's event. */
  readonly began: { readonly how: 'made' | 'received' | 'seen'; readonly time: number; readonly seq: number };
  /** A crop, a herd, a pond: products come from it until it is ended. */
  readonly growing?: true;
  /** Nothing of it is left: used up, sold, destroyed, or ended (growing lots). */
  readonly ended?: { readonly how: 'used' | 'sold' | 'lost' | 'ended'; readonly time: number; readonly seq: number };
  /** Last disposition said (CBV 2.0), bare word where it is a CBV term. */
  readonly disposition?: string;
  readonly persistent: readonly string[];
  readonly totals: Readonly<Record<string, Totals>>;
  readonly holdings: readonly Holding[];
  /** What is packed in it now (logistic units and items). */
  readonly contents: readonly Content[];
  /** Event time of the newest event, and how many events there were. */
  readonly time: number;
  readonly events: number;
}

/** An event as the fold takes it: with its place in the ledger and who stands for it. */
export interface Happening {
  readonly event: EpcisEvent;
  readonly seq: number;
  /** Its place among events of the same time, when it is not its entry number: it stands in for an earlier entry. */
  readonly order?: number;
  /** Event time, Unix milliseconds. */
  readonly time: number;
  /** The party whose act it is: the one entrusting, when it was recorded on behalf. */
  readonly party: string;
}

/** What hands gave that they did not have, in the base unit: only a correction can leave that (model.md, "State of a lot"). */
export const shortOf = ({ holdings }: Lot): (Holding & { readonly quantity: string })[] =>
  holdings.flatMap((holding) => (holding.quantity?.startsWith('-') ? [{ ...holding, quantity: holding.quantity.slice(1) }] : []));

const gs1 = 'https://id.gs1.org/';

/** What level of thing a canonical URI names (GS1 Digital Link: 00 a logistic unit, 01+21 an item, 01+10 a lot). */
export function kindOf(uri: string): Lot['kind'] | 'product' {
  if (!uri.startsWith(gs1)) return /:lgtin:/.test(uri) ? 'class' : 'other';
  const path = uri.slice(gs1.length - 1);
  if (path.startsWith('/00/')) return 'unit';
  if (/^\/(01|8006)\//.test(path)) return path.includes('/21/') ? 'instance' : path.includes('/10/') ? 'class' : 'product';
  return /^\/(8003|8004|8017|8018|8010)\//.test(path) ? 'instance' : 'other';
}

/** The product of a lot or an item: its GTIN as a canonical URI. */
export function productOf(uri: string): string | undefined {
  return uri.startsWith(`${gs1}01/`) ? uri.slice(0, gs1.length + 17) : undefined;
}

/** The bare word of a CBV term: of `shipping`, `cbv:BizStep-shipping`, its Web URI or its URN. */
export function cbvWord(term: string | undefined): string | undefined {
  if (term === undefined) return undefined;
  const match =
    /^(?:https?:\/\/(?:ref\.gs1\.org\/cbv|ns\.gs1\.org\/cbv)\/|cbv:)[A-Z]+-(.+)$/i.exec(term) ??
    /^urn:epcglobal:cbv:\w+:(.+)$/.exec(term);
  return match?.[1] ?? term;
}
