// The part of `npm start` that may use a Node new enough for the rest.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { install } from './installed.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
install();
const build = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);

// A person reads this terminal: their page views are not logged there unless asked for.
process.env.SUYUAN_LOG_LEVEL ||= 'warn';
const { run } = await import('../dist/src/cli/program.js');
await run(['serve', '--demo', ...process.argv.slice(2)]);
