import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.js';

export type Log = Logger;

/** What may be said of a request. No query, no header, no body, no name: none of these has a place here. */
export interface RequestLine {
  readonly id: string;
  readonly method: string;
  /** The route's pattern (`/01/:gtin/10/:lot`), never the path with its values. */
  readonly route: string;
  readonly status: number;
  /** Milliseconds from the first byte read to the last byte handed over. */
  readonly ms: number;
}

/** Logs that write lines of requests: their fields are those above, so that looking for secrets in them would find none. */
const plain = new WeakMap<Log, Log>();

/** The request's line in the log: warn from 500 on, else info. */
export function logRequest(log: Log, line: RequestLine): void {
  const { id, method, route, status } = line;
  let lines = plain.get(log);
  if (lines === undefined) plain.set(log, (lines = log.child({}, { redact: [] })));
  lines[status >= 500 ? 'warn' : 'info']({ id, method, route, status, ms: Math.round(line.ms * 10) / 10 }, 'request');
}

/**
 * Of an error what a developer needs and nothing that a person typed: its name, its code and the frames of its stack.
 * The message is left out, because parsers and databases quote their input in it.
 */
export function errorShape(error: unknown): {
  name: string;
  code?: string;
  stack?: string[];
  cause?: ReturnType<typeof errorShape>;
} {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && /^\w{1,40}$/.test(String(error.code)) ? String(error.code) : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line));
  const stack = frames.slice(0, 8).map((line) => line.trim().replace(/file:\/\/\S*?\/(dist|node_modules)\//, '$1/'));
  const cause = error.cause === undefined ? {} : { cause: errorShape(error.cause) };
  return { name: error.name, ...(code === undefined ? {} : { code }), stack, ...cause };
}

/** Keys that are cut out should a caller ever log an object that has them; the test holds that none does. */
const secret = ['authorization', 'cookie', 'set-cookie', 'password', 'body', 'query', 'url', 'headers', 'ip'];

/** JSON lines on standard output (or `to`): `level`, `time` (ISO 8601), `msg` and the fields given. */
export function openLog(level: Config['logLevel'], to?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorShape, error: errorShape },
      redact: { paths: secret.flatMap((key) => [quoted(key), `*${bracketed(key)}`]), remove: true },
    },
    to ?? pino.destination({ dest: 1, sync: false }),
  );
}

const bracketed = (key: string) => `["${key}"]`;
const quoted = (key: string) => (key.includes('-') ? bracketed(key) : key);
