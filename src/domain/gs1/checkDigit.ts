/**
 * GS1 check digit of a digit string that does not have it yet: modulo 10, weights 3 and 1 from the right
 * (GS1 General Specifications 7.9.1). The same for GTIN, GLN, SSCC, GRAI, GSRN, GDTI, GCN and GSIN.
 */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = digits.length - 1, weight = 3; i >= 0; i--, weight = 4 - weight) sum += (digits.charCodeAt(i) - 48) * weight;
  return String((10 - (sum % 10)) % 10);
}

/** Whether a digit string ends with its right check digit. */
export function hasCheckDigit(digits: string): boolean {
  const last = digits.length - 1;
  if (last < 1) return false;
  let sum = 0;
  for (let i = last, weight = 1; i >= 0; i--, weight = 4 - weight) sum += (digits.charCodeAt(i) - 48) * weight;
  return sum % 10 === 0;
}

const cset82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const cset32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/**
 * GS1 check character pair of the alphanumeric keys GMN and MUDI (General Specifications 7.9.5): character values weighted by
 * the primes from the right, modulo 1021, written in base 32. At most 23 characters of GS1 character set 82.
 */
export function checkPair(text: string): string {
  let sum = 0;
  for (let i = text.length - 1, p = 0; i >= 0; i--, p++) sum += cset82.indexOf(text[i]!) * primes[p]!;
  const value = sum % 1021;
  return cset32[value >> 5]! + cset32[value & 31]!;
}
