import { type Chance, often, pick } from './chance.js';
import { nasty, texts } from './nasty.js';

type Schema = Readonly<Record<string, unknown>>;

/** Names that exist in the service under test, for identifiers that mean something: own, others', and unknown ones. */
export interface Names {
  readonly lots: readonly string[];
  readonly units: readonly string[];
  readonly places: readonly string[];
  readonly parties: readonly string[];
  readonly products: readonly string[];
  readonly ids: readonly string[];
  readonly activities: readonly string[];
}

/** Finds what `$ref` names. */
export type Resolve = (ref: string, from: Schema) => Schema;

/** A value that more or less fits a schema: nearly right is what goes deepest into the code. */
export function sample(chance: Chance, schema: Schema, names: Names, resolve: Resolve, depth = 0): unknown {
  if (depth > 12) return null;
  const inner = (of: Schema): unknown => sample(chance, of, names, resolve, depth + 1);
  if (typeof schema.$ref === 'string') return inner({ ...resolve(schema.$ref, schema), ...schema, $ref: undefined });
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return pick(chance, schema.enum as unknown[]);
  const named = named_(chance, schema, names);
  if (named !== undefined) return named;
  for (const choice of ['oneOf', 'anyOf'] as const)
    if (Array.isArray(schema[choice]) && schema.properties === undefined) return inner(pick(chance, schema[choice] as Schema[]));
  const type = Array.isArray(schema.type) ? pick(chance, schema.type as string[]) : schema.type;
  if (schema.properties !== undefined || type === 'object') return object(chance, schema, inner);
  switch (type) {
    case 'array':
      return Array.from({ length: chance.int(3) + Number(schema.minItems ?? 0) }, () => inner((schema.items ?? {}) as Schema));
    case 'integer':
      return chance.int(100) + Number(schema.minimum ?? 0);
    case 'number':
      return (chance.int(10_000) + Number(schema.minimum ?? 0)) / pick(chance, [1, 4, 100]);
    case 'boolean':
      return often(chance, 50);
    case 'null':
      return null;
    case 'string':
      return text(chance, schema);
    default:
      return nasty(chance);
  }
}

function object(chance: Chance, schema: Schema, inner: (of: Schema) => unknown): Record<string, unknown> {
  const required = new Set((schema.required ?? []) as string[]);
  const made: Record<string, unknown> = {};
  for (const [name, member] of Object.entries((schema.properties ?? {}) as Record<string, Schema>))
    if (required.has(name) || often(chance, 40)) made[name] = inner(member);
  return made;
}

function named_(chance: Chance, schema: Schema, names: Names): unknown {
  const kind = schema['x-field'];
  const hold = (list: readonly string[]): string => (often(chance, 90) ? pick(chance, list) : pick(chance, texts));
  switch (kind) {
    case 'lot':
      return hold(names.lots);
    case 'place':
      return hold(names.places);
    case 'party':
      return hold(names.parties);
    case 'product':
      return hold(names.products);
    case 'units':
      return schema.type === 'array' ? [hold(names.units)] : hold(names.units);
    case 'lots':
      return Array.from({ length: 1 + chance.int(3) }, () => ({
        lot: hold(names.lots),
        quantity: String(chance.int(50)),
        unit: pick(chance, ['KGM', 'H87', 'XXX']),
      }));
    case 'newlots':
      return [
        {
          product: hold(names.products),
          number: pick(chance, ['N1', 'N2', `L${chance.int(1e6)}`]),
          quantity: String(chance.int(50)),
          unit: pick(chance, ['KGM', 'H87']),
        },
      ];
    case 'quantity':
      return { value: String(chance.int(1000) / 10), unit: pick(chance, ['KGM', 'LTR', 'H87']) };
    default:
      return undefined;
  }
}

function text(chance: Chance, schema: Schema): string {
  if (schema.format === 'date-time')
    return pick(chance, [
      '2026-10-18T07:40:00+08:00',
      '2026-11-22T23:59:59.999Z',
      '2016-12-31T23:59:60Z',
      '1900-01-01T00:00:00Z',
      '2999-01-01T00:00:00Z',
    ]);
  if (schema.format === 'date') return pick(chance, ['2026-10-18', '1900-01-01', '2999-12-31', '2026-02-29']);
  if (typeof schema.pattern === 'string') {
    const fitting = plain.filter((each) => new RegExp(schema.pattern as string, 'u').test(each));
    if (fitting.length > 0) return pick(chance, fitting);
  }
  return often(chance, 80) ? pick(chance, plain) : pick(chance, texts);
}

const plain = [
  '1',
  '50',
  '500',
  '3.5',
  '100',
  '510131',
  '5101',
  '93510131MA61UQ4D52',
  '猕猴桃',
  'Kiwi',
  'PJ-2026',
  '09520131000201',
  '9520131000003',
  'KGM',
  'AB',
  '028-5550-1234',
  '11010519491231002X',
  'https://example.com/a.pdf',
  'a@b.cn',
];
