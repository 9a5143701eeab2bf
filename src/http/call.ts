import type { IncomingHttpHeaders } from 'node:http';
import type { Account } from '../accounts/account.js';
import type { Lang } from '../domain/text.js';

/** A request after validation and permission: what a handler gets. */
export interface Call {
  readonly method: string;
  /** Path as it was sent (percent-encoding kept), without the query. */
  readonly path: string;
  /** The query string as it was sent, without the question mark. */
  readonly search: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  /** JSON that passed the route's schema; the fields of a form; bytes where the route takes bytes. */
  readonly body: unknown;
  readonly account?: Account;
  readonly lang: Lang;
  /** Request id: also in the log line and in the answer's X-Request-Id. */
  readonly id: string;
  readonly ip: string;
  /** The first of these media types that the client prefers, or undefined when it takes none of them. */
  accepts(...types: string[]): string | undefined;
}

export interface Answer {
  readonly status: number;
  /** Media type; `application/json` for objects when left out. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array | object;
}

export const json = (status: number, body: object, headers?: Answer['headers']): Answer => ({ status, body, headers });
export const html = (status: number, body: string, headers?: Answer['headers']): Answer => ({
  status,
  type: 'text/html; charset=utf-8',
  body,
  headers,
});
/** 303 to a path of this server: the answer to a form that was posted. */
export const seeOther = (location: string, headers?: Answer['headers']): Answer => ({
  status: 303,
  headers: { ...headers, location },
});
