import { pathOf } from '../domain/gs1/digitalLink.js';
import type { Identifier } from '../domain/gs1/identify.js';
import type { Link } from '../domain/gs1/link.js';
import type { Lang, Text } from '../domain/text.js';

const titles = {
  page: { zh: '溯源页', en: 'Traceability page' },
  journey: { zh: '一路怎么来的', en: 'The journey' },
  tests: { zh: '检测和证书', en: 'Tests and certificates' },
  recall: { zh: '有没有召回', en: 'Whether it is recalled' },
  history: { zh: '公开记录（数据）', en: 'The public record (data)' },
  state: { zh: '状态（数据）', en: 'State (data)' },
  events: { zh: 'EPCIS 事件（要登录）', en: 'EPCIS events (for those with an account)' },
} as const satisfies Record<string, Text>;

/** What this service says of an identifier by itself. */
export interface Served {
  /** It has a history of its own: a lot, an item, a logistic unit. */
  readonly traced: boolean;
  /** There are tests or certificates on its page. */
  readonly tested: boolean;
}

/**
 * The links that need no registration: the page that a scanned code opens, which is the default and stays it whatever a producer
 * registers, since it carries the verdict; traceability, tests, recalls and events where there are any. Each page also as data.
 */
export function ownLinks(base: string, { uri, kind }: Identifier, served: Served, lang: Lang): Link[] {
  const path = pathOf(uri);
  const [page, api] = [base + path, `${base}/api/items${path}`];
  const forPeople = (rel: string, href: string, title: Text): Link => ({
    rel,
    href,
    title: title[lang],
    type: 'text/html',
    hreflang: ['zh', 'en'],
  });
  const forMachines = (rel: string, href: string, title: Text): Link => ({
    rel,
    href,
    title: title[lang],
    type: 'application/json',
    lesser: true,
    closed: true,
  });
  const fallback = { fallback: true } as const;
  const links: Link[] = [{ ...forPeople('gs1:pip', page, titles.page), isDefault: true, only: true }];
  if (!served.traced) return links;
  links.push(
    { ...forPeople('gs1:traceability', `${page}#j`, titles.journey), ...fallback },
    { ...forMachines('gs1:traceability', `${api}?view=history`, titles.history), ...fallback },
    forPeople('gs1:recallStatus', `${page}#answer`, titles.recall),
    forMachines('gs1:recallStatus', api, titles.state),
  );
  if (served.tested)
    links.push(
      { ...forPeople('gs1:certificationInfo', `${page}#t`, titles.tests), ...fallback },
      { ...forMachines('gs1:certificationInfo', api, titles.state), ...fallback },
    );
  const parameter = kind === 'class' ? 'MATCH_anyEPCClass' : 'MATCH_anyEPC';
  const events = `${base}/epcis/events?${parameter}=${encodeURIComponent(uri)}`;
  return [...links, { ...forMachines('gs1:epcis', events, titles.events), ...fallback }];
}
