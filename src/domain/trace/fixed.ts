/** Decimal strings (quantity.ts: at most 12 digits behind the point) as whole numbers of 10^-12: exact, and fast to add. */
const digits = 12;

/** One piece of what nobody counts: an item, a pallet, a standing crop. */
export const one = 10n ** BigInt(digits);

export function fixed(text: string): bigint {
  const point = text.indexOf('.');
  if (point < 0) return BigInt(text) * one;
  const behind = text.slice(point + 1, point + 1 + digits).padEnd(digits, '0');
  return BigInt(text.slice(0, point) + behind);
}

export function decimal(value: bigint): string {
  const sign = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  const behind = (size % one).toString().padStart(digits, '0').replace(/0+$/, '');
  return `${sign}${size / one}${behind && `.${behind}`}`;
}

export const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);
export const greater = (a: bigint, b: bigint): bigint => (a > b ? a : b);
