// Installs the packages of package-lock.json when node_modules does not already hold exactly them.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';

/** What an npm lock file names, by path. */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};

/** Whether node_modules holds what the lock file asks for; packages for other machines (optional) may be missing. */
export function isInstalled() {
  const found = 'node_modules/.package-lock.json';
  if (!existsSync(found)) return false;
  const wanted = packagesOf('package-lock.json');
  const has = packagesOf(found);
  const same = (path) => has[path]?.version === wanted[path].version && has[path]?.integrity === wanted[path].integrity;
  return (
    Object.keys(wanted).every((path) => path === '' || same(path) || (wanted[path].optional && !has[path])) &&
    Object.keys(has).every((path) => path in wanted)
  );
}

/** Runs `npm ci` when it is needed; exits with its status when it fails. */
export function install() {
  if (isInstalled()) return;
  if (existsSync('node_modules') && lstatSync('node_modules').isSymbolicLink()) {
    console.error('node_modules 是一个链接，且与 package-lock.json 不完全相符。');
    console.error('node_modules is a link, and does not hold just what package-lock.json asks for: it is left as it is.');
    return;
  }
  console.log('Installing packages (npm ci):');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--include=dev', '--no-progress'];
  const done = /\.[cm]?js$/.test(npm ?? '')
    ? spawnSync(process.execPath, [npm, ...args], { stdio: 'inherit' })
    : spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (done.status === 0) return;
  console.error('安装没有成功，见上。 / The packages could not be installed, see above.');
  process.exit(done.status ?? 1);
}
