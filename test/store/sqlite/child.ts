import { writeSync } from 'node:fs';
import { openSqlite } from '../../../src/store/sqlite/open.js';
import { lot, record, touch } from '../../contract/rows.js';

/**
 * A process of its own for the tests of faults: `child.js MODE FOLDER`. It writes a line for each thing that it knows:
 * `open SIZE`, `ack SIZE` after an append, `refused NAME MESSAGE` for an error.
 */
const [mode, folder] = process.argv.slice(2) as [string, string];
const say = (line: string) => writeSync(1, `${line}\n`);
const batch = (from: number, count: number) => {
  const numbers = Array.from({ length: count }, (_, n) => from + n);
  return {
    records: { put: numbers.map((n) => record(n, { body: JSON.stringify({ n, text: 'x'.repeat(700) }) })) },
    touches: { put: numbers.flatMap((n) => [touch(lot(n), n, n), touch(lot(n % 7), n, n)]) },
  };
};

try {
  const store = await openSqlite(folder, { readOnly: mode === 'read' });
  let size = await store.size();
  say(`open ${size}`);
  if (mode === 'append') {
    // Until it is killed, or the disk is full.
    for (let turn = 0; ; turn++) {
      const count = 1 + (turn % 5);
      await store.append(batch(size, count), size);
      say(`ack ${(size += count)}`);
    }
  }
  if (mode === 'leave') {
    await store.append(batch(size, 3), size);
    say(`ack ${size + 3}`);
    process.exit(0);
  }
  if (mode === 'hold') setInterval(() => undefined, 1000);
  if (mode === 'read') {
    say(`rows ${(await store.range('records', { prefix: [], limit: 10 })).length}`);
    await store.close();
  }
} catch (error) {
  const { name } = (error as Error).constructor;
  say(`refused ${name} ${(error as Error).message}`);
  process.exit(3);
}
