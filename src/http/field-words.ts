import type { Activity } from '../domain/activities.js';
import type { Lang, Text } from '../domain/text.js';
import type { Entry } from '../pages/field-parts.js';
import { quantity } from '../pages/format.js';
import type { JournalEntry } from '../queries/journal.js';

const inBoth = (say: (lang: Lang) => string): Text => ({ zh: say('zh'), en: say('en') });
const correction: Text = { zh: '更正', en: 'Correction' };
const fromElsewhere: Text = { zh: '别的系统送来的记录', en: 'Entry from another system' };

/** Lots named in one line of the journal; the rest are counted. */
const named = 2;

/** An entry as the journal shows it: what, where, which lots, how much. */
export const entryOf = (entry: JournalEntry, activities: ReadonlyMap<string, Activity>, query = ''): Entry => {
  const activity = activities.get(entry.activity ?? '');
  return {
    seq: entry.seq,
    time: entry.time,
    title: entry.correction ? correction : (activity?.title ?? fromElsewhere),
    icon: entry.correction ? 'pen' : (activity?.icon ?? 'code'),
    line: inBoth((lang) => lineOf(entry, lang)),
    href: `/field/entry/${entry.seq}${query}`,
    ...(entry.corrected && { corrected: true }),
  };
};

const lineOf = ({ place, lots, used, dose }: JournalEntry, lang: Lang): string => {
  const comma = lang === 'zh' ? '，' : ', ';
  const shown = lots.slice(0, named).map(({ product, number, amount }) => {
    const name = [product?.[lang], number[lang]].filter((part) => part !== undefined).join(' ');
    return amount === undefined ? name : `${name} ${quantity(amount.quantity, amount.unit, lang)}`;
  });
  const rest = lots.length - named;
  const more = rest > 0 ? [lang === 'zh' ? `另 ${rest} 批` : `and ${rest} more`] : [];
  const input = used === undefined ? [] : [dose === undefined ? used : `${used} ${quantity(dose.quantity, dose.unit, lang)}`];
  return [...(place === undefined ? [] : [place[lang]]), ...shown, ...more, ...input].join(comma);
};
