import type { App } from '../app.js';
import type { Activity } from '../domain/activities.js';
import { pathOf } from '../domain/gs1/digitalLink.js';
import { journalPage } from '../pages/field.js';
import { allPage, earlierPage } from '../pages/field-more.js';
import type { Tile } from '../pages/field-parts.js';
import { fieldT } from '../pages/field-words.js';
import { lotsPage } from '../pages/lots.js';
import { deliveriesTo } from '../queries/incoming.js';
import { journal, type JournalEntry } from '../queries/journal.js';
import { entrusting } from '../queries/mandates.js';
import { codeOf, namesOf, textOf } from '../queries/named.js';
import { statementAt } from '../queries/statements.js';
import { lotsHeld } from '../queries/picks.js';
import { type Acting, acting, keepFor } from './acting.js';
import { type Answer, type Call, html } from './call.js';
import { entryOf } from './field-words.js';
import { startOfDay, waitingOf } from './waiting.js';
import { addressOf, hostOf, privately } from './signin.js';

const dayMs = 86_400_000;
/** Entries that say what a party does most. */
const habits = 200;
/** Entries of a day and of a page of earlier ones. */
const mostToday = 500;
const pageSize = 50;

const open = ({ account }: Acting, activities: ReadonlyMap<string, Activity>): Activity[] =>
  [...activities.values()].filter(({ who }) => who.includes(account.role));

/** What parties of a kind record most: the tiles of one that has recorded nothing yet. */
const usual: Readonly<Record<string, readonly string[]>> = {
  producer: ['apply-input', 'fertilise', 'harvest', 'pack', 'ship'],
  processor: ['receive', 'process', 'test', 'pack', 'ship'],
  store: ['receive', 'store', 'store-reading', 'ship'],
  carrier: ['transport-reading', 'arrive', 'receive', 'ship'],
  retailer: ['receive', 'shelve', 'sell', 'return', 'lose'],
  laboratory: ['sample', 'test'],
};

/** The five activities that this party records most often lately, then what its kind usually does, then the order of the work. */
const tilesOf = (may: readonly Activity[], recent: readonly JournalEntry[], roles: readonly string[]): Tile[] => {
  const counts = new Map<string, number>();
  for (const { activity } of recent) if (activity !== undefined) counts.set(activity, (counts.get(activity) ?? 0) + 1);
  const often = ({ name }: Activity): number => counts.get(name) ?? 0;
  const expected = (roles.length > 0 ? roles : ['producer']).flatMap((role) => usual[role] ?? []);
  const rank = ({ name }: Activity): number => (expected.includes(name) ? expected.indexOf(name) : expected.length);
  const chosen = [...may].sort((a, b) => often(b) - often(a) || rank(a) - rank(b) || a.order - b.order).slice(0, 5);
  return chosen.sort((a, b) => a.order - b.order);
};

/** What a party is called, and what it does. */
const partyOf = async (app: App, { party, reader }: Acting, lang: Call['lang']): Promise<{ name: string; roles: string[] }> => {
  const statement = await statementAt(app.store, party, undefined, reader);
  const roles = statement?.body.roles;
  return { name: (textOf(statement?.body.name) ?? codeOf(party))[lang], roles: Array.isArray(roles) ? roles.map(String) : [] };
};

export async function fieldHome(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const { lang } = call;
  const now = app.clock();
  const today = startOfDay(now);
  const [{ entries }, recent, coming, { name: party, roles }] = await Promise.all([
    journal(app.store, who.party, { from: today, to: today + dayMs, limit: mostToday }, who.reader),
    journal(app.store, who.party, { limit: habits }, who.reader),
    deliveriesTo(app.store, who.party, who.reader),
    partyOf(app, who, lang),
  ]);
  const activities = app.activities;
  const before = recent.entries.filter(({ time }) => time < today);
  const lastDay = before[0] === undefined ? undefined : startOfDay(before[0].time);
  const saved = /^\d{1,15}$/.test(call.query.saved ?? '') ? Number(call.query.saved) : undefined;
  const shown = entries.map((entry) => ({
    ...entryOf(entry, activities, keepFor(who)),
    ...(entry.seq === saved && call.query.held === '1' && { held: true }),
  }));
  const late =
    saved === undefined || shown.some(({ seq }) => seq === saved) ? [] : recent.entries.filter(({ seq }) => seq === saved);
  return html(
    200,
    journalPage({
      lang,
      address: addressOf(call),
      host: hostOf(app),
      party,
      now,
      tiles: tilesOf(open(who, activities), recent.entries, roles),
      // An entry that was just made about an earlier day is shown all the same: it must be seen to be saved.
      entries: [...late.map((entry) => entryOf(entry, activities, keepFor(who))), ...shown],
      ...(lastDay !== undefined && {
        before: { at: lastDay, count: before.filter(({ time }) => startOfDay(time) === lastDay).length },
      }),
      ...(before.length > 0 && { earlier: `/field/earlier${keepFor(who)}` }),
      ...(saved !== undefined && { saved: { seq: saved, again: call.query.again === '1' } }),
      incoming: coming.length,
      waiting: [...waitingOf(recent.entries, now).values()]
        .sort((a, b) => a.from - b.from)
        .map(({ name, from }) => ({ name: name[lang], from })),
      ...(await behalfOf(app, who, lang)),
    }),
    privately,
  );
}

/** Whom an operator may write for. */
const behalfOf = async (app: App, { account, by, behalf, reader }: Acting, lang: Call['lang']) => {
  if (account.role !== 'operator') return {};
  const parties = await entrusting(app.store, by, app.clock());
  if (parties.length === 0) return {};
  const names = await namesOf(app.store, parties, { ...reader, party: by });
  return {
    behalf: { ...(behalf && { id: behalf }), choices: parties.map((id) => ({ id, name: (names.get(id) ?? codeOf(id))[lang] })) },
  };
};

export async function fieldEarlier(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const asked = /^(\d{1,15})-(\d{1,15})$/.exec(call.query.before ?? '');
  const before = asked === null ? undefined : { time: Number(asked[1]), seq: Number(asked[2]) };
  const today = startOfDay(app.clock());
  const { entries, next } = await journal(
    app.store,
    who.party,
    { to: today, ...(before && { before }), limit: pageSize },
    who.reader,
  );
  const activities = app.activities;
  return html(
    200,
    earlierPage({
      lang: call.lang,
      address: addressOf(call),
      host: hostOf(app),
      party: (await partyOf(app, who, call.lang)).name,
      entries: entries.map((entry) => entryOf(entry, activities, keepFor(who))),
      ...(next && { earlier: `/field/earlier${keepFor(who, { before: `${next.time}-${next.seq}` })}` }),
      back: `/field${keepFor(who)}`,
    }),
    privately,
  );
}

const stages = ['farm', 'processing', 'transport', 'retail', 'construction'] as const;

export async function fieldAll(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const words = fieldT(call.lang);
  const titles = {
    farm: words.stageFarm,
    processing: words.stageProcessing,
    transport: words.stageTransport,
    retail: words.stageRetail,
    construction: words.stageConstruction,
  };
  const may = open(who, app.activities);
  const groups = stages.map((stage) => ({ title: titles[stage], tiles: may.filter((activity) => activity.stage === stage) }));
  return html(
    200,
    allPage({
      lang: call.lang,
      address: addressOf(call),
      host: hostOf(app),
      party: (await partyOf(app, who, call.lang)).name,
      ...(who.behalf && { behalf: who.behalf }),
      stages: groups.filter(({ tiles }) => tiles.length > 0),
    }),
    privately,
  );
}

/** GET /field/lots: what the party holds. */
export async function fieldLots(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const lots = await lotsHeld(app.store, who.party, who.reader);
  const places = await namesOf(
    app.store,
    lots.flatMap(({ place }) => place ?? []),
    who.reader,
  );
  return html(
    200,
    lotsPage({
      lang: call.lang,
      address: addressOf(call),
      host: hostOf(app),
      back: `/field${keepFor(who)}`,
      lots: lots.map(({ place, ...lot }) => ({
        ...lot,
        href: itemPath(lot.item),
        ...(place !== undefined && { place: places.get(place) ?? codeOf(place) }),
      })),
    }),
    privately,
  );
}

/** Where an item's own page is: its Digital Link path on this server. */
export const itemPath = (uri: string): string =>
  uri.startsWith('https://id.gs1.org/') ? pathOf(uri) : `/api/items?id=${encodeURIComponent(uri)}`;
