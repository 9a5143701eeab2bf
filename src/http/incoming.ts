import type { App } from '../app.js';
import { identify } from '../domain/gs1/identify.js';
import type { JsonObject } from '../domain/record.js';
import type { Text } from '../domain/text.js';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import { decimalOf } from '../pages/form/scalar.js';
import { unreadable } from '../pages/form/words.js';
import { quantity } from '../pages/format.js';
import { type DeliveryView, incomingPage } from '../pages/incoming.js';
import { type Delivery, deliveriesTo } from '../queries/incoming.js';
import { codeOf } from '../queries/named.js';
import { lotsOf, ownOf } from '../queries/picks.js';
import { type Acting, acting, keepFor } from './acting.js';
import { type Answer, type Call, html, seeOther } from './call.js';
import { isToken } from './field-activity.js';
import { draftActivity } from './recording.js';
import { addressOf, hostOf, privately, textIn } from './signin.js';

/** What went wrong with one delivery: shown beside it, with what was typed. */
interface Wrong {
  readonly item: string;
  readonly from: string;
  readonly typed: string;
  readonly fault: Text;
}

/** GET /incoming: what was shipped to my party. */
export async function incomingList(app: App, call: Call): Promise<Answer> {
  return show(app, call, await acting(app, call), 200);
}

const show = async (app: App, call: Call, who: Acting, status: number, wrong?: Wrong): Promise<Answer> => {
  const [deliveries, places] = await Promise.all([
    deliveriesTo(app.store, who.party, who.reader),
    ownOf(app.store, who.party, 'place', who.reader),
  ]);
  const view = (delivery: Delivery): DeliveryView => ({
    ...delivery,
    token: uuidv7(),
    ...(wrong?.item === delivery.item && wrong.from === delivery.from && { typed: wrong.typed, fault: wrong.fault }),
  });
  return html(
    status,
    incomingPage({
      lang: call.lang,
      address: addressOf(call),
      host: hostOf(app),
      back: `/field${keepFor(who)}`,
      ...(who.behalf && { behalf: who.behalf }),
      deliveries: deliveries.map(view),
      places,
      ...(call.query.received !== undefined && { received: codeOf(call.query.received)[call.lang] }),
      ...(call.query.already !== undefined && { already: codeOf(call.query.already)[call.lang] }),
    }),
    privately,
  );
};

/** POST /incoming: receives one delivery under the form's own event id; a second tap finds it received. */
export async function incomingPost(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const activity = app.activities.get('receive');
  if (activity === undefined) throw new Problem('not-found');
  const [item, from, typed, token] = ['item', 'from', 'quantity', 'token'].map((name) => textIn(call.body, name)) as [
    string,
    string,
    string,
    string,
  ];
  const delivery = (await deliveriesTo(app.store, who.party, who.reader)).find((one) => one.item === item && one.from === from);
  if (delivery === undefined) return already(app, who, item);

  const wrong = (fault: Text, status: number): Promise<Answer> => show(app, call, who, status, { item, from, typed, fault });
  const amount = decimalOf(typed);
  if (delivery.amount !== undefined && amount === undefined) return wrong(unreadable.number, 400);
  const values = valuesOf(delivery, amount ?? '', textIn(call.body, 'place'), from, call.lang);
  const author = { by: who.by, ...(who.behalf && { behalf: who.behalf }), role: who.account.role };
  try {
    const draft = await draftActivity(app, author, activity, values, isToken(token) ? `urn:uuid:${token}` : undefined);
    const [outcome] = await app.ledger.submit([draft]);
    if (outcome !== undefined && 'recorded' in outcome) return seeOther(`/incoming${keepFor(who, { received: item })}`);
    if (outcome !== undefined && 'refused' in outcome) return wrong(joined(outcome.refused.map(({ message }) => message)), 409);
    return seeOther(`/incoming${keepFor(who, { already: item })}`);
  } catch (error) {
    if (error instanceof Problem && error.details.faults !== undefined)
      return wrong(joined(error.details.faults.map(({ message }) => message)), 400);
    throw error;
  }
}

const joined = (messages: readonly Text[]): Text => ({
  zh: messages.map(({ zh }) => zh).join('；'),
  en: messages.map(({ en }) => en).join('; '),
});

/** What somebody holds already was received before; of anything else there is nothing to say. */
const already = async (app: App, who: Acting, item: string): Promise<Answer> => {
  const [lot] = await lotsOf(app.store, [item]);
  if (!lot?.holdings.some((holding) => holding.party === who.party && holding.transit === undefined))
    throw new Problem('not-found');
  return seeOther(`/incoming${keepFor(who, { already: item })}`);
};

/** The form of `receive`: all that is on the way, or the amount that was counted, with the difference in words. */
const valuesOf = (delivery: Delivery, amount: string, place: string, from: string, lang: Call['lang']): JsonObject => {
  const found = identify(delivery.item);
  const unit = 'kind' in found && (found.kind === 'unit' || found.kind === 'instance');
  const sent = delivery.amount;
  const differs = sent !== undefined && sent.quantity !== amount;
  return {
    place,
    from,
    ...(unit
      ? { units: [delivery.item] }
      : { lots: [sent === undefined ? { lot: delivery.item } : { lot: delivery.item, quantity: amount, unit: sent.unit }] }),
    ...(differs && {
      difference: differenceOf(quantity(sent.quantity, sent.unit, lang), quantity(amount, sent.unit, lang), lang),
    }),
  };
};

const differenceOf = (sent: string, arrived: string, lang: Call['lang']): string =>
  lang === 'zh' ? `发出 ${sent}，实收 ${arrived}` : `${sent} sent, ${arrived} arrived`;
