import { isFaulty } from '../gs1/gs1Error.js';
import { identify } from '../gs1/identify.js';
import type { Json } from '../record.js';

/** A lot or item of an activity's values, with its quantity where one is said. */
export interface Line {
  readonly lot: string;
  readonly quantity?: string;
  readonly unit?: string;
}

/** The lots and items of a field: one URI, a list of them, lines of existing lots, or lines of new lots (product and number). */
export function linesOf(value: Json | undefined): Line[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [{ lot: value }];
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (typeof value !== 'object') return [];
  const { lot, product, number, quantity, unit } = value as Record<string, string | undefined>;
  const uri = lot ?? (product !== undefined && number !== undefined ? lotURI(product, number) : undefined);
  return uri === undefined
    ? []
    : [{ lot: uri, ...(quantity === undefined ? {} : { quantity }), ...(unit === undefined ? {} : { unit }) }];
}

/** The lot of a product: GTIN with AI 10 as a Digital Link path. */
export const lotURI = (product: string, number: string): string =>
  `${product}/10/${encodeURIComponent(number).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;

/** Whether it stands in an EPC list: a single item, a logistic unit or an asset, and what is no GS1 class and is not counted. */
export function isInstance({ lot, quantity }: Line): boolean {
  const found = identify(lot);
  if (isFaulty(found) || found.kind === 'other') return quantity === undefined;
  return found.kind !== 'class' && found.kind !== 'product';
}
