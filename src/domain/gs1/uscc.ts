import type { Text } from '../text.js';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const shape = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
/** 3^(i-1) mod 31. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];
/** The organisation code has the whole Latin alphabet: A is 10, Z is 35. */
const organisationAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Last character of a unified social credit code (GB 32100-2015), from the 17 before it. */
export function usccCheck(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += alphabet.indexOf(first17[i]!) * weights[i]!;
  return alphabet[(31 - (sum % 31)) % 31]!;
}

/** Last character of an organisation code (GB 11714-1997), from the 8 before it. */
export function organisationCheck(first8: string): string {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += organisationAlphabet.indexOf(first8[i]!) * organisationWeights[i]!;
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** What is wrong with an organisation code (9 characters, a hyphen before the last is tolerated), if anything. */
export function organisationCodeFault(code: string): Text | undefined {
  const plain = code.replace(/-(?=.$)/, '');
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(plain)) {
    return {
      zh: '组织机构代码应为 8 位数字或大写字母加 1 位校验码',
      en: 'an organisation code has 8 digits or capital letters and a check character',
    };
  }
  const want = organisationCheck(plain);
  if (plain[8] === want) return undefined;
  return {
    zh: `组织机构代码校验码应为 ${want}，不是 ${plain[8]}`,
    en: `the organisation code's check character should be ${want}, not ${plain[8]}`,
  };
}

/**
 * What is wrong with a unified social credit code 统一社会信用代码 (GB 32100-2015), if anything: 18 characters, positions 9 to 17
 * are an organisation code with a check character of its own, position 18 checks the whole.
 */
export function usccFault(code: string): Text | undefined {
  if (!shape.test(code)) {
    return {
      zh: '统一社会信用代码应为 18 位：数字和大写字母（不含 I、O、S、V、Z），第 3 至 8 位为数字',
      en: 'a unified social credit code has 18 digits or capital letters (no I, O, S, V, Z), of which the 3rd to 8th are digits',
    };
  }
  const want = usccCheck(code);
  if (code[17] !== want) {
    return {
      zh: `统一社会信用代码校验码（第 18 位）应为 ${want}，不是 ${code[17]}`,
      en: `the check character (18th) of the unified social credit code should be ${want}, not ${code[17]}`,
    };
  }
  const organisation = organisationCodeFault(code.slice(8, 17));
  return organisation && { zh: `第 9 至 17 位：${organisation.zh}`, en: `positions 9 to 17: ${organisation.en}` };
}
