import type { IncomingHttpHeaders } from 'node:http';
import type { Lang } from '../domain/text.js';
import { seeOther, type Answer } from './call.js';

const cookie = /(?:^|;\s*)lang=(zh|en)(?:;|$)/;

/** The reader's language: what was chosen before (cookie), else the one preferred (Accept-Language, RFC 9110 section 12.5.4), else Chinese. */
export function langOf(headers: IncomingHttpHeaders): Lang {
  const chosen = cookie.exec(headers.cookie ?? '')?.[1];
  if (chosen === 'zh' || chosen === 'en') return chosen;
  const wanted = (headers['accept-language'] ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((p) => /^\s*q\s*=\s*([0-9.]+)\s*$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { lang: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ lang, quality }) => (lang === 'zh' || lang === 'en') && quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return wanted[0]?.lang === 'en' ? 'en' : 'zh';
}

/**
 * The answer to a page asked for with `?lang=zh|en`: the choice goes into a cookie for a year, and the same address comes back
 * without it. Undefined when the address asks for no language. `address`: path and query as they were sent.
 */
export function langSwitch(address: string): Answer | undefined {
  const cut = address.indexOf('?');
  if (cut < 0) return undefined;
  const parts = address.slice(cut + 1).split('&');
  const asked = parts.map((part) => /^lang=(zh|en)$/.exec(part)?.[1]).find((lang) => lang !== undefined);
  if (asked === undefined) return undefined;
  const rest = parts.filter((part) => !part.startsWith('lang=')).join('&');
  const path = address.slice(0, cut).replace(/^[/\\]+/, '/');
  return seeOther(path + (rest === '' ? '' : `?${rest}`), {
    'set-cookie': `lang=${asked}; Path=/; Max-Age=31536000; SameSite=Lax`,
    'cache-control': 'no-store',
  });
}
