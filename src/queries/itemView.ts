import type { Series } from '../domain/series.js';
import type { Text } from '../domain/text.js';
import type { Verdict } from '../domain/verdict.js';

/** What a reader of a lot's page is shown: plain values, already cut to what this reader may see. Times are Unix milliseconds. */
export interface ItemView {
  readonly asked: Asked;
  /** Canonical URI of what the history is told of: the lot, when a single item is not recorded by itself. */
  readonly item: string;
  /** Whether the ledger holds a history of it. */
  readonly known: boolean;
  readonly product?: ProductView;
  readonly begin?: { readonly what: Beginning; readonly at: number };
  readonly expiry?: { readonly at: number; readonly from: 'event' | 'shelf-life' };
  /** Range in which the product is kept, degrees Celsius. */
  readonly storage?: { readonly min?: number; readonly max?: number };
  readonly producer?: PartyView;
  readonly promise?: PromiseView;
  readonly tests: readonly TestView[];
  readonly certificates: readonly CertificateView[];
  readonly spray?: SprayView;
  readonly journey: readonly StopView[];
  readonly origin: OriginView;
  /** What was declared in error of it, oldest first. */
  readonly corrections: readonly CorrectionView[];
  /** After a correction more of it was given away than there was: held until that is mended. */
  readonly short?: true;
  readonly verdict: Verdict;
  readonly entry?: EntryView;
  /** Part of the demonstration data. */
  readonly demo?: true;
}

/** What was asked for, as people and codes write it. */
export interface Asked {
  /** Digital Link path without the domain: `/01/09520123456788/10/A`; the URI for what has none. */
  readonly address: string;
  /** Application identifiers and values, in order. */
  readonly keys: readonly { readonly ai: string; readonly value: string }[];
}

export type Beginning =
  'harvested' | 'collected' | 'stocked' | 'caught' | 'slaughtered' | 'planted' | 'produced' | 'received' | 'seen';

export interface ProductView {
  readonly uri: string;
  readonly name: Text;
  /** Net content, grade, package. */
  readonly note?: Text;
  readonly sector?: string;
  /** Eaten: the words say "eat", else "use". */
  readonly food: boolean;
}

export interface PartyView {
  readonly uri: string;
  readonly name: Text;
  readonly region?: Text;
  readonly phone?: string;
  /** Unified social credit code; never of a natural person. */
  readonly code?: string;
}

export interface PromiseView {
  readonly product: Text;
  /** The one quantity that the public sees: the certificate must carry it. */
  readonly quantity?: { readonly value: string; readonly unit?: string };
  readonly region?: Text;
  readonly issued: number;
  readonly party: Text;
  readonly code?: string;
  readonly phone?: string;
  /** What the promise rests on. */
  readonly basis: readonly Text[];
  readonly number?: string;
  readonly seq: number;
}

export interface TestView {
  readonly name: Text;
  readonly passed: boolean | undefined;
  readonly laboratory?: Text;
  readonly report?: string;
  readonly at: number;
  /** Found and allowed amount of what failed. */
  readonly failed?: readonly {
    readonly what: string;
    readonly found?: string;
    readonly limit?: string;
    readonly unit?: string;
  }[];
  /** How many substances were looked for. */
  readonly items?: number;
  /** Of an input, not of this lot itself: the product that was tested. */
  readonly of?: Text;
  readonly seq: number;
}

export interface CertificateView {
  readonly name: Text;
  readonly number?: string;
  readonly until?: number;
  readonly valid: boolean;
  readonly issuer?: Text;
}

/** The wait between the last pesticide or medicine and the end of growing. */
export interface SprayView {
  /** A pesticide before a harvest (安全间隔期), or a medicine before slaughter (休药期). */
  readonly kind: 'spray' | 'medicine';
  readonly product: string;
  readonly at: number;
  /** Days that must pass, as recorded from the label. */
  readonly interval?: number;
  readonly harvested: number;
  /** Whole days between the two calendar days. */
  readonly waited: number;
}

export interface StopView {
  readonly title: Text;
  readonly icon: string;
  readonly at: number;
  /** The last of several events told as one stop. */
  readonly until?: number;
  /** How many events this stop tells. */
  readonly count: number;
  /** Of which product, where it is not the one asked for (a raw material on its way). */
  readonly of?: Text;
  readonly who?: Text;
  readonly where?: Text;
  readonly temperature?: SeriesView;
  readonly seq: number;
}

/** Something that was declared in error. */
export interface CorrectionView {
  readonly title: Text;
  readonly icon: string;
  /** When it was said to have happened. */
  readonly at: number;
  /** Entry numbers of what was wrong, of the declaration, and of what stands in its place. */
  readonly entry: number;
  readonly declared: number;
  readonly corrective: readonly number[];
  /** It was how the lot began. */
  readonly began: boolean;
  /** When it was corrected. */
  readonly time: number;
  /** `did_not_occur`, `incorrect_data`. */
  readonly reason?: string;
  readonly who?: Text;
}

export type SeriesView = Series;

/** How far back the history was followed. */
export interface OriginView {
  /** Every line back ends where something was made or grown here. */
  readonly complete: boolean;
  /** Lots whose earlier history is not in this ledger. */
  readonly unknown: number;
  /** The walk stopped at its limit: there is more. */
  readonly stopped: boolean;
  /** Lots that this one came from, all steps back. */
  readonly lots: number;
}

export interface EntryView {
  /** Number of the newest entry about this lot, and when it was entered. */
  readonly last: number;
  readonly time: number;
  readonly count: number;
  /** The server recomputed every digest and link of this lot's entries while answering, and they agreed. */
  readonly checked: boolean;
  /** SHA-256 of the newest record, hex. */
  readonly digest: string;
}
