import { chainLength, stepOf } from './chain.js';
import { producers } from './folder.js';

/** Kinds of request that a load sends. */
export type WorkName = 'activity';

export interface Source {
  readonly work: WorkName;
  readonly port: number;
  readonly keys: readonly string[];
  readonly label: string;
  readonly end: number;
}

export interface Prepared {
  readonly bytes: Buffer;
  readonly events: number;
}

/** Gives every connection its own chain of events, one request after the other, and a new chain when one is over. */
export function sourceOf({ port, keys, label, end }: Source): (connection: number) => Prepared {
  const sent: number[] = [];
  return (connection) => {
    const n = sent[connection] ?? 0;
    sent[connection] = n + 1;
    const producer = connection % producers;
    const { activity, values } = stepOf(n % chainLength, `${label}-${connection}-${Math.floor(n / chainLength)}`, producer, end);
    const key = keys[producer] ?? '';
    return { bytes: post(port, `/api/activities/${activity}`, key, JSON.stringify(values)), events: 1 };
  };
}

export function post(port: number, path: string, key: string, body: string, type = 'application/json'): Buffer {
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${key}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}
