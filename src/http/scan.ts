import type { App } from '../app.js';
import { pathOf } from '../domain/gs1/digitalLink.js';
import type { Identifier } from '../domain/gs1/identify.js';
import { productOf } from '../domain/lot.js';
import { numberOf } from '../domain/number.js';
import { scanPage } from '../pages/scan.js';
import { unknownPage, type UnknownView } from '../pages/unknown.js';
import { askedOf, productView } from '../queries/item.js';
import type { ItemView } from '../queries/itemView.js';
import { privatePerson } from '../queries/evidence.js';
import { Names } from '../queries/names.js';
import { lotState, misread, newestLots } from '../queries/search.js';
import { html, type Answer, type Call } from './call.js';
import { identified, identifiedByPath, timesOf, viewOf } from './item-view.js';
import { answerItem } from './items.js';

/** What a scanned code opens: `/01/.../10/...` and every other Digital Link path. A page for people, JSON for machines. */
export async function scanCode(app: App, call: Call): Promise<Answer> {
  return scan(app, call, identifiedByPath(call.path));
}

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

async function scan(app: App, call: Call, identifier: Identifier): Promise<Answer> {
  const wanted = call.accepts('text/html', 'application/json');
  if (wanted === 'application/json') return answerItem(app, call, identifier);
  const times = timesOf(call);
  const view = await viewOf(app, identifier, times);
  const frame = { lang: call.lang, address: addressOf(call), host: hostOf(app) };
  const headers = { vary: 'accept, accept-language, cookie' };
  if (view === undefined) {
    const unknown = await unknownView(app, identifier);
    const known = unknown.subject !== undefined || (unknown.product !== undefined && identifier.kind === 'product');
    return html(known ? 200 : 404, unknownPage(frame, unknown), headers);
  }
  const { address, keys } = view.asked;
  const api = keys.length > 0 ? `/api/items${address}` : `/api/items?id=${encodeURIComponent(address)}`;
  const labels = (await mayLabel(app, call, view)) ? `/labels?lot=${encodeURIComponent(view.item)}` : undefined;
  const page = scanPage({ ...frame, api, ...(times.at !== undefined && { at: times.at }), ...(labels && { labels }) }, view);
  return html(200, page, headers);
}

/** Labels are for the lot's maker and those who hold it. */
async function mayLabel(app: App, call: Call, { item, asked }: ItemView): Promise<boolean> {
  const party = call.account?.party;
  if (party === undefined || asked.keys.length === 0) return false;
  const lot = await lotState(app.store, item);
  return lot !== undefined && (lot.producer === party || lot.holdings.some((h) => h.party === party && !h.transit));
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
    lots: lots.map((row) => ({ value: numberOf(row.item) ?? row.item, address: pageOf(row.item), at: row.time })),
  };
}
