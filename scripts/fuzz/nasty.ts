import { type Chance, pick } from './chance.js';

/** What must never stand in a page as it is: a test of answers looks for these. */
export const markup = ['<script>suyuanXss()</script>', '"><img src=x onerror=suyuanXss()>'] as const;

const long = 'é'.repeat(10_000);

/** Texts that somebody may send where a text is wanted. */
export const texts: readonly string[] = [
  ...markup,
  "' onmouseover='suyuanXss()",
  '',
  ' ',
  long,
  'a'.repeat(401),
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udc00y',
  '\ufeff',
  '\u202e倒\u200b\u0301',
  '👩‍🌾'.repeat(50),
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '$where',
  "'; DROP TABLE records; --",
  '../../../../etc/passwd',
  '%00%ff%2e%2e%2f',
  '${7*7}{{7*7}}#{7*7}',
  '1900-01-01T00:00:00Z',
  '2999-12-31T23:59:59+08:00',
  '2026-13-45T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '2026-02-30',
  '2026-06-30T23:59:60Z',
  '0000-00-00',
  'NaN',
  '-1',
  '-0',
  '1e400',
  '0.1e-400',
  '99999999999999999999999999',
  '0x10',
  '1,5',
  '１２３',
  'XYZ',
  'KGM ',
  'https://id.gs1.org/01/09520131000201/10/',
  'https://id.gs1.org/01/09520131000202/10/A',
  'https://id.gs1.org/01/%/10/%ZZ',
  `https://id.gs1.org/01/09520131000201/10/${'9'.repeat(21)}`,
  'urn:epc:id:sgtin:9520131.000020.',
  'urn:epc:idpat:sgtin:*.*.*',
  'javascript:alert(1)',
  'http://[::1',
  'urn:suyuan:uscc:000000000000000000',
  '(((((((((((((((((((((((((((((((((((((((',
  `${'a'.repeat(5000)}!`,
  `${'1.'.repeat(2000)}`,
];

/** Any value that JSON can hold and a handler might trip over; numbers too large for JSON are written by `text`. */
export function nasty(chance: Chance): unknown {
  switch (chance.int(10)) {
    case 0:
      return null;
    case 1:
      return pick(chance, [0, -0, -1, 1.5, 1e21, -1e308, 5e-324, 2 ** 53, 0.1 + 0.2]);
    case 2:
      return pick(chance, [true, false]);
    case 3:
      return pick<unknown>(chance, [[], {}, [[]], [null], [{}], { length: 1e9 }, { toString: 1, valueOf: 2 }, { toJSON: 1 }]);
    case 4:
      return deep(chance.int(200));
    case 5:
      return pick<unknown>(chance, [{ $gt: '' }, { $where: 'sleep(1000)' }, { constructor: { prototype: { polluted: 1 } } }]);
    case 6:
      return Array.from({ length: chance.int(2000) }, (_, i) => i);
    default:
      return pick(chance, texts);
  }
}

function deep(levels: number): unknown {
  let value: unknown = 'x';
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
}
