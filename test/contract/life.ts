import { expect } from 'chai';
import { StoreUnavailable, type Store } from '../../src/store/port.js';
import { job, lot, lotRow, record, rejection, touch } from './rows.js';
import type { WithStore } from './store.js';

const row = (n: number) => ({
  records: { put: [record(n)] },
  touches: { put: [touch(lot(n % 10), n, n)] },
  lots: { put: [lotRow(n % 10)] },
});

async function answers(store: Store) {
  return [
    await store.size(),
    await store.range('records', { prefix: [], limit: 1000 }),
    await store.range('touches', { prefix: [lot(3)], limit: 1000, reverse: true }),
    await store.range('lots', { index: 'product', prefix: [lotRow(1).product!], limit: 1000 }),
    await store.get('jobs', ['a']),
  ];
}

export function lifeContract(withStore: WithStore): void {
  describe('life of a store', () => {
    it('reads what was written before, at once', () =>
      withStore(async (store) => {
        for (let n = 0; n < 50; n++) {
          await store.append(row(n), n);
          expect(await store.size()).to.equal(n + 1);
          expect(await store.get('records', [n])).to.deep.equal(record(n));
          const [newest] = await store.range('touches', { prefix: [lot(n % 10)], limit: 1, reverse: true });
          expect(newest?.seq).to.equal(n);
        }
      }));

    it('gives the same answers when it is opened again', () =>
      withStore(async (store, place) => {
        for (let n = 0; n < 30; n++) await store.append(row(n), n);
        await store.put('jobs', job('a'));
        const before = await answers(store);
        await store.close();
        const again = await place.open();
        try {
          expect(await answers(again)).to.deep.equal(before);
          await again.append(row(30), 30);
          expect(await again.size()).to.equal(31);
        } finally {
          await again.close();
        }
      }));

    it('finishes what is under way when it is closed, and refuses what comes after', () =>
      withStore(async (store, place) => {
        const under = Array.from({ length: 20 }, (_, n) => store.append(row(n), n));
        const copied = store.backup(place.backupPath);
        const closing = store.close();
        const late = [
          store.size(),
          store.append(row(20), 20),
          store.get('records', [0]),
          store.getMany('records', [[0]]),
          store.range('records', { prefix: [], limit: 1 }),
          store.put('jobs', job('a')),
          store.delete('jobs', ['a']),
          store.expire('jobs', 1),
          store.backup(`${place.backupPath}-late`),
        ];
        for (const call of late) expect(await rejection(call)).to.be.instanceOf(StoreUnavailable);
        await Promise.all([...under, closing, store.close(), copied]);
        const again = await place.open();
        expect(await again.size()).to.equal(20);
        await again.close();
      }));

    it('copies itself while writes go on: a state that was, whole', () =>
      withStore(async (store, place) => {
        for (let n = 0; n < 100; n++) await store.append(row(n), n);
        let size = 100;
        let done = false;
        const writes = (async () => {
          while (!done) {
            await store.append(row(size), size);
            size++;
          }
        })();
        await store.backup(place.backupPath);
        done = true;
        await writes;
        const copy = await place.openBackup(place.backupPath);
        try {
          const copied = await copy.size();
          expect(copied).to.be.within(100, size);
          const records = await copy.range('records', { prefix: [], limit: size });
          expect(records).to.deep.equal(Array.from({ length: copied }, (_, n) => record(n)));
          const touched = await copy.range('touches', { prefix: [], limit: size });
          expect(touched.map((t) => t.seq).toSorted((a, b) => a - b)).to.deep.equal(records.map((r) => r.seq));
          await copy.append(row(copied), copied);
        } finally {
          await copy.close();
        }
        expect(await store.size()).to.equal(size);
      }));

    it('does not copy itself over something', () =>
      withStore(async (store, place) => {
        await store.append(row(0), 0);
        await store.backup(place.backupPath);
        await store.append(row(1), 1);
        expect(await rejection(store.backup(place.backupPath))).to.be.instanceOf(StoreUnavailable);
        const copy = await place.openBackup(place.backupPath);
        expect(await copy.size()).to.equal(1);
        await copy.close();
      }));
  });
}
