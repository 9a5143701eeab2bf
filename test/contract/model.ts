import { expect } from 'chai';
import fc from 'fast-check';
import {
  collections,
  type Cell,
  type CollectionName,
  type CollectionShape,
  type ExpiringName,
  type SideName,
} from '../../src/store/collections.js';
import { SizeConflict, VersionConflict, type Batch, type Key, type Range, type Store } from '../../src/store/port.js';
import type { WithStore } from './store.js';

type AnyRow = Record<string, Cell>;
type Shapes = Record<CollectionName, CollectionShape>;
const shapes: Shapes = collections;
const names = Object.keys(shapes) as CollectionName[];
const sides = names.filter((name) => shapes[name].kind === 'side') as SideName[];
const expiring = sides.filter((name) => 'expires' in shapes[name].columns) as ExpiringName[];

const typeOf = (name: CollectionName, column: string) => shapes[name].columns[column]!.replace('?', '');
const keyOf = (name: CollectionName, row: AnyRow): Key => shapes[name].key.map((column) => row[column] as string | number);
const columnsOf = (name: CollectionName, index?: string) =>
  index === undefined ? shapes[name].key : shapes[name].indexes![index]!;
const compare = (a: Cell, b: Cell): number =>
  typeof a === 'number' ? a - (b as number) : Buffer.compare(Buffer.from(a as string), Buffer.from(b as string));

/** The port in the plainest form: a list of rows a collection. */
class Model {
  size = 0;
  readonly rows = new Map<CollectionName, Map<string, AnyRow>>(names.map((name) => [name, new Map()]));

  put(name: CollectionName, row: AnyRow): void {
    this.rows.get(name)!.set(JSON.stringify(keyOf(name, row)), row);
  }

  get(name: CollectionName, key: Key): AnyRow | undefined {
    return this.rows.get(name)!.get(JSON.stringify(key));
  }

  delete(name: CollectionName, key: Key): void {
    this.rows.get(name)!.delete(JSON.stringify(key));
  }

  /** The rows of a range, all of them, in the order of the columns after the prefix. */
  range(name: CollectionName, { index, prefix, from, to, after, reverse }: Range): AnyRow[] {
    const columns = columnsOf(name, index);
    const rest = columns.slice(prefix.length);
    const order = (a: AnyRow, b: AnyRow) =>
      rest.reduce((sign, column) => sign || compare(a[column]!, b[column]!), 0) * (reverse ? -1 : 1);
    const cursor = after && Object.fromEntries(columns.map((column, place) => [column, after[place]!]));
    return [...this.rows.get(name)!.values()]
      .filter((row) => index === undefined || columns.every((column) => row[column] !== null))
      .filter((row) => prefix.every((cell, place) => row[columns[place]!] === cell))
      .filter((row) => from === undefined || compare(row[rest[0]!]!, from) >= 0)
      .filter((row) => to === undefined || compare(row[rest[0]!]!, to) < 0)
      .filter((row) => !cursor || order(row, cursor) > 0)
      .sort(order);
  }
}

const cells: Record<string, fc.Arbitrary<Cell>> = {
  int: fc.constantFrom(0, 1, 2, 3, 10, -1, 1_760_000_000_000, Number.MAX_SAFE_INTEGER),
  text: fc.constantFrom(
    '',
    'a',
    'b',
    'B',
    'ab',
    'a\u0000',
    'a\u0001',
    '溯源',
    '😀',
    '\uffff',
    '\'"',
    '$where',
    'a.b',
    '%41',
    '\u0001\u0002',
  ),
  uri: fc.constantFrom(
    'urn:a',
    'urn:b',
    'https://id.gs1.org/01/09520123456788/10/A',
    'https://id.gs1.org/01/09520123456788/10/a',
    'urn:\u0000',
    '',
  ),
  blob: fc.uint8Array({ maxLength: 40 }),
};

const rowArbitrary = (name: CollectionName): fc.Arbitrary<AnyRow> =>
  fc.record(
    Object.fromEntries(
      Object.entries(shapes[name].columns).map(([column, type]) => {
        const cell = cells[type.replace('?', '')]!;
        return [column, type.endsWith('?') ? fc.option(cell, { freq: 3 }) : cell];
      }),
    ),
    { noNullPrototype: true },
  );
const keyArbitrary = (name: CollectionName): fc.Arbitrary<Key> => rowArbitrary(name).map((row) => keyOf(name, row));

const partArbitrary = fc
  .constantFrom(...names)
  .chain((name) =>
    fc.tuple(fc.constant(name), fc.array(rowArbitrary(name), { maxLength: 6 }), fc.array(keyArbitrary(name), { maxLength: 4 })),
  );

const rangeArbitrary = fc
  .constantFrom(
    ...names.flatMap((name) => [undefined, ...Object.keys(shapes[name].indexes ?? {})].map((index) => ({ name, index }))),
  )
  .chain(({ name, index }) => {
    const columns = columnsOf(name, index);
    const cell = (column: string) => cells[typeOf(name, column)]! as fc.Arbitrary<string | number>;
    return fc.nat(columns.length).chain((held) => {
      const bounded = held < columns.length && typeOf(name, columns[held]!) !== 'uri';
      const bound = bounded ? fc.option(cell(columns[held]!), { nil: undefined, freq: 2 }) : fc.constant(undefined);
      return fc.record({
        name: fc.constant(name),
        index: fc.constant(index),
        key: fc.tuple(...columns.map(cell)),
        held: fc.constant(held),
        from: bound,
        to: bound,
        continues: fc.boolean(),
        reverse: fc.boolean(),
        limit: fc.nat(12),
      });
    });
  });
type AnyRange = typeof rangeArbitrary extends fc.Arbitrary<infer T> ? T : never;

type Command = fc.AsyncCommand<Model, { store: Store; reopen(): Promise<void> }>;
const command = (label: string, run: (model: Model, store: Store) => Promise<void>): Command => ({
  check: () => true,
  run: (model, real) => run(model, real.store),
  toString: () => label,
});

const append = (parts: readonly (readonly [CollectionName, AnyRow[], Key[]])[], wrongSize: boolean, count: number) =>
  command(
    `append(${parts.map(([name, put, del]) => `${name} +${put.length} -${del.length}`).join(', ')}${wrongSize ? ', wrong size' : ''})`,
    async (model, store) => {
      const batch: Record<string, { put: AnyRow[]; delete: readonly Key[] }> = {};
      for (const [name, put, keys] of parts) if (name !== 'records') batch[name] = { put, delete: keys };
      const records = parts
        .filter(([name]) => name === 'records')
        .flatMap(([, put]) => put)
        .slice(0, count)
        .map((row, n) => ({ ...row, seq: model.size + n }));
      batch['records'] = { put: records, delete: [] };
      if (wrongSize) {
        const error = await store.append(batch as Batch, model.size + 1).catch((thrown: unknown) => thrown);
        expect(error)
          .to.be.instanceOf(SizeConflict)
          .that.includes({ expected: model.size + 1, actual: model.size });
        return;
      }
      await store.append(batch as Batch, model.size);
      for (const [name, { put, delete: keys }] of Object.entries(batch)) {
        for (const key of keys) model.delete(name as CollectionName, key);
        for (const row of put) model.put(name as CollectionName, row);
      }
      model.size += records.length;
    },
  );

const put = (name: SideName, row: AnyRow, ifVersion: number | undefined) =>
  command(`put(${name}, ${JSON.stringify(row)}, ${ifVersion})`, async (model, store) => {
    const stored = model.get(name, keyOf(name, row))?.['version'] ?? 0;
    const outcome = await store.put(name, row as never, ifVersion).catch((thrown: unknown) => thrown);
    if (ifVersion !== undefined && ifVersion !== stored) expect(outcome).to.be.instanceOf(VersionConflict);
    else {
      expect(outcome).to.equal(undefined);
      model.put(name, row);
    }
  });

const remove = (name: SideName, key: Key) =>
  command(`delete(${name}, ${JSON.stringify(key)})`, async (model, store) => {
    await store.delete(name, key);
    model.delete(name, key);
  });

const expire = (name: ExpiringName, now: number) =>
  command(`expire(${name}, ${now})`, async (model, store) => {
    const due = [...model.rows.get(name)!.values()].filter((row) => (row['expires'] as number) < now);
    expect(await store.expire(name, now)).to.equal(due.length);
    for (const row of due) model.delete(name, keyOf(name, row));
  });

const getMany = (name: CollectionName, keys: Key[]) =>
  command(`getMany(${name}, ${JSON.stringify(keys)})`, async (model, store) => {
    expect(await store.size()).to.equal(model.size);
    const expected = keys.map((key) => model.get(name, key));
    expect(await store.getMany(name, keys)).to.deep.equal(expected);
    if (keys[0]) expect(await store.get(name, keys[0])).to.deep.equal(expected[0]);
  });

const ranges = (name: CollectionName, keys: Key[], held: number, limit: number) =>
  command(`ranges(${name}, ${JSON.stringify(keys)}, ${held}, ${limit})`, async (model, store) => {
    const prefixes = keys.map((key) => key.slice(0, held));
    const one = (prefix: Key) => store.range(name, { prefix, limit });
    const found = await store.ranges(name, prefixes, limit);
    expect(found).to.deep.equal(await Promise.all(prefixes.map(one)));
    const free = columnsOf(name, undefined).slice(held);
    if (free.every((column) => typeOf(name, column) !== 'uri'))
      expect(found).to.deep.equal(prefixes.map((prefix) => model.range(name, { prefix, limit }).slice(0, limit)));
  });

const range = ({ name, index, key, held, from, to, continues, reverse, limit }: AnyRange) =>
  command(`range(${JSON.stringify({ name, index, key, held, from, to, continues, reverse, limit })})`, async (model, store) => {
    const columns = columnsOf(name, index);
    const asked: Range = { index, prefix: key.slice(0, held), from, to, after: continues ? key : undefined, reverse, limit };
    const free = columns.slice(held).findIndex((column) => typeOf(name, column) === 'uri');
    if (free < 0) return void expect(await store.range(name, asked)).to.deep.equal(model.range(name, asked).slice(0, limit));
    // From a free URI on the order is the store's own: then all pages together must be the rows, sorted up to that column.
    const expected = model.range(name, { ...asked, after: undefined });
    const found = await pages(name, store, { ...asked, after: undefined, limit: limit + 1 }, expected.length);
    const sortable = (row: AnyRow) => JSON.stringify(keyOf(name, row));
    expect(found.map(sortable).sort()).to.deep.equal(expected.map(sortable).sort());
    const leading = columns.slice(held, held + free);
    expect(found.map((row) => leading.map((column) => row[column]))).to.deep.equal(
      expected.map((row) => leading.map((column) => row[column])),
    );
  });

async function pages(name: CollectionName, store: Store, asked: Range, total: number): Promise<AnyRow[]> {
  const found: AnyRow[] = [];
  for (let after: Key | undefined; ;) {
    const rows: AnyRow[] = await store.range(name, { ...asked, after });
    expect(rows.length).to.equal(Math.min(asked.limit, total - found.length));
    found.push(...rows);
    const last = rows.at(-1);
    if (!last) return found;
    after = columnsOf(name, asked.index).map((column) => last[column] as string | number);
  }
}

const commands = [
  fc
    .tuple(fc.array(partArbitrary, { maxLength: 6 }), fc.integer({ min: 0, max: 9 }), fc.nat(4))
    .map(([parts, wrong, count]) => append(parts, wrong === 0, count)),
  fc
    .constantFrom(...sides)
    .chain((name) =>
      fc
        .tuple(rowArbitrary(name), fc.option(cells['int']!, { nil: undefined }))
        .map(([row, ifVersion]) => put(name, row, ifVersion as number)),
    ),
  fc.constantFrom(...sides).chain((name) => keyArbitrary(name).map((key) => remove(name, key))),
  fc.tuple(fc.constantFrom(...expiring), cells['int']!).map(([name, now]) => expire(name, now as number)),
  fc.constantFrom(...names).chain((name) => fc.array(keyArbitrary(name), { maxLength: 20 }).map((keys) => getMany(name, keys))),
  fc
    .constantFrom(...names)
    .chain((name) =>
      fc
        .tuple(fc.array(keyArbitrary(name), { maxLength: 20 }), fc.nat(3), fc.nat(4))
        .map(([keys, held, limit]) => ranges(name, keys, Math.min(held, columnsOf(name, undefined).length), limit)),
    ),
  rangeArbitrary.map(range),
  fc.constant<Command>({ check: () => true, run: (_, real) => real.reopen(), toString: () => 'reopen' }),
];

export function modelContract(withStore: WithStore): void {
  describe('beside the plainest model', () => {
    it('answers any sequence of calls as the model does (property)', async function () {
      this.timeout(60_000);
      await fc.assert(
        fc.asyncProperty(fc.commands(commands, { maxCommands: 60, size: 'max' }), (sequence) =>
          withStore(async (first, place) => {
            let store = first;
            const real = {
              get store() {
                return store;
              },
              reopen: async () => {
                await store.close();
                store = await place.open();
              },
            };
            try {
              await fc.asyncModelRun(() => ({ model: new Model(), real }), sequence);
            } finally {
              await store.close();
            }
          }),
        ),
        { numRuns: 40 },
      );
    });
  });
}
