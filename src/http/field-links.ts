import type { App } from '../app.js';
import { registeredOf, standingOf } from '../domain/gs1/registered.js';
import type { Fault } from '../domain/text.js';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import type { Draft } from '../ledger/draft.js';
import { dressed } from '../pages/form/labelled.js';
import { decode, type Posted, postedOf } from '../pages/form/posted.js';
import { resolve } from '../pages/form/resolve.js';
import type { FieldSchema } from '../pages/form/schema.js';
import { formOf } from '../pages/form/tree.js';
import { fieldLinksPage } from '../pages/links.js';
import { subjectPage } from '../pages/subject.js';
import { linkTypeWords, linkWords } from '../pages/words/links.js';
import { linkable, nameOfLinked } from '../queries/links.js';
import { statementsBy, type Statement } from '../queries/statements.js';
import { type Acting, acting, keepFor } from './acting.js';
import { type Answer, type Call, html, seeOther } from './call.js';
import { isToken } from './field-activity.js';
import { draftLink, ownLink } from './link-draft.js';
import { pageOf } from './scan.js';
import { addressOf, hostOf, privately, textIn } from './signin.js';

const frame = (app: App, call: Call, back: string) => ({
  lang: call.lang,
  address: addressOf(call),
  host: hostOf(app),
  theme: 'field' as const,
  back,
});
const choices = (words: Readonly<Record<string, FieldSchema['x-label']>>): FieldSchema[] =>
  Object.entries(words).map(([value, label]) => ({ const: value, ...(label && { 'x-label': label }) }));

const media = { 'text/html': linkWords.webPage, 'application/pdf': linkWords.pdf, 'application/json': linkWords.data };
const languages = { zh: linkWords.chinese, en: linkWords.english };

/** What a form asks of a link; situations, other types and languages come by the interface for machines. */
const schemaOf = (app: App): FieldSchema => {
  const file = 'records/link.json';
  return dressed(resolve(app.schemas.files.get(file) ?? {}, file, app.schemas.files), {
    ask: ['anchor', 'type', 'href', 'title', 'hreflang', 'media', 'from', 'until'],
    words: {},
    over: {
      anchor: { 'x-field': 'product' },
      type: { oneOf: choices(linkTypeWords) },
      href: { 'x-hint': linkWords.addressHint },
      hreflang: { items: { oneOf: choices(languages) } },
      media: { oneOf: choices(media), 'x-label': linkWords.kind },
    },
  });
};

/** GET /field/links: what the party registered, and what it withdrew. */
export async function linksList(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const statements = await statementsBy(app.store, who.party, 'link', who.reader);
  const names = await nameOfLinked(
    app.store,
    statements.map(({ body }) => registeredOf(body).anchor),
    who.reader,
  );
  const item = ({ uri, body }: Statement) => {
    const link = registeredOf(body);
    const name = names.get(link.anchor) ?? { zh: link.anchor, en: link.anchor };
    return { id: uri, link, name, page: pageOf(link.anchor), standing: standingOf(link, app.clock()) };
  };
  const view = {
    links: statements.map(item).reverse(),
    add: `/field/links/new${keepFor(who)}`,
    ...(call.query.saved && { saved: call.query.saved as 'added' | 'withdrawn' }),
    ...(who.behalf && { behalf: who.behalf }),
  };
  return html(200, fieldLinksPage(frame(app, call, `/field${keepFor(who)}`), view), privately);
}

/** GET /field/links/new, with `?anchor=` for a product or lot that is chosen already. */
export async function linkForm(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const { anchor } = call.query;
  return show(app, call, who, new Map(anchor === undefined ? [] : [['/anchor', anchor]]), uuidv7(), [], 200);
}

/** POST /field/links: a new link, or (`withdraw`) the end of one. Both leave their history. */
export async function linksPost(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const author = { by: who.by, ...(who.behalf && { behalf: who.behalf }), role: who.account.role };
  const done = (saved: string): Answer => seeOther(`/field/links${keepFor(who, { saved })}`);
  const old = textIn(call.body, 'withdraw');
  if (old !== '') {
    const body = await ownLink(app, old, who.party);
    if (body.withdrawn === true) return done('withdrawn');
    const made = await draftLink(app, author, old, { ...body, withdrawn: true }, true);
    if ('faults' in made) throw new Error(`a registered link is faulty: ${JSON.stringify(made.faults)}`);
    await submit(app, made.draft);
    return done('withdrawn');
  }
  const sent = textIn(call.body, 'token');
  const token = isToken(sent) ? sent : uuidv7();
  const posted = postedOf(call.body);
  const { values, faults } = decode(schemaOf(app), posted);
  const id = `urn:suyuan:link:${token}`;
  if (faults.length > 0) return show(app, call, who, posted, token, faults, 400);
  // A second click finds it registered.
  if ((await app.store.range('statements', { prefix: [id], limit: 1 })).length > 0) {
    await ownLink(app, id, who.party);
    return done('added');
  }
  const made = await draftLink(app, author, id, values, false);
  if ('faults' in made) return show(app, call, who, posted, token, made.faults, 400);
  await submit(app, made.draft);
  return done('added');
}

async function submit(app: App, draft: Draft): Promise<void> {
  const [outcome] = await app.ledger.submit([draft]);
  // A link of another party is answered as if it did not exist.
  if (outcome === undefined || !('recorded' in outcome)) throw new Problem('not-found');
}

async function show(
  app: App,
  call: Call,
  who: Acting,
  posted: Posted,
  token: string,
  faults: readonly Fault[],
  status: number,
): Promise<Answer> {
  const offered = await linkable(app.store, who.party, who.reader);
  const form = formOf(schemaOf(app), posted, faults, {
    choices: () => offered.map(({ item, name }) => ({ value: item, label: name })),
    unit: (code) => ({ zh: code, en: code }),
  });
  const view = { title: linkWords.add, action: '/field/links', form, token, ...(who.behalf && { behalf: who.behalf }) };
  return html(status, subjectPage({ ...frame(app, call, `/field/links${keepFor(who)}`), ...view }), privately);
}
