import type { App } from '../app.js';
import { thingOf } from '../domain/epcis/identifier.js';
import type { JsonObject } from '../domain/record.js';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import { linksAt, linkStatements } from '../queries/links.js';
import { json, type Answer, type Call } from './call.js';
import { submitOnce } from './idempotency.js';
import { identified, timesOf } from './item-view.js';
import { draftLink } from './link-draft.js';
import { readMaster, said } from './master.js';
import { authorOf, recordedAnswer } from './recording.js';

const readAll = readMaster('link');

/**
 * GET /api/links: those of an identifier by `?anchor=`, as they were stated by `?at=`, everything that was said of them by
 * `?view=history`; without it as any master data.
 */
export async function readLinks(app: App, call: Call): Promise<Answer> {
  const { anchor, view, id } = call.query;
  if (anchor === undefined || id !== undefined) return readAll(app, call);
  const uri = thingOf(identified(anchor).uri);
  const { at } = timesOf(call);
  const statements = view === 'history' ? await linkStatements(app.store, uri, at) : await linksAt(app.store, uri, at);
  return json(200, { anchor: uri, items: statements.map(said) });
}

/** POST /api/links: a new link, or with `id` a new statement about one (changed, withdrawn), which says it whole. */
export async function stateLink(app: App, call: Call): Promise<Answer> {
  const { id, ...body } = call.body as JsonObject & { id?: string };
  const author = await authorOf(app, call);
  const made = await draftLink(app, author, id ?? `urn:suyuan:link:${uuidv7()}`, body, id !== undefined);
  if ('faults' in made) throw new Problem('bad-values', { faults: made.faults });
  return submitOnce(app, call, [made.draft], false, ([outcome]) => recordedAnswer(app, call, made.draft, outcome));
}
