import { inspectHome, inspectLot } from '../http/inspect.js';
import type { Route, Schema } from '../route.js';

const words = (zh: string, en: string) => ({ zh, en });
const page = 'text/html';
const pages = { 200: page } as const;
const text = (maxLength = 400): Schema => ({ type: 'string', maxLength });
const query = (properties: Record<string, Schema> = {}): Schema => ({ type: 'object', properties, additionalProperties: false });

/** The pages of inspectors and of the administration. */
export const deskRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/inspect',
    page: true,
    what: words('查批次、产品、主体', 'Find a lot, product or party'),
    who: ['inspector'],
    query: query({ q: text(300), product: text(), party: text() }),
    answers: pages,
    handler: inspectHome,
  },
  {
    method: 'GET',
    path: '/inspect/lot',
    page: true,
    what: words('一个批次的全部记录', 'Everything recorded of a lot'),
    who: ['inspector'],
    query: { ...query({ id: text() }), required: ['id'] },
    answers: pages,
    handler: inspectLot,
  },
];
