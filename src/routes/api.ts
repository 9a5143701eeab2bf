import { listActivities, recordActivity, showActivity } from '../http/activities.js';
import { declareError } from '../http/corrections.js';
import { eraseValues } from '../http/erasures.js';
import { readLinks, stateLink } from '../http/links.js';
import { readMaster, stateMaster } from '../http/master.js';
import type { Route } from '../route.js';
import { anObject, jsonBody, onBehalf, query, recorded, text, words } from './shapes.js';

const masterParameters = {
  id: text(),
  at: { type: 'string', format: 'date-time' },
  view: { enum: ['history'] },
  after: text(),
  limit: { type: 'string', pattern: '^([1-9]\\d?|[1-4]\\d\\d|500)$' },
};
const masterQuery = query(masterParameters);
const masterBody = {
  types: jsonBody,
  // What names the subject; all else is checked by schemas/records.
  schema: { type: 'object', properties: { id: text(), gln: text(20), extension: text(60), gtin: text(20) } },
};

/** What machines record and read: activities and master data. */
export const apiRoutes: readonly Route[] = [
  // Activities
  {
    method: 'GET',
    path: '/api/activities',
    what: words('所有活动', 'List activities'),
    who: 'anyone',
    answers: { 200: anObject },
    handler: listActivities,
  },
  {
    method: 'GET',
    path: '/api/activities/:name',
    what: words('一种活动的字段', 'Schema of an activity'),
    who: 'anyone',
    answers: { 200: anObject },
    handler: showActivity,
  },
  {
    method: 'POST',
    path: '/api/activities/:name',
    direct: true,
    what: words('记一笔活动', 'Record an activity'),
    who: ['producer', 'operator', 'laboratory', 'inspector'],
    query: query({ ...onBehalf, corrects: text() }),
    body: { types: jsonBody, schema: anObject },
    answers: { 201: recorded, 200: recorded },
    handler: recordActivity,
  },
  {
    method: 'POST',
    path: '/api/events/error',
    what: words('声明一笔记错了', 'Declare an event in error'),
    who: ['producer', 'operator', 'laboratory', 'inspector'],
    query: query(onBehalf),
    body: {
      types: jsonBody,
      schema: {
        type: 'object',
        required: ['id', 'reason'],
        additionalProperties: false,
        properties: {
          id: text(2000),
          reason: { enum: ['did_not_occur', 'incorrect_data'] },
          note: text(1000),
        },
      },
    },
    answers: { 201: recorded },
    handler: declareError,
  },

  // Master data: what is said of parties, places, products and mandates
  {
    method: 'GET',
    path: '/api/parties',
    what: words('主体', 'Parties'),
    who: 'anyone',
    query: masterQuery,
    answers: { 200: anObject },
    handler: readMaster('party'),
  },
  {
    method: 'POST',
    path: '/api/parties',
    what: words('登记主体', 'Register or change a party'),
    who: ['admin', 'producer', 'operator', 'laboratory'],
    query: query({}),
    body: masterBody,
    answers: { 201: recorded },
    handler: stateMaster('party'),
  },
  {
    method: 'GET',
    path: '/api/places',
    what: words('地点', 'Places'),
    who: 'anyone',
    query: masterQuery,
    answers: { 200: anObject },
    handler: readMaster('place'),
  },
  {
    method: 'POST',
    path: '/api/places',
    what: words('登记地点', 'Register or change a place'),
    who: ['producer', 'operator', 'laboratory', 'admin'],
    query: query(onBehalf),
    body: masterBody,
    answers: { 201: recorded },
    handler: stateMaster('place'),
  },
  {
    method: 'GET',
    path: '/api/products',
    what: words('商品', 'Products'),
    who: 'anyone',
    query: masterQuery,
    answers: { 200: anObject },
    handler: readMaster('product'),
  },
  {
    method: 'POST',
    path: '/api/products',
    what: words('登记商品', 'Register or change a product'),
    who: ['producer', 'operator'],
    query: query(onBehalf),
    body: masterBody,
    answers: { 201: recorded },
    handler: stateMaster('product'),
  },
  {
    method: 'POST',
    path: '/api/mandates',
    what: words('委托他人代记', 'Entrust another party'),
    who: ['producer', 'operator'],
    query: query({}),
    body: masterBody,
    answers: { 201: recorded },
    handler: stateMaster('mandate'),
  },

  // Links that lead on from a product or a lot
  {
    method: 'GET',
    path: '/api/links',
    what: words('登记的链接', 'Registered links'),
    who: 'anyone',
    query: query({ ...masterParameters, anchor: text() }),
    answers: { 200: anObject },
    handler: readLinks,
  },
  {
    method: 'POST',
    path: '/api/links',
    what: words('登记、更改或撤下链接', 'Register, change or withdraw a link'),
    who: ['producer', 'operator', 'laboratory'],
    query: query(onBehalf),
    body: { types: jsonBody, schema: { type: 'object', properties: { id: text() } } },
    answers: { 201: recorded },
    handler: stateLink,
  },

  // Erasure of hidden values (ledger/README.md, "Erasure")
  {
    method: 'POST',
    path: '/api/erasures',
    what: words('删除个人信息或保密内容', 'Erase personal or confidential values'),
    who: ['producer', 'operator', 'laboratory', 'inspector', 'admin'],
    query: query(onBehalf),
    body: { types: jsonBody, schema: { $ref: 'api/erase.json' } },
    answers: { 201: recorded },
    handler: eraseValues,
  },
];
