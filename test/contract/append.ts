import { expect } from 'chai';
import { SizeConflict, type Batch, type Store } from '../../src/store/port.js';
import { bytes, lot, lotRow, record, rejection, touch } from './rows.js';
import type { WithStore } from './store.js';

/** Whether nothing of lot 1 and of record 0 is in the store. */
async function expectNothing(store: Store): Promise<void> {
  expect(await store.size()).to.equal(0);
  expect(await store.get('records', [0])).to.equal(undefined);
  expect(await store.get('lots', [lot(1)])).to.equal(undefined);
  expect(await store.range('touches', { prefix: [lot(1)], limit: 10 })).to.deep.equal([]);
}

export function appendContract(withStore: WithStore): void {
  describe('append', () => {
    it('writes all collections of a batch together', () =>
      withStore(async (store) => {
        const head = { item: lot(1), count: 1, head: bytes(32) };
        await store.append(
          {
            records: { put: [record(0), record(1)] },
            touches: { put: [touch(lot(1), 5, 0)] },
            lots: { put: [lotRow(1)] },
            heads: { put: [head] },
            answers: { put: [{ key: 'k', version: 1, expires: 9, body: '{}' }] },
          },
          0,
        );
        expect(await store.size()).to.equal(2);
        expect(await store.get('records', [1])).to.deep.equal(record(1));
        expect(await store.get('lots', [lot(1)])).to.deep.equal(lotRow(1));
        expect(await store.get('heads', [lot(1)])).to.deep.equal(head);
        expect(await store.get('answers', ['k'])).to.deep.equal({ key: 'k', version: 1, expires: 9, body: '{}' });
        expect(await store.range('touches', { prefix: [lot(1)], limit: 10 })).to.deep.equal([touch(lot(1), 5, 0)]);
      }));

    it('writes rows over those of the same key, and moves them in the indexes', () =>
      withStore(async (store) => {
        await store.append({ lots: { put: [lotRow(1, { time: 10 }), lotRow(2, { time: 20 })] } }, 0);
        await store.append({ lots: { put: [lotRow(1, { time: 30, body: 'new' })] } }, 0);
        const rows = await store.range('lots', { index: 'product', prefix: [lotRow(1).product!], limit: 10 });
        expect(rows.map((row) => [row.item, row.time, row.body])).to.deep.equal([
          [lot(2), 20, '{"n":2}'],
          [lot(1), 30, 'new'],
        ]);
      }));

    it('deletes before it puts, and deletes what is not there without a fault', () =>
      withStore(async (store) => {
        const holding = { party: 'urn:p', role: 'holds', time: 1, item: lot(1) };
        await store.append({ holdings: { put: [holding] } }, 0);
        const key = ['urn:p', 'holds', lot(1)];
        await store.append(
          { holdings: { put: [{ ...holding, time: 2 }], delete: [key, ['urn:q', 'holds', lot(1)], ['urn:p', 'made', lot(7)]] } },
          0,
        );
        expect(await store.range('holdings', { prefix: ['urn:p'], limit: 10 })).to.deep.equal([{ ...holding, time: 2 }]);
        await store.append({ holdings: { delete: [key] } }, 0);
        expect(await store.range('holdings', { prefix: ['urn:p'], limit: 10 })).to.deep.equal([]);
        expect(await store.range('holdings', { index: 'time', prefix: ['urn:p', 'holds'], limit: 10 })).to.deep.equal([]);
      }));

    const good: Batch = { records: { put: [record(0)] }, lots: { put: [lotRow(1)] }, touches: { put: [touch(lot(1), 1, 0)] } };
    const wrong: Record<string, Batch> = {
      'a gap in the numbers': { ...good, records: { put: [record(0), record(2)] } },
      'a number twice': { ...good, records: { put: [record(0), record(0)] } },
      'a number that is not next': { ...good, records: { put: [record(1)] } },
      'a fraction where an integer belongs': { ...good, touches: { put: [touch(lot(1), 1, 0), touch(lot(1), 1.5, 0)] } },
      'an integer that is not safe': { ...good, touches: { put: [touch(lot(1), 2 ** 53, 0)] } },
      'a null where none may be': { ...good, holdings: { put: [{ party: 'p', role: 'holds', time: 1, item: null as never }] } },
      'a column left out': { ...good, holdings: { put: [{ party: 'p', role: 'holds', time: 1 } as never] } },
      'a number where text belongs': { ...good, holdings: { put: [{ party: 'p', role: 7 as never, time: 1, item: 'i' }] } },
      'text where bytes belong': { ...good, heads: { put: [{ item: 'i', count: 1, head: 'text' as never }] } },
      'text with a lone surrogate': { ...good, holdings: { put: [{ party: 'p', role: 'a\ud800', time: 1, item: 'i' }] } },
      'a URI with a lone surrogate': { ...good, holdings: { put: [{ party: 'p', role: 'a', time: 1, item: '\udc00' }] } },
      'a collection that is not': { ...good, ['nothing' as 'ids']: { put: [] } },
      'a key too short in a delete': { ...good, touches: { delete: [[lot(1), 1]] } },
      'a record deleted': { ...good, records: { put: [record(0)], delete: [[0]] } },
    };
    for (const [what, batch] of Object.entries(wrong)) {
      it(`writes nothing of a batch with ${what}`, () =>
        withStore(async (store) => {
          expect(await rejection(store.append(batch, 0))).to.be.instanceOf(TypeError);
          await expectNothing(store);
          await store.append(good, 0);
          expect(await store.get('lots', [lot(1)])).to.deep.equal(lotRow(1));
        }));
    }

    it('refuses a batch made for another size, and says both', () =>
      withStore(async (store) => {
        await store.append({ records: { put: [record(0)] } }, 0);
        for (const expected of [0, 2]) {
          const error = await rejection(
            store.append({ records: { put: [record(expected)] }, lots: { put: [lotRow(1)] } }, expected),
          );
          expect(error).to.be.instanceOf(SizeConflict).that.includes({ expected, actual: 1 });
        }
        expect(await store.get('lots', [lot(1)])).to.equal(undefined);
        expect(await store.get('records', [0])).to.deep.equal(record(0));
      }));

    it('refuses a batch without records as well when the size is another', () =>
      withStore(async (store) => {
        expect(await rejection(store.append({ lots: { put: [lotRow(1)] } }, 1))).to.be.instanceOf(SizeConflict);
        await expectNothing(store);
      }));

    it('lets one of two writers win who race for a place', () =>
      withStore(async (store) => {
        const race = (who: number) =>
          store.append({ records: { put: [record(0, { body: `"${who}"` })] }, lots: { put: [lotRow(who)] } }, 0);
        const outcomes = await Promise.allSettled([race(1), race(2), race(3)]);
        const lost = outcomes.filter((o) => o.status === 'rejected');
        expect(lost).to.have.length(2);
        for (const { reason } of lost) expect(reason).to.be.instanceOf(SizeConflict);
        const winner = outcomes.findIndex((o) => o.status === 'fulfilled') + 1;
        expect(await store.size()).to.equal(1);
        expect((await store.get('records', [0]))?.body).to.equal(`"${winner}"`);
        const there = await store.getMany('lots', [[lot(1)], [lot(2)], [lot(3)]]);
        expect(there.map((row) => row !== undefined)).to.deep.equal([1, 2, 3].map((n) => n === winner));
      }));

    it('takes appends in the order they were handed over; after one that fails the next does not fit', () =>
      withStore(async (store) => {
        const batches = [0, 1, 2, 3].map((n): Batch => ({
          records: { put: [record(n, n === 2 ? { body: 'lone \ud800' } : {})] },
        }));
        const outcomes = await Promise.allSettled(batches.map((batch, n) => store.append(batch, n)));
        expect(outcomes.map((o) => o.status)).to.deep.equal(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
        expect(outcomes[3]).to.have.property('reason').that.is.instanceOf(SizeConflict);
        expect(await store.size()).to.equal(2);
      }));

    it('takes a batch as it was when it was handed over', () =>
      withStore(async (store) => {
        const head = { item: lot(1), count: 1, head: bytes(32) };
        const appended = store.append({ heads: { put: [head] } }, 0);
        head.head.fill(0);
        head.count = 2;
        await appended;
        expect(await store.get('heads', [lot(1)])).to.deep.equal({ item: lot(1), count: 1, head: bytes(32) });
      }));

    it('takes a large batch whole', () =>
      withStore(async (store) => {
        const numbers = Array.from({ length: 3000 }, (_, n) => n);
        await store.append(
          { records: { put: numbers.map((n) => record(n)) }, touches: { put: numbers.map((n) => touch(lot(n), n, n)) } },
          0,
        );
        expect(await store.size()).to.equal(3000);
        const rows = await store.range('records', { prefix: [], from: 2990, limit: 100 });
        expect(rows).to.deep.equal(numbers.slice(2990).map((n) => record(n)));
      }));
  });
}
