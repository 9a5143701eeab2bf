import type { App } from '../app.js';
import type { Text } from '../domain/text.js';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import { compact, without } from '../pages/form/lines.js';
import { decode, encode, type Posted, postedOf } from '../pages/form/posted.js';
import { subjectsPage } from '../pages/subject.js';
import { fieldWords } from '../pages/words/field.js';
import { masterWords } from '../pages/words/master.js';
import { codeOf, textOf } from '../queries/named.js';
import { ownStatements } from '../queries/picks.js';
import type { Fault } from '../domain/text.js';
import { type Acting, acting, keepFor } from './acting.js';
import { type Answer, type Call, html, seeOther } from './call.js';
import { isToken } from './field-activity.js';
import { state, subjectSchema } from './subject.js';
import { showSubject } from './subject-form.js';
import { addressOf, hostOf, privately, textIn } from './signin.js';

/** Places and products: what a party says of itself. */
const kinds = {
  places: { kind: 'place', title: fieldWords.places, add: fieldWords.newPlace, none: fieldWords.nonePlaces },
  products: { kind: 'product', title: fieldWords.products, add: fieldWords.newProduct, none: fieldWords.noneProducts },
} as const;
type Collection = keyof typeof kinds;

const frame = (app: App, call: Call, back: string) => ({
  lang: call.lang,
  address: addressOf(call),
  host: hostOf(app),
  theme: 'field' as const,
  back,
});

/** GET /field/places, /field/products */
export const ownList =
  (collection: Collection) =>
  async (app: App, call: Call): Promise<Answer> => {
    const who = await acting(app, call);
    const { kind, title, add, none } = kinds[collection];
    const statements = await ownStatements(app.store, who.party, kind, who.reader);
    const items = statements.map(({ uri, body }) => ({
      name: textOf(body.name) ?? codeOf(uri),
      note: noteOf(String(kind === 'place' ? body.kind : body.sector), body.closed === true),
      code: codeOf(uri).zh,
      href: `/field/${collection}/change${keepFor(who, { id: uri })}`,
    }));
    const view = {
      title,
      none,
      items,
      add: { text: add, href: `/field/${collection}/new${keepFor(who)}` },
      saved: call.query.saved === '1',
    };
    return html(200, subjectsPage({ ...frame(app, call, `/field${keepFor(who)}`), ...view }), privately);
  };

const words: Readonly<Record<string, Text>> = masterWords;
const noteOf = (value: string, closed: boolean): Text => {
  const { zh, en } = words[value] ?? { zh: value, en: value };
  return closed ? { zh: `${zh}，已停用`, en: `${en}, no longer used` } : { zh, en };
};

/** GET /field/places/new, /field/places/change?id= */
export const ownForm =
  (collection: Collection) =>
  async (app: App, call: Call): Promise<Answer> => {
    const who = await acting(app, call);
    const { id } = call.query;
    const schema = subjectSchema(app, kinds[collection].kind, id !== undefined);
    const known = id === undefined ? undefined : await ownOne(app, who, collection, id);
    const posted = known === undefined ? new Map<string, string>() : encode(schema, known.body);
    return show(app, call, who, collection, posted, uuidv7(), [], 200, id);
  };

/** One of the party's own; of anything else there is nothing to say. */
const ownOne = async (app: App, { party, reader }: Acting, collection: Collection, id: string) => {
  const found = (await ownStatements(app.store, party, kinds[collection].kind, reader)).find(({ uri }) => uri === id);
  if (found === undefined) throw new Problem('not-found');
  return found;
};

/** POST /field/places, /field/products: a new one, or a change (`id`), which is a new record. */
export const ownPost =
  (collection: Collection) =>
  async (app: App, call: Call): Promise<Answer> => {
    const who = await acting(app, call);
    const { kind } = kinds[collection];
    const id = textIn(call.body, 'id') === '' ? undefined : textIn(call.body, 'id');
    if (id !== undefined) await ownOne(app, who, collection, id);
    const schema = subjectSchema(app, kind, id !== undefined);
    const sent = textIn(call.body, 'token');
    const token = isToken(sent) ? sent : uuidv7();
    const typed = postedOf(call.body);
    if (textIn(call.body, 'remove') !== '')
      return show(app, call, who, collection, without(typed, textIn(call.body, 'remove')), token, [], 200, id);
    const posted = compact(schema, typed);
    const { values, faults } = decode(schema, posted);
    const again = (found: readonly Fault[]): Answer => show(app, call, who, collection, posted, token, found, 400, id);
    if (faults.length > 0) return again(faults);
    const author = { by: who.by, ...(who.behalf && { behalf: who.behalf }), role: who.account.role };
    const more = kind === 'place' ? { more: { party: who.party } } : {};
    const stated = await state(app, author, kind, { values, token, ...(id !== undefined && { id }), ...more });
    return 'faults' in stated ? again(stated.faults) : seeOther(`/field/${collection}${keepFor(who, { saved: '1' })}`);
  };

const show = (
  app: App,
  call: Call,
  who: Acting,
  collection: Collection,
  posted: Posted,
  token: string,
  faults: readonly Fault[],
  status: number,
  id?: string,
): Answer => {
  const { kind, title, add } = kinds[collection];
  return showSubject(app, status, {
    frame: frame(app, call, `/field/${collection}${keepFor(who)}`),
    kind,
    title: id === undefined ? add : title,
    action: `/field/${collection}`,
    posted,
    token,
    faults,
    ...(id !== undefined && { id }),
    ...(who.behalf && { behalf: who.behalf }),
  });
};
