import type { Case, Rule } from '../case.js';
import type { Item } from '../epcis/event.js';
import type { Lot } from '../lot.js';
import type { Finding } from '../text.js';
import { lotWords } from './words.js';

/** Steps that a laboratory or an inspector records on lots that others hold. */
const looking = new Set(['inspecting', 'sampling', 'holding']);
/** Steps that say how goods on the way are faring: the carrier's, and the sender's. */
const travelling = new Set(['transporting', 'sensor_reporting', 'departing', 'arriving', 'staging_outbound']);

/**
 * Only the party that holds (a holding of) a lot records what happens to it; in transit the named destination receives or rejects
 * and the named carrier records transport; a laboratory and an inspector record tests and samples (rules.md, "holder").
 */
export const holder: Rule = (given) => {
  if (given.correction) return [];
  return given.items.flatMap((item) => {
    const lot = given.before.get(item.uri);
    if (!lot || lot.ended || given.instead?.has(item.uri)) return [];
    return allowed(given, item, lot) ? [] : [notYours(lot, given)];
  });
};

function allowed(given: Case, item: Item, lot: Lot): boolean {
  const { event, party, role, step } = given;
  const moves = event.type !== 'TransactionEvent' && event.type !== 'AssociationEvent';
  if (looking.has(step) && (role === 'laboratory' || role === 'inspector')) return true;

  const inHand = lot.holdings.some((h) => h.party === party && !h.transit);
  if (item.role === 'output' || (event.type === 'ObjectEvent' && event.action === 'ADD'))
    return inHand || lot.producer === party || lot.began.how === 'received';

  const sent = lot.holdings.some((h) => h.party === party && h.transit);
  if (step === 'receiving' || step === 'accepting') {
    const coming = lot.holdings.some((h) => h.transit && (h.transit.to === undefined || h.transit.to === party));
    // A destination that nobody here speaks for cannot confirm: the sender does. The sender may also take its goods back.
    return coming || sent || inHand || lot.began.how !== 'made';
  }
  if (travelling.has(step) && (sent || lot.holdings.some((h) => h.transit?.carrier === party || h.transit?.to === party)))
    return true;
  if (!moves && sent) return true;
  return inHand;
}

function notYours(lot: Lot, { party }: Case): Finding {
  const onTheWay = lot.holdings.some((h) => h.transit && (h.party === party || h.transit.to === party));
  return {
    rule: 'holder',
    severity: 'refuse',
    lots: [lot.item],
    message: onTheWay
      ? {
          zh: `${lotWords(lot.item).zh}还在路上，收货之后才能记`,
          en: `${lotWords(lot.item).en} is on the way: it can be recorded on once it is received`,
        }
      : { zh: `${lotWords(lot.item).zh}不在这个主体手里`, en: `${lotWords(lot.item).en} is not held by this party` },
  };
}
