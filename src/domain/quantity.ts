/**
 * Quantities as decimal strings (model.md, "Identification"): exact, never a float that drifts.
 * A decimal string is `-?digits[.digits]` without exponent; results have no trailing zeros.
 */
const form = /^-?\d{1,18}(\.\d{1,12})?$/;

/** Whether the text is a decimal string of this project (at most 18 digits before and 12 behind the point). */
export const isDecimal = (text: string): boolean => form.test(text);

interface Scaled {
  readonly digits: bigint;
  readonly scale: number;
}

function scaled(text: string): Scaled {
  const point = text.indexOf('.');
  if (point < 0) return { digits: BigInt(text), scale: 0 };
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

function text({ digits, scale }: Scaled): string {
  if (scale === 0) return digits.toString();
  const sign = digits < 0n ? '-' : '';
  const body = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const behind = body.slice(-scale).replace(/0+$/, '');
  const whole = body.slice(0, -scale);
  return behind ? `${sign}${whole}.${behind}` : whole === '0' ? '0' : sign + whole;
}

function aligned(a: string, b: string): [bigint, bigint, number] {
  const x = scaled(a);
  const y = scaled(b);
  const scale = Math.max(x.scale, y.scale);
  return [x.digits * 10n ** BigInt(scale - x.scale), y.digits * 10n ** BigInt(scale - y.scale), scale];
}

export function add(a: string, b: string): string {
  const [x, y, scale] = aligned(a, b);
  return text({ digits: x + y, scale });
}

export function subtract(a: string, b: string): string {
  const [x, y, scale] = aligned(a, b);
  return text({ digits: x - y, scale });
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: string, b: string): number {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export function multiply(a: string, b: string): string {
  const x = scaled(a);
  const y = scaled(b);
  return text({ digits: x.digits * y.digits, scale: x.scale + y.scale });
}

export const least = (a: string, b: string): string => (compare(a, b) <= 0 ? a : b);
export const isPositive = (a: string): boolean => compare(a, '0') > 0;
export const isNegative = (a: string): boolean => compare(a, '0') < 0;

/** UN/ECE Recommendation 20 codes that measure the same thing, with the factor to the one that balances are kept in. */
const toBase: Readonly<Record<string, readonly [base: string, factor: string]>> = {
  GRM: ['KGM', '0.001'],
  TNE: ['KGM', '1000'],
  MGM: ['KGM', '0.000001'],
  MLT: ['LTR', '0.001'],
  MTQ: ['LTR', '1000'],
  DZN: ['H87', '12'],
  EA: ['H87', '1'],
};

/** A quantity in the unit in which balances are kept: mass in KGM, volume in LTR, pieces in H87; any other unit stays itself. */
export function inBase(quantity: string, unit: string): { quantity: string; unit: string } {
  const known = toBase[unit];
  return known ? { quantity: multiply(quantity, known[1]), unit: known[0] } : { quantity, unit };
}
