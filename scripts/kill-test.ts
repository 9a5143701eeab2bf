// npm run kill-test -- [--kills N] [--each N] [--quiet]: kills the service at random moments under load, starts it again and audits all.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { live, type Life } from './kill/ledger.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    /** Kills of one ledger; after them the next begins empty. */
    each: { type: 'string', default: '50' },
    quiet: { type: 'boolean', default: false },
  },
});
const [kills, each] = [values.kills, values.each].map(Number) as [number, number];
if (!(kills > 0) || !(each > 0)) throw new RangeError('--kills and --each are numbers from 1 on');

const begun = performance.now();
const lives: Life[] = [];
for (let left = kills; left > 0 && lives.every((life) => life.faults.length === 0); left -= each) {
  const folder = await mkdtemp(join(tmpdir(), 'suyuan-kill-'));
  const life = await live(
    folder,
    Math.min(each, left),
    (line) => values.quiet || console.log(`  ledger ${lives.length + 1}, ${line}`),
  );
  lives.push(life);
  if (life.faults.length === 0) await rm(folder, { recursive: true, force: true });
  else console.error(`The data folder is kept: ${folder}\n${life.faults.map((fault) => `  ${fault}`).join('\n')}`);
}

const sum = (of: (life: Life) => number): number => lives.reduce((total, life) => total + of(life), 0);
const faults = sum((life) => life.faults.length);
console.log(
  [
    `${sum((life) => life.kills)} kills (${sum((life) => life.starting)} of them during a start) of ${lives.length} ledgers`,
    `${sum((life) => life.records)} records, ${sum((life) => life.acknowledged)} events acknowledged`,
    `${sum((life) => life.repeated)} answers given again, ${sum((life) => life.checkpoints)} checkpoints held against the tree`,
    `${faults} faults, ${((performance.now() - begun) / 1000).toFixed(0)} s`,
  ].join('; '),
);
process.exitCode = faults === 0 ? 0 : 1;
