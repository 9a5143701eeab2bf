import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { App } from '../app.js';
import { Problem } from '../errors.js';
import type { Route } from '../route.js';
import { html, json, type Answer, type Call } from './call.js';
import { openApi } from './openapi.js';

const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const files: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};
const start = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });\n`;

/** The description of the interface: a document for machines, and a page that shows it from this server alone. */
export const docsRoutes = (routes: () => readonly Route[]): readonly Route[] => [
  {
    method: 'GET',
    path: '/openapi.json',
    what: { zh: '接口说明（OpenAPI 3.1）', en: 'Description of the interface (OpenAPI 3.1)' },
    who: 'anyone',
    answers: { 200: { type: 'object' } },
    handler: (app: App, call: Call): Answer => json(200, openApi(routes(), app.schemas, app.config.publicUrl, call.lang)),
  },
  {
    method: 'GET',
    path: '/docs',
    what: { zh: '接口说明页', en: 'The description as a page' },
    who: 'anyone',
    page: true,
    answers: { 200: 'text/html' },
    handler: (_app, call): Answer => html(200, shell(call.lang)),
  },
  {
    method: 'GET',
    path: '/docs/:file',
    what: { zh: '接口说明页的文件', en: 'Files of that page' },
    who: 'anyone',
    answers: { 200: 'text/css' },
    handler: (_app, call): Answer => docsFile(call.params.file ?? ''),
  },
];

function docsFile(name: string): Answer {
  if (name === 'start.js') return { status: 200, type: 'text/javascript; charset=utf-8', body: start };
  const type = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!type) throw new Problem('not-found');
  return { status: 200, type, headers: { 'cache-control': 'public, max-age=86400' }, body: readFileSync(join(folder, name)) };
}

const shell = (lang: string): string => `<!doctype html>
<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${lang === 'zh' ? '溯源接口' : 'Suyuan interface'}</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="docs"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script>
<noscript><p>${lang === 'zh' ? '没有脚本时请直接看' : 'Without script read'} <a href="/openapi.json">/openapi.json</a></p></noscript></body></html>`;
