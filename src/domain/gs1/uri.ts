import { fault, type Faulty } from './gs1Error.js';

const utf8 = new TextEncoder();
const encodeCharacter = (c: string) =>
  Array.from(utf8.encode(c), (byte) => '%' + byte.toString(16).toUpperCase().padStart(2, '0')).join('');

/** RFC 3986 section 6.2.2: capital hexadecimal digits, nothing encoded that need not be; RFC 3987 section 3.1 for the rest. */
const normalEncoding = (text: string) =>
  text.replace(/[^\x21-\x7e]/gu, encodeCharacter).replace(/%[0-9A-Fa-f]{2}/g, (hex) => {
    const c = String.fromCharCode(parseInt(hex.slice(1), 16));
    return /[0-9A-Za-z\-._~]/.test(c) ? c : hex.toUpperCase();
  });

/** RFC 3986 section 5.2.4. */
function withoutDots(path: string): string {
  if (!/\/\.\.?(\/|$)/.test(path)) return path;
  const out: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1;
    if (segment === '..') out.pop();
    if (segment !== '.' && segment !== '..') out.push(segment);
    else if (last) out.push('');
  }
  return '/' + out.join('/');
}

const defaultPort: Readonly<Record<string, string>> = { http: ':80', https: ':443' };

/**
 * An absolute URI in its normal form (RFC 3986 section 6.2, RFC 8141 section 3.1): scheme, host and URN namespace in small
 * letters, a default port left out, dot segments resolved, percent-encoding as far as needed. Two URIs that these rules call
 * equivalent give the same text; nothing else is changed.
 */
export function normaliseUri(text: string): string | Faulty {
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/su.exec(text);
  if (!match) {
    return { faults: [fault('不是 GS1 标识、也不是完整的 URI', 'is neither a GS1 identifier nor an absolute URI')] };
  }
  // oxlint-disable-next-line no-control-regex -- controls are what is looked for
  if (match[2] === '' || /[\s\x00-\x1f\x7f"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})|\p{Surrogate}/u.test(text)) {
    return { faults: [fault('URI 含有不允许的字符', 'is a URI with characters that are not allowed')] };
  }
  const scheme = match[1]!.toLowerCase();
  const rest = normalEncoding(match[2]!);
  if (scheme === 'urn') return normaliseUrn(rest);
  const hierarchical = /^\/\/([^/?#]*)([^?#]*)(.*)$/s.exec(rest);
  if (!hierarchical) return `${scheme}:${rest}`;
  const [, authority = '', path = '', tail = ''] = hierarchical;
  const at = authority.lastIndexOf('@') + 1;
  let host = authority.slice(at).toLowerCase().replace(/:$/, '');
  const port = defaultPort[scheme];
  if (port && host.endsWith(port)) host = host.slice(0, -port.length);
  if (port && host === '') return { faults: [fault('URI 没有主机名', 'is a URI without a host')] };
  return `${scheme}://${authority.slice(0, at)}${host}${withoutDots(path) || (port ? '/' : '')}${tail}`;
}

function normaliseUrn(rest: string): string | Faulty {
  const match = /^([A-Za-z0-9][A-Za-z0-9-]{1,31}):(.+)$/s.exec(rest);
  if (!match) return { faults: [fault('URN 缺少命名空间或内容', 'is a URN without a namespace or without content')] };
  const space = match[1]!.toLowerCase();
  // RFC 9562: a UUID is compared without regard to case and written in small letters.
  return `urn:${space}:${space === 'uuid' ? match[2]!.toLowerCase() : match[2]!}`;
}
