import { expect } from 'chai';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/domain/record.js';
import { compact, without } from '../../../src/pages/form/lines.js';
import { decode, encode, type Posted, postedOf } from '../../../src/pages/form/posted.js';
import type { FieldSchema } from '../../../src/pages/form/schema.js';

/** A property's schema together with what its values may be. */
type Sample = readonly [FieldSchema, fc.Arbitrary<Json>];

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((text) => text.replace(/\s+/g, ' ').trim() || '地');
const decimal = fc
  .tuple(fc.integer({ min: -999_999, max: 999_999 }), fc.integer({ min: 0, max: 999 }))
  .map(([whole, part]) => `${whole}.${part}`);
const instant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => new Date(date.getTime() + 8 * 3_600_000).toISOString().replace('Z', '+08:00'));
const seconds = instant.map((iso) => iso.replace(/\.\d+/, ''));

const flat: fc.Arbitrary<Sample> = fc.constantFrom<Sample>(
  [{ type: 'string' }, word],
  [{ type: 'string', 'x-field': 'lot' }, word],
  [{ type: 'string', 'x-field': 'long' }, fc.array(word, { minLength: 1 }).map((lines) => lines.join('\n'))],
  [{ type: 'string', 'x-field': 'quantity' }, decimal],
  [{ type: 'number' }, fc.integer({ min: -1_000_000, max: 1_000_000 }).map((value) => value / 100)],
  [{ type: 'integer' }, fc.maxSafeInteger()],
  [{ type: 'boolean' }, fc.boolean()],
  [{ type: 'string', 'x-field': 'time', format: 'date-time' }, instant],
  [{ type: 'string', format: 'date' }, instant.map((iso) => iso.slice(0, 10))],
  [{ enum: ['sun', 'rain'] }, fc.constantFrom('sun', 'rain')],
  [{ oneOf: [{ const: 1 }, { const: 2 }] }, fc.constantFrom(1, 2)],
  [{ type: 'array', items: { type: 'string' }, 'x-field': 'units' }, fc.array(word, { minLength: 1 })],
  [
    {
      type: 'array',
      'x-field': 'readings',
      items: {
        type: 'object',
        properties: {
          time: { format: 'date-time' },
          temperature: { type: 'number' },
          humidity: { type: 'string', 'x-field': 'number' },
        },
      },
    },
    fc.array(
      fc.record({ time: seconds, temperature: fc.integer().map((n) => n / 10), humidity: decimal }, { requiredKeys: ['time'] }),
      { minLength: 1 },
    ),
  ],
);
const name = fc.string({ unit: fc.constantFrom('a', 'B', '/', '~', '0', '批'), minLength: 1, maxLength: 4 });
const object = (inner: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> =>
  fc.dictionary(name, inner, { minKeys: 1, maxKeys: 5, noNullPrototype: true }).map((samples) => [
    { type: 'object', properties: Object.fromEntries(Object.entries(samples).map(([key, [schema]]) => [key, schema])) },
    fc.record(Object.fromEntries(Object.entries(samples).map(([key, [, values]]) => [key, values])), {
      noNullPrototype: true,
    }) as fc.Arbitrary<Json>,
  ]);
const lines = (inner: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> =>
  inner.map(([schema, values]) => [{ type: 'array', items: schema }, fc.array(values, { minLength: 1, maxLength: 12 })]);
const schemas = object(fc.oneof(flat, object(flat), lines(object(flat))));
const pairs = schemas.chain(([schema, values]) => values.map((value) => ({ schema, value: value as JsonObject })));

describe('what a form posts', () => {
  it('comes back as the values it was made from, for every schema', () => {
    fc.assert(
      fc.property(pairs, ({ schema, value }) => {
        expect(decode(schema, encode(schema, value))).to.deep.equal({ values: value, faults: [] });
      }),
    );
  });

  it('survives the body that a browser sends', () => {
    fc.assert(
      fc.property(pairs, ({ schema, value }) => {
        const body = Object.fromEntries([...encode(schema, value)].map(([key, text]) => [key, text.replaceAll('\n', '\r\n')]));
        expect(decode(schema, postedOf({ ...body, token: 'x', add: '/lots' })).values).to.deep.equal(value);
      }),
    );
  });

  it('never throws and never answers a name outside the schema, whatever is posted', () => {
    const keys = fc.oneof(
      fc.string(),
      fc.constantFrom('/__proto__/x', '/constructor', '/lots/99999999/lot', '/lots/-1/lot', '/lots/x', '/time@'),
    );
    const schema: FieldSchema = {
      properties: {
        time: { 'x-field': 'time' },
        lots: { type: 'array', items: { type: 'object', properties: { lot: { type: 'string' } } } },
      },
    };
    fc.assert(
      fc.property(fc.dictionary(keys, fc.oneof(fc.string(), fc.array(fc.string()), fc.object())), (body) => {
        const { values } = decode(schema, compact(schema, postedOf(body)));
        expect(Object.keys(values)).to.satisfy((names: string[]) => names.every((one) => one === 'time' || one === 'lots'));
      }),
    );
  });
});

const harvest: FieldSchema = {
  type: 'object',
  properties: {
    time: { type: 'string', format: 'date-time', 'x-field': 'time' },
    lots: {
      type: 'array',
      'x-field': 'lots',
      items: {
        type: 'object',
        properties: { lot: { 'x-field': 'lot' }, quantity: { 'x-field': 'quantity' }, unit: { 'x-field': 'unit' } },
      },
    },
  },
};
const typed = (entries: Record<string, string>): Posted => new Map(Object.entries(entries));

describe('lines of a form', () => {
  it('drops a line in which only the proposed unit stands, and renumbers the rest', () => {
    const posted = typed({ '/lots/0/unit': 'KGM', '/lots/0/lot': '', '/lots/1/lot': 'A', '/lots/1/unit': 'KGM' });
    expect([...compact(harvest, posted)]).to.deep.equal([
      ['/lots/0/lot', 'A'],
      ['/lots/0/unit', 'KGM'],
    ]);
  });
  it('takes out the one line that is named', () => {
    const posted = typed({ '/lots/0/lot': 'A', '/lots/1/lot': 'B', '/lots/10/lot': 'C', '/time': 'x' });
    const left = [...without(posted, '/lots/1')];
    expect(left).to.deep.include(['/lots/0/lot', 'A']);
    expect(left.some(([, text]) => text === 'B')).to.equal(false);
    expect(left).to.deep.include(['/lots/9/lot', 'C']);
  });
});

describe('what people type', () => {
  const one = (schema: FieldSchema, text: string) => decode({ properties: { it: schema } }, typed({ '/it': text }));
  it('reads numbers with full-width digits and thousands separators', () => {
    expect(one({ 'x-field': 'quantity' }, '１，２００．５').values).to.deep.equal({ it: '1200.5' });
    expect(one({ type: 'number' }, ' 1,200 ').values).to.deep.equal({ it: 1200 });
  });
  it('takes local time of the country and keeps the hidden seconds only for the minute they belong to', () => {
    const schema: FieldSchema = { properties: { time: { 'x-field': 'time' } } };
    const exact = '2026-11-23T14:05:33+08:00';
    expect(decode(schema, typed({ '/time': '2026-11-23T14:05', '/time@': exact })).values).to.deep.equal({ time: exact });
    expect(decode(schema, typed({ '/time': '2026-11-23T14:04', '/time@': exact })).values).to.deep.equal({
      time: '2026-11-23T14:04:00+08:00',
    });
    expect(one({ 'x-field': 'time' }, '2026/1/3 8:05').values).to.deep.equal({ it: '2026-01-03T08:05:00+08:00' });
  });
  for (const [schema, text] of [
    [{ type: 'number' }, '十二'],
    [{ type: 'integer' }, '1.5'],
    [{ 'x-field': 'quantity' }, 'NaN'],
    [{ 'x-field': 'quantity' }, '1,20,0'],
    [{ format: 'date-time' }, '2026-04-31T08:00'],
    [{ format: 'date' }, '2026-02-30'],
    [{ enum: ['a'] }, 'b'],
    [{ type: 'boolean' }, 'maybe'],
  ] as [FieldSchema, string][]) {
    it(`names the control of ${JSON.stringify(text)}, which is no ${JSON.stringify(schema)}`, () => {
      const { faults } = one(schema, text);
      expect(faults).to.have.length(1);
      expect(faults[0]?.pointer).to.equal('/it');
    });
  }
});

describe('a pasted series', () => {
  const schema: FieldSchema = {
    properties: {
      readings: {
        type: 'array',
        'x-field': 'readings',
        items: {
          type: 'object',
          properties: { time: { format: 'date-time' }, temperature: { type: 'number' }, humidity: { type: 'number' } },
        },
      },
    },
  };
  const paste = (text: string) => decode(schema, typed({ '/readings': text }));
  it('is read by its headings, in any order, unknown columns passed over', () => {
    const { values, faults } = paste('No.\t温度(°C)\tTime\n1\t4.5\t2026-11-23 08:00\n2\t\t2026-11-23 08:10\n');
    expect(faults).to.deep.equal([]);
    expect(values).to.deep.equal({
      readings: [{ temperature: 4.5, time: '2026-11-23T08:00:00+08:00' }, { time: '2026-11-23T08:10:00+08:00' }],
    });
  });
  it('names the line of each fault as the person counts it', () => {
    const { faults } = paste('time,temperature\n2026-11-23 08:00,4.5\n\n2026-11-23 25:00,cold');
    expect(faults.map(({ message }) => message.en.slice(0, 7))).to.deep.equal(['Line 4:', 'Line 4:']);
    expect(faults.every(({ pointer }) => pointer === '/readings')).to.equal(true);
  });
});
