import { expect } from 'chai';
import { StoreUnavailable } from '../../src/store/port.js';
import { record, rejection } from '../contract/rows.js';
import { storeContract, type Place } from '../contract/store.js';
import { faulty, type Moment } from '../support/faulty.js';
import { sqlitePlace } from './sqlite/place.js';

const quietPlace = async (): Promise<Place> => {
  const place = await sqlitePlace();
  return {
    ...place,
    open: async () => faulty(await place.open()),
    openBackup: async (path) => faulty(await place.openBackup(path)),
  };
};

storeContract('a faulty store that is quiet', quietPlace);

describe('a faulty store', () => {
  const cases: [Moment, persisted: boolean, told: boolean][] = [
    ['before', false, true],
    ['before', true, true],
    ['during', false, true],
    ['during', true, true],
    ['after', false, false],
    ['after', true, true],
  ];
  for (const [moment, persisted, told] of cases)
    it(`strikes one append ${moment} it, ${persisted ? '' : 'not '}persisted, and ${told ? 'says so' : 'says nothing'}`, async () => {
      const place = await sqlitePlace();
      const store = faulty(await place.open());
      try {
        const struck = store.strike({ method: 'append', moment, persisted, skip: 1 });
        await store.append({ records: { put: [record(0)] } }, 0);
        const append = store.append({ records: { put: [record(1)] } }, 1);
        if (told) expect(await rejection(append)).to.be.instanceOf(StoreUnavailable);
        else await append;
        await struck;
        await store.settled();
        const size = persisted ? 2 : 1;
        expect(await store.size()).to.equal(size);
        await store.append({ records: { put: [record(size)] } }, size);
      } finally {
        await store.close();
        await place.dispose();
      }
    });
});
