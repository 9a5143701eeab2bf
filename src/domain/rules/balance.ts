import { kindOf } from '../lot.js';
import type { Rule } from '../case.js';
import { lotWords, unitWords } from './words.js';

/** No quantity becomes negative (model.md, "State of a lot"); a correction that makes one so is a finding and a hold. */
export const balance: Rule = ({ items, shortages, correction, instead }) => {
  // An event in the place of another may leave a balance short that the other one named, or that later events need; not a new one.
  const fresh = new Set(items.map(({ uri }) => uri).filter((uri) => !instead?.has(uri)));
  return shortages.map(({ lot, unit, asked, left }) => ({
    rule: 'balance',
    severity: correction || (instead !== undefined && !fresh.has(lot)) ? 'hold' : 'refuse',
    lots: [lot],
    message: {
      zh: `${lotWords(lot).zh}只剩 ${left} ${unitWords(unit).zh}，要用 ${asked} ${unitWords(unit).zh}`,
      en: `${lotWords(lot).en}: ${left} ${unitWords(unit).en} left, ${asked} ${unitWords(unit).en} asked`,
    },
    evidence: { unit, asked, left, kind: kindOf(lot) },
  }));
};
