import type { App } from '../app.js';
import type { Activity } from '../domain/activities.js';
import { extensionsOf } from '../domain/activity/event.js';
import type { Json, JsonObject } from '../domain/record.js';
import type { Text } from '../domain/text.js';
import type { Known } from '../pages/form/defaults.js';
import type { FieldSchema } from '../pages/form/schema.js';
import { resolve } from '../pages/form/resolve.js';
import type { Choice, Options } from '../pages/form/tree.js';
import { fieldT } from '../pages/field-words.js';
import { day, quantity, shortDay, unitName } from '../pages/format.js';
import { deliveriesTo } from '../queries/incoming.js';
import { journal, type JournalEntry } from '../queries/journal.js';
import { type Amount, lotsHeld, type LotPick, type Named, numbersMade, ownOf, partiesKnown } from '../queries/picks.js';
import type { Acting } from './acting.js';
import { type Waiting, waitingOf } from './waiting.js';

/** Everything that a form of an activity is made from. */
export interface Prepared {
  readonly schema: FieldSchema;
  readonly options: Options;
  readonly known: Known;
  readonly lots: readonly LotPick[];
}

/** How far back the last entry of an activity is looked for. */
const lookBack = 200;

/** Fields that mean a crop, a herd or a pond: something that is still growing. */
const growingFields = new Set(['crop', 'herd', 'pond']);

const inBoth = (say: (lang: 'zh' | 'en') => string): Text => ({ zh: say('zh'), en: say('en') });
export const said = (amounts: readonly Amount[], lang: 'zh' | 'en'): string =>
  amounts.map((amount) => quantity(amount.quantity, amount.unit, lang)).join(' + ');

const lotChoice = (lot: LotPick, wait: Waiting | undefined): Choice => ({
  value: lot.item,
  label: lot.product,
  note: inBoth((lang) => {
    const left = lot.left.length > 0 ? fieldT(lang).left(said(lot.left, lang)) : lot.growing ? fieldT(lang).growing : undefined;
    const from = wait && fieldT(lang).from(shortDay(wait.from, lang));
    return [lot.number[lang], left, from].filter((part) => part !== undefined).join(' · ');
  }),
});

const choice = ({ item, name }: Named): Choice => ({ value: item, label: name });

export async function prepare(app: App, acting: Acting, activity: Activity): Promise<Prepared> {
  const { store } = app;
  const { party, reader } = acting;
  const receiving = activity.event.bizStep === 'receiving' || activity.event.bizStep === 'arriving';
  const [lots, places, products, parties, coming, made, recent] = await Promise.all([
    lotsHeld(store, party, reader),
    ownOf(store, party, 'place', reader),
    ownOf(store, party, 'product', reader),
    partiesKnown(store, reader),
    receiving ? deliveriesTo(store, party, reader) : [],
    numbersMade(store, party),
    journal(store, party, { limit: lookBack }, reader),
  ]);
  const incoming = coming.map((delivery): Choice => ({
    value: delivery.item,
    label: delivery.product,
    note: inBoth((lang) => [delivery.number[lang], fieldT(lang).sentBy(delivery.sender[lang])].join(' · ')),
  }));
  const waiting = waitingOf(recent.entries, app.clock());
  const lotChoices = (name: string): Choice[] => {
    const growing = lots.filter((lot) => lot.growing);
    const wanted = growingFields.has(name) && growing.length > 0 ? growing : [...lots.filter((lot) => !lot.growing), ...growing];
    return [...incoming, ...wanted.map((lot) => lotChoice(lot, waiting.get(lot.item)))];
  };
  const last = recent.entries.find((entry) => entry.activity === activity.name && !entry.correction && !entry.corrected);
  const choices = (widget: string, name: string): readonly Choice[] => {
    if (widget === 'lot') return lotChoices(name);
    if (widget === 'place') return places.map(choice);
    if (widget === 'product') return products.map(choice);
    return widget === 'party' ? parties.filter(({ item }) => item !== party).map(choice) : [];
  };
  return {
    schema: resolve(activity.fields as unknown as JsonObject, `activities/${activity.name}.json`, app.schemas.files),
    lots,
    options: {
      choices,
      open: (widget) => widget === 'party' || (widget === 'lot' && receiving),
      unit: (code) => inBoth((lang) => unitName(code, lang)),
    },
    known: {
      now: shanghai(app.clock()),
      ...(last && { last: valuesOf(last) }),
      ...(places.length === 1 && places[0] && { here: places[0].item }),
      sole: (widget, name) => soleOf(choices(widget, name)),
      unit: unitOf(last) ?? lots.flatMap(({ left }) => left)[0]?.unit ?? 'KGM',
      number: proposedNumber(app.clock(), made),
    },
  };
}

const soleOf = ([only, ...others]: readonly Choice[]): string | undefined => (others.length === 0 ? only?.value : undefined);

/** The instant in the country's time, with its seconds. */
const shanghai = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');

/** What an entry said in the fields that a next one may start from: extensions, master data of new lots, hidden values. */
const valuesOf = ({ event, hidden }: JournalEntry): JsonObject => {
  const bare = extensionsOf(event as unknown as JsonObject);
  const ilmd = (event as unknown as JsonObject).ilmd;
  const strip = (value: Json | undefined): JsonObject =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? extensionsOf(value) : {};
  return { ...strip(ilmd), ...bare, ...hidden };
};

const unitOf = (entry: JournalEntry | undefined): string | undefined =>
  entry?.lots.find(({ amount }) => amount !== undefined)?.amount?.unit ?? entry?.dose?.unit;

/** Lot numbers by day and letter (`261123A`): the first ones that this party has not used. */
const proposedNumber =
  (now: number, made: ReadonlySet<string>) =>
  (index: number): string => {
    const today = day(now).slice(2).replaceAll('-', '');
    let left = index;
    for (let n = 0; ; n++) {
      const number = today + letters(n);
      if (made.has(number)) continue;
      if (left === 0) return number;
      left -= 1;
    }
  };

/** A, B, ... Z, AA, AB ... */
const letters = (n: number): string => (n < 26 ? '' : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26));
