import type { Account } from '../accounts/account.js';
import type { App } from '../app.js';
import type { Reader } from '../domain/reader.js';
import { Problem } from '../errors.js';
import { searchDesk } from '../pages/inspect.js';
import { lotDesk } from '../pages/inspect-lot.js';
import { lotFile, productOf } from '../queries/desk.js';
import { lotsAbout, search } from '../queries/desk-search.js';
import { codeOf, namesOf } from '../queries/named.js';
import { type Answer, type Call, html } from './call.js';
import { itemPath } from './field.js';
import { namesFor, tracesOf } from './trace.js';
import { addressOf, hostOf, privately } from './signin.js';

const desk = (app: App, call: Call) => {
  const { name, division } = call.account as Account;
  return { lang: call.lang, address: addressOf(call), host: hostOf(app), who: name, division: division ?? '' };
};

const inspector = (call: Call): Reader => {
  const { role, division } = call.account as Account;
  return { role, ...(division !== undefined && { division }) };
};

/** GET /inspect: a box, and with `?q=`, `?product=` or `?party=` what it finds in the jurisdiction. */
export async function inspectHome(app: App, call: Call): Promise<Answer> {
  const reader = inspector(call);
  const { q = '', product, party } = call.query;
  const subject = product ?? party;
  const found = q.trim() === '' ? undefined : await search(app.store, q, reader);
  const lots = subject === undefined ? undefined : await lotsAbout(app.store, subject, reader);
  const names = subject === undefined ? undefined : await namesOf(app.store, [subject], reader);
  const name = (subject === undefined ? undefined : names?.get(subject)) ?? codeOf(subject ?? '');
  const view = { asked: q, ...(found && { found }), ...(lots && { about: { name, lots } }) };
  return html(200, searchDesk({ ...desk(app, call), ...view }), privately);
}

/** GET /inspect/lot?id=: everything that is recorded of a lot. */
export async function inspectLot(app: App, call: Call): Promise<Answer> {
  const id = call.query.id ?? '';
  const file = await lotFile(app.store, id, inspector(call));
  if (file === undefined) throw new Problem('not-found');
  const { lang } = call;
  const traces = await tracesOf(app, call, id, ['back', 'forward']).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'trace-too-wide') return undefined;
    throw error;
  });
  const tracedName = traces && (await namesFor(app, call, traces, lang));
  const named = (uri: string): string => {
    const [product] = productOf(uri);
    const code = codeOf(uri)[lang];
    if (product === undefined || product === uri) return file.names.get(uri)?.[lang] ?? tracedName?.(uri) ?? code;
    if (!file.names.has(product) && tracedName) return tracedName(uri);
    return [file.names.get(product)?.[lang], code].filter((part) => part !== undefined).join(' ');
  };
  const [product] = productOf(id);
  const view = {
    file,
    activities: app.activities,
    name: named,
    product: (product === undefined ? undefined : file.names.get(product)?.[lang]) ?? '',
    number: codeOf(id)[lang],
    traceFile: `/api/items?id=${encodeURIComponent(id)}&view=trace`,
    ...(traces && { traces }),
    ...(id.startsWith('https://id.gs1.org/') && { scan: itemPath(id) }),
  };
  return html(200, lotDesk({ ...desk(app, call), ...view }), privately);
}
