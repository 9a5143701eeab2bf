import { expect } from 'chai';
import type { JsonObject } from '../../../src/domain/record.js';
import { dressed } from '../../../src/pages/form/labelled.js';
import { proposed } from '../../../src/pages/form/defaults.js';
import { resolve } from '../../../src/pages/form/resolve.js';
import type { FieldSchema } from '../../../src/pages/form/schema.js';
import { type Field, formOf, type Options } from '../../../src/pages/form/tree.js';

const text = (zh: string) => ({ zh, en: zh });
const options: Options = {
  choices: (widget) =>
    Array.from({ length: widget === 'lot' ? 3 : 7 }, (_, n) => ({ value: `${widget}${n}`, label: text(`${n}`) })),
  unit: text,
};
const missing = (pointer: string) => ({ pointer, message: { zh: '没有填', en: 'is missing' } });
const quantity: FieldSchema = {
  type: 'object',
  'x-label': text('用量'),
  required: ['value', 'unit'],
  properties: {
    value: { type: 'string', 'x-field': 'number', 'x-label': text('数量') },
    unit: { oneOf: [{ const: 'KGM' }, { const: 'LTR' }] },
  },
};
const schema: FieldSchema = {
  type: 'object',
  required: ['crop', 'dose', 'lots'],
  properties: {
    time: { type: 'string', format: 'date-time', 'x-default': 'now' },
    crop: { type: 'string', 'x-field': 'lot', 'x-label': text('哪一茬') },
    place: { type: 'string', 'x-field': 'place', 'x-default': 'here' },
    dose: quantity,
    lots: {
      type: 'array',
      'x-field': 'newlots',
      maxItems: 2,
      items: {
        type: 'object',
        required: ['product', 'number'],
        properties: { lot: { type: 'string' }, product: { type: 'string', 'x-field': 'product' }, number: { type: 'string' } },
      },
    },
    note: { type: 'string', 'x-field': 'long' },
  },
};
const empty = new Map<string, string>();
const find = (fields: readonly Field[], name: string): Field | undefined => fields.find((field) => field.name === name);

describe('a form made from a schema', () => {
  it('asks first for what an entry cannot do without, and last for what is filled in by itself', () => {
    const form = formOf(schema, empty, [], options);
    expect(form.fields.map(({ name }) => name)).to.deep.equal(['/crop', '/place', '/dose', '/lots', '/time']);
    expect(form.more.map(({ name }) => name)).to.deep.equal(['/note']);
  });

  it('shows up to six choices as picks and more as a list', () => {
    const { fields } = formOf(schema, empty, [], options);
    expect(find(fields, '/crop')?.widget).to.equal('picks');
    expect(find(fields, '/place')?.widget).to.equal('select');
  });

  it('keeps a pick that is no longer offered', () => {
    const { fields } = formOf(schema, new Map([['/crop', 'gone']]), [], options);
    const crop = find(fields, '/crop');
    expect(crop?.widget === 'picks' && crop.choices.map(({ value }) => value)).to.deep.equal(['lot0', 'lot1', 'lot2', 'gone']);
  });

  it('puts every fault beside its control, a missing group beside its parts', () => {
    const form = formOf(
      schema,
      empty,
      [missing('/crop'), missing('/dose'), missing('/lots/0/product'), missing('/lots/0/lot')],
      options,
    );
    expect(form.faulty.map(({ name }) => name)).to.deep.equal(['/crop', '/dose/value', '/dose/unit', '/lots/0/product']);
    expect(form.faulty[0]?.faults[0]?.zh).to.equal('选一个');
    expect(form.faulty[1]?.faults[0]?.zh).to.equal('写上“数量”');
    // The identifier is not asked for: that it is missing says nothing that product and number do not.
    expect(form.rest).to.deep.equal([]);
  });

  it('never loses a fault that has no control', () => {
    const refused = { pointer: '', message: text('不在这个主体手里') };
    expect(formOf(schema, empty, [refused, missing('/crop')], options).rest).to.deep.equal([refused.message]);
    expect(formOf(schema, empty, [missing('/elsewhere')], options).rest).to.have.length(1);
  });

  it('asks for a new lot by product and number, and stops adding lines at the schema’s limit', () => {
    const one = find(formOf(schema, empty, [], options).fields, '/lots');
    expect(one?.widget === 'lines' && one.lines[0]?.map(({ name }) => name)).to.deep.equal(['/lots/0/product', '/lots/0/number']);
    expect(one?.widget === 'lines' && one.full).to.equal(false);
    const two = find(formOf(schema, new Map([['/lots/1/number', 'B']]), [], options).fields, '/lots');
    expect(two?.widget === 'lines' && two.full).to.equal(true);
  });
});

describe('what a form proposes', () => {
  const known = {
    now: '2026-11-23T14:05:33+08:00',
    here: 'place1',
    unit: 'LTR',
    number: (n: number) => `N${n}`,
    sole: (widget: string) => (widget === 'lot' ? 'lot0' : undefined),
  };
  it('is the time, the place, the unit, a free number and the only lot there is', () => {
    const filled = Object.fromEntries(proposed(schema, empty, known));
    expect(filled).to.deep.equal({
      '/time': '2026-11-23T14:05',
      '/time@': '2026-11-23T14:05:33+08:00',
      '/crop': 'lot0',
      '/place': 'place1',
      '/dose/unit': 'LTR',
      '/lots/0/number': 'N0',
    });
  });
  it('never goes over what was typed, an emptied control included', () => {
    const typed = new Map([
      ['/time', ''],
      ['/place', 'place2'],
      ['/lots/0/number', ''],
    ]);
    const filled = proposed(schema, typed, known);
    expect([filled.get('/time'), filled.get('/place'), filled.get('/lots/0/number')]).to.deep.equal(['', 'place2', '']);
  });
  it('begins with what the last entry said where the schema asks for that', () => {
    const last: FieldSchema = { properties: { name: { type: 'string', 'x-default': 'last' }, other: { type: 'string' } } };
    expect([...proposed(last, empty, { ...known, last: { name: '啶虫脒', other: 'x' } })]).to.deep.equal([['/name', '啶虫脒']]);
  });
});

describe('a schema read for a form', () => {
  const files = new Map<string, JsonObject>([
    [
      'a.json',
      {
        $defs: {
          line: { allOf: [{ $ref: '#/$defs/base' }, { required: ['b'] }] },
          base: { type: 'object', required: ['a'], properties: { a: { $ref: 'b.json#/$defs/x' } } },
        },
      },
    ],
    ['b.json', { $defs: { x: { type: 'string', 'x-label': { zh: '甲', en: 'A' } } } }],
  ]);
  it('has its references put in, across files, with what stands beside them winning', () => {
    const whole = resolve({ items: { $ref: '#/$defs/line', 'x-hint': 'h' } }, 'a.json', files);
    expect(whole).to.deep.equal({
      items: {
        'x-hint': 'h',
        type: 'object',
        required: ['a', 'b'],
        properties: { a: { type: 'string', 'x-label': { zh: '甲', en: 'A' } } },
      },
    });
  });
  it('says which reference leads nowhere, and ends where a schema contains itself', () => {
    expect(() => resolve({ $ref: 'b.json#/$defs/none' }, 'a.json', files)).to.throw('b.json#/$defs/none');
    const self = new Map<string, JsonObject>([['s.json', { $defs: { s: { properties: { s: { $ref: '#/$defs/s' } } } } }]]);
    expect(() => resolve({ $ref: '#/$defs/s' }, 's.json', self)).to.throw('refers to itself');
  });
  it('is dressed with words for its values and cut to what people are asked', () => {
    const given: FieldSchema = {
      required: ['kind', 'secret'],
      properties: { kind: { enum: ['plot'] }, secret: { type: 'string' } },
    };
    expect(
      dressed(given, {
        ask: ['code', 'kind'],
        words: { plot: text('地块') },
        beside: { code: { type: 'string' } },
        required: ['code'],
      }),
    ).to.deep.equal({
      type: 'object',
      required: ['kind', 'code'],
      properties: { code: { type: 'string' }, kind: { oneOf: [{ const: 'plot', 'x-label': text('地块') }] } },
    });
  });
});
