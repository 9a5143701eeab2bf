import type { App } from '../app.js';
import { checkDigit } from '../domain/gs1/checkDigit.js';
import { isFaulty } from '../domain/gs1/gs1Error.js';
import { identify } from '../domain/gs1/identify.js';
import { numberOf } from '../domain/number.js';
import type { Text } from '../domain/text.js';
import { homePage, type LotCard } from '../pages/home.js';
import { searchPage } from '../pages/search.js';
import { Names } from '../queries/names.js';
import { productView } from '../queries/item.js';
import { search } from '../queries/search.js';
import { html, seeOther, type Answer, type Call } from './call.js';
import { viewOf } from './item-view.js';
import { addressOf, hostOf, pageOf } from './scan.js';

/** Examples change only when something was recorded; verdicts also with the day, so that they are made anew each minute. */
const made = new WeakMap<App, { size: number; minute: number; cards: readonly LotCard[] }>();

/** GET /: the search box, examples of the demonstration, what the ledger is. */
export async function home(app: App, call: Call): Promise<Answer> {
  const examples = await exampleCards(app);
  const { size, time } = app.ledger;
  const page = homePage(
    { lang: call.lang, address: addressOf(call), host: hostOf(app) },
    { examples, entries: size, demo: examples.length > 0, ...(size > 0 && { latest: time }) },
  );
  return html(200, page, { vary: 'accept-language, cookie' });
}

/** Lots to show: those whose pages tell the demonstration's stories (demo.ts). */
async function exampleCards(app: App): Promise<readonly LotCard[]> {
  const [size, minute] = [app.ledger.size, Math.floor(app.clock() / 60_000)];
  const before = made.get(app);
  if (before && before.size === size && before.minute === minute) return before.cards;
  const row = await app.store.get('meta', ['demo']);
  const { examples: items = [] } = row ? (JSON.parse(row.body) as { examples?: string[] }) : {};
  const cards = (await Promise.all(items.slice(0, 6).map((item) => cardOf(app, item)))).filter((card) => card !== undefined);
  made.set(app, { size, minute, cards });
  return cards;
}

/** A lot in a few words; of a product its name; undefined when the ledger knows neither. */
async function cardOf(app: App, uri: string): Promise<LotCard | undefined> {
  const identifier = identify(uri);
  if (isFaulty(identifier)) return undefined;
  const view = await viewOf(app, identifier);
  if (view === undefined) {
    const product = productView(identifier.uri, await Names.read(app.store, [identifier.uri]), app.clock());
    if (product === undefined) return undefined;
    const number = identifier.keys[0]?.value ?? identifier.uri;
    return { address: pageOf(identifier.uri), name: product.name, number, ...(product.sector && { sector: product.sector }) };
  }
  const number = numberOf(view.item) ?? view.item;
  const { product, producer, verdict } = view;
  return {
    address: pageOf(view.item),
    name: product?.name ?? { zh: number, en: number },
    number,
    verdict,
    ...(product?.sector && { sector: product.sector }),
    ...(producer && { by: producer.name }),
  };
}

/** GET /search?q=: one hit opens its page, several are listed, none says what to try. */
export async function searchCodes(app: App, call: Call): Promise<Answer> {
  const { q = '', product } = call.query;
  const typed = q.trim();
  if (typed === '') return seeOther('/');
  const found = await search(app.store, typed, { limit: 12, ...(product && { product }) });
  const [only] = found.items;
  if (only !== undefined && found.items.length === 1) return seeOther(pageOf(only));
  const cards = (await Promise.all(found.items.map((item) => cardOf(app, item)))).filter((card) => card !== undefined);
  const fault = digitHint(typed) ?? joined(found.faults.map(({ message }) => message));
  const frame = { lang: call.lang, address: addressOf(call), host: hostOf(app) };
  const body = searchPage(frame, { asked: typed, cards, more: found.more, ...(fault && { fault }) });
  return html(cards.length > 0 ? 200 : 404, body, { vary: 'accept-language, cookie' });
}

const joined = (messages: readonly Text[]): Text | undefined =>
  messages.length === 0
    ? undefined
    : { zh: messages.map(({ zh }) => zh).join('；'), en: messages.map(({ en }) => en).join('; ') };

/** Of a bare number of a GTIN's or SSCC's length with a wrong check digit: which one it should be. */
function digitHint(typed: string): Text | undefined {
  const digits = typed.replace(/[\s-]/g, '');
  if (!/^(\d{8}|\d{12,14}|\d{18})$/.test(digits)) return undefined;
  const [given, right] = [digits.slice(-1), checkDigit(digits.slice(0, -1))];
  if (given === right) return undefined;
  return {
    zh: `最后一位是 ${given}，按前面的数字应是 ${right}：再看一眼标签`,
    en: `It ends in ${given}; by the digits before, it should end in ${right}: look at the label again`,
  };
}
