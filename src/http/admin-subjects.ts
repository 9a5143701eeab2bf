import type { App } from '../app.js';
import type { Fault, Text } from '../domain/text.js';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import { mandatesPage } from '../pages/admin-mandates.js';
import { adminNav } from '../pages/admin-parts.js';
import { compact } from '../pages/form/lines.js';
import { decode, encode, type Posted, postedOf } from '../pages/form/posted.js';
import { subjectsPage } from '../pages/subject.js';
import { deskWords } from '../pages/words/desk.js';
import { masterWords } from '../pages/words/master.js';
import { mandates } from '../queries/mandates.js';
import { codeOf, namesOf, textOf } from '../queries/named.js';
import { partiesKnown } from '../queries/picks.js';
import { listStatements, statementAt } from '../queries/statements.js';
import { adminFrame, admins } from './admin.js';
import { type Answer, type Call, html, seeOther } from './call.js';
import { isToken } from './field-activity.js';
import { type Author, draftStatement, registry } from './recording.js';
import { state, subjectSchema } from './subject.js';
import { showSubject } from './subject-form.js';
import { privately, textIn } from './signin.js';

/** What the registry states: always under its own name, never in another's (model.md, "Who may do what"). */
const author: Author = { by: registry, role: 'admin' };

const kinds = {
  parties: { kind: 'party', title: deskWords.parties, add: deskWords.newParty, change: deskWords.changeParty },
  places: { kind: 'place', title: deskWords.places, add: deskWords.newPlace, change: deskWords.changePlace },
  mandates: { kind: 'mandate', title: deskWords.mandates, add: deskWords.newMandate, change: deskWords.mandates },
} as const;
type Collection = keyof typeof kinds;

const pageSize = 50;
const words: Readonly<Record<string, Text>> = masterWords;

const frame = (app: App, call: Call, collection: Collection) => ({
  ...adminFrame(app, call),
  theme: 'desk' as const,
  back: `/admin/${collection}`,
  nav: adminNav(call.lang, collection),
});

/** GET /admin/parties, /admin/places */
export const adminList =
  (collection: 'parties' | 'places') =>
  async (app: App, call: Call): Promise<Answer> => {
    const { kind, title, add } = kinds[collection];
    const { after } = call.query;
    const { statements, next } = await listStatements(app.store, kind, {
      limit: pageSize,
      reader: admins,
      ...(after !== undefined && { after }),
    });
    const items = statements.map(({ uri, body }) => ({
      name: textOf(body.name) ?? codeOf(uri),
      note: words[String(kind === 'party' ? body.type : body.kind)] ?? { zh: '', en: '' },
      code: uri,
      href: `/admin/${collection}/change?id=${encodeURIComponent(uri)}`,
    }));
    const more = next === undefined ? {} : { next: `/admin/${collection}?after=${encodeURIComponent(next)}` };
    const view = {
      title,
      none: deskWords.noneYet,
      items,
      add: { text: add, href: `/admin/${collection}/new` },
      saved: call.query.saved === '1',
      ...more,
    };
    return html(200, subjectsPage({ ...frame(app, call, collection), ...view }), privately);
  };

/** GET /admin/{collection}/new and /change?id= */
export const adminForm =
  (collection: Collection) =>
  async (app: App, call: Call): Promise<Answer> => {
    const { id } = call.query;
    const { kind } = kinds[collection];
    const known = id === undefined ? undefined : await statementAt(app.store, id, undefined, admins);
    if (id !== undefined && known?.kind !== kind) throw new Problem('not-found');
    const posted = known === undefined ? new Map<string, string>() : encode(subjectSchema(app, kind, true, true), known.body);
    return show(app, call, collection, 200, posted, uuidv7(), [], id);
  };

/** POST /admin/{collection}: a new one, or a change (`id`), which is a new record. */
export const adminPost =
  (collection: Collection) =>
  async (app: App, call: Call): Promise<Answer> => {
    const { kind } = kinds[collection];
    const id = textIn(call.body, 'id') === '' ? undefined : textIn(call.body, 'id');
    const schema = subjectSchema(app, kind, id !== undefined, true);
    const sent = textIn(call.body, 'token');
    const token = isToken(sent) ? sent : uuidv7();
    const posted = compact(schema, postedOf(call.body));
    const { values, faults } = decode(schema, posted);
    if (faults.length > 0) return show(app, call, collection, 400, posted, token, faults, id);
    const stated = await state(app, author, kind, { values, token, ...(id !== undefined && { id }) });
    return 'faults' in stated
      ? show(app, call, collection, 400, posted, token, stated.faults, id)
      : seeOther(`/admin/${collection}?saved=1`);
  };

const show = async (
  app: App,
  call: Call,
  collection: Collection,
  status: number,
  posted: Posted,
  token: string,
  faults: readonly Fault[],
  id?: string,
): Promise<Answer> => {
  const { kind, add, change } = kinds[collection];
  const parties = (await partiesKnown(app.store, admins)).map(({ item, name }) => ({ value: item, label: name }));
  return showSubject(app, status, {
    frame: frame(app, call, collection),
    kind,
    title: id === undefined ? add : change,
    action: `/admin/${collection}`,
    posted,
    token,
    faults,
    parties,
    ...(id !== undefined && { id }),
  });
};

/** GET /admin/mandates: who entrusts whom. Those that parties made themselves are shown; only the registry's are the registry's to end. */
export async function adminMandates(app: App, call: Call): Promise<Answer> {
  const all = await mandates(app.store);
  const names = await namesOf(
    app.store,
    all.flatMap(({ from, to }) => [from, to]),
    admins,
  );
  const name = (uri: string): string => (names.get(uri) ?? codeOf(uri))[call.lang];
  const now = app.clock();
  const rows = all.map(({ uri, from, to, since, until, revoked, by }) => ({
    uri,
    from: name(from),
    to: name(to),
    since,
    ...(until !== undefined && { until }),
    state: revoked ? ('revoked' as const) : (until ?? Infinity) <= now ? ('over' as const) : ('active' as const),
    ours: by === registry,
  }));
  return html(
    200,
    mandatesPage({ ...adminFrame(app, call), mandates: rows.sort((a, b) => b.since - a.since), saved: call.query.saved === '1' }),
    privately,
  );
}

/** POST /admin/mandates/revoke: a new statement about one of the registry's own. */
export async function mandateRevoke(app: App, call: Call): Promise<Answer> {
  const id = textIn(call.body, 'id');
  const known = await statementAt(app.store, id, undefined, admins);
  if (known?.kind !== 'mandate' || known.by !== registry) throw new Problem('not-found');
  if (known.body.revoked !== true)
    await app.ledger.submit([draftStatement(app, author, 'mandate', id, { ...known.body, revoked: true })]);
  return seeOther('/admin/mandates?saved=1');
}
