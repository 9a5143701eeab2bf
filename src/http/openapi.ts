import { catalogue } from '../errors.js';
import type { JsonObject } from '../domain/record.js';
import type { Lang } from '../domain/text.js';
import type { Route, Schema } from '../route.js';
import type { Schemas } from '../schemas.js';

/** The table of routes as an OpenAPI 3.1 document: nothing in it is written twice. */
export function openApi(routes: readonly Route[], schemas: Schemas, publicUrl: string, lang: Lang): JsonObject {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = templated(route.path);
    (paths[path] ??= {})[route.method.toLowerCase()] = operation(route, path, lang);
  }
  const document = {
    openapi: '3.1.0',
    info: {
      title: lang === 'zh' ? '溯源' : 'Suyuan',
      version: '0.1.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: publicUrl }],
    tags: [...new Set(routes.map(areaOf))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: lang === 'zh' ? '机器用的密钥' : 'Key of a machine' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'suyuan',
          description: lang === 'zh' ? '人登录后的会话' : 'Session of a person',
        },
      },
      schemas: {},
    },
  };
  const used = collectSchemas(document, schemas);
  return { ...relinked(document), components: { ...document.components, schemas: used } } as unknown as JsonObject;
}

/** `/api/{name}` of Express's `/api/:name`; a rest parameter is written as one. */
const templated = (path: string): string =>
  path
    .replace(/\{?\/?[*]([a-z]\w*)\}?/gi, (whole, name) => `${whole.includes('/') ? '/' : ''}{${name}}`)
    .replace(/:([a-z]\w*)/gi, '{$1}');

const areaOf = (route: Route): string =>
  route.page ? 'pages' : (/^\/(api|epcis|log|witness)\b/.exec(route.path)?.[1] ?? 'service');

function operation(route: Route, path: string, lang: Lang): object {
  const query = (route.query?.properties ?? {}) as Record<string, Schema>;
  const required = (route.query?.required ?? []) as readonly string[];
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const asked = Object.entries(query).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 255 } };
  const parameters = [...named, ...asked, ...(route.method === 'GET' || route.who === 'anyone' ? [] : [key])];
  return {
    operationId: `${route.method.toLowerCase()}${path.replace(/[^A-Za-z0-9]+(\w?)/g, (_, c: string) => c.toUpperCase())}`,
    summary: route.what[lang],
    tags: [areaOf(route)],
    ...(route.who !== 'anyone' && { security: [{ key: [] }, { session: [] }], 'x-roles': route.who }),
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          route.body.types.map((type) => [type || '*/*', route.body?.schema ? { schema: route.body.schema } : {}]),
        ),
      },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(route.answers).map(([status, shape]) => [status, answer(shape, route, lang)])),
      default: problem(lang),
    },
  };
}

const answer = (shape: Schema | string, route: Route, lang: Lang): object => ({
  description: route.what[lang],
  content: typeof shape === 'string' ? { [shape]: {} } : { 'application/json': { schema: shape } },
});

const problem = (lang: Lang): object => ({
  description: [...new Set(Object.values(catalogue).map((c) => `${c.status} ${c[lang]}`))].join('; '),
  content: { 'application/problem+json': { schema: { $ref: 'api/problem.json' } } },
});

const componentName = (id: string): string => id.replace(/\.json$/, '').replace(/[^\w.-]/g, '.');

/** A reference without a folder names a neighbour of the file that it stands in. */
const fileOf = (file: string, inside: string | undefined): string =>
  file.includes('/') || inside === undefined ? file : inside.replace(/[^/]*$/, file);

/** Every schema file that is referred to, directly or by another one, under its component name. */
function collectSchemas(document: object, schemas: Schemas): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const visit = (value: unknown, inside?: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const ref = (value as { $ref?: unknown }).$ref;
    const id = typeof ref === 'string' && !ref.startsWith('#') ? fileOf(ref.split('#')[0] as string, inside) : undefined;
    const file = id === undefined ? undefined : schemas.files.get(id);
    if (id !== undefined && file && !(componentName(id) in found)) {
      found[componentName(id)] = {};
      visit(file, id);
      found[componentName(id)] = relinked(file, id);
    }
    for (const member of Object.values(value)) visit(member, inside);
  };
  visit(document);
  return found;
}

/** `$ref`s to files become references to components; those inside a file keep their fragment. */
function relinked(value: unknown, inside?: string): Record<string, unknown> {
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part)
        .filter(([name]) => name !== '$id')
        .map(([name, member]) => [name, name === '$ref' && typeof member === 'string' ? link(member, inside) : walk(member)]),
    );
  };
  return walk(value) as Record<string, unknown>;
}

function link(ref: string, inside: string | undefined): string {
  const [file = '', fragment = ''] = ref.split('#');
  const id = file === '' ? inside : fileOf(file, inside);
  return id === undefined ? ref : `#/components/schemas/${componentName(id)}${fragment}`;
}
