import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { collections } from '../collections.js';
import { Connection, type ConnectionOptions } from './connection.js';
import { toMessage } from './errors.js';
import type { Reply, Request, SideCall } from './message.js';
import { bringForward } from './shape.js';
import { Writer, type Outcome } from './writer.js';

/** The writer's thread: takes what is waiting, in order; side calls that stand next to each other share a transaction. */
const { file, folder, options } = workerData as { file: string; folder: string; options: ConnectionOptions };
const port = parentPort as MessagePort;
const reply = (message: Reply) => port.postMessage(message);
const answer = (id: number, outcome: Outcome) =>
  reply('error' in outcome ? { id, error: toMessage(outcome.error) } : { id, value: outcome.value });

function attempt(id: number, work: () => void): void {
  try {
    work();
    answer(id, { value: 0 });
  } catch (error) {
    reply({ id, error: toMessage(error) });
  }
}

function serve(writer: Writer, waiting: readonly Request[]): void {
  let side: (Request & SideCall)[] = [];
  const flush = () => {
    if (side.length > 0) writer.side(side).forEach((outcome, place) => answer(side[place]!.id, outcome));
    side = [];
  };
  for (const request of waiting) {
    if (request.call !== 'append' && request.call !== 'close') {
      side.push(request);
      continue;
    }
    flush();
    if (request.call === 'append') attempt(request.id, () => writer.append(request.parts, request.expectedSize));
    else attempt(request.id, () => writer.close());
    if (request.call === 'close') port.close();
  }
  flush();
}

attempt(0, () => {
  const writer = new Writer(() => {
    const connection = new Connection(file, options);
    try {
      bringForward(connection, folder, collections);
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
  port.on('message', (first: Request) => {
    const waiting = [first];
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) waiting.push(next.message as Request);
    serve(writer, waiting);
  });
});
