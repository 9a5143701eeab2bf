import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { hex, leafHash } from '../../src/ledger/merkle.js';
import { sha256 } from '../../src/ledger/node.js';
import { consistent, included } from '../../src/ledger/proof.js';
import { Prover } from '../../src/ledger/prove.js';
import { Edge, TileMissing } from '../../src/ledger/tiles.js';
import { mth, path, proof } from './naive.js';

const entry = (n: number): Buffer => Buffer.from(`entry ${n}`);
const largest = 70_000;
const entries = Array.from({ length: largest }, (_, n) => entry(n));
const leaves = entries.map((bytes) => leafHash(sha256, bytes));

/** A log of tiles as a store would hold it, grown in appends of the given sizes. */
function grow(appends: readonly number[]) {
  const tiles = new Map<string, Uint8Array>();
  let edge = Edge.empty(sha256);
  for (const count of appends) {
    const next = edge.fork();
    for (const { level, n, hashes } of next.append(leaves.slice(edge.size, edge.size + count)))
      tiles.set(`${level}/${n}`, hashes);
    edge = next;
  }
  const prover = new Prover(sha256, async (level, n) => tiles.get(`${level}/${n}`));
  return { edge, tiles, prover };
}

describe('the tree', () => {
  const whole = grow(
    [1, 255, 256, 1, 43, ...Array.from({ length: 272 }, () => 256), largest - 556 - 272 * 256].filter((n) => n > 0),
  );

  for (const size of [0, 1, 2, 255, 256, 257, 511, 512, 513, 65_536, 70_000]) {
    it(`has the root of the naive recursion at ${size} entries`, async () => {
      const expected = mth(entries.slice(0, size)).toString('hex');
      expect(hex(grow([size]).edge.root())).to.equal(expected);
      expect(hex(await whole.prover.root(size))).to.equal(expected);
    });
  }

  it('has the roots that were written down: of nothing, and of 70,000 entries', () => {
    expect(hex(grow([]).edge.root())).to.equal('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    // `entry 0` ... `entry 69999`, by the naive recursion in another language.
    expect(hex(whole.edge.root())).to.equal('a3920fba7f239a071a9bd10721f1341addefbaededb41c7e24437a9d16bdf00a');
  });

  it('is stored in the tiles that tlog-tiles names for 70,000 entries', () => {
    const widths = [...whole.tiles].map(([name, hashes]) => [name, hashes.length / 32] as const);
    const partial = widths.filter(([, width]) => width < 256);
    expect(partial).to.have.deep.members([
      ['0/273', 112],
      ['1/1', 17],
      ['2/0', 1],
    ]);
    expect(widths.filter(([name, width]) => name.startsWith('0/') && width === 256)).to.have.length(273);
    expect(widths).to.have.length(273 + 1 + 2 + 1);
  });

  it('is loaded from its tiles as it was, at every size that ends or begins one', async () => {
    for (const size of [0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 70_000]) {
      const { edge, tiles } = grow([size]);
      const again = await Edge.load(sha256, size, async (level, n) => tiles.get(`${level}/${n}`));
      expect(hex(again.root())).to.equal(hex(edge.root()));
      expect(again.append([leaves[0] as Uint8Array])).to.deep.equal(edge.append([leaves[0] as Uint8Array]));
    }
  });

  it('proves inclusion as the naive recursion does, for any entry and size', async () => {
    const size = fc.integer({ min: 1, max: 1500 });
    await fc.assert(
      fc.asyncProperty(size, fc.nat(), async (count, pick) => {
        const index = pick % count;
        const found = await whole.prover.inclusion(index, count);
        expect(found.map(hex)).to.deep.equal(path(index, entries.slice(0, count)).map(hex));
      }),
      { numRuns: 40 },
    );
  });

  it('proves consistency as the naive recursion does, for any two sizes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1500 }), fc.nat(), async (larger, pick) => {
        const smaller = 1 + (pick % larger);
        const found = await whole.prover.consistency(smaller, larger);
        expect(found.map(hex)).to.deep.equal(proof(smaller, entries.slice(0, larger)).map(hex));
      }),
      { numRuns: 40 },
    );
  });

  it('has its proofs accepted, and none of them for another entry, place, size or root', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: largest }), fc.nat(), fc.nat(), async (size, pick, wrong) => {
        const index = pick % size;
        const tree = { size, root: await whole.prover.root(size) };
        const steps = await whole.prover.inclusion(index, size);
        const leaf = leaves[index] as Uint8Array;
        expect(included(sha256, leaf, index, steps, tree)).to.equal(true);
        const other = wrong % size;
        if (other !== index) {
          expect(included(sha256, leaf, other, steps, tree)).to.equal(false);
          expect(included(sha256, leaves[other] as Uint8Array, index, steps, tree)).to.equal(false);
        }
        expect(included(sha256, leaf, index, steps, { ...tree, root: leaf })).to.equal(size === 1);
        expect(included(sha256, leaf, index, [...steps, leaf], tree)).to.equal(false);
        expect(included(sha256, leaf, index, steps.slice(1), tree)).to.equal(size === 1);
        expect(included(sha256, leaf, size, steps, tree)).to.equal(false);
      }),
      { numRuns: 60 },
    );
  });

  it('is known to begin with every smaller one, and not with a changed one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: largest }), fc.nat(), async (size, pick) => {
        const older = { size: pick % (size + 1), root: await whole.prover.root(pick % (size + 1)) };
        const newer = { size, root: await whole.prover.root(size) };
        const steps = await whole.prover.consistency(older.size, size);
        expect(consistent(sha256, older, newer, steps)).to.equal(true);
        const forged = createHash('sha256').update('another history').digest();
        expect(consistent(sha256, { ...older, root: forged }, newer, steps)).to.equal(false);
        expect(consistent(sha256, older, { ...newer, root: forged }, steps)).to.equal(older.size === 0);
        expect(consistent(sha256, older, newer, [...steps, forged])).to.equal(false);
        if (steps.length > 0) expect(consistent(sha256, older, newer, steps.slice(0, -1))).to.equal(false);
        if (older.size < size) expect(consistent(sha256, newer, older, steps)).to.equal(false);
      }),
      { numRuns: 60 },
    );
  });

  it('says which tile is missing', async () => {
    const { tiles, prover } = grow([600]);
    tiles.delete('0/1');
    const failed = await prover.root(600).then(
      () => undefined,
      (error: unknown) => error,
    );
    // The full tile's root stands in the level above, so only what needs its leaves notices.
    expect(failed).to.equal(undefined);
    const proofFailed = await prover.inclusion(300, 600).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(proofFailed).to.be.instanceOf(TileMissing).and.include({ level: 0, n: 1 });
  });
});
