import { expect } from 'chai';
import fc from 'fast-check';
import { audit, type AuditResult } from '../../src/ledger/audit.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import type { Cell } from '../../src/store/collections.js';
import type { Store } from '../../src/store/port.js';
import { audit as auditNaively } from '../support/audit/audit.js';
import { event, inFolder, party } from '../support/world.js';

type Cells = Record<string, Cell>;
interface Flip {
  readonly collection: 'records' | 'tiles';
  /** Of its collection, from 0. */
  readonly row: number;
  readonly column: string;
  readonly at: number;
  readonly bit: number;
}

/** The store with one bit of one cell turned over, whichever way the row is read. */
function flipped(store: Store, { collection, row, column, at, bit }: Flip): Store {
  const turned = (cells: Cells | undefined, name: string): Cells | undefined => {
    const number = cells && (name === 'records' ? cells.seq : Number(cells.level) * 1000 + Number(cells.n));
    if (name !== collection || number !== row || !cells) return cells;
    const cell = cells[column] as string | Uint8Array;
    const place = at % cell.length;
    if (typeof cell !== 'string') return { ...cells, [column]: cell.map((byte, i) => (i === place ? byte ^ (1 << bit) : byte)) };
    const char = String.fromCharCode(cell.charCodeAt(place) ^ (1 << bit));
    return { ...cells, [column]: cell.slice(0, place) + char + cell.slice(place + 1) };
  };
  type Read = (name: string, ...more: unknown[]) => Promise<Cells | undefined | (Cells | undefined)[]>;
  return new Proxy(store, {
    get: (target, method) => {
      const call = (Reflect.get(target, method) as Read).bind(target);
      if (method !== 'get' && method !== 'getMany' && method !== 'range') return call;
      return async (name: string, ...more: unknown[]) => {
        const found = await call(name, ...more);
        return Array.isArray(found) ? found.map((cells) => turned(cells, name)) : turned(found, name);
      };
    },
  });
}

describe('a flipped bit', function () {
  this.timeout(60_000);
  const size = 530;

  it('of any tile or record is found, and named by its place', () =>
    inFolder(async (folder) => {
      const store = await openSqlite(folder);
      const ledger = await openLedger(store, { clock: () => 1_800_000_000_000 });
      await ledger.submit(Array.from({ length: size }, (_, n) => (n % 9 === 0 ? party() : event(n))));
      await ledger.close();
      const check = (given: Store): Promise<AuditResult> => audit(given, { checkpoints: [] });
      expect((await check(store)).disagreements).to.deep.equal([]);
      const at = { at: fc.nat(1_000_000), bit: fc.nat(7) };
      const ofTile = fc.record({
        collection: fc.constant('tiles' as const),
        // Two full tiles, the one that is being filled, and the one above.
        row: fc.constantFrom(0, 1, 2, 1000),
        column: fc.constant('hashes'),
        ...at,
      });
      // Texts are ASCII; their highest bit would make them another character, which is as good.
      const ofRecord = fc.record({
        collection: fc.constant('records' as const),
        row: fc.nat(size - 1),
        column: fc.constantFrom('entry', 'body', 'seed', 'links'),
        ...at,
      });
      await fc.assert(
        fc.asyncProperty(fc.oneof(ofTile, ofRecord), async (flip) => {
          const { disagreements } = await check(flipped(store, flip));
          const { row } = flip;
          const places = flip.collection === 'tiles' ? [`tile ${Math.floor(row / 1000)}/${row % 1000}`] : [`entry ${row}`];
          // A member of an entry that says nothing (its version) is seen by the leaf.
          if (flip.column === 'entry') places.push(`tile 0/${Math.floor(row / 256)}`);
          expect(disagreements[0]?.place, JSON.stringify(disagreements.slice(0, 3))).to.be.oneOf(places);
          const naive = await auditNaively(flipped(store, flip)).catch((error: unknown) => error);
          if (!(naive instanceof Error))
            expect((naive as { faults: string[] }).faults, 'the naive audit sees it too').to.not.be.empty;
        }),
        { numRuns: 60 },
      );
      await store.close();
    }));
});
