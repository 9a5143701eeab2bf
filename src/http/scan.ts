import type { App } from '../app.js';
import { pathOf } from '../domain/gs1/digitalLink.js';
import type { Identifier } from '../domain/gs1/identify.js';
import type { Level } from '../domain/gs1/linkset.js';
import { productOf } from '../domain/lot.js';
import { numberOf } from '../domain/number.js';
import { scanPage } from '../pages/scan.js';
import { unknownPage, type UnknownView } from '../pages/unknown.js';
import { askedOf, productView, traced } from '../queries/item.js';
import type { ItemView } from '../queries/itemView.js';
import { privatePerson } from '../queries/evidence.js';
import { mentionsOf } from '../queries/mentions.js';
import { Names } from '../queries/names.js';
import { lotState, misread, newestLots } from '../queries/search.js';
import { html, type Answer, type Call } from './call.js';
import { identified, identifiedByPath, timesOf, type Times, viewOf } from './item-view.js';
import { answerItem } from './items.js';
import { levelsOf } from './levels.js';
import { checkAttributes, linkHeader, resolveCode } from './resolver.js';

/**
 * What a scanned code opens: `/01/.../10/...` and every other Digital Link path. A page for people, JSON for machines; what else is
 * linked from it where a link type is asked for.
 */
export async function scanCode(app: App, call: Call): Promise<Answer> {
  const identifier = identifiedByPath(call.path);
  checkAttributes(call);
  const resolved = await resolveCode(app, call, identifier);
  if (resolved !== undefined) return resolved;
  const answer = await scan(app, call, identifier);
  const links = answer.status === 200 || (await levelsOf(app, identifier, call.lang, app.clock())).some(hasLinks);
  return links ? { ...answer, headers: { ...answer.headers, link: linkHeader(app, call) } } : answer;
}
const hasLinks = ({ links }: Level): boolean => links.length > 0;

/** `/item?id=`: the same for identifiers that have no Digital Link form. */
export async function scanOther(app: App, call: Call): Promise<Answer> {
  return scan(app, call, identified(call.query.id ?? ''));
}

export const hostOf = (app: App): string => new URL(app.config.publicUrl).host;
/** Path and query as asked, for the language switch. */
export const addressOf = (call: Call): string => {
  const query = new URLSearchParams(call.query).toString();
  return call.path + (query === '' ? '' : `?${query}`);
};
/** The page of an item: its Digital Link path, or `/item?id=` where it has none. */
export const pageOf = (uri: string): string =>
  uri.startsWith('https://id.gs1.org/') ? pathOf(uri) : `/item?id=${encodeURIComponent(uri)}`;

const notTraced = new Set<Identifier['kind']>(['product', 'place', 'party']);

async function scan(app: App, call: Call, identifier: Identifier): Promise<Answer> {
  const wanted = call.accepts('text/html', 'application/json');
  if (wanted === 'application/json') return answerItem(app, call, identifier);
  const times = timesOf(call);
  // What is no lot, item or unit has no verdict: its page says what it is, and which entries name it.
  const view = notTraced.has(identifier.kind) ? undefined : await viewOf(app, identifier, times);
  const frame = { lang: call.lang, address: addressOf(call), host: hostOf(app) };
  const headers = { vary: 'accept, accept-language, cookie' };
  if (view === undefined) {
    const unknown = await unknownView(app, identifier);
    const told = await toldOf(app, call, identifier, times);
    const known = told ?? unknown.subject ?? (identifier.kind === 'product' ? unknown.product : undefined);
    return html(known === undefined ? 404 : 200, unknownPage(frame, { ...unknown, ...(told && { told }) }), headers);
  }
  const { address, keys } = view.asked;
  const api = keys.length > 0 ? `/api/items${address}` : `/api/items?id=${encodeURIComponent(address)}`;
  const labels = (await mayLabel(app, call, view)) ? `/labels?lot=${encodeURIComponent(view.item)}` : undefined;
  const told = view.journey.length > 0 ? undefined : await toldOf(app, call, identifier, times);
  const proof = { href: `${api}${api.includes('?') ? '&' : '?'}view=proof`, vkey: app.checkpoints.vkey };
  const page = scanPage(
    { ...frame, api, proof, ...(told && { told }), ...(times.at !== undefined && { at: times.at }), ...(labels && { labels }) },
    view,
  );
  return html(200, page, headers);
}

/** Labels are for the lot's maker and those who hold it. */
async function mayLabel(app: App, call: Call, { item, asked }: ItemView): Promise<boolean> {
  const party = call.account?.party;
  if (party === undefined || asked.keys.length === 0) return false;
  const lot = await lotState(app.store, item);
  return lot !== undefined && (lot.producer === party || lot.holdings.some((h) => h.party === party && !h.transit));
}

/** The events that name what has no page of its own kind; `?after=` goes on where a page of them ended. */
async function toldOf(app: App, call: Call, identifier: Identifier, times: Times): Promise<UnknownView['told']> {
  const item = await traced(app.store, identifier);
  if (item === undefined) return undefined;
  const { after, ...query } = call.query;
  const told = await mentionsOf(app.store, item, { ...times, activities: app.activities, ...(after !== undefined && { after }) });
  if (told.lines.length === 0) return undefined;
  const more = told.next && `${call.path}?${new URLSearchParams({ ...query, after: told.next }).toString()}`;
  return { ...told, kind: toldKind(identifier), ...(more && { more }) };
}

function toldKind({ kind, keys }: Identifier): NonNullable<UnknownView['told']>['kind'] {
  if (keys[0]?.ai === '8017' || keys[0]?.ai === '8018') return 'relation';
  return kind === 'product' || kind === 'place' || kind === 'party' ? kind : 'item';
}

/** What we know though there is no history: the product, a lot that was probably meant, the lots that there are. */
async function unknownView(app: App, identifier: Identifier): Promise<UnknownView> {
  const asked = askedOf(identifier);
  const uri = productOf(identifier.uri);
  const { kind } = identifier;
  if (kind === 'place' || kind === 'party') {
    const names = await Names.read(app.store, [identifier.uri]);
    const now = app.clock();
    if (!names.at(identifier.uri, now)) return { asked, lots: [] };
    const region = names.region(identifier.uri, now);
    const name = names.name(identifier.uri, now) ?? privatePerson;
    return { asked, lots: [], subject: { kind, name, ...(region && { region }) } };
  }
  if (uri === undefined) return { asked, lots: [] };
  const product = productView(uri, await Names.read(app.store, [uri]), app.clock());
  const given = numberOf(identifier.uri);
  const meant = given === undefined ? undefined : await misread(app.store, uri, given);
  const lots = identifier.kind === 'product' ? await newestLots(app.store, uri, 10) : [];
  return {
    asked,
    ...(product && { product }),
    ...(meant && { meant: { value: meant.value, address: pageOf(meant.item) } }),
    // A product that events name without a lot has a state of its own: it is no lot of itself.
    lots: lots
      .filter((row) => row.item !== uri)
      .map((row) => ({ value: numberOf(row.item) ?? row.item, address: pageOf(row.item), at: row.time })),
  };
}
