import { createQuery, deleteQuery, deleteToken, listQueries, namedEvents, showQuery } from '../http/epcisQueries.js';
import { epcisException, namedException, queryException, versionHeaders } from '../http/epcisHeaders.js';
import { listEvents } from '../http/epcisQuery.js';
import { listTopLevel, listValues, type Resource, resources, showValue, valueEvents } from '../http/epcisResources.js';
import type { Text } from '../domain/text.js';
import type { Route, Schema } from '../route.js';

const readers = ['producer', 'operator', 'laboratory', 'inspector'] as const;
const types = ['application/json', 'application/ld+json'];
const paging = {
  perPage: { type: 'string', pattern: '^[1-9]\\d{0,5}$', description: '30 when left out, 500 at most' },
  nextPageToken: { type: 'string', maxLength: 1000 },
};
const pages: Schema = { type: 'object', properties: paging, additionalProperties: false };
/** Parameters of SimpleEventQuery are texts here; which there are, and what is wrong with one, the query language says. */
const eventQuery: Schema = {
  type: 'object',
  properties: paging,
  additionalProperties: { type: 'string', maxLength: 4096 },
  description: 'SimpleEventQuery, EPCIS 2.0 section 8.2.7.1; elements of a list are separated by |',
};
const none: Schema = { type: 'object', additionalProperties: false };
const document: Schema = { type: 'object', description: 'EPCISQueryDocument' };
const named: Schema = {
  type: 'object',
  required: ['name', 'query'],
  additionalProperties: false,
  properties: { name: { type: 'string', minLength: 1, maxLength: 100 }, query: { type: 'object' } },
};
const queried = { headers: versionHeaders, problemType: queryException, who: readers } as const;
const naming = { headers: versionHeaders, problemType: namedException, who: readers } as const;

const collection: Schema = { type: 'object', description: 'JSON-LD Collection' };
const words: Readonly<Record<Resource['path'], Text>> = {
  eventTypes: { zh: '事件类型', en: 'Event types' },
  epcs: { zh: '物品和批次', en: 'Things and lots' },
  bizSteps: { zh: '业务步骤', en: 'Business steps' },
  bizLocations: { zh: '业务地点', en: 'Business locations' },
  readPoints: { zh: '读取点', en: 'Read points' },
  dispositions: { zh: '状态', en: 'Dispositions' },
};

/** A top-level resource: its values, one of them, and the events that have it. */
const routesOf = (resource: Resource): Route[] => {
  const { path } = resource;
  const { zh, en } = words[path];
  const get = (address: string, what: Text): Pick<Route, 'method' | 'path' | 'what'> => ({ method: 'GET', path: address, what });
  return [
    {
      ...get(`/epcis/${path}`, { zh: `所见事件中的${zh}`, en: `${en} in the events that one may see` }),
      query: pages,
      answers: { 200: collection },
      handler: listValues(resource),
      ...queried,
    },
    {
      ...get(`/epcis/${path}/:value`, { zh: `${zh}：其中一个`, en: `${en}: one of them` }),
      query: none,
      answers: { 200: collection },
      handler: showValue(resource),
      ...queried,
    },
    {
      ...get(`/epcis/${path}/:value/events`, { zh: `${zh}：其中一个的事件`, en: `${en}: the events of one of them` }),
      query: eventQuery,
      answers: { 200: document },
      handler: valueEvents(resource),
      ...queried,
    },
  ];
};

/** EPCIS 2.0, REST binding: queries. */
export const epcisQueryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/epcis',
    what: { zh: 'EPCIS 2.0 的资源', en: 'The resources of EPCIS 2.0' },
    query: none,
    answers: { 200: collection },
    handler: listTopLevel,
    ...queried,
  },
  ...resources.flatMap(routesOf),
  {
    method: 'GET',
    path: '/epcis/events',
    what: { zh: '查询事件', en: 'Query events' },
    query: eventQuery,
    answers: { 200: document },
    handler: listEvents,
    ...queried,
  },
  {
    method: 'GET',
    path: '/epcis/queries',
    what: { zh: '自己的命名查询', en: 'Named queries of one’s own' },
    query: pages,
    answers: { 200: { type: 'array', items: named } },
    handler: listQueries,
    ...naming,
    problemType: queryException,
  },
  {
    method: 'POST',
    path: '/epcis/queries',
    what: { zh: '给一个查询起名保存', en: 'Keep a query under a name' },
    query: none,
    body: { types, schema: named },
    answers: { 201: named },
    handler: createQuery,
    ...naming,
  },
  {
    method: 'GET',
    path: '/epcis/queries/:name',
    what: { zh: '一个命名查询', en: 'A named query' },
    query: none,
    answers: { 200: named },
    handler: showQuery,
    ...naming,
  },
  {
    method: 'DELETE',
    path: '/epcis/queries/:name',
    what: { zh: '删除一个命名查询', en: 'Delete a named query' },
    query: none,
    answers: { 204: 'text/plain' },
    handler: deleteQuery,
    ...naming,
  },
  {
    method: 'GET',
    path: '/epcis/queries/:name/events',
    what: { zh: '命名查询查到的事件', en: 'What a named query finds' },
    query: pages,
    answers: { 200: document },
    handler: namedEvents,
    ...naming,
    problemType: (code) => (code === 'not-found' ? namedException(code) : queryException(code)),
  },
  {
    method: 'DELETE',
    path: '/epcis/nextPageToken/:token',
    what: { zh: '不再翻页', en: 'Give a page token back' },
    who: readers,
    query: none,
    answers: { 204: 'text/plain' },
    handler: deleteToken,
    headers: versionHeaders,
    problemType: epcisException,
  },
];
