import { expect } from 'chai';
import type { Key, Range, Store } from '../../src/store/port.js';
import { bytes, lot, lotRow, party, record, rejection, touch } from './rows.js';
import type { WithStore } from './store.js';

const times = (store: Store, range: Omit<Range, 'prefix'> & { prefix?: Key }) =>
  store.range('touches', { prefix: [lot(1)], ...range }).then((rows) => rows.map((row) => [row.time, row.seq]));

export function readsContract(withStore: WithStore): void {
  describe('get and getMany', () => {
    it('answers undefined for what is not there, in every collection it asks', () =>
      withStore(async (store) => {
        expect(await store.get('records', [0])).to.equal(undefined);
        expect(await store.get('heads', ['urn:never-seen'])).to.equal(undefined);
        expect(await store.get('tiles', [0, 0])).to.equal(undefined);
        expect(await store.get('meta', ['origin'])).to.equal(undefined);
      }));

    it('answers many keys in the order asked, with gaps and repeats', () =>
      withStore(async (store) => {
        await store.append({ lots: { put: [1, 2, 3].map((n) => lotRow(n)) }, records: { put: [record(0), record(1)] } }, 0);
        const order = [3, 9, 1, 1, 2, 8];
        const rows = await store.getMany(
          'lots',
          order.map((n) => [lot(n)]),
        );
        expect(rows).to.deep.equal([lotRow(3), undefined, lotRow(1), lotRow(1), lotRow(2), undefined]);
        expect(await store.getMany('records', [[1], [5], [0]])).to.deep.equal([record(1), undefined, record(0)]);
        expect(await store.getMany('records', [])).to.deep.equal([]);
      }));

    it('answers five thousand keys', () =>
      withStore(async (store) => {
        const numbers = Array.from({ length: 5000 }, (_, n) => n);
        const even = numbers.filter((n) => n % 2 === 0);
        await store.append(
          {
            lots: { put: even.map((n) => lotRow(n)) },
            tiles: { put: even.map((n) => ({ level: n % 3, n, hashes: bytes(3, n) })) },
          },
          0,
        );
        const lots = await store.getMany(
          'lots',
          numbers.map((n) => [lot(n)]),
        );
        expect(lots).to.deep.equal(numbers.map((n) => (n % 2 === 0 ? lotRow(n) : undefined)));
        const tiles = await store.getMany(
          'tiles',
          numbers.map((n) => [n % 3, n]),
        );
        expect(tiles).to.deep.equal(numbers.map((n) => (n % 2 === 0 ? { level: n % 3, n, hashes: bytes(3, n) } : undefined)));
      }));

    it('answers many keys of text, however they are written', () =>
      withStore(async (store) => {
        const names = ['1', '01', '1e0', 'null', '"', '', 'a\u0000b', 'A', 'a', '溯源', '\u{1f95d}', 'true'];
        for (const name of names) await store.put('meta', { name, version: 1, body: `<${name}>` });
        const rows = await store.getMany(
          'meta',
          [...names, 'none'].map((name) => [name]),
        );
        expect(rows.map((row) => row?.body)).to.deep.equal([...names.map((name) => `<${name}>`), undefined]);
      }));

    it('refuses keys that the collection cannot have', () =>
      withStore(async (store) => {
        for (const key of [[], [1, 2], ['1'], [1.5], [null as never]])
          expect(await rejection(store.get('records', key))).to.be.instanceOf(TypeError);
        expect(await rejection(store.getMany('tiles', [[0, 0], [0]]))).to.be.instanceOf(TypeError);
        expect(await rejection(store.get('nothing' as 'ids', ['x']))).to.be.instanceOf(TypeError);
      }));
  });

  describe('ranges', () => {
    const put = [1, 2, 3].flatMap((n) => Array.from({ length: 40 }, (_, seq) => touch(lot(n), seq, seq)));
    const rowsOf = (n: number, limit: number) => put.filter((row) => row.item === lot(n)).slice(0, limit);

    it('answers the first rows under each of many prefixes in the order asked, with gaps and repeats', () =>
      withStore(async (store) => {
        await store.append({ touches: { put } }, 0);
        const order = [3, 9, 1, 1, 2, 8, 3, 2, 7, 1];
        for (const limit of [0, 1, 25, 40, 1000])
          expect(
            await store.ranges(
              'touches',
              order.map((n) => [lot(n)]),
              limit,
            ),
          ).to.deep.equal(order.map((n) => rowsOf(n, limit)));
        const exact = Array.from({ length: 10 }, (_, n) => [lot(2), n]);
        expect(await store.ranges('touches', exact, 5)).to.deep.equal(
          exact.map(([, n]) => [touch(lot(2), n as number, n as number)]),
        );
        expect(await store.ranges('touches', [], 5)).to.deep.equal([]);
        const uneven = await store.ranges('touches', [[], [lot(1)], [lot(1), 7]], 2);
        expect(uneven.map((rows) => rows.length)).to.deep.equal([2, 2, 1]);
      }));

    it('lets a prefix with many rows take nothing from the others', () =>
      withStore(async (store) => {
        await store.append({ touches: { put } }, 0);
        const order = [1, 9, 9, 9, 9, 9, 9, 9, 9, 2];
        const found = await store.ranges(
          'touches',
          order.map((n) => [lot(n)]),
          2,
        );
        expect(found).to.deep.equal(order.map((n) => rowsOf(n, 2)));
      }));

    it('refuses prefixes that the collection cannot have', () =>
      withStore(async (store) => {
        const many = (key: Key) => Array.from({ length: 9 }, () => key);
        for (const key of [[1], [lot(1), 'x'], [lot(1), 1, 1, 1]])
          for (const prefixes of [[key], many(key)])
            expect(await rejection(store.ranges('touches', prefixes, 1))).to.be.instanceOf(TypeError);
      }));
  });

  describe('range', () => {
    const withTouches = (work: (store: Store) => Promise<void>) =>
      withStore(async (store) => {
        const put = [
          touch(lot(1), 30, 0),
          touch(lot(1), 10, 1),
          touch(lot(2), 5, 1),
          touch(lot(1), 20, 2),
          touch(lot(1), 20, 3),
          touch(lot(1), -5, 4),
        ];
        await store.append({ touches: { put } }, 0);
        await work(store);
      });

    it('holds a prefix and orders the rest', () =>
      withTouches(async (store) => {
        expect(await times(store, { limit: 10 })).to.deep.equal([
          [-5, 4],
          [10, 1],
          [20, 2],
          [20, 3],
          [30, 0],
        ]);
        expect(await times(store, { limit: 10, reverse: true })).to.deep.equal([
          [30, 0],
          [20, 3],
          [20, 2],
          [10, 1],
          [-5, 4],
        ]);
        expect(await times(store, { prefix: [lot(1), 20], limit: 10 })).to.deep.equal([
          [20, 2],
          [20, 3],
        ]);
        expect(await times(store, { prefix: [lot(1), 20, 3], limit: 10 })).to.deep.equal([[20, 3]]);
        expect(await times(store, { prefix: [lot(3)], limit: 10 })).to.deep.equal([]);
        expect(await times(store, { prefix: [], limit: 10 })).to.have.length(6);
      }));

    it('takes from as inclusive and to as exclusive, in both directions', () =>
      withTouches(async (store) => {
        expect(await times(store, { from: 10, to: 30, limit: 10 })).to.deep.equal([
          [10, 1],
          [20, 2],
          [20, 3],
        ]);
        expect(await times(store, { from: 10, to: 30, limit: 10, reverse: true })).to.deep.equal([
          [20, 3],
          [20, 2],
          [10, 1],
        ]);
        expect(await times(store, { from: 21, limit: 10 })).to.deep.equal([[30, 0]]);
        expect(await times(store, { to: 0, limit: 10 })).to.deep.equal([[-5, 4]]);
        expect(await times(store, { from: 20, to: 20, limit: 10 })).to.deep.equal([]);
        expect(await times(store, { from: 30, to: 10, limit: 10 })).to.deep.equal([]);
        expect(await times(store, { prefix: [lot(1), 20], from: 3, limit: 10 })).to.deep.equal([[20, 3]]);
      }));

    it('continues after a key, there or not, in the direction of travel', () =>
      withTouches(async (store) => {
        expect(await times(store, { after: [lot(1), 20, 2], limit: 10 })).to.deep.equal([
          [20, 3],
          [30, 0],
        ]);
        expect(await times(store, { after: [lot(1), 20, 2], limit: 10, reverse: true })).to.deep.equal([
          [10, 1],
          [-5, 4],
        ]);
        expect(await times(store, { after: [lot(1), 15, 99], limit: 2 })).to.deep.equal([
          [20, 2],
          [20, 3],
        ]);
        expect(await times(store, { after: [lot(1), 10, 1], from: 5, to: 30, limit: 10 })).to.deep.equal([
          [20, 2],
          [20, 3],
        ]);
        expect(await times(store, { after: [lot(1), 30, 0], limit: 10 })).to.deep.equal([]);
        expect(await times(store, { prefix: [lot(1), 20], after: [lot(1), 20, 2], limit: 10 })).to.deep.equal([[20, 3]]);
        expect(await times(store, { prefix: [lot(1), 20, 2], after: [lot(1), 20, 2], limit: 10 })).to.deep.equal([]);
      }));

    it('gives no more than its limit', () =>
      withTouches(async (store) => {
        expect(await times(store, { limit: 2 })).to.deep.equal([
          [-5, 4],
          [10, 1],
        ]);
        expect(await times(store, { limit: 2, reverse: true })).to.deep.equal([
          [30, 0],
          [20, 3],
        ]);
        expect(await times(store, { limit: 0 })).to.deep.equal([]);
      }));

    it('pages through all rows once, even where the order of a URI is free', () =>
      withStore(async (store) => {
        const numbers = Array.from({ length: 57 }, (_, n) => n);
        const row = (n: number) => ({ item: lot(n % 7), seq: n, kind: n % 2 ? 'party' : 'place', by: party(n % 3), time: n });
        await store.append({ statements: { put: numbers.map(row) } }, 0);
        const seen: number[] = [];
        let after: Key | undefined;
        for (let page = 0; page < 20; page++) {
          const rows = await store.range('statements', { index: 'kind', prefix: ['party'], after, limit: 5 });
          seen.push(...rows.map((r) => r.seq));
          const last = rows.at(-1);
          if (!last) break;
          after = [last.kind, last.item, last.seq];
        }
        expect(seen.toSorted((a, b) => a - b)).to.deep.equal(numbers.filter((n) => n % 2 === 1));
      }));

    it('leaves rows with a null out of the index that would name it, and finds them by key', () =>
      withStore(async (store) => {
        await store.append({ lots: { put: [lotRow(1), lotRow(2, { product: null, producer: null })] } }, 0);
        const product = lotRow(1).product!;
        expect(await store.range('lots', { index: 'product', prefix: [product], limit: 9 })).to.deep.equal([lotRow(1)]);
        expect(await store.range('lots', { index: 'product', prefix: [], limit: 9 })).to.deep.equal([lotRow(1)]);
        expect(await store.get('lots', [lot(2)])).to.deep.equal(lotRow(2, { product: null, producer: null }));
        await store.append({ lots: { put: [lotRow(1, { product: null }), lotRow(2)] } }, 0);
        expect(await store.range('lots', { index: 'product', prefix: [product], limit: 9 })).to.deep.equal([lotRow(2)]);
      }));

    it('orders text by its bytes in UTF-8', () =>
      withStore(async (store) => {
        const names = ['', '\u0000', '\u0001', 'A', 'B', 'a', 'a\u0000', 'a\u0001', 'aa', '\u00e9', '溯', '\uffff', '\u{1f95d}'];
        for (const name of names.toReversed()) await store.put('meta', { name, version: 1, body: '' });
        expect((await store.range('meta', { prefix: [], limit: 99 })).map((row) => row.name)).to.deep.equal(names);
        const between = await store.range('meta', { prefix: [], from: 'a', to: '溯', limit: 99 });
        expect(between.map((row) => row.name)).to.deep.equal(['a', 'a\u0000', 'a\u0001', 'aa', '\u00e9']);
      }));

    it('refuses a range that the collection does not have', () =>
      withStore(async (store) => {
        const ranges: Range[] = [
          { index: 'nothing', prefix: [], limit: 1 },
          { prefix: [lot(1), 1, 1, 1], limit: 1 },
          { prefix: [1 as never], limit: 1 },
          { prefix: [], from: lot(1), limit: 1 },
          { prefix: [lot(1), 1, 1], from: 1, limit: 1 },
          { prefix: [lot(1)], from: 'text', limit: 1 },
          { prefix: [lot(1)], after: [lot(1), 1], limit: 1 },
          { prefix: [lot(1)], after: [lot(2), 1, 1], limit: 1 },
          { prefix: [lot(1)], limit: undefined as never },
          { prefix: [lot(1)], limit: -1 },
          { prefix: [lot(1)], limit: 1.5 },
        ];
        for (const range of ranges)
          expect(await rejection(store.range('touches', range)), JSON.stringify(range)).to.be.instanceOf(TypeError);
      }));
  });
}
