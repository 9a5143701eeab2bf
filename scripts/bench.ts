// npm run bench -- capture | read | trace [--json] [--seconds N] [--rounds N] [--connections 16,64,256] [--events N] [--profile FOLDER]
// A table for people, JSON for machines; what is under way goes to standard error. scripts/bench/README.md says what is measured.
import { parseArgs } from 'node:util';
import { captureTable, measureCapture } from './bench/capture.js';
import { profileTables } from './bench/profile.js';
import { measureRead, readTable } from './bench/read.js';
import { measureTrace, traceTable } from './bench/trace.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '16,64,256' },
    events: { type: 'string', default: '100000' },
    profile: { type: 'string' },
  },
});
const say = (line: string): void => void process.stderr.write(`  ${line}\n`);
const profile = values.profile === undefined ? {} : { profile: values.profile };
const seconds = Number(values.seconds);

const measures: Readonly<Record<string, () => Promise<{ readonly figures: object; readonly text: string }>>> = {
  capture: async () => {
    const connections = values.connections.split(',').map(Number);
    const figures = await measureCapture({ connections, seconds, rounds: Number(values.rounds), ...profile }, say);
    return { figures, text: captureTable(figures) };
  },
  read: async () => {
    const figures = await measureRead({ events: Number(values.events), seconds, ...profile }, say);
    return { figures, text: readTable(figures) };
  },
  trace: async () => {
    const figures = await measureTrace({ events: Number(values.events) }, say);
    return { figures, text: traceTable(figures) };
  },
};

const unknown = positionals.find((name) => !Object.hasOwn(measures, name));
if (unknown !== undefined || positionals.length === 0) {
  console.error(
    'npm run bench -- capture | read | trace [--json] [--seconds N] [--rounds N] [--connections 16,64,256] [--events N] [--profile FOLDER]',
  );
  process.exit(1);
}
const told: Record<string, object> = {};
for (const name of positionals) {
  const { figures, text } = await (measures[name] as (typeof measures)[string])();
  told[name] = figures;
  if (!values.json) console.log(text);
}
if (values.json) console.log(JSON.stringify(told, null, 2));
if (values.profile !== undefined) say(profileTables(values.profile, 40));
