import type { Case, Rule } from '../case.js';
import type { Item } from '../epcis/event.js';
import { kindOf } from '../lot.js';
import type { Finding } from '../text.js';
import { lotWords } from './words.js';

/** What may still be said of a lot of which nothing is left (rules.md, "lifecycle"). */
const afterTheEnd = new Set(['inspecting', 'sampling', 'returning', 'destroying', 'decommissioning']);

/** Activities work on lots that exist here; a lot used up, sold or destroyed takes no more events. */
export const lifecycle: Rule = (given) =>
  given.items.flatMap((item) => {
    if (item.role === 'child' && holds(given, item.uri)) return [endless(item.uri)];
    const lot = given.before.get(item.uri);
    if (!lot)
      return given.activity !== undefined && !begins(given, item) && kindOf(item.uri) !== 'product' ? [unknown(item.uri)] : [];
    if (
      !lot.ended ||
      given.correction ||
      given.instead?.has(item.uri) ||
      afterTheEnd.has(given.step) ||
      lot.ended.time > given.time
    )
      return [];
    return [over(item.uri, lot.ended.how)];
  });

/** Whether the event packs something into itself, or into what is packed in it. */
function holds({ event, items, before }: Case, child: string): boolean {
  if (event.type !== 'AggregationEvent' || event.action !== 'ADD') return false;
  const parent = items.find((item) => item.role === 'parent')?.uri;
  const seen = new Set<string>();
  const inside = (uri: string): boolean => {
    if (uri === parent) return true;
    if (seen.has(uri)) return false;
    seen.add(uri);
    return (before.get(uri)?.contents ?? []).some((content) => inside(content.item));
  };
  return inside(child);
}

const endless = (unit: string): Finding => ({
  rule: 'lifecycle',
  severity: 'refuse',
  lots: [unit],
  message: { zh: `${lotWords(unit).zh}不能装进它自己`, en: `${lotWords(unit).en} cannot be packed into itself` },
});

/** Whether the event is where the history of an item may begin. */
function begins({ event, activity }: Case, item: Item): boolean {
  if (item.role === 'output') return true;
  if (event.type === 'ObjectEvent' && event.action === 'ADD') return true;
  if (event.type === 'AggregationEvent' || event.type === 'AssociationEvent')
    return item.role === 'parent' && event.action === 'ADD';
  // Bought from outside: supplier and document stand in its place (model.md, "Activities").
  return activity === 'receive' && (event.sourceList?.length ?? 0) > 0 && (event.bizTransactionList?.length ?? 0) > 0;
}

const unknown = (lot: string): Finding => ({
  rule: 'lifecycle',
  severity: 'refuse',
  lots: [lot],
  message: { zh: `账上没有${lotWords(lot).zh}`, en: `${lotWords(lot).en} is not in the ledger` },
});

const endings = {
  used: { zh: '已经用完', en: 'is used up' },
  sold: { zh: '已经卖完', en: 'is sold out' },
  lost: { zh: '已经销毁', en: 'was destroyed' },
  ended: { zh: '已经结束', en: 'has ended' },
};

const over = (lot: string, how: keyof typeof endings): Finding => ({
  rule: 'lifecycle',
  severity: 'refuse',
  lots: [lot],
  message: {
    zh: `${lotWords(lot).zh}${endings[how].zh}，不能再记`,
    en: `${lotWords(lot).en} ${endings[how].en}: nothing more can be recorded`,
  },
});
