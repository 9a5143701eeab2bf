import { writeFile } from 'node:fs/promises';
import { expect } from 'chai';
import { checkpointFile, writeCheckpointFile } from '../../src/ledger/checkpointFile.js';
import { Busy } from '../../src/ledger/ledger.js';
import { LedgerRefused } from '../../src/ledger/refused.js';
import type { Moment } from '../support/faulty.js';
import { event, inFolder, party, World } from '../support/world.js';

const moments: readonly Moment[] = ['before', 'during', 'after'];

/** What a fault is called: a disk that lies acknowledges and loses. */
const named = (moment: Moment, persisted: boolean): string =>
  `${moment} it, ${persisted ? 'persisted but error' : moment === 'after' ? 'acknowledged and not persisted' : 'not persisted'}`;

describe('a fault at every step of a write', function () {
  this.timeout(30_000);

  for (const moment of moments)
    for (const persisted of [false, true]) {
      const lies = moment === 'after' && !persisted;

      // What was acknowledged and lost is another story: below.
      if (!lies)
        it(`append: ${named(moment, persisted)}`, () =>
          inFolder(async (folder) => {
            const world = await World.open(folder);
            await world.record(event(1), event(2));
            await world.checkpoints.save();
            for (const write of [() => world.once('key', party()), () => world.ledger.submit([event(3)])]) {
              const struck = world.store.strike({ method: 'append', moment, persisted });
              expect(await write().catch((error: unknown) => error), 'the caller is told to try again').to.be.instanceOf(Busy);
              await struck;
            }
            await world.look('after the fault');
            // Whoever was told so tries again: the one under a key, the other under its own id.
            const again = await world.once('key', party());
            const [event3] = await world.ledger.submit([event(3)]);
            expect(Object.keys(event3 ?? {})[0]).to.be.oneOf(['recorded', 'duplicate']);
            expect((await world.once('key', party())).seq, 'the answer stays').to.equal(again.seq);
            await world.record(event(4));
            await world.checkpoints.save();
            expect(world.ledger.size, 'two before, three after, each once').to.equal(5);
            await world.die();
            await world.mustBeWhole();
          }));

      it(`sign: ${named(moment, persisted)}`, () =>
        inFolder(async (folder) => {
          const world = await World.open(folder);
          await world.record(event(1));
          await world.checkpoints.save();
          const struck = world.store.strike({ method: 'put', collection: 'meta', moment, persisted });
          await world.record(event(2));
          const saved = await world.checkpoints.save().catch((error: unknown) => error);
          await struck;
          expect(saved instanceof Error, 'only a disk that lies says nothing').to.equal(!lies);
          await world.look('after the fault');
          await world.record(event(3));
          await world.store.settled();
          await world.checkpoints.save();
          await world.look('after the next');
          await world.die();
          await world.mustBeWhole();
        }));

      it(`publish: ${named(moment, persisted)}`, () =>
        inFolder(async (folder) => {
          let late: Promise<void> | undefined;
          let armed = false;
          const publish = async (into: string, note: string): Promise<void> => {
            if (!armed) return writeCheckpointFile(into, note);
            armed = false;
            const write = (): Promise<void> => writeCheckpointFile(into, note);
            if (moment === 'before' && persisted) late = new Promise((resolve) => setTimeout(resolve, 20)).then(write);
            if (moment === 'during' && persisted) late = write();
            if (moment === 'during' && !persisted) await writeFile(`${checkpointFile(into)}.part`, note.slice(0, 30));
            if (moment === 'after' && persisted) await write();
            if (!lies) throw new Error('injected');
          };
          const world = await World.open(folder, { publish });
          await world.record(event(1));
          await world.checkpoints.save();
          armed = true;
          await world.record(event(2));
          const saved = await world.checkpoints.save().catch((error: unknown) => error);
          expect(armed).to.equal(false);
          expect(saved instanceof Error, 'only a disk that lies says nothing').to.equal(!lies);
          await world.look('after the fault');
          await world.record(event(3));
          await late;
          await world.die();
          await world.mustBeWhole();
          const again = await World.open(folder);
          await again.checkpoints.save();
          expect(await again.signedInFile(), 'the next start publishes what this one could not').to.equal(3);
          await again.die();
        }));
    }

  it('append: acknowledged and not persisted: nothing more is taken, nothing less is signed, no start goes on from it', () =>
    inFolder(async (folder) => {
      const world = await World.open(folder);
      await world.record(event(1));
      const struck = world.store.strike({ method: 'append', moment: 'after', persisted: false });
      await world.record(event(2));
      await struck;
      world.lied = 1;
      await world.checkpoints.save();
      const { note } = world.checkpoints.current();
      for (let n = 3; n < 6; n++) {
        const error = await world.ledger.submit([event(n)]).catch((e: unknown) => e);
        expect(error).to.be.instanceOf(Busy);
        expect((error as Error).message).to.match(/no longer has the 2 records/);
      }
      expect(world.checkpoints.current().note).to.equal(note);
      await world.die();
      const refused = await World.open(folder).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(LedgerRefused);
      expect((refused as Error).message).to.match(/signed up to 2 entries and has 1 now.*--accept-rollback/);
    }));

  it('publish: at the very end: the end is clean all the same, and the fault is told', () =>
    inFolder(async (folder) => {
      const told: unknown[] = [];
      const publish = () => Promise.reject(new Error('injected'));
      const world = await World.open(folder, { publish, failed: (error) => told.push(error) });
      await world.record(event(1));
      await world.ledger.close();
      await world.checkpoints.close();
      expect(told.map(String)).to.include('Error: injected');
      await world.die();
      await world.mustBeWhole();
    }));

  it('append: persisted but error, and the store is away when it is asked what is there', () =>
    inFolder(async (folder) => {
      for (const method of ['size', 'get'] as const) {
        const world = await World.open(folder);
        const before = world.ledger.size;
        await world.record(event(before));
        const struck = [
          world.store.strike({ method: 'append', moment: 'after', persisted: true }),
          world.store.strike({ method, moment: 'before', persisted: false }),
        ];
        expect(await world.ledger.submit([event(before + 1)]).catch((e: unknown) => e)).to.be.instanceOf(Busy);
        await Promise.all(struck);
        expect(world.ledger.size, 'what is known to be durable').to.equal(before + 1);
        const [again] = await world.ledger.submit([event(before + 1)]);
        expect(again, 'found, and with a tree that reaches it').to.deep.equal({ duplicate: before + 1 });
        expect(world.ledger.size).to.equal(before + 2);
        await world.die();
        await world.mustBeWhole();
      }
    }));

  for (const [method, collection] of [
    ['getMany', 'lots'],
    ['getMany', 'heads'],
    ['ranges', 'ids'],
    ['range', 'statements'],
  ] as const)
    it(`before the append: ${collection} cannot be read`, () =>
      inFolder(async (folder) => {
        const world = await World.open(folder);
        await world.record(event(1));
        const struck = world.store.strike({ method, collection, moment: 'before', persisted: false });
        expect(await world.ledger.submit([event(2), party()]).catch((e: unknown) => e)).to.be.instanceOf(Busy);
        await struck;
        await world.record(event(2), party());
        expect(world.ledger.size).to.equal(3);
        await world.die();
        await world.mustBeWhole();
      }));

  it('one append in three at random, many callers: each record once, and nothing signed that is not there', () =>
    inFolder(async (folder) => {
      const world = await World.open(folder);
      const choices = moments.flatMap((moment) => [false, true].map((persisted) => ({ moment, persisted })));
      const harmful = choices.filter(({ moment, persisted }) => moment !== 'after' || persisted);
      let n = 0;
      const until = async (work: () => Promise<unknown>): Promise<void> => {
        for (let tried = 0; tried < 200; tried++) {
          try {
            return void (await work());
          } catch (error) {
            if (!(error instanceof Busy)) throw error;
            await world.look('after a fault');
          }
        }
        throw new Error('tried 200 times');
      };
      const caller = async (who: number): Promise<void> => {
        for (let i = 0; i < 12; i++) {
          if (++n % 3 === 0)
            void world.store.strike({ method: 'append', ...(harmful[(n / 3) % harmful.length] as (typeof harmful)[0]) });
          await until(() => (i % 2 === 0 ? world.ledger.submit([event(who * 100 + i)]) : world.once(`${who} ${i}`, party())));
          if (i % 4 === 0) await world.checkpoints.save().catch(() => undefined);
        }
      };
      await Promise.all(Array.from({ length: 8 }, (_, who) => caller(who)));
      world.store.quiet();
      await world.store.settled();
      await world.record(event(9999));
      expect(world.ledger.size).to.equal(8 * 12 + 1);
      await world.die();
      await world.mustBeWhole();
    }));
});
