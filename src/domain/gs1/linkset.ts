import type { Json, JsonObject } from '../record.js';
import { canonicalBase, pathOfKeys } from './digitalLink.js';
import type { KeyValue } from './gs1Error.js';
import { type Link, linkTypeIri } from './link.js';
import { matchLanguage, matchMediaType } from './preferences.js';

/** The links of one identifier. */
export interface Level {
  /** Digital Link URI that the links are about. */
  readonly anchor: string;
  readonly description?: string;
  readonly links: readonly Link[];
}

const defaultLinkIri = linkTypeIri('gs1:defaultLink');
const defaultLinkMultiIri = linkTypeIri('gs1:defaultLinkMulti');

/** The one default link of a level: the first marked as such, else a product page, else the first of all. */
export const defaultLink = (links: readonly Link[]): Link | undefined =>
  links.find((link) => link.isDefault) ?? links.find((link) => linkTypeIri(link.rel) === linkTypeIri('gs1:pip')) ?? links[0];

/** The default in its variants (languages, media types, contexts): all links of its type, where it has variants. */
function defaultVariants(links: readonly Link[]): readonly Link[] {
  const one = defaultLink(links);
  if (one?.only) return [one];
  return one ? links.filter((link) => linkTypeIri(link.rel) === linkTypeIri(one.rel)) : [];
}

/** Target attributes of RFC 9264 section 4.2.4; `context` is one of GS1's, an array as extension attributes are. */
const target = (link: Link): JsonObject => ({
  href: link.href,
  title: link.title,
  ...(link.type && { type: link.type }),
  ...(link.hreflang?.length && { hreflang: [...link.hreflang] }),
  ...(link.context?.length && { context: [...link.context] }),
});

/**
 * A linkset document (RFC 9264 section 4.2, `application/linkset+json`): one context object for each level that has links, with
 * exactly one gs1:defaultLink, and gs1:defaultLinkMulti where the default has variants (GS1-Conformant Resolver 1.1).
 */
export function linkset(levels: readonly Level[]): JsonObject {
  return {
    linkset: levels
      .filter((level) => level.links.length > 0)
      .map(({ anchor, description, links }) => {
        const variants = defaultVariants(links);
        const context: JsonObject = { anchor, ...(description && { description }) };
        const { href, title } = defaultLink(links)!;
        // Its language and type are said where it stands under its own link type.
        context[defaultLinkIri] = [{ href, title }];
        if (variants.length > 1) context[defaultLinkMultiIri] = variants.map(target);
        for (const rel of new Set(links.map((link) => linkTypeIri(link.rel)))) {
          context[rel] = links.filter((link) => linkTypeIri(link.rel) === rel).map(target);
        }
        return context;
      }),
  };
}

/** The links that a request leaves to choose from (300), as a linkset of their type alone. */
export const choices = (anchor: string, links: readonly Link[]): JsonObject => {
  const context: JsonObject = { anchor };
  for (const link of links)
    context[linkTypeIri(link.rel)] = [...((context[linkTypeIri(link.rel)] ?? []) as Json[]), target(link)];
  return { linkset: [context] };
};

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
/** RFC 8187: what is not ASCII stands in `title*`. */
const titled = (title: string): string =>
  /^[\x20-\x7e]*$/.test(title)
    ? `title=${quoted(title)}`
    : `title*=UTF-8''${encodeURIComponent(title.toWellFormed()).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}`;

/** The same document in the form of a Link header (RFC 9264 section 4.1, `application/linkset`): one line a link. */
export function linksetText(levels: readonly Level[]): string {
  const lines = levels.flatMap(({ anchor, links }) => {
    const one = defaultLink(links);
    const line = (rel: string, { href, title, type, hreflang }: Pick<Link, 'href' | 'title' | 'type' | 'hreflang'>) =>
      [
        `<${href}>`,
        `rel=${quoted(rel)}`,
        `anchor=${quoted(anchor)}`,
        titled(title),
        ...(type ? [`type=${quoted(type)}`] : []),
        ...(hreflang ?? []).map((language) => `hreflang=${quoted(language)}`),
      ].join('; ');
    return [
      ...(one ? [line(defaultLinkIri, { href: one.href, title: one.title })] : []),
      ...links.map((link) => line(linkTypeIri(link.rel), link)),
    ];
  });
  return lines.join(',\n');
}

/** What a request to a resolver asks for. */
export interface Wanted {
  /** The `linkType` parameter. */
  readonly linkType?: string;
  /** The `context` parameter. */
  readonly context?: string;
  /** Headers as they came. */
  readonly accept?: string;
  readonly acceptLanguage?: string;
}

export type Resolution =
  | { readonly kind: 'linkset' }
  /** Redirect (307) to this link. */
  | { readonly kind: 'follow'; readonly link: Link }
  /** 300: these fit equally well. */
  | { readonly kind: 'choose'; readonly links: readonly Link[] }
  /** 404: no link of this type at any level, or no link at all. */
  | { readonly kind: 'missing' };

/**
 * Whether a request wants the list of links itself: by `linkType=linkset`, or by naming that media type in Accept (a `*` names none).
 * `all` is what resolvers before 1.0 called it.
 */
export function wantsLinkset({ linkType, accept = '' }: Wanted): boolean {
  if (linkType !== undefined) return linkType === 'linkset' || linkType === 'all';
  return accept.split(',').some((range) => /^\s*application\/linkset(?:\+json)?\s*(?:;|$)/i.test(range));
}

/** How well a link fits, most important first: registered or fallback, context, language, media type, form. Higher is better. */
function fit(link: Link, wanted: Wanted): readonly number[] {
  const context = !link.context?.length ? 1 : wanted.context !== undefined && link.context.includes(wanted.context) ? 2 : 0;
  const language = matchLanguage(link.hreflang, wanted.acceptLanguage);
  return [link.fallback ? 1 : 2, context, language, matchMediaType(link.type, wanted.accept), link.lesser ? 1 : 2];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, at) => value !== b[at]);
  return i < 0 ? 0 : a[i]! - b[i]!;
}

/**
 * Decides what a resolver answers (GS1-Conformant Resolver 1.1). The levels go from the identifier asked for up to its key alone
 * (`ancestors`); the first that has what is asked for answers. Without `linkType` that is the default link, in the variant that
 * fits the request best; with it, the best fitting link of the type. Of equal ones the default wins; else all are offered.
 */
export function resolve(levels: readonly Level[], wanted: Wanted): Resolution {
  if (!levels.some((level) => level.links.length > 0)) return { kind: 'missing' };
  if (wantsLinkset(wanted)) return { kind: 'linkset' };
  for (const { links } of levels) {
    const iri = wanted.linkType === undefined ? defaultLinkIri : linkTypeIri(wanted.linkType);
    const candidates =
      iri === defaultLinkIri || iri === defaultLinkMultiIri
        ? defaultVariants(links)
        : links.filter((link) => linkTypeIri(link.rel) === iri);
    if (candidates.length > 0) return best(candidates, defaultLink(links)!, wanted);
  }
  return { kind: 'missing' };
}

function best(candidates: readonly Link[], fallback: Link, wanted: Wanted): Resolution {
  const fits = new Map(candidates.map((link) => [link, fit(link, wanted)]));
  const top = candidates.reduce((a, b) => (compare(fits.get(b)!, fits.get(a)!) > 0 ? b : a));
  const equal = candidates.filter((link) => compare(fits.get(link)!, fits.get(top)!) === 0);
  if (equal.includes(fallback)) return { kind: 'follow', link: fallback };
  return new Set(equal.map((link) => link.href)).size === 1 ? { kind: 'follow', link: top } : { kind: 'choose', links: equal };
}

/** The identifiers that a resolver falls back on, from the one given up to its primary key: qualifiers fall from the right. */
export const ancestors = (keys: readonly KeyValue[]): string[] =>
  keys.map((_, i) => canonicalBase + pathOfKeys(keys.slice(0, keys.length - i)));

/** The target with the query string of the request passed on, before a fragment. `query` is one that `safeQuery` gave. */
export function withQuery(href: string, query: string): string {
  if (query === '') return href;
  const [, address, fragment] = /^([^#]*)(#.*)?$/s.exec(href)!;
  const join = !address!.includes('?') ? '?' : /[?&]$/.test(address!) ? '' : '&';
  return address + join + query + (fragment ?? '');
}

/** Percent-encodes what may not stand in a query string (RFC 3986 section 3.4), and leaves all else of it as it came. */
export const safeQuery = (query: string): string =>
  query.replace(/%(?![0-9A-Fa-f]{2})|[^!$%&'()*+,\-./0-9:;=?@A-Z_a-z~]/gu, (c) =>
    // A character up to U+00FF stands for a byte of the request as it came.
    c <= '\u00ff' ? `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : encodeURIComponent(c.toWellFormed()),
  );

/** The `Link` header (RFC 8288) that says where the linkset of a Digital Link is. */
export const linksetHeader = (url: string): string =>
  `<${withQuery(url.split(/[?#]/)[0]!, 'linkType=linkset')}>; rel="linkset"; type="application/linkset+json"`;
