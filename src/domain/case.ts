import type { EpcisEvent, Item } from './epcis/event.js';
import type { Shortage, World } from './fold/act.js';
import type { Finding } from './text.js';

/** One event before the rules: what it says, who says it, and the lots as they stand before and after it. */
export interface Case {
  readonly event: EpcisEvent;
  readonly items: readonly Item[];
  /** Bare CBV word, '' when the event has none. */
  readonly step: string;
  /** The party whose act it is. */
  readonly party: string;
  readonly role: 'producer' | 'operator' | 'laboratory' | 'inspector' | 'admin' | 'system';
  /** Event time and the server's clock, Unix milliseconds. */
  readonly time: number;
  readonly now: number;
  /** Whether it was made by an activity of this ledger: those work only on lots that exist here. */
  readonly activity?: string;
  readonly before: World;
  readonly after: World;
  readonly shortages: readonly Shortage[];
  /** A correction is never refused for its consequences (model.md, "State of a lot"). */
  readonly correction: boolean;
  /** The event stands in for one that is corrected: the things which that one named. What follows for them is never refused either. */
  readonly instead?: ReadonlySet<string>;
  /** Whether a party is known to this ledger. */
  readonly knows: (party: string) => boolean;
}

/** A pure check of one event (rules.md); the table is in rules/table.ts. */
export type Rule = (given: Case) => Finding[];
