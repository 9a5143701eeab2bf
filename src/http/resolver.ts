import type { App } from '../app.js';
import { parseDigitalLink } from '../domain/gs1/digitalLink.js';
import { isFaulty } from '../domain/gs1/gs1Error.js';
import type { Identifier } from '../domain/gs1/identify.js';
import type { Link } from '../domain/gs1/link.js';
import {
  choices,
  type Level,
  linkset,
  linksetHeader,
  linksetText,
  resolve,
  safeQuery,
  type Wanted,
  wantsLinkset,
  withQuery,
} from '../domain/gs1/linkset.js';
import { Problem } from '../errors.js';
import { linksPage } from '../pages/links-found.js';
import { html, type Answer, type Call } from './call.js';
import { timesOf } from './item-view.js';
import { levelsOf } from './levels.js';
import { addressOf, hostOf } from './signin.js';

/** A fixed document of the standard that turns a linkset into JSON-LD (GS1-Conformant Resolver, section "Linkset context file"). */
export const linksetContext = 'https://ref.gs1.org/standards/resolver/linkset-context';
const contextHeader = `<${linksetContext}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"`;
const vary = { vary: 'accept, accept-language, cookie' };

/** Throws `bad-identifier` for application identifiers in the query string that are wrong (URI Syntax 1.4, section 4.10). */
export function checkAttributes(call: Call): void {
  const link = parseDigitalLink(`https://id.gs1.org${call.path.replace(/\/+$/, '')}?${safeQuery(call.search)}`, {
    permitUnknown: true,
  });
  if (isFaulty(link)) throw new Problem('bad-identifier', { faults: link.faults });
}

/** Where the linkset of what was asked for is: goes with every answer at a Digital Link address that has one. */
export const linkHeader = (app: App, { path }: Call): string =>
  linksetHeader(app.config.publicUrl + safeQuery(path.replace(/\/+$/, '')));

/**
 * What a resolver answers to a request that names a link type or asks for a linkset (GS1-Conformant Resolver 1.1). Undefined where it
 * does neither: then the page of the identifier is the answer, the default link of everything that has one.
 * Redirects lead only to this service and to what was registered: nothing of the request but its encoded query string gets into them.
 */
export async function resolveCode(app: App, call: Call, identifier: Identifier): Promise<Answer | undefined> {
  const wanted = wantedOf(call);
  if (wanted.linkType === undefined && !wantsLinkset(wanted)) return undefined;
  const { at } = timesOf(call);
  // The past is there to read; only what holds now is followed, since an address given up may be somebody else's today.
  const then = wantsLinkset(wanted) && at !== undefined ? at : app.clock();
  const levels = await levelsOf(app, identifier, call.lang, then);
  const found = resolve(levels, wanted);
  const link = { link: linkHeader(app, call), ...vary };
  if (found.kind === 'missing') throw missing(levels, wanted, link.link);
  if (found.kind === 'linkset') return linksetAnswer(app, call, levels, link);
  if (found.kind === 'follow') return { status: 307, headers: { ...link, location: locationOf(app, call, found.link) } };
  if (call.accepts('application/linkset+json', 'text/html') === 'text/html')
    return html(300, linksPage(frameOf(app, call), 'choose', [{ anchor: identifier.uri, links: found.links }]), link);
  return {
    status: 300,
    type: 'application/linkset+json',
    headers: { ...link, link: [link.link, contextHeader] },
    body: JSON.stringify(choices(identifier.uri, found.links)),
  };
}

function wantedOf({ query, headers }: Call): Wanted {
  const { linkType, context } = query;
  const { accept, 'accept-language': acceptLanguage } = headers;
  return {
    ...(linkType && { linkType }),
    ...(context && { context }),
    ...(accept !== undefined && { accept: accept.slice(0, 2000) }),
    ...(acceptLanguage !== undefined && { acceptLanguage: acceptLanguage.slice(0, 500) }),
  };
}

const missing = (levels: readonly Level[], { linkType = '' }: Wanted, link: string): Problem =>
  levels.some(({ links }) => links.length > 0)
    ? new Problem('not-found', {
        detail: { zh: `没有 ${linkType} 类型的链接`, en: `there is no link of the type ${linkType}` },
        headers: { link },
      })
    : new Problem('not-found');

/** The whole query string is passed on; to our own pages without what was meant for the resolver, or it would be asked again. */
function locationOf(app: App, call: Call, link: Link): string {
  if (link.closed) return link.href;
  const own = link.href.startsWith(`${app.config.publicUrl}/`);
  const pieces = call.search.split('&').filter((piece) => !own || !/^(?:linkType|context)(?:=|$)/.test(decodedName(piece)));
  return withQuery(link.href, safeQuery(pieces.join('&')));
}
const decodedName = (piece: string): string => [...new URLSearchParams(piece).keys()][0] ?? '';

const frameOf = (app: App, call: Call) => ({ lang: call.lang, address: addressOf(call), host: hostOf(app) });

function linksetAnswer(app: App, call: Call, levels: readonly Level[], headers: { link: string; vary: string }): Answer {
  const json = ['application/linkset+json', 'application/json', 'application/ld+json'];
  const type = call.accepts(...json, 'application/linkset', 'text/html') ?? 'application/linkset+json';
  if (type === 'text/html') return html(200, linksPage(frameOf(app, call), 'all', levels), headers);
  if (type === 'application/linkset') return { status: 200, type, headers, body: linksetText(levels) };
  const document = { ...(type === 'application/ld+json' && { '@context': linksetContext }), ...linkset(levels) };
  return { status: 200, type, headers: { ...headers, link: [headers.link, contextHeader] }, body: JSON.stringify(document) };
}
