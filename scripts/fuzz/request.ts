import type { Route } from '../../src/route.js';
import { type Chance, often, pick } from './chance.js';
import { markup, nasty, texts } from './nasty.js';
import { right } from './right.js';
import { type Names, type Resolve, sample } from './sample.js';

export interface Rubbish {
  readonly route: Route;
  readonly bytes: Buffer;
  /** Announces more than it sends. */
  readonly half: boolean;
  /** HEAD and the like: an answer without a body. */
  readonly bodyless: boolean;
}

export interface Ground {
  readonly names: Names;
  readonly resolve: Resolve;
  /** The schemas of bodies that a route's own schema does not tell, by the path it is sent to. */
  bodySchema(chance: Chance, route: Route, path: string): Readonly<Record<string, unknown>>;
}

/** One request to a line of the table: nearly right, or broken in one way or several. */
export function rubbish(chance: Chance, route: Route, key: string | undefined, ground: Ground): Rubbish {
  const path = pathOf(chance, route, ground.names);
  const address = path + queryOf(chance, route, ground);
  const method = often(chance, 93)
    ? route.method
    : pick(chance, ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'BREW']);
  const headers: string[] = [
    `host: ${often(chance, 97) ? 'suyuan.test' : pick(chance, ['', 'a b', 'evil.example', '[::1]:9'])}`,
    'connection: close',
  ];
  if (key !== undefined)
    headers.push(`authorization: Bearer ${often(chance, 98) ? key : pick(chance, ['', 'x', `${key}x`, 'é'])}`);
  if (often(chance, 60))
    headers.push(
      `accept: ${pick(chance, ['text/html', 'application/json', '*/*', 'text/html;q=x,;;,', 'image/png', 'application/ld+json', 'a'.repeat(3000)])}`,
    );
  if (often(chance, 20)) headers.push(`accept-language: ${pick(chance, ['en', 'zh-CN,zh;q=0.9', 'xx;q=nan', '*'])}`);
  if (often(chance, 10))
    headers.push(
      `cookie: ${pick(chance, ['lang=en', 'lang=<script>', '__Host-session=x; session=x', 'a'.repeat(4000), '=;=;'])}`,
    );
  if (often(chance, 10)) headers.push(`idempotency-key: ${pick(chance, ['', 'a', 'k'.repeat(256), 'same', '"same"'])}`);
  if (often(chance, 8)) headers.push(`origin: ${pick(chance, ['http://suyuan.test', 'https://evil.example', 'null'])}`);
  if (often(chance, 10))
    headers.push(
      pick(chance, [
        'gs1-epcis-version: 9',
        'gs1-capture-error-behaviour: nonsense',
        'gs1-epc-format: Never_Heard',
        'gs1-extensions: x',
        'range: bytes=9-1',
        'if-none-match: *',
        'x-forwarded-for: <script>',
        'expect: 100-continue',
        'accept-encoding: gzip;q=x',
        'accept-encoding: gzip',
      ]),
    );

  const sends = route.body !== undefined || often(chance, 5);
  const body = sends ? bodyOf(chance, route, path, ground) : Buffer.alloc(0);
  let half = false;
  if (sends) {
    const types = route.body?.types ?? ['application/json'];
    headers.push(
      `content-type: ${often(chance, 92) ? pick(chance, types) : pick(chance, ['', 'text/plain', 'application/xml', 'multipart/form-data', 'application/json; charset=utf-16', 'APPLICATION/JSON', '/', 'application/x-www-form-urlencoded'])}`,
    );
    const lie = often(chance, 4);
    const length = lie
      ? pick(chance, ['-1', 'abc', '99999999999', String(body.length + 10), '1e9', '0x10'])
      : String(body.length);
    half = lie;
    headers.push(`content-length: ${length}`);
  }
  const head = Buffer.from(`${method} ${address} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`, 'latin1');
  return { route, bytes: Buffer.concat([head, body]), half, bodyless: method === 'HEAD' };
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

function pathOf(chance: Chance, route: Route, names: Names): string {
  const own = (name: string): string => {
    if (often(chance, 15))
      return pick(chance, [...texts.map(encoded), '%', '%zz', '%ff', '..', '%2e%2e', '%2f', ';', '']).slice(0, 5000);
    if (name === 'name' && route.path.startsWith('/assets'))
      return pick(chance, ['suyuan.css', 'mark.svg', 'x.js', '..%2f..%2fpackage.json']);
    if (name === 'name' || name === 'activity') return pick(chance, names.activities);
    return encoded(pick(chance, names.ids));
  };
  const rest = (): string => {
    if (often(chance, 25))
      return pick(chance, [...texts.map(encoded), '%', '%e4%b8', 'a/b/c/d', '../..', '%2e%2e/%2e%2e', '/', '']).slice(0, 5000);
    const lot = pick(chance, [...names.lots, ...names.units, ...names.products, ...names.places, ...names.parties]);
    const link = /^https:\/\/id\.gs1\.org\/(.*)$/.exec(lot)?.[1] ?? encoded(lot);
    const ai = /^\/(\d+)\//.exec(route.path)?.[1];
    const tail = ai === undefined ? link : link.replace(/^\d+\//, '');
    return often(chance, 70)
      ? tail
      : tail + pick(chance, ['/', '/21/1', '/10/x', '.svg', '.png', '?17=991399', '/history', '/%3Cscript%3E']);
  };
  return route.path
    .replace(/\{\/\*\w+\}/g, () => `/${rest()}`)
    .replace(/\{?\*\w+\}?/g, rest)
    .replace(/:(\w+)/g, (_, name: string) => own(name));
}

function queryOf(chance: Chance, route: Route, ground: Ground): string {
  const known = Object.entries((route.query?.properties ?? {}) as Record<string, Readonly<Record<string, unknown>>>);
  const required = (route.query?.required ?? []) as readonly string[];
  const pairs: string[] = [];
  const all = [
    ...ground.names.lots,
    ...ground.names.parties,
    ...ground.names.places,
    ...ground.names.products,
    ...ground.names.ids,
  ];
  for (const [name, schema] of known) {
    if (!required.includes(name) && !often(chance, 30)) continue;
    const value =
      schema.enum || schema.pattern || schema.format ? sample(chance, schema, ground.names, ground.resolve) : pick(chance, all);
    pairs.push(`${name}=${encoded(often(chance, 85) ? String(value) : pick(chance, texts))}`);
  }
  if (often(chance, 8))
    pairs.push(
      pick(chance, [
        '__proto__=1',
        'constructor[prototype][x]=1',
        '$where=1',
        'at[$gt]=',
        '%',
        '=',
        '&&',
        'lang=en',
        'lang=%3Cscript%3E',
        `x=${'a'.repeat(6000)}`,
        '%ff=%fe',
        'a=%00',
        encoded(pick(chance, markup)),
      ]),
    );
  if (pairs.length > 0 && often(chance, 5)) pairs.push(pairs[0] as string);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`.slice(0, 9000);
}

function bodyOf(chance: Chance, route: Route, path: string, ground: Ground): Buffer {
  let value = often(chance, 60) ? right(chance, path, ground.names) : undefined;
  value ??= sample(chance, ground.bodySchema(chance, route, path), ground.names, ground.resolve);
  for (let breaks = often(chance, 60) ? 1 + chance.int(3) : 0; breaks > 0; breaks--) value = broken(chance, value);
  if ((route.body?.types ?? [])[0] === 'application/x-www-form-urlencoded') return Buffer.from(form(chance, value));
  let text = JSON.stringify(value) ?? '';
  if (often(chance, 6))
    text = text.replace(/"(\w+)":/, () => pick(chance, ['"__proto__":', '"constructor":', '"\\u0000":', '"\\ud800":', '"":']));
  if (often(chance, 4))
    text = text.replace(/:"[^"]*"/, () =>
      pick(chance, [':1e999', ':-0', ':NaN', ':00', ':0.1234567890123456789', ':9007199254740993']),
    );
  if (often(chance, 4))
    text = pick(chance, [
      '',
      '{',
      '[',
      '"',
      'null',
      '0',
      text.slice(0, text.length / 2),
      `${text}x`,
      `\ufeff${text}`,
      '['.repeat(50_000),
      `{"a":`.repeat(3000),
    ]);
  const bytes = Buffer.from(text);
  if (bytes.length > 0 && often(chance, 3)) bytes[chance.int(bytes.length)] = pick(chance, [0xff, 0xc0, 0x80, 0x00]);
  return bytes;
}

/** Names of controls are JSON Pointers; forms of the registry have plain names too. */
function form(chance: Chance, value: unknown): string {
  const pairs: [string, string][] = [];
  const walk = (at: unknown, pointer: string): void => {
    if (typeof at === 'object' && at !== null)
      for (const [name, member] of Object.entries(at).slice(0, 50)) walk(member, `${pointer}/${name}`);
    else pairs.push([pointer, String(at)]);
  };
  walk(value, '');
  const extra = [
    'name',
    'password',
    'again',
    'old',
    'next',
    'id',
    'role',
    'party',
    'division',
    'seq',
    'event',
    'lot',
    'label',
    'to',
    'from',
    'since',
    '_event',
    '/',
    '//',
    '/0',
    '/lots/999999/lot',
    '/__proto__/x',
    '__proto__',
  ];
  for (let more = chance.int(4); more > 0; more--) pairs.push([pick(chance, extra), pick(chance, texts)]);
  return (
    pairs.map(([name, text]) => `${encoded(name)}=${encoded(text)}`).join('&') +
    (often(chance, 5) ? pick(chance, ['&%', '&=&', '&a=%ff%fe', '&a=%00']) : '')
  );
}

/** The value with something in it replaced, left out, added or wrapped. */
function broken(chance: Chance, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || often(chance, 4)) return nasty(chance);
  if (Array.isArray(value)) {
    if (value.length === 0 || often(chance, 20)) return [...(value as unknown[]), nasty(chance)];
    const at = chance.int(value.length);
    return (value as unknown[]).map((each, i) => (i === at ? broken(chance, each) : each));
  }
  const names = Object.keys(value);
  if (names.length === 0 || often(chance, 15))
    return {
      ...value,
      [pick(chance, ['extra', 'constructor', '$where', '@context', '@id', 'type', '', 'a'.repeat(10_000), '~1~0/'])]:
        nasty(chance),
    };
  const name = pick(chance, names);
  const { [name]: member, ...rest } = value as Record<string, unknown>;
  if (often(chance, 15)) return rest;
  return { ...rest, [name]: typeof member === 'object' && often(chance, 70) ? broken(chance, member) : nasty(chance) };
}
