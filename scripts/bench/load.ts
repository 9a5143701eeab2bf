import { connect, type Socket } from 'node:net';
import { sourceOf, type WorkName } from './work.js';

/** What the load process is asked: keep-alive connections that each send a request as soon as the last was answered. */
export interface LoadOrder {
  readonly port: number;
  readonly connections: number;
  readonly warmSeconds: number;
  readonly seconds: number;
  readonly work: WorkName;
  readonly keys: readonly string[];
  /** Tells the lots of this run from those of others. */
  readonly label: string;
  /** End of the chains, Unix milliseconds. */
  readonly end: number;
  /** Of a read: chains in the folder. */
  readonly chains?: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly events: number;
  /** Events of the whole run, warm-up included. */
  readonly sent: number;
  readonly seconds: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  /** Bytes of the requests, and of the bodies of the answers. */
  readonly bytes: number;
  readonly received: number;
  /** Answers that were not 2xx, by status, with the first of them. */
  readonly failed: Readonly<Record<string, number>>;
  readonly firstFailure?: string;
}

process.once('message', (order: LoadOrder) => {
  run(order).then(
    (result) => process.send?.(result, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});

async function run(order: LoadOrder): Promise<LoadResult> {
  const next = sourceOf(order);
  const times: number[] = [];
  const failed: Record<string, number> = {};
  let firstFailure: string | undefined;
  let bytes = 0;
  let received = 0;
  let events = 0;
  let sent = 0;
  let measuring = false;
  let stopping = false;

  const sockets = await Promise.all(Array.from({ length: order.connections }, () => opened(order.port)));
  const one = async (socket: Socket, connection: number): Promise<void> => {
    const exchange = exchanger(socket);
    while (!stopping) {
      const request = next(connection);
      const start = performance.now();
      const { status, text, length } = await exchange(request.bytes);
      if (status < 200 || status > 299) {
        failed[status] = (failed[status] ?? 0) + 1;
        firstFailure ??= text;
      }
      sent += request.events;
      if (!measuring) continue;
      times.push(performance.now() - start);
      bytes += request.bytes.length;
      received += length;
      events += request.events;
    }
    socket.destroy();
  };
  const all = Promise.all(sockets.map(one));
  await wait(order.warmSeconds);
  measuring = true;
  const start = performance.now();
  await wait(order.seconds);
  measuring = false;
  const seconds = (performance.now() - start) / 1000;
  stopping = true;
  await all;

  const sorted = Float64Array.from(times).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    requests: times.length,
    events,
    sent,
    seconds,
    p50: at(0.5),
    p99: at(0.99),
    most: at(1),
    bytes,
    received,
    failed,
    ...(firstFailure !== undefined && { firstFailure }),
  };
}

const wait = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

const opened = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });

/** Sends a request over the connection and reads its answer: HTTP/1.1 with Content-Length, which is all that is asked for here. */
function exchanger(socket: Socket): (request: Buffer) => Promise<{ status: number; text: string; length: number }> {
  let got: Buffer = Buffer.alloc(0);
  let answered: ((answer: { status: number; text: string; length: number }) => void) | undefined;
  let broken: ((error: Error) => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
    const head = got.indexOf('\r\n\r\n');
    if (head < 0) return;
    const text = got.toString('latin1', 0, head);
    const said = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
    if (said === undefined) return void broken?.(new Error(`an answer without a length: ${text}`));
    const length = Number(said);
    if (got.length < head + 4 + length) return;
    const status = Number(text.slice(9, 12));
    const body = status < 300 ? '' : got.toString('utf8', head + 4, head + 4 + length);
    got = got.subarray(head + 4 + length);
    answered?.({ status, text: body, length });
  });
  socket.on('error', (error) => broken?.(error));
  socket.on('close', () => broken?.(new Error('the server closed the connection')));
  return (request) =>
    new Promise((resolve, reject) => {
      answered = resolve;
      broken = reject;
      socket.write(request);
    });
}
