// Runs dist/scripts/<name>.js with the words that follow, installing and building before when that is needed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { install } from './installed.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
install();
const [name, ...words] = process.argv.slice(2);
const node = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
// What is built goes to the other stream: the script's own output may be JSON.
const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: ['inherit', 2, 2] }).status ?? 1;
process.exitCode = built || node(`dist/scripts/${name}.js`, ...words);
