import type { App } from '../app.js';
import { isFaulty } from '../domain/gs1/gs1Error.js';
import { identify, type Identifier } from '../domain/gs1/identify.js';
import { ancestors, type Level } from '../domain/gs1/linkset.js';
import { linkOf, registeredFaults } from '../domain/gs1/registered.js';
import { productOf } from '../domain/lot.js';
import type { Lang } from '../domain/text.js';
import { candidates, traced } from '../queries/item.js';
import { linksInForce } from '../queries/links.js';
import { textOf } from '../queries/names.js';
import { statementAt } from '../queries/statements.js';
import { viewOf } from './item-view.js';
import { ownLinks, type Served } from './own-links.js';

/**
 * The way up from an identifier: itself, then with one qualifier less each time, to its key alone. An item stands in between under
 * its serial alone, as EPCIS writes it.
 */
export function wayUp({ keys }: Identifier): Identifier[] {
  const up: Identifier[] = [];
  for (const uri of ancestors(keys)) {
    const found = identify(uri);
    if (isFaulty(found)) continue;
    const last = found.keys.at(-1)?.ai;
    const same = candidates(found).flatMap((candidate) => {
      const other = identify(candidate);
      return !isFaulty(other) && other.keys.at(-1)?.ai === last ? [other] : [];
    });
    for (const each of same) if (!up.some((known) => known.uri === each.uri)) up.push(each);
  }
  return up;
}

/** The links of an identifier and of what it is a part of, as they were in force at a time (Unix milliseconds): ours and registered ones. */
export async function levelsOf(app: App, identifier: Identifier, lang: Lang, time: number): Promise<Level[]> {
  const product = productOf(identifier.uri);
  const name = product === undefined ? undefined : textOf((await statementAt(app.store, product, time))?.body.name);
  const host = new URL(app.config.publicUrl).host;
  const levels = wayUp(identifier).map(async (each): Promise<Level> => {
    const [served, registered] = await Promise.all([servedOf(app, each), linksInForce(app.store, each.uri, time)]);
    const own = served === undefined ? [] : ownLinks(app.config.publicUrl, each, served, lang);
    // Checked when they were registered; checked again, because people are sent there.
    const sound = registered.filter((link) => registeredFaults(link, host).length === 0).map((link) => linkOf(link, lang));
    return { anchor: each.uri, ...(name && { description: name[lang] }), links: [...own, ...sound] };
  });
  return Promise.all(levels);
}

/** What there is to see of an identifier here; undefined when its page would say that there is nothing. */
async function servedOf(app: App, identifier: Identifier): Promise<Served | undefined> {
  const { kind, uri } = identifier;
  if (kind === 'product' || kind === 'place' || kind === 'party') {
    const known = (await statementAt(app.store, uri)) ?? (await traced(app.store, identifier));
    return known === undefined ? undefined : { traced: false, tested: false };
  }
  if ((await traced(app.store, identifier)) !== uri) return undefined;
  const view = await viewOf(app, identifier);
  return view && { traced: true, tested: view.tests.length + view.certificates.length > 0 };
}
