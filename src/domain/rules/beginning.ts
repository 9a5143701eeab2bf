import type { Rule } from '../case.js';
import { lotWords } from './words.js';

/**
 * A correction that takes away how a lot began, while later events still speak of it: a finding and a hold, since nobody can say any
 * more how much there was (model.md, "State of a lot").
 */
export const beginning: Rule = ({ items, correction, before, after }) =>
  !correction
    ? []
    : [...new Set(items.map(({ uri }) => uri))].flatMap((uri) => {
        const [was, is] = [before.get(uri), after.get(uri)];
        if (was === undefined || is === undefined || was.began.how === 'seen' || is.began.how !== 'seen') return [];
        const { zh, en } = lotWords(uri);
        return [
          {
            rule: 'beginning',
            severity: 'hold',
            lots: [uri],
            message: {
              zh: `账上不再有${zh}的来历，后面的记录还在用它`,
              en: `${en} has no beginning any more, but later entries use it`,
            },
          },
        ];
      });
