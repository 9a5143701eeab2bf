import type { ServerResponse } from 'node:http';
import type { Answer } from './call.js';

/** Writes an answer. Objects become JSON; the body of an answer to HEAD is left out, its length kept. */
export function send(res: ServerResponse, answer: Answer, head: boolean): void {
  const { status, headers = {}, body } = answer;
  const plain = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const bytes = plain ? body : JSON.stringify(body);
  res.statusCode = status;
  if (bytes !== undefined) {
    res.setHeader('content-type', answer.type ?? (plain ? 'text/plain; charset=utf-8' : 'application/json'));
    res.setHeader('content-length', typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length);
  } else if (status !== 204 && status !== 304) res.setHeader('content-length', 0);
  if (!('cache-control' in headers)) res.setHeader('cache-control', 'no-cache');
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) res.setHeader(name, value as string | string[]);
  if (head || bytes === undefined) res.end();
  else res.end(bytes);
}
