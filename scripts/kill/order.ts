import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../src/domain/record.js';
import { chainLength, fruit, placeOf, stepOf } from '../bench/chain.js';

/** One write that a client asks for, the same bytes each time that it asks. */
export interface Order {
  readonly kind: 'activity' | 'event' | 'capture';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Its events (keyOf), when the client chose their ids. */
  readonly events: readonly string[];
}

/** Tells an event from the error declaration that has its id. */
export const keyOf = (event: JsonObject): string =>
  `${event.eventID as string}${event.errorDeclaration === undefined ? '' : ' declared in error'}`;

/** Gives the next order of a client; it has its own lots, so that orders of different clients never depend on each other. */
export type Orders = () => Order;

const order = (kind: Order['kind'], path: string, body: JsonObject, events: string[], headers = {}): Order => ({
  kind,
  path,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
  events,
});

/** Activities by name, whole chains from planting to sale, each under an Idempotency-Key. */
export function activityOrders(producer: number, label: string): Orders {
  const end = Date.now() - 3_600_000;
  let sent = 0;
  return () => {
    const { activity, values } = stepOf(sent % chainLength, `${label}${Math.floor(sent / chainLength)}`, producer, end);
    sent++;
    return order('activity', `/api/activities/${activity}`, values, [], { 'idempotency-key': randomUUID() });
  };
}

const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
/** Every so many events one that was just recorded is declared in error. */
const declaring = 13;

/** Single EPCIS events under ids of the client: lots are made, sold in parts, and some of it is declared in error. */
export function eventOrders(producer: number, label: string): Orders {
  const next = events(producer, label);
  return () => {
    const event = next();
    return order('event', '/epcis/events', { '@context': [context], ...event }, [keyOf(event)]);
  };
}

/** Documents of a few events, now and then of more than are recorded before the answer. All of a document or nothing. */
export function captureOrders(producer: number, label: string): Orders {
  const next = events(producer, label);
  let sent = 0;
  return () => {
    const size = ++sent % 25 === 0 ? 520 : 2 + ((sent * 7) % 19);
    const eventList = Array.from({ length: size }, next);
    const document = {
      '@context': [context],
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: new Date().toISOString(),
      epcisBody: { eventList: eventList as Json[] },
    };
    return order('capture', '/epcis/capture', document, eventList.map(keyOf));
  };
}

function events(producer: number, label: string): () => JsonObject {
  const begin = Date.now() - 40 * 86_400_000;
  let made = 0;
  let last: JsonObject | undefined;
  return () => {
    const n = made++;
    if (n % declaring === declaring - 1 && last) {
      const declared = { ...last, errorDeclaration: { declarationTime: new Date().toISOString(), reason: 'incorrect_data' } };
      last = undefined;
      return declared;
    }
    // A lot is made, seen once, and sold in two parts.
    const lot = `${fruit}/10/${label}${Math.floor(n / 4)}`;
    const part = (quantity: number): JsonObject => ({ quantityList: [{ epcClass: lot, quantity, uom: 'KGM' }] });
    const steps: (() => JsonObject)[] = [
      () => ({ action: 'ADD', bizStep: 'commissioning', disposition: 'active', ...part(100) }),
      () => ({ action: 'OBSERVE', bizStep: 'inspecting', ...part(100) }),
      () => ({ action: 'DELETE', bizStep: 'retail_selling', ...part(40) }),
      () => ({ action: 'DELETE', bizStep: 'retail_selling', ...part(60) }),
    ];
    const event: JsonObject = {
      type: 'ObjectEvent',
      eventID: `urn:uuid:${randomUUID()}`,
      eventTime: new Date(begin + n * 1000).toISOString(),
      eventTimeZoneOffset: '+08:00',
      readPoint: { id: placeOf(producer) },
      ...(steps[n % 4] as () => JsonObject)(),
    };
    if (n % 4 === 1) last = event;
    return event;
  };
}
