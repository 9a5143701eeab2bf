import { chainLength, lotsOf, stepOf } from './chain.js';
import { epcisContext, eventOfLot, eventsOfLot } from './epcis.js';
import { producers } from './folder.js';

/** Kinds of writes that a load sends: an activity, one EPCIS event, an EPCIS document of 100 events. */
export type WriteName = 'activity' | 'event' | 'batch';
/** Kinds of reads: the scan page of a lot, its state, its history. */
export type ReadName = 'page' | 'state' | 'history';
export type WorkName = WriteName | ReadName;

export interface Source {
  readonly work: WorkName;
  readonly port: number;
  readonly keys: readonly string[];
  /** Tells the lots of this load from those of others, in a few characters. */
  readonly label: string;
  /** Unix milliseconds. */
  readonly end: number;
  /** Chains in the folder that is read. */
  readonly chains?: number;
}

export interface Prepared {
  readonly bytes: Buffer;
  readonly events: number;
}

export const batchOf = 100;

/** Gives every connection lots of its own, whose events it sends one after the other. */
export function sourceOf(source: Source): (connection: number) => Prepared {
  const { port, keys, label, end } = source;
  const sent: number[] = [];
  return (connection) => {
    const n = sent[connection] ?? 0;
    sent[connection] = n + 1;
    const producer = connection % producers;
    const lot = (i: number): string => `${label}-${connection}-${i}`;
    const send = (path: string, body: object, events: number): Prepared => ({
      bytes: post(port, path, keys[producer] ?? '', JSON.stringify(body)),
      events,
    });
    const event = (i: number): object => eventOfLot(i % eventsOfLot, lot(Math.floor(i / eventsOfLot)), producer, end);
    switch (source.work) {
      case 'activity': {
        const { activity, values } = stepOf(n % chainLength, lot(Math.floor(n / chainLength)), producer, end);
        return send(`/api/activities/${activity}`, values, 1);
      }
      case 'event':
        return send('/epcis/events', { '@context': epcisContext, ...event(n) }, 1);
      case 'page':
      case 'state':
      case 'history': {
        // Steps by a large prime go through all lots in no order that a cache could guess.
        const chain = (connection * 104_729 + n * 15_485_863) % (source.chains ?? 1);
        const path = new URL(lotsOf(String(chain)).picked).pathname;
        return {
          bytes: get(port, { page: path, state: `/api/items${path}`, history: `/api/items${path}?view=history` }[source.work]),
          events: 1,
        };
      }
      case 'batch': {
        const eventList = Array.from({ length: batchOf }, (_, i) => event(n * batchOf + i));
        return send(
          '/epcis/capture',
          {
            '@context': epcisContext,
            type: 'EPCISDocument',
            schemaVersion: '2.0',
            creationDate: new Date(end).toISOString(),
            epcisBody: { eventList },
          },
          batchOf,
        );
      }
    }
  };
}

export const get = (port: number, path: string): Buffer =>
  Buffer.from(
    `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\naccept: text/html,application/json\r\naccept-language: zh\r\n\r\n`,
  );

export function post(port: number, path: string, key: string, body: string, type = 'application/json'): Buffer {
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${key}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}
