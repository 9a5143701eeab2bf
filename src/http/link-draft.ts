import type { App } from '../app.js';
import { thingOf } from '../domain/epcis/identifier.js';
import { isFaulty } from '../domain/gs1/gs1Error.js';
import { identify } from '../domain/gs1/identify.js';
import { registeredFaults, registeredOf } from '../domain/gs1/registered.js';
import { normaliseUri } from '../domain/gs1/uri.js';
import type { JsonObject } from '../domain/record.js';
import type { Fault, Text } from '../domain/text.js';
import { Problem } from '../errors.js';
import type { Draft } from '../ledger/draft.js';
import { linksAt, mayLink } from '../queries/links.js';
import { statementHistory } from '../queries/statements.js';
import { type Author, draftStatement } from './recording.js';

/** Links of one identifier: more than anybody chooses from. */
const most = 100;

const noLink: Text = { zh: '没有数字链接形式的码，登记不了链接', en: 'has no Digital Link form that a link could lead on from' };
const otherAnchor: Text = {
  zh: '链接不能换到别的码上：撤下它，再登记一个',
  en: 'a link stays with what it was registered for: withdraw it and register another',
};
const enough: Text = { zh: `已经有 ${most} 个链接`, en: `has ${most} links already` };

/**
 * The statement of a link, checked: a new one, or (`known`) one about a link of the same party. What another party makes, sells or
 * registered is answered as if it did not exist.
 * @throws Problem `not-found` then
 */
export async function draftLink(
  app: App,
  author: Author,
  id: string,
  given: JsonObject,
  known: boolean,
): Promise<{ readonly draft: Draft } | { readonly faults: readonly Fault[] }> {
  const shape = app.schemas.check('records/link.json')(given);
  if (shape.length > 0) return { faults: shape };
  const typed = identify(String(given.anchor));
  if (isFaulty(typed)) return { faults: typed.faults.map((fault) => ({ ...fault, pointer: '/anchor' })) };
  if (typed.keys.length === 0) return { faults: [{ pointer: '/anchor', message: noLink }] };
  const anchor = thingOf(typed.uri);
  const party = author.behalf ?? author.by;
  const before = known ? await ownLink(app, id, party) : undefined;
  if (before === undefined && !(await mayLink(app.store, anchor, party))) throw new Problem('not-found');

  const body: JsonObject = { ...given, anchor };
  const faults = registeredFaults(registeredOf(body), new URL(app.config.publicUrl).host);
  if (before !== undefined && before.anchor !== anchor) faults.push({ pointer: '/anchor', message: otherAnchor });
  if (before === undefined && (await linksAt(app.store, anchor)).length >= most)
    faults.push({ pointer: '/anchor', message: enough });
  if (faults.length > 0) return { faults };
  const href = normaliseUri(String(body.href));
  return { draft: draftStatement(app, author, 'link', id, { ...body, href: String(href) }) };
}

/** What was last said of a link that is the party's own. */
export async function ownLink(app: App, id: string, party: string): Promise<JsonObject> {
  const [first] = await app.store.range('statements', { prefix: [id], limit: 1 });
  if (first?.kind !== 'link' || first.by !== party) throw new Problem('not-found');
  return (await statementHistory(app.store, id)).at(-1)?.body as JsonObject;
}
