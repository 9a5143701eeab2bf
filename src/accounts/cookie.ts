import type { IncomingHttpHeaders } from 'node:http';
import { longestSession } from './sessions.js';

const cookieName = 'suyuan';

/** The secret of the session cookie, if the request has one of the right form. */
export function cookieSecret(headers: IncomingHttpHeaders): string | undefined {
  return /(?:^|; *)suyuan=([\w-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1];
}

/**
 * The `Set-Cookie` value for a session. Lax, so that a person who opens a scanned code is signed in there (RFC 6265bis
 * section 5.6.7); writes are protected by `sameOrigin`. Secure when the public address is https.
 */
export function sessionCookie(secret: string, publicUrl: string): string {
  return `${cookieName}=${secret}; ${attributes(publicUrl)}; Max-Age=${longestSession / 1000}`;
}

/** The `Set-Cookie` value that takes the cookie away. */
export const noCookie = (publicUrl: string): string => `${cookieName}=; ${attributes(publicUrl)}; Max-Age=0`;

const attributes = (publicUrl: string) => `Path=/; HttpOnly; SameSite=Lax${publicUrl.startsWith('https:') ? '; Secure' : ''}`;

/**
 * Whether a request that changes something comes from a page of this service. Browsers say so in `Sec-Fetch-Site` (W3C Fetch
 * Metadata; only on https and localhost) or else in `Origin` (RFC 6454), which no page can forge. A request with neither is no
 * browser's, so no other site can have caused it.
 */
export function sameOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (origin === publicUrl) return true;
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}
