import { kindOf } from '../lot.js';
import type { Rule } from '../case.js';
import { lotWords, unitWords } from './words.js';

/** No quantity becomes negative (model.md, "State of a lot"); a correction that makes one so is a finding and a hold. */
export const balance: Rule = ({ shortages, correction }) =>
  shortages.map(({ lot, unit, asked, left }) => ({
    rule: 'balance',
    severity: correction ? 'hold' : 'refuse',
    lots: [lot],
    message: {
      zh: `${lotWords(lot).zh}只剩 ${left} ${unitWords(unit).zh}，要用 ${asked} ${unitWords(unit).zh}`,
      en: `${lotWords(lot).en}: ${left} ${unitWords(unit).en} left, ${asked} ${unitWords(unit).en} asked`,
    },
    evidence: { unit, asked, left, kind: kindOf(lot) },
  }));
