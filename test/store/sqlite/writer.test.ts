import { expect } from 'chai';
import { join } from 'node:path';
import { collections, type Row } from '../../../src/store/collections.js';
import { SizeConflict, StoreUnavailable, VersionConflict } from '../../../src/store/port.js';
import { partOf } from '../../../src/store/sqlite/cells.js';
import { Connection } from '../../../src/store/sqlite/connection.js';
import type { Part, SideCall } from '../../../src/store/sqlite/message.js';
import { Reader } from '../../../src/store/sqlite/reader.js';
import { bringForward } from '../../../src/store/sqlite/shape.js';
import { table } from '../../../src/store/sqlite/table.js';
import { Writer } from '../../../src/store/sqlite/writer.js';
import { job, lot, record, touch } from '../../contract/rows.js';
import { withFolder } from './place.js';

type Fault = 'before the commit' | 'after the commit' | undefined;
/** What goes wrong next, and how many openings fail after it. */
const trouble: { commit: Fault; times: number; openings: number } = { commit: undefined, times: 0, openings: 0 };
const ioError = () => Object.assign(new Error('disk I/O error'), { errcode: 1034 });

/** A connection whose COMMIT reports an I/O error, with or without having done its work. */
class Failing extends Connection {
  override commit(): void {
    if (trouble.times > 0 && trouble.commit === 'before the commit') {
      trouble.times--;
      throw ioError();
    }
    super.commit();
    if (trouble.times > 0 && trouble.commit === 'after the commit') {
      trouble.times--;
      throw ioError();
    }
  }
}

const part = <N extends 'records' | 'touches' | 'jobs'>(collection: N, rows: Row<N>[]): Part => partOf(table(collection), rows);
const batch = (seq: number): Part[] => [part('records', [record(seq)]), part('touches', [touch(lot(seq), seq, seq)])];
const put = (id: string, version: number, ifVersion?: number): SideCall => ({
  call: 'put',
  part: part('jobs', [job(id, { version })]),
  ifVersion,
});
const thrown = (work: () => void): Error => {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it should have thrown');
};

/** A writer on a new file, with a reader that stays open beside it, and what the reader sees. */
async function withWriter(work: (writer: Writer, reader: Reader) => void): Promise<void> {
  await withFolder(async (folder) => {
    Object.assign(trouble, { commit: undefined, times: 0, openings: 0 });
    const file = join(folder, 'store.sqlite');
    const writer = new Writer(() => {
      if (trouble.openings-- > 0) throw ioError();
      const connection = new Failing(file);
      bringForward(connection, folder, collections);
      return connection;
    });
    const reader = new Reader(new Connection(file, { readOnly: true }));
    try {
      work(writer, reader);
    } finally {
      reader.close();
      writer.close();
    }
  });
}
const fail = (commit: Fault, times = 1, openings = 0) => Object.assign(trouble, { commit, times, openings });

describe('the writer when a commit fails', () => {
  it('refuses the append when nothing of it is in the file, and goes on', () =>
    withWriter((writer, reader) => {
      writer.append(batch(0), 0);
      fail('before the commit');
      expect(thrown(() => writer.append(batch(1), 1))).to.be.instanceOf(StoreUnavailable);
      expect(reader.size()).to.equal(1);
      expect(reader.range(table('touches'), { prefix: [lot(1)], limit: 1 })).to.deep.equal([]);
      writer.append(batch(1), 1);
      expect(reader.size()).to.equal(2);
      expect(reader.range(table('touches'), { prefix: [lot(1)], limit: 2 })).to.deep.equal([touch(lot(1), 1, 1)]);
    }));

  it('confirms the append when it is in the file although an error was reported', () =>
    withWriter((writer, reader) => {
      fail('after the commit');
      writer.append(batch(0), 0);
      expect(reader.size()).to.equal(1);
      expect(thrown(() => writer.append(batch(0), 0)))
        .to.be.instanceOf(SizeConflict)
        .that.includes({ actual: 1 });
      writer.append(batch(1), 1);
      expect(reader.size()).to.equal(2);
    }));

  it('does an append without records again, since its size cannot tell', () =>
    withWriter((writer, reader) => {
      for (const fault of ['before the commit', 'after the commit'] as const) {
        fail(fault);
        writer.append([part('touches', [touch(lot(1), 1, 1)])], 0);
        expect(reader.range(table('touches'), { prefix: [], limit: 9 })).to.have.length(1);
      }
    }));

  for (const fault of ['before the commit', 'after the commit'] as const) {
    it(`claims nothing while the file cannot be opened, and has the truth when it can (error ${fault})`, () =>
      withWriter((writer, reader) => {
        writer.append(batch(0), 0);
        fail(fault, 1, 2);
        expect(thrown(() => writer.append(batch(1), 1)).message).to.contain('cannot yet tell');
        expect(thrown(() => writer.append(batch(1), 1))).to.be.instanceOf(StoreUnavailable);
        const [refused] =
          fault === 'before the commit' ? [writer.append(batch(1), 1)] : [thrown(() => writer.append(batch(1), 1))];
        if (fault === 'after the commit') expect(refused).to.be.instanceOf(SizeConflict);
        expect(reader.size()).to.equal(2);
      }));

    it(`answers side calls by what is in the file, each done once (error ${fault})`, () =>
      withWriter((writer, reader) => {
        writer.side([put('a', 1, 0), put('b', 1, 0)]);
        fail(fault);
        const outcomes = writer.side([
          put('a', 2, 1),
          put('b', 5, 4),
          { call: 'delete', collection: 'jobs', key: ['none'] },
          put('c', 1),
        ]);
        expect(outcomes.map((o) => 'error' in o && o.error.constructor)).to.deep.equal([false, VersionConflict, false, false]);
        const versions = reader.range(table('jobs'), { prefix: [], limit: 9 }).map((row) => [row['id'], row['version']]);
        expect(versions).to.deep.equal([
          ['a', 2],
          ['b', 1],
          ['c', 1],
        ]);
      }));
  }

  it('refuses side calls whose second commit fails too', () =>
    withWriter((writer, reader) => {
      fail('before the commit', 2);
      const [outcome] = writer.side([put('a', 1, 0)]);
      expect(outcome).to.have.property('error').that.is.instanceOf(StoreUnavailable);
      expect(reader.range(table('jobs'), { prefix: [], limit: 9 })).to.deep.equal([]);
      expect(writer.side([put('a', 1, 0)])).to.deep.equal([{ value: 0 }]);
    }));

  it('gives the ids of URIs that were rolled back to others without mixing them up', () =>
    withWriter((writer, reader) => {
      const broken = [part('touches', [touch('urn:first', 1, 0)]), part('touches', [touch('urn:second', 0.5, 0)])];
      expect(thrown(() => writer.append(broken, 0))).to.be.instanceOf(TypeError);
      writer.append([part('touches', [touch('urn:third', 1, 0)])], 0);
      writer.append([part('touches', [touch('urn:first', 2, 0)])], 0);
      expect(reader.range(table('touches'), { prefix: ['urn:first'], limit: 9 })).to.deep.equal([touch('urn:first', 2, 0)]);
      expect(reader.range(table('touches'), { prefix: ['urn:third'], limit: 9 })).to.deep.equal([touch('urn:third', 1, 0)]);
    }));
});
