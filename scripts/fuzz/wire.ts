import { connect } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * Sends bytes as they are on a connection of their own and reads until the server closes it. `half`: nothing more will come, which
 * is said after a moment. Undefined when the server closed without an answer.
 */
export function exchange(
  port: number,
  request: Buffer,
  half: boolean,
  patience = 5000,
): Promise<Answered | undefined | 'silent'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const late = setTimeout(() => {
      socket.destroy();
      resolve('silent');
    }, patience);
    const done = (): void => {
      clearTimeout(late);
      socket.destroy();
      resolve(readAnswer(Buffer.concat(chunks)));
    };
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('end', done);
    socket.on('error', done);
    socket.on('connect', () => {
      socket.write(request);
      if (half) setTimeout(() => socket.end(), 30);
    });
  });
}

function readAnswer(all: Buffer): Answered | undefined {
  const bytes = all.toString('latin1', 0, 12) === 'HTTP/1.1 100' ? all.subarray(all.indexOf('\r\n\r\n') + 4) : all;
  const cut = bytes.indexOf('\r\n\r\n');
  if (cut < 0) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', 0, cut).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const rest = bytes.subarray(cut + 4);
  const body = headers['transfer-encoding'] === 'chunked' ? unchunked(rest) : rest;
  const plain = headers['content-encoding'] === 'gzip' && body.length > 0 ? gunzipSync(body) : body;
  return { status: Number(first.slice(9, 12)), headers, text: plain.toString('utf8') };
}

function unchunked(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const line = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16);
    if (!(size > 0)) break;
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 4 + size;
  }
  return Buffer.concat(parts);
}
