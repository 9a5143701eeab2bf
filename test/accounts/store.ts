import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../src/store/sqlite/open.js';
import type { Store } from '../../src/store/port.js';

/** A store in a new folder for each `describe`, gone after it. */
export function freshStore(): { readonly store: Store } {
  const held: { store: Store; folder: string } = { store: undefined as never, folder: '' };
  before(async () => {
    held.folder = mkdtempSync(join(tmpdir(), 'suyuan-'));
    held.store = await openSqlite(held.folder);
  });
  after(async () => {
    await held.store.close();
    rmSync(held.folder, { recursive: true });
  });
  return held;
}

/** The store, with a count of how often it was asked. */
export function counted(store: Store): { readonly store: Store; readonly calls: () => number } {
  let calls = 0;
  const watched = new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        calls += 1;
        return Reflect.apply(member, target, args);
      };
    },
  });
  return { store: watched, calls: () => calls };
}
