import { createQuery, deleteQuery, deleteToken, listQueries, namedEvents, showQuery } from '../http/epcisQueries.js';
import { epcisException, namedException, queryException, versionHeaders } from '../http/epcisHeaders.js';
import { listEvents } from '../http/epcisQuery.js';
import type { Route, Schema } from '../route.js';

const readers = ['producer', 'operator', 'laboratory', 'inspector'] as const;
const types = ['application/json', 'application/ld+json'];
const paging = {
  perPage: { type: 'string', pattern: '^[1-9]\\d{0,5}$', description: '30 when left out, 500 at most' },
  nextPageToken: { type: 'string', maxLength: 1000 },
};
export const pages: Schema = { type: 'object', properties: paging, additionalProperties: false };
/** Parameters of SimpleEventQuery are texts here; which there are, and what is wrong with one, the query language says. */
export const eventQuery: Schema = {
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
export const queried = { headers: versionHeaders, problemType: queryException, who: readers } as const;
const naming = { headers: versionHeaders, problemType: namedException, who: readers } as const;

/** EPCIS 2.0, REST binding: queries. */
export const epcisQueryRoutes: readonly Route[] = [
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
