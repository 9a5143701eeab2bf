import type { Route, Schema } from '../route.js';
import { capture, captureOne, listJobs, showEvent, showJob } from '../http/epcis.js';
import { captureHeaders, epcisException, versionHeaders } from '../http/epcisHeaders.js';

const types = ['application/json', 'application/ld+json'];
const recorders = ['producer', 'operator', 'laboratory'] as const;
const readers = ['producer', 'operator', 'laboratory', 'inspector'] as const;
const behalf: Schema = {
  type: 'object',
  properties: { for: { type: 'string', minLength: 1, maxLength: 400 } },
  additionalProperties: false,
};
const job: Schema = { $ref: 'api/capture-job.json' };
const common = { headers: captureHeaders, problemType: epcisException } as const;
const plain = { headers: versionHeaders, problemType: epcisException } as const;

/** EPCIS 2.0, REST binding (interfaces.md): capture, and events by id. */
export const epcisRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/epcis/capture',
    direct: true,
    what: { zh: '采集一份 EPCIS 2.0 文档', en: 'Capture an EPCIS 2.0 document' },
    who: recorders,
    query: behalf,
    body: { types, schema: { description: 'EPCISDocument, or one event with its context' }, limit: 'captureBodyLimit' },
    answers: { 202: 'text/plain' },
    handler: capture,
    ...common,
  },
  {
    method: 'GET',
    path: '/epcis/capture',
    what: { zh: '自己的采集任务', en: 'Capture jobs of one’s own' },
    who: recorders,
    query: {
      type: 'object',
      properties: {
        perPage: { type: 'string', pattern: '^([1-9]\\d?|[1-4]\\d\\d|500)$' },
        nextPageToken: { type: 'string', maxLength: 200 },
      },
      additionalProperties: false,
    },
    answers: { 200: { type: 'array', items: job } },
    handler: listJobs,
    ...common,
  },
  {
    method: 'GET',
    path: '/epcis/capture/:id',
    what: { zh: '一个采集任务的结果', en: 'What became of a capture' },
    who: recorders,
    query: { type: 'object', additionalProperties: false },
    answers: { 200: job },
    handler: showJob,
    ...common,
  },
  {
    method: 'POST',
    path: '/epcis/events',
    direct: true,
    what: { zh: '采集一个事件', en: 'Capture one event' },
    who: recorders,
    query: behalf,
    body: { types, schema: { description: 'One event with its context' } },
    answers: { 201: { type: 'object' } },
    handler: captureOne,
    ...plain,
  },
  {
    method: 'GET',
    path: '/epcis/events/:id',
    what: { zh: '一个事件及对它的更正', en: 'An event and its error declarations' },
    who: readers,
    query: { type: 'object', additionalProperties: false },
    answers: { 200: { type: 'object' } },
    handler: showEvent,
    ...plain,
  },
];
