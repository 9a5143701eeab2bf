import { allApplicationIdentifiers } from '../domain/gs1/applicationIdentifiers.js';
import { serveAsset } from '../http/assets.js';
import { serveLabels, serveQr } from '../http/codes.js';
import { describeResolver } from '../http/gs1resolver.js';
import { home, searchCodes } from '../http/home.js';
import { readItem } from '../http/items.js';
import { scanCode, scanOther } from '../http/scan.js';
import type { Route } from '../route.js';
import { anObject, page, query, text, words } from './shapes.js';

const time = { type: 'string', format: 'date-time', maxLength: 40 } as const;
const itemQuery = {
  at: time,
  known: time,
  view: { enum: ['history', 'proof', 'trace'] },
  direction: { enum: ['back', 'forward', 'both'] },
  format: { enum: ['json', 'csv', 'svg'] },
  after: text(60),
  limit: { type: 'string', pattern: '^([1-9]\\d?|[1-4]\\d\\d|500)$' },
};
const ecc = { enum: ['L', 'M', 'Q', 'H'] } as const;
const decimal = { type: 'string', pattern: '^\\d{1,3}(\\.\\d{1,3})?$' } as const;

/** Every primary key of a Digital Link (GS1 Digital Link URI syntax, section 4.5) is a door of its own: /01/..., /00/..., /414/... */
const keys = [...allApplicationIdentifiers()].filter(({ chains }) => chains !== undefined);
const scans = keys.map(({ ai }): Route => ({
  method: 'GET',
  path: `/${ai}/{*rest}`,
  page: true,
  what: words(`扫码：(${ai}) 的公开记录`, `What a scanned (${ai}) opens: its public record`),
  who: 'anyone',
  answers: { 200: page, 300: page, 307: page, 404: page },
  handler: scanCode,
}));

/** What anybody may see: home, search, scanned codes, items as JSON; codes and labels. */
export const publicRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/',
    page: true,
    what: words('首页', 'Home page'),
    who: 'anyone',
    answers: { 200: page },
    handler: home,
  },
  {
    method: 'GET',
    path: '/search',
    page: true,
    what: words('按数字、批号、商品名查', 'Search by digits, lot number or product name'),
    who: 'anyone',
    query: query({ q: { type: 'string', maxLength: 300 }, product: text(300) }),
    answers: { 200: page, 303: page, 404: page },
    handler: searchCodes,
  },
  ...scans,
  {
    method: 'GET',
    path: '/.well-known/gs1resolver',
    what: words('数字链接解析器的说明', 'What the Digital Link resolver can do'),
    who: 'anyone',
    answers: { 200: anObject },
    handler: describeResolver,
  },
  {
    method: 'GET',
    path: '/item',
    page: true,
    what: words('没有数字链接形式的标识的公开记录', 'The public record of an identifier without a Digital Link form'),
    who: 'anyone',
    query: query({ id: text(), at: time, known: time }, ['id']),
    answers: { 200: page, 404: page },
    handler: scanOther,
  },
  {
    method: 'GET',
    path: '/api/items/{*path}',
    what: words('一批货的状态与历史', 'State and history of an item by its Digital Link path'),
    who: 'anyone',
    query: query(itemQuery),
    answers: { 200: anObject },
    handler: readItem,
  },
  {
    method: 'GET',
    path: '/api/items',
    what: words('一批货的状态与历史', 'State and history of an item by any identifier'),
    who: 'anyone',
    query: query({ ...itemQuery, id: text() }, ['id']),
    answers: { 200: anObject },
    handler: readItem,
  },
  {
    method: 'GET',
    path: '/qr/{*path}',
    what: words('二维码（.svg 或 .png）', 'QR code of a Digital Link path (.svg or .png)'),
    who: 'anyone',
    query: query({ mm: decimal, module: decimal, ecc, text: { enum: ['0', '1'] } }),
    answers: { 200: 'image/svg+xml' },
    handler: serveQr,
  },
  {
    method: 'GET',
    path: '/labels',
    page: true,
    what: words('标签（A4 纸或热敏打印机）', 'Labels: A4 sheets, or ZPL for thermal printers'),
    who: ['producer', 'operator'],
    query: query(
      {
        lot: text(),
        copies: { type: 'string', pattern: '^([1-9]\\d?|1\\d\\d|200)$' },
        format: { enum: ['html', 'zpl'] },
        dpi: { enum: ['203', '300', '600'] },
        ecc,
      },
      ['lot'],
    ),
    answers: { 200: page },
    handler: serveLabels,
  },
  {
    method: 'GET',
    path: '/assets/:name',
    what: words('样式与图标', 'Stylesheets, scripts and icons'),
    who: 'anyone',
    answers: { 200: 'text/css' },
    handler: serveAsset,
  },
];
