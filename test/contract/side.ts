import { expect } from 'chai';
import { VersionConflict } from '../../src/store/port.js';
import { job, record, rejection } from './rows.js';
import type { WithStore } from './store.js';

export function sideContract(withStore: WithStore): void {
  describe('side collections', () => {
    it('puts, replaces and deletes', () =>
      withStore(async (store) => {
        await store.put('jobs', job('a'));
        await store.put('jobs', job('a', { version: 7, party: 'other' }));
        expect(await store.get('jobs', ['a'])).to.deep.equal(job('a', { version: 7, party: 'other' }));
        expect(await store.range('jobs', { index: 'party', prefix: [job('a').party], limit: 5 })).to.deep.equal([]);
        await store.delete('jobs', ['a']);
        await store.delete('jobs', ['a']);
        expect(await store.get('jobs', ['a'])).to.equal(undefined);
        expect(await store.size()).to.equal(0);
      }));

    it('puts with a version only over that version', () =>
      withStore(async (store) => {
        const conflict = async (version: number, ifVersion: number) => {
          const error = await rejection(store.put('jobs', job('a', { version }), ifVersion));
          expect(error)
            .to.be.instanceOf(VersionConflict)
            .that.deep.includes({ collection: 'jobs', key: ['a'] });
        };
        await conflict(1, 1);
        await store.put('jobs', job('a', { version: 1 }), 0);
        await conflict(1, 0);
        await conflict(1, 2);
        await store.put('jobs', job('a', { version: 2 }), 1);
        await conflict(3, 1);
        expect((await store.get('jobs', ['a']))?.version).to.equal(2);
        await store.delete('jobs', ['a']);
        await conflict(3, 2);
        await store.put('jobs', job('a', { version: 3 }), 0);
      }));

    it('lets one of many win who put over the same version at once', () =>
      withStore(async (store) => {
        await store.put('jobs', job('a'), 0);
        const puts = Array.from({ length: 20 }, (_, n) => store.put('jobs', job('a', { version: 2, body: String(n) }), 1));
        const outcomes = await Promise.allSettled(puts);
        expect(outcomes.filter((o) => o.status === 'fulfilled')).to.have.length(1);
        const winner = outcomes.findIndex((o) => o.status === 'fulfilled');
        expect(await store.get('jobs', ['a'])).to.deep.equal(job('a', { version: 2, body: String(winner) }));
      }));

    it('keeps calls that wait together apart: one that fails leaves its neighbours be', () =>
      withStore(async (store) => {
        const outcomes = await Promise.allSettled([
          store.put('jobs', job('a')),
          store.put('jobs', job('b', { body: 'lone \ud800' })),
          store.put('jobs', job('c'), 4),
          store.put('jobs', job('d'), 0),
          store.delete('jobs', ['a']),
          store.append({ records: { put: [record(0)] } }, 0),
          store.put('jobs', job('e')),
          store.append({ records: { put: [record(0)] } }, 0),
          store.put('jobs', job('f')),
        ]);
        expect(outcomes.map((o) => o.status === 'fulfilled')).to.deep.equal([
          true,
          false,
          false,
          true,
          true,
          true,
          true,
          false,
          true,
        ]);
        const rows = await store.range('jobs', { prefix: [], limit: 9 });
        expect(rows.map((row) => row.id)).to.deep.equal(['d', 'e', 'f']);
        expect(await store.size()).to.equal(1);
      }));

    it('expires what was due before the time given, and counts it', () =>
      withStore(async (store) => {
        for (const expires of [10, 20, 30, 40]) await store.put('jobs', job(`j${expires}`, { expires }));
        await store.put('failures', { key: 'k', version: 1, expires: 1, body: '{}' });
        expect(await store.expire('jobs', 5)).to.equal(0);
        expect(await store.expire('jobs', 30)).to.equal(2);
        expect((await store.range('jobs', { prefix: [], limit: 9 })).map((row) => row.id)).to.deep.equal(['j30', 'j40']);
        expect(await store.get('failures', ['k'])).to.not.equal(undefined);
      }));

    it('expires thousands', () =>
      withStore(async (store) => {
        const put = Array.from({ length: 2500 }, (_, n) => ({ key: `k${n}`, version: 1, expires: n, body: '{}' }));
        await store.append({ answers: { put } }, 0);
        expect(await store.expire('answers', 2400)).to.equal(2400);
        expect(await store.range('answers', { prefix: [], limit: 3000 })).to.have.length(100);
      }));

    it('refuses to put, delete or expire what only append writes', () =>
      withStore(async (store) => {
        expect(await rejection(store.put('ids' as 'jobs', { id: 'x', by: 'y', seq: 1 } as never))).to.be.instanceOf(TypeError);
        expect(await rejection(store.delete('disclosures' as 'jobs', [1, 'x']))).to.be.instanceOf(TypeError);
        expect(await rejection(store.expire('records' as 'jobs', 1))).to.be.instanceOf(TypeError);
        expect(await rejection(store.expire('accounts' as 'jobs', 1))).to.be.instanceOf(TypeError);
        expect(await rejection(store.expire('jobs', Number.NaN))).to.be.instanceOf(TypeError);
      }));
  });
}
