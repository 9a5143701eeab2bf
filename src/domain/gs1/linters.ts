import { checkPair, hasCheckDigit } from './checkDigit.js';
import { type CouponCode, lintCouponCode, lintCouponOffer } from './couponLint.js';
import { countryAlpha2, countryNumber, currencyNumber, packageType } from './isoCodes.js';
import type { LintCode } from './lintTexts.js';

export type Reason = LintCode | CouponCode;

/** Answers why a component of a value is wrong, or nothing. The names are those of the forms in applicationIdentifierTable.ts. */
export type Linter = (data: string) => Reason | undefined;

const when = (bad: boolean, code: Reason): Reason | undefined => (bad ? code : undefined);
const two = (data: string, from: number) => Number(data.slice(from, from + 2));

const gcp =
  (from: number): Linter =>
  (data) => {
    const prefix = data.slice(from, from + 4);
    return prefix.length < 4 ? 'too-short-for-gcp' : when(!/^\d{4}$/.test(prefix), 'invalid-gcp-prefix');
  };

const daysOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A two-digit year tells a leap year as well as the full one does: 2000 and 2400 are, and 1900 or 2100 never stand here. */
function lintDate(year: number, month: number, day: number, dayMayBeZero: boolean): Reason | undefined {
  if (month < 1 || month > 12) return 'illegal-month';
  return when(day > daysOf(year, month) || (day < 1 && !dayMayBeZero), 'illegal-day');
}
export const lintYymmdd: Linter = (d) => lintDate(2000 + two(d, 0), two(d, 2), two(d, 4), false);

const hh: Linter = (d) => when(Number(d) > 23, 'illegal-hour');
const mi: Linter = (d) => when(Number(d) > 59, 'illegal-minute');

function iban(data: string): Reason | undefined {
  if (data.length <= 10) return 'iban-too-short';
  if (!countryAlpha2.has(data.slice(0, 2))) return 'illegal-iban-country-code';
  if (!/^[0-9A-Z]+$/.test(data)) return 'invalid-iban-character';
  let remainder = 0;
  for (const c of data.slice(4) + data.slice(0, 4)) {
    const value = parseInt(c, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return when(remainder !== 1, 'incorrect-iban-checksum');
}

function pieceOfTotal(data: string): Reason | undefined {
  const piece = two(data, 0);
  const total = two(data, 2);
  if (piece === 0) return 'zero-piece-number';
  if (total === 0) return 'zero-total-pieces';
  return when(piece > total, 'piece-number-exceeds-total');
}

function positionInSequence(data: string): Reason | undefined {
  const parts = /^(\d+)\/(\d+)$/.exec(data);
  if (!parts) return 'position-in-sequence-malformed';
  if (parts[1]!.startsWith('0') || parts[2]!.startsWith('0')) return 'illegal-zero-prefix';
  return when(Number(parts[1]) > Number(parts[2]), 'position-exceeds-end');
}

function lintPair(data: string): Reason | undefined {
  if (data.length < 2) return 'too-short-for-check-pair';
  return when(checkPair(data.slice(0, -2)) !== data.slice(-2), 'incorrect-check-pair');
}

function cset64(data: string): Reason | undefined {
  const pads = data.length - data.replace(/=+$/, '').length;
  // As the dictionary has it: with padding the whole length is a multiple of three.
  if (pads > 2 || (pads > 0 && data.length % 3 !== 0)) return 'invalid-cset64-padding';
  return when(!/^[\w-]*$/.test(data.slice(0, data.length - pads)), 'invalid-cset64-character');
}

export const characterSets: Record<'N' | 'X' | 'Y' | 'Z', Linter> = {
  N: (d) => when(!/^\d*$/.test(d), 'non-digit-character'),
  X: (d) => when(!/^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*$/.test(d), 'invalid-cset82-character'),
  Y: (d) => when(!/^[#\-/0-9A-Z]*$/.test(d), 'invalid-cset39-character'),
  Z: cset64,
};

export const linters: Readonly<Record<string, Linter>> = {
  csum: (d) => when(!hasCheckDigit(d), 'incorrect-check-digit'),
  csumalpha: lintPair,
  gcp1: gcp(0),
  gcp2: gcp(1),
  yymmdd: lintYymmdd,
  yymmd0: (d) => lintDate(2000 + two(d, 0), two(d, 2), two(d, 4), true),
  yyyymmdd: (d) => lintDate(Number(d.slice(0, 4)), two(d, 4), two(d, 6), false),
  hh,
  mi,
  ss: (d) => when(Number(d) > 59, 'illegal-second'),
  hhmi: (d) => hh(d.slice(0, 2)) ?? mi(d.slice(2)),
  iban,
  couponcode: lintCouponCode,
  couponposoffer: lintCouponOffer,
  pieceoftotal: pieceOfTotal,
  posinseqslash: positionInSequence,
  hasnondigit: (d) => when(/^\d*$/.test(d), 'requires-non-digit-character'),
  hyphen: (d) => when(d !== '-', 'not-hyphen'),
  importeridx: (d) => when(!/^[\w-]$/.test(d), 'invalid-import-idx-character'),
  iso3166: (d) => when(!countryNumber.has(d), 'not-iso3166'),
  iso3166999: (d) => when(d !== '999' && !countryNumber.has(d), 'not-iso3166-or-999'),
  iso3166alpha2: (d) => when(!countryAlpha2.has(d), 'not-iso3166-alpha2'),
  iso4217: (d) => when(!currencyNumber.has(d), 'not-iso4217'),
  iso5218: (d) => when(!/^[0129]$/.test(d), 'invalid-biological-sex-code'),
  // Degrees are shifted to be positive, in ten-millionths: 0 is the south pole and the antimeridian.
  latitude: (d) => when(Number(d) > 1_800_000_000, 'invalid-latitude'),
  longitude: (d) => when(Number(d) > 3_600_000_000, 'invalid-longitude'),
  mediatype: (d) => when(!/^(0[1-9]|10|[89]\d)$/.test(d), 'invalid-media-type'),
  packagetype: (d) => when(!packageType.has(d), 'invalid-package-type'),
  nonzero: (d) => when(/^0*$/.test(d), 'illegal-zero-value'),
  nozeroprefix: (d) => when(d.startsWith('0') && d !== '0', 'illegal-zero-prefix'),
  pcenc: (d) => when(/%(?![0-9A-Fa-f]{2})/.test(d), 'invalid-percent-sequence'),
  winding: (d) => when(!/^[019]$/.test(d), 'invalid-winding-direction'),
  yesno: (d) => when(!/^[01]$/.test(d), 'not-zero-or-one'),
  zero: (d) => when(!/^0*$/.test(d), 'not-zero'),
};
