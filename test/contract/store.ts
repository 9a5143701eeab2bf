import { expect } from 'chai';
import { collections, type CollectionShape } from '../../src/store/collections.js';
import type { Store } from '../../src/store/port.js';
import { appendContract } from './append.js';
import { lifeContract } from './life.js';
import { modelContract } from './model.js';
import { readsContract } from './reads.js';
import { sideContract } from './side.js';
import { textContract } from './text.js';

/** A fresh place where a store can lie: what an adapter brings to the contract. */
export interface Place {
  /** Opens the store there: empty the first time, as it was left at any later time. */
  open(): Promise<Store>;
  /** A path where nothing is yet, for `backup`. */
  readonly backupPath: string;
  /** Opens a backup as a store. */
  openBackup(path: string): Promise<Store>;
  /** Removes everything; stores are closed by then. */
  dispose(): Promise<void>;
}
export type PlaceFactory = () => Promise<Place>;
/** Runs a piece of the contract on an empty store of its own. */
export type WithStore = (work: (store: Store, place: Place) => Promise<void>) => Promise<void>;

/** The guarantees of src/store/port.ts, which every adapter must keep. */
export function storeContract(name: string, factory: PlaceFactory): void {
  const withStore: WithStore = async (work) => {
    const place = await factory();
    try {
      const store = await place.open();
      try {
        await work(store, place);
      } finally {
        await store.close();
      }
    } finally {
      await place.dispose();
    }
  };

  describe(`store contract: ${name}`, () => {
    appendContract(withStore);
    readsContract(withStore);
    sideContract(withStore);
    textContract(withStore);
    lifeContract(withStore);
    modelContract(withStore);
  });
}

describe('collections', () => {
  for (const [name, shape] of Object.entries<CollectionShape>(collections)) {
    it(`${name}: its key and indexes are columns of it, and each index names the whole key`, () => {
      const columns = Object.keys(shape.columns);
      expect(columns).to.include.members([...shape.key]);
      for (const index of Object.values(shape.indexes ?? {})) {
        expect(columns).to.include.members([...index]);
        expect(index).to.include.members([...shape.key]);
      }
      if (shape.kind === 'side') expect(shape.columns).to.have.property('version', 'int');
    });
  }
});
