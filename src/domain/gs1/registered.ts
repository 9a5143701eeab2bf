import type { JsonObject } from '../record.js';
import type { Fault, Lang, Text } from '../text.js';
import { type Link, linkFaults } from './link.js';

/** A link as a party registers it: the body of a record of kind `link` (schemas/records/link.json). */
export interface Registered {
  /** Canonical Digital Link URI of what the link is about. */
  readonly anchor: string;
  /** Link type. */
  readonly type: string;
  readonly href: string;
  readonly title: { readonly zh: string; readonly en?: string };
  readonly hreflang?: readonly string[];
  readonly media?: string;
  readonly context?: readonly string[];
  /** In force from then, and until then (ISO times); always when left out. */
  readonly from?: string;
  readonly until?: string;
  readonly withdrawn?: boolean;
}

export const registeredOf = (body: JsonObject): Registered => body as unknown as Registered;

/** The link as a resolver gives it out. */
export const linkOf = ({ type, href, title, hreflang, media, context }: Registered, lang: Lang): Link => ({
  rel: type,
  href,
  title: lang === 'en' ? (title.en ?? title.zh) : title.zh,
  ...(hreflang && { hreflang }),
  ...(media !== undefined && { type: media }),
  ...(context && { context }),
});

export type Standing = 'in-force' | 'not-yet' | 'ended' | 'withdrawn';

/** Whether a link leads on at a time (Unix milliseconds). */
export function standingOf({ from, until, withdrawn }: Registered, time: number): Standing {
  if (withdrawn) return 'withdrawn';
  if (from !== undefined && time < Date.parse(from)) return 'not-yet';
  return until !== undefined && time >= Date.parse(until) ? 'ended' : 'in-force';
}

const fields: Readonly<Record<string, string>> = { '/rel': '/type', '/type': '/media' };

/**
 * What is wrong with a link that someone registers, beyond its shape. `host`: that of this service, which serves its own pages by
 * itself; a registered link to it could lead in a circle.
 */
export function registeredFaults(link: Registered, host: string): Fault[] {
  const faults = linkFaults(linkOf(link, 'zh')).map((fault) => ({ ...fault, pointer: fields[fault.pointer] ?? fault.pointer }));
  const add = (pointer: string, message: Text): void => void faults.push({ pointer, message });
  if (link.title.en !== undefined && link.title.en.trim() === '') add('/title/en', { zh: '不能为空', en: 'must not be empty' });
  if (!faults.some(({ pointer }) => pointer === '/href')) {
    const target = hostOf(link.href);
    if (target === undefined) add('/href', { zh: '不是能打开的公开网址', en: 'is not an address on a public host' });
    else if (target === hostOf(`https://${host}`))
      add('/href', { zh: '本站的页面不用登记，自己就有', en: 'is on this service, whose own pages need no link' });
  }
  if (link.from !== undefined && link.until !== undefined && Date.parse(link.until) <= Date.parse(link.from))
    add('/until', { zh: '应晚于开始时间', en: 'must be after the beginning' });
  return faults;
}

/** A name with a dot that is no address and no local name, in small letters and without port; undefined for anything else. */
function hostOf(href: string): string | undefined {
  const authority = /^https:\/\/([^/?#]+)/i.exec(href)?.[1]?.toLowerCase() ?? '';
  const host = decoded(authority.replace(/:\d{1,5}$/, '').replace(/\.$/, ''));
  // A last label of digits, also hexadecimal ones, makes it an IPv4 address (WHATWG URL section 3.5).
  const publicName = /^(?:[\p{L}\p{M}\p{N}_-]+\.)+(?!0x[\da-f]*$)(?=.*\p{L})[\p{L}\p{M}\p{N}-]+$/u.test(host);
  return publicName && !/\.(?:local|localhost|internal|home\.arpa)$/.test(host) ? host : undefined;
}

function decoded(host: string): string {
  try {
    return decodeURIComponent(host);
  } catch {
    return '';
  }
}
