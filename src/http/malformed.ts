import type { Server } from 'node:http';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import { problemDocument } from './problem.js';

/** Requests that are no HTTP, and so never reach a route, get a problem document like all others; the connection is closed. */
export function refuseMalformed(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const problem = problemOf(error.code);
    const body = JSON.stringify(problemDocument(problem, 'zh', uuidv7()));
    const head = [
      `HTTP/1.1 ${problem.status} Refused`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}

/** By what Node's parser says. */
function problemOf(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return new Problem('headers-too-large');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Problem('too-slow');
  return new Problem('bad-request');
}
