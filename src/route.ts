import type { Role } from './accounts/account.js';
import type { App } from './app.js';
import type { Text } from './domain/text.js';
import type { ErrorCode } from './errors.js';
import type { Answer, Call } from './http/call.js';

/** A JSON Schema: inline, or `{ $ref: 'api/name.json' }` naming a file under schemas/. */
export type Schema = { readonly [key: string]: unknown };

/** One line of the HTTP table: validation, permission and /openapi.json all come from it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Express 5 path: `/api/activities/:name`, `/{*path}` for the rest. */
  readonly path: string;
  readonly what: Text;
  /** `anyone`, or the roles that may; a signed-in account of another role gets 404, nobody 401 (a page: the sign-in form). */
  readonly who: 'anyone' | readonly Role[];
  /** Answered ahead of Express's router (http/direct.ts): for what machines send by the thousand, whose answers are short. */
  readonly direct?: true;
  /** Answers HTML to people: faults are rendered as pages. */
  readonly page?: true;
  /** Schema of an object of query parameters; every value is a string. Unknown parameters are refused unless it allows them. */
  readonly query?: Schema;
  readonly body?: {
    /** Media types taken, first is the normal one, '' for none given. `application/x-www-form-urlencoded` bodies become objects (repeated names: arrays). */
    readonly types: readonly string[];
    /** Schema of the parsed body; none for bytes. */
    readonly schema?: Schema;
    /** Bytes at most; a setting of the configuration (`bodyLimit` when left out) or a number. */
    readonly limit?: number | 'captureBodyLimit';
  };
  /** Status -> schema of a JSON answer, or a media type. Problem answers are added to all. */
  readonly answers: Readonly<Record<number, Schema | string>>;
  /** Headers of everything that this address answers, problems and OPTIONS included. */
  readonly headers?: (app: App) => Readonly<Record<string, string>>;
  /** The `type` of a problem where a standard names one; ours when it gives none. */
  readonly problemType?: (code: ErrorCode) => string | undefined;
  readonly handler: (app: App, call: Call) => Promise<Answer> | Answer;
}
