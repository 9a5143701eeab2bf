// npm run bench -- capture | read [--json] [--seconds N] [--rounds N] [--connections 16,64,256] [--events N] [--profile FOLDER]
import { parseArgs } from 'node:util';
import { captureTable, measureCapture } from './bench/capture.js';
import { profileTables } from './bench/profile.js';

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
const wanted = positionals.length > 0 ? positionals : ['capture'];
for (const name of wanted) {
  const figures = await measureCapture(
    {
      connections: values.connections.split(',').map(Number),
      seconds: Number(values.seconds),
      rounds: Number(values.rounds),
      ...(values.profile !== undefined && { profile: values.profile }),
    },
    say,
  );
  console.log(values.json ? JSON.stringify({ [name]: figures }, null, 2) : captureTable(figures));
  if (values.profile !== undefined) say(profileTables(values.profile, 40));
}
