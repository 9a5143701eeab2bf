import type { App } from '../app.js';
import { bizSteps, dispositions, type Terms } from '../domain/epcis/cbv.js';
import { epcisContext } from '../domain/epcis/context.js';
import { eventTypes } from '../domain/epcis/event.js';
import type { ValueField } from '../domain/epcis/query/entries.js';
import { queryPrefixes } from '../domain/epcis/query/parse.js';
import { Unreadable, uri, vocabulary } from '../domain/epcis/query/value.js';
import type { Condition } from '../domain/epcis/query.js';
import { Problem } from '../errors.js';
import { queryEvents } from '../queries/eventQuery.js';
import { epcsOf, type EpcCursor, valuesOf } from '../queries/eventValues.js';
import { json, type Answer, type Call } from './call.js';
import { checkVersions } from './epcisHeaders.js';
import { addressQuery, eventsOf } from './epcisQuery.js';
import { readerOf } from './master.js';
import { askedOf, cursorIn, nextPage, perPageOf } from './pageToken.js';

const collection = (member: readonly string[]): object => ({ '@context': epcisContext, type: 'Collection', member });

/** The top-level resources of EPCIS (section 12.5): a field of events, its values, and the events that have one. */
export interface Resource {
  readonly path: 'eventTypes' | 'epcs' | 'bizSteps' | 'bizLocations' | 'readPoints' | 'dispositions';
  /** A page of the values that there are for the caller. */
  readonly list: (app: App, call: Call) => Promise<{ values: readonly string[]; next?: unknown }>;
  /** What a value in an address asks for; undefined when there can be no such value. */
  readonly condition: (value: string) => Condition | undefined;
}

const listed =
  (field: ValueField, terms?: Terms): Resource['list'] =>
  async (app, call) => {
    const after = await cursorIn<string>(app, call, askedOf(call), call.query.nextPageToken);
    const options = { limit: perPageOf(call), ...(after !== undefined && { after }) };
    const page = await valuesOf(app.store, field, readerOf(call), options);
    // Terms of the standard are bare words in JSON.
    const shown = page.values.map((value) =>
      terms !== undefined && value.startsWith(terms.base) ? value.slice(terms.base.length) : value,
    );
    return { values: shown, ...(page.next !== undefined && { next: page.next }) };
  };
const term =
  (of: 'bizStep' | 'disposition', terms: Terms): Resource['condition'] =>
  (value) => {
    const found = vocabulary(terms, queryPrefixes)(value);
    return found instanceof Unreadable ? undefined : { kind: 'term', of, any: [found] };
  };
const place =
  (of: 'readPoint' | 'bizLocation'): Resource['condition'] =>
  (value) => {
    const found = uri(value);
    return found instanceof Unreadable ? undefined : { kind: 'place', of, any: [found], descendants: false };
  };

export const resources: readonly Resource[] = [
  {
    path: 'eventTypes',
    list: () => Promise.resolve({ values: eventTypes }),
    condition: (value) => ((eventTypes as readonly string[]).includes(value) ? { kind: 'type', any: [value] } : undefined),
  },
  {
    path: 'epcs',
    list: async (app, call) => {
      const cursor = await cursorIn<EpcCursor>(app, call, askedOf(call), call.query.nextPageToken);
      const page = await epcsOf(app.store, readerOf(call), { limit: perPageOf(call), ...(cursor && { cursor }) });
      return { values: page.epcs, ...(page.next && { next: page.next }) };
    },
    condition: (value) => {
      const found = uri(value);
      return found instanceof Unreadable ? undefined : { kind: 'epc', of: 'any', any: [{ kind: 'one', uri: found }] };
    },
  },
  { path: 'bizSteps', list: listed('bizStep', bizSteps), condition: term('bizStep', bizSteps) },
  { path: 'bizLocations', list: listed('bizLocation'), condition: place('bizLocation') },
  { path: 'readPoints', list: listed('readPoint'), condition: place('readPoint') },
  { path: 'dispositions', list: listed('disposition', dispositions), condition: term('disposition', dispositions) },
];

/** GET /epcis: what there is. */
export function listTopLevel(_app: App, call: Call): Answer {
  checkVersions(call);
  return json(200, collection(['capture', 'events', 'queries', ...resources.map(({ path }) => path)]));
}

export const listValues =
  ({ list }: Resource) =>
  async (app: App, call: Call): Promise<Answer> => {
    checkVersions(call);
    const { values, next } = await list(app, call);
    return json(200, collection(values), await nextPage(app, call, askedOf(call), next));
  };

/** A value by itself: it is there when an event that the caller may see has it. Every event type of the standard is. */
export const showValue =
  (resource: Resource) =>
  async (app: App, call: Call): Promise<Answer> => {
    checkVersions(call);
    const condition = conditionIn(resource, call);
    if (condition.kind !== 'type') {
      const query = { conditions: [condition], descending: true };
      const { events, next } = await queryEvents(app.store, query, readerOf(call), { limit: 1 });
      if (events.length === 0 && next === undefined) throw new Problem('not-found');
    }
    return json(200, collection(['events']));
  };

export const valueEvents =
  (resource: Resource) =>
  async (app: App, call: Call): Promise<Answer> => {
    checkVersions(call);
    return eventsOf(app, call, addressQuery(call, conditionIn(resource, call)));
  };

function conditionIn({ condition }: Resource, call: Call): Condition {
  const found = condition(call.params.value ?? '');
  if (found === undefined) throw new Problem('not-found');
  return found;
}
