import type { App } from '../app.js';
import { epcisContext, type Prefixes } from '../domain/epcis/context.js';
import { parseAddress, queryPrefixes } from '../domain/epcis/query/parse.js';
import type { Condition, Query } from '../domain/epcis/query.js';
import type { JsonObject } from '../domain/record.js';
import { Problem } from '../errors.js';
import { type Cursor, type EventPage, queryEvents, QueryTooComplex, QueryTooLarge } from '../queries/eventQuery.js';
import type { FoundEvent } from '../queries/eventViews.js';
import { json, type Answer, type Call } from './call.js';
import { checkVersions } from './epcisHeaders.js';
import { readerOf } from './master.js';
import { askedOf, cursorIn, nextPage, perPageOf } from './pageToken.js';

/** GET /epcis/events: the events that the parameters describe, as far as the reader may see them. */
export async function listEvents(app: App, call: Call): Promise<Answer> {
  checkVersions(call);
  return eventsOf(app, call, addressQuery(call));
}

/** The query in the parameters of an address, with what the address itself asks for. */
export function addressQuery(call: Call, ...more: readonly Condition[]): Query {
  const { perPage: _, nextPageToken: __, ...parameters } = call.query;
  const query = parseAddress(parameters, prefixesIn(call));
  if (Array.isArray(query)) throw new Problem('bad-values', { faults: query });
  const asked = query as Query;
  return { ...asked, conditions: [...asked.conditions, ...more] };
}

/** Prefixes that the client declares for its query: `GS1-Extensions: ex=https://…, other=…` (EPCIS 2.0 section 12.4). */
function prefixesIn({ headers }: Call): Prefixes {
  const given = headers['gs1-extensions'];
  if (typeof given !== 'string' || given === '') return queryPrefixes;
  const declared = given.split(',').flatMap((part): [string, string][] => {
    const [prefix = '', ...uri] = part.trim().split('=');
    return /^[A-Za-z_][\w.-]*$/.test(prefix) && uri.length > 0 ? [[prefix, uri.join('=')]] : [];
  });
  return new Map([...queryPrefixes, ...declared]);
}

/** A page of what a query finds for the caller, as EPCISQueryDocument. */
export async function eventsOf(app: App, call: Call, query: Query, queryName = 'SimpleEventQuery', more = ''): Promise<Answer> {
  const list = `${askedOf(call)}${more}`;
  const cursor = await cursorIn<Cursor>(app, call, list, call.query.nextPageToken);
  const options = { limit: perPageOf(call), ...(cursor && { cursor }) };
  const page = await asked(queryEvents(app.store, query, readerOf(call), options));
  return json(200, queryDocument(page.events.map(givenOut), app.clock(), queryName), await nextPage(app, call, list, page.next));
}

export async function asked(page: Promise<EventPage>): Promise<EventPage> {
  try {
    return await page;
  } catch (error) {
    if (error instanceof QueryTooLarge) throw new Problem('query-too-large');
    if (error instanceof QueryTooComplex) throw new Problem('query-too-complex');
    throw error;
  }
}

/** Events as the answer to a query (EPCIS 2.0 section 12.7). */
export function queryDocument(eventList: JsonObject[], now: number, queryName: string): JsonObject {
  return {
    '@context': [epcisContext],
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: new Date(now).toISOString(),
    epcisBody: { queryResults: { queryName, resultsBody: { eventList } } },
  };
}

/** An event with its id, where the reader may know it, and the time at which it was recorded here. */
export const givenOut = ({ event, id, recorded }: Omit<FoundEvent, 'seq'>): JsonObject => ({
  ...event,
  ...(id !== undefined && { eventID: id }),
  recordTime: new Date(recorded).toISOString(),
});
