// npm test: installs, builds (which checks types), lints and runs the tests. The last line says how many passed and failed.
// Words behind `--` choose files by a part of their path, and --grep tests by their title: npm test -- accounts --grep cookie
// With --kills N the kill test follows, counted as one test more.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { install } from './installed.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values, positionals } = parseArgs({ options: { grep: { type: 'string' }, kills: { type: 'string' } }, allowPositionals: true });

install();
const node = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
if (!node('scripts/build.mjs')) process.exit(1);
const linted = node('node_modules/oxlint/bin/oxlint', '--deny-warnings', 'src', 'test', 'scripts');
if (!linted) console.error('The linter found faults, see above.');

/** A compiled test whose source is gone is not run. */
const files = readdirSync('dist/test', { recursive: true })
  .map((file) => join('dist/test', String(file)))
  .filter((file) => file.endsWith('.test.js') && existsSync(file.replace(/^dist./, '').replace(/js$/, 'ts')))
  .filter((file) => positionals.every((word) => file.includes(word)))
  .sort();

const { default: Mocha } = await import('mocha');
const settings = JSON.parse(readFileSync('.mocharc.json', 'utf8'));
const mocha = new Mocha({ ...settings, reporter: process.stdout.isTTY || process.env.CI ? 'spec' : 'dot', grep: values.grep });
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();

let { passes, failures, pending } = await new Promise((done) => {
  const runner = mocha.run(() => done(runner.stats));
});
if (values.kills !== undefined) {
  if (node('dist/scripts/kill-test.js', '--kills', values.kills, '--quiet')) passes++;
  else failures++;
}
process.exitCode = failures === 0 && passes > 0 && linted ? 0 : 1;
process.on('exit', () => {
  console.log(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ''}`);
});

// Whatever a test left open keeps the process alive: it is named, and not waited for.
setTimeout(() => {
  console.error(`Left open by the tests: ${process.getActiveResourcesInfo().join(', ')}`);
  process.exit();
}, 5000).unref();
