import type { App } from '../app.js';
import { within } from '../domain/reader.js';
import type { Lot } from '../domain/lot.js';
import type { Identifier } from '../domain/gs1/identify.js';
import { Problem } from '../errors.js';
import { traced } from '../queries/item.js';
import { historyOf, stateAt } from '../queries/history.js';
import type { ItemView } from '../queries/itemView.js';
import { statementAt } from '../queries/statements.js';
import { lotState } from '../queries/search.js';
import { correctionAsJson } from './corrections.js';
import { erasedAsJson } from './erasures.js';
import { json, type Answer, type Call } from './call.js';
import { identified, identifiedByPath, timesOf, viewOf } from './item-view.js';
import { readerOf } from './master.js';
import { answerProof } from './proof.js';
import { answerTrace } from './trace.js';

/** GET /api/items/{digital link path}, and /api/items?id= for any other identifier. */
export async function readItem(app: App, call: Call): Promise<Answer> {
  const path = call.path.replace(/^\/api\/items\/?/, '/');
  const { id } = call.query;
  if (path === '/' && id === undefined)
    throw new Problem('bad-values', { faults: [{ pointer: '/id', message: { zh: '没有填', en: 'is missing' } }] });
  return answerItem(app, call, path === '/' ? identified(id ?? '') : identifiedByPath(path));
}

export async function answerItem(app: App, call: Call, identifier: Identifier): Promise<Answer> {
  const item = await traced(app.store, identifier);
  if (item === undefined) throw new Problem('not-found');
  const times = timesOf(call);
  const headers = { 'access-control-allow-origin': '*', vary: 'accept, accept-language, cookie, authorization' };
  if (call.query.view === 'proof') return answerProof(app, call, item, headers);
  if (call.query.view === 'trace') return answerTrace(app, call, item, times);
  if (call.query.view === 'history') {
    const limit = Number(call.query.limit ?? 200);
    const history = await historyOf(app.store, item, {
      ...times,
      reader: readerOf(call),
      limit,
      ...(call.query.after && { after: call.query.after }),
    });
    if (history.lines.length === 0 && call.query.after === undefined) throw new Problem('not-found');
    const lines = history.lines.map(({ recorded: time, erased, correctedBy, ...line }) => ({
      ...line,
      recorded: new Date(time).toISOString(),
      ...(erased && { erased: erased.map(erasedAsJson) }),
      ...(correctedBy && { correctedBy: correctionAsJson(correctedBy, line.by !== undefined) }),
    }));
    return json(200, { id: item, items: lines, ...(history.next && { next: history.next }) }, headers);
  }
  const [view, lot] = await Promise.all([
    viewOf(app, identifier, times),
    times.at === undefined && times.known === undefined ? lotState(app.store, item) : stateAt(app.store, item, times),
  ]);
  if (view === undefined) throw new Problem('not-found');
  return json(200, { ...publicView(app, view), ...(lot && (await stateFor(app, call, lot))) }, headers);
}

function publicView(app: App, { asked, item, known: _known, ...view }: ItemView): object {
  const link = asked.keys.length > 0 ? app.config.publicUrl + asked.address : undefined;
  return { id: item, ...(link && { link }), identifiers: asked.keys, ...(inWords(view) as object) };
}

const timeNames = new Set(['at', 'until', 'issued', 'time', 'harvested', 'from', 'to']);
/** Times as ISO strings, at the edge; points of a series too. */
function inWords(value: unknown, name = ''): unknown {
  if (typeof value === 'number') return timeNames.has(name) ? new Date(value).toISOString() : value;
  if (name === 'points' && Array.isArray(value))
    return (value as [number, number | null][]).map(([time, celsius]) => ({ time: new Date(time).toISOString(), celsius }));
  if (Array.isArray(value)) return value.map((each) => inWords(each));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inWords(member, key)]));
}

/**
 * The state with its quantities, for those whom it concerns: a party sees what it holds, has on the way or made (and of what it made
 * the sums); an inspector sees all of what lies, or was made, in the jurisdiction.
 */
async function stateFor(app: App, call: Call, lot: Lot): Promise<{ state?: object }> {
  const reader = readerOf(call);
  const whole = { ...lot, time: new Date(lot.time).toISOString() };
  if (reader.role === 'inspector' && reader.division !== undefined) {
    return (await liesIn(app, lot, reader.division)) ? { state: whole } : {};
  }
  const { party } = reader;
  if (party === undefined) return {};
  const holdings = lot.holdings.filter((h) => h.party === party || h.transit?.to === party || h.transit?.carrier === party);
  if (holdings.length === 0 && lot.producer !== party) return {};
  const { totals, contents, holdings: _all, ...rest } = whole;
  return { state: { ...rest, holdings, ...(lot.producer === party && { totals }), ...(holdings.length > 0 && { contents }) } };
}

async function liesIn(app: App, lot: Lot, division: string): Promise<boolean> {
  const subjects = [lot.producer, ...lot.holdings.flatMap((h) => [h.party, h.place, h.transit?.to])].filter(
    (uri) => uri !== undefined,
  );
  for (const uri of new Set(subjects)) {
    const code = (await statementAt(app.store, uri))?.body.division;
    if (typeof code === 'string' && within(code, division)) return true;
  }
  return false;
}
