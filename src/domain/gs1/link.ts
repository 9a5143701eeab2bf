import type { Fault } from '../text.js';
import { faultAt } from './gs1Error.js';
import { normaliseUri } from './uri.js';

/** One link of a resolver: what it is about, where it leads. */
export interface Link {
  /** Link type as CURIE of the GS1 Web Vocabulary (`gs1:pip`), registered relation type, or IRI. */
  readonly rel: string;
  readonly href: string;
  readonly title: string;
  /** BCP 47 tags of the target's languages; none when it has no language or all. */
  readonly hreflang?: readonly string[];
  /** Media type of the target. */
  readonly type?: string;
  /** Situations that the link is meant for, e.g. a country or a role; none when for all. */
  readonly context?: readonly string[];
  /** The link to follow where nothing else is asked for. One at each level; of several the first counts. */
  readonly isDefault?: boolean;
  /** A default that has no variants: who asks for no link type gets this one, whatever else is registered under its type. */
  readonly only?: true;
  /** Steps back behind any other link of its type at the same level: what a service offers where nobody registered one. */
  readonly fallback?: true;
  /** Among links that fit a request equally well, one that says `lesser` stands back (the form for machines of a page). */
  readonly lesser?: true;
  /** The query string of the request is not for it: it has parameters of its own. */
  readonly closed?: true;
}

const vocabularies: Readonly<Record<string, string>> = { gs1: 'https://gs1.org/voc/', schema: 'https://schema.org/' };

/** A link type as linksets and `linkType` parameters write it, as one IRI (or registered name) for comparison. */
export function linkTypeIri(rel: string): string {
  const curie = /^(gs1|schema):(.+)$/.exec(rel);
  if (curie) return vocabularies[curie[1]!]! + curie[2]!;
  return rel.replace(/^https?:\/\/(?:www\.|ref\.)?gs1\.org\/voc\//, vocabularies['gs1']!);
}

/** Members of a linkset's context object that are not link types. */
const taken = ['anchor', 'description', 'itemDescription'];
/** What a resolver says itself, and nobody registers. */
const reserved = new Set(['defaultLink', 'defaultLinkMulti', 'handledBy'].map((name) => linkTypeIri(`gs1:${name}`)));
const words = new Set(['linkset', 'all']);

/** Whether a text can be a link type: a CURIE of a known vocabulary, an IRI, or a registered relation type (RFC 8288 section 2.1). */
const isLinkType = (rel: string) =>
  !reserved.has(linkTypeIri(rel)) &&
  !words.has(rel) &&
  (/^https?:\/\//i.test(linkTypeIri(rel))
    ? typeof normaliseUri(linkTypeIri(rel)) === 'string'
    : /^[a-z][a-z0-9.-]*$/.test(rel) && !taken.includes(rel));

/**
 * What is wrong with a link that someone registers, by field. Targets are https alone: a resolver sends people there in the
 * producer's name.
 */
export function linkFaults(link: Link): Fault[] {
  const faults: Fault[] = [];
  const check = (ok: boolean, pointer: string, zh: string, en: string) => ok || faults.push(faultAt(pointer, zh, en));
  const href = normaliseUri(link.href);
  check(isLinkType(link.rel), '/rel', '不是链接类型（如 gs1:pip）', 'is not a link type (such as gs1:pip)');
  check(
    typeof href === 'string' && /^https:\/\/[^/?#@]+(?:[/?#]|$)/.test(href),
    '/href',
    '应为 https 网址，不含用户名',
    'must be an https address without user name',
  );
  check(link.title.trim() !== '', '/title', '不能为空', 'must not be empty');
  for (const [i, tag] of (link.hreflang ?? []).entries()) {
    check(
      /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/.test(tag),
      `/hreflang/${i}`,
      '不是语言标签（BCP 47）',
      'is not a language tag (BCP 47)',
    );
  }
  const mediaType = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/i;
  check(link.type === undefined || mediaType.test(link.type), '/type', '不是媒体类型', 'is not a media type');
  return faults;
}
