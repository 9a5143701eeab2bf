// Builds dist/: types from the schemas, then TypeScript, then what runs in the browser. A line of progress for each step.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
process.chdir(root);

const step = (name, work) => {
  const start = performance.now();
  const result = work();
  const done = () => console.log(`  ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result instanceof Promise ? result.then(done) : done();
};

const files = (dir) => (existsSync(dir) ? readdirSync(dir, { recursive: true }).map((f) => join(dir, String(f))) : []).filter((f) => statSync(f).isFile());

/** The newest change among the sources: a build that is newer is not repeated. */
const newest = () => Math.max(...['src', 'schemas', 'test', 'scripts'].flatMap(files).filter((f) => !f.endsWith('.gen.ts')).concat('package-lock.json', 'tsconfig.json').map((f) => statSync(f).mtimeMs));
const stamp = 'dist/.built';
if (!process.argv.includes('--force') && existsSync(stamp) && Number(readFileSync(stamp, 'utf8')) >= newest()) process.exit(0);
const seen = newest();
console.log('Building:');

await step('types from schemas', async () => {
  const { compile } = await import('json-schema-to-typescript');
  const schemas = files('schemas/records').concat(files('schemas/api')).filter((f) => f.endsWith('.json')).sort();
  const out = ['// Generated from schemas/ by scripts/build.mjs.'];
  for (const file of schemas) {
    const schema = JSON.parse(readFileSync(file, 'utf8'));
    const name = file.replace(/^schemas\//, '').replace(/\.json$/, '').split(/[/-]/).map((w) => w[0].toUpperCase() + w.slice(1)).join('').replace(/^Records/, '').replace(/^Api/, 'Api');
    out.push(await compile({ ...schema, $id: undefined, title: undefined }, name, {
      bannerComment: '', additionalProperties: false, declareExternallyReferenced: true, unreachableDefinitions: false, format: false, ignoreMinAndMaxItems: true,
      $refOptions: { resolve: { schemas: { order: 1, canRead: /.*/, read: ({ url }) => readFileSync(join('schemas', url.replace(/^.*?((records|api|epcis|activities)\/|([^/]+)$)/, '$1')), 'utf8') } } },
    }));
  }
  const text = out.join('\n');
  const target = 'src/types.gen.ts';
  if (!existsSync(target) || readFileSync(target, 'utf8') !== text) writeFileSync(target, text);
});

step('TypeScript', () => {
  const tsc = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.', '--noEmitOnError'], { stdio: 'inherit' });
  if (tsc.status !== 0) process.exit(1);
});

await step('browser code', async () => {
  const entries = files('src/client').filter((f) => /src\/client\/[^/]+\.entry\.ts$/.test(f));
  mkdirSync('dist/assets', { recursive: true });
  for (const f of files('src/pages/assets')) cpSync(f, f.replace('src/pages/assets', 'dist/assets'));
  if (entries.length === 0) return;
  const { build } = await import('esbuild');
  const named = Object.fromEntries(entries.map((f) => [f.replace(/^.*\/|\.entry\.ts$/g, ''), f]));
  await build({ entryPoints: named, outdir: 'dist/assets', bundle: true, minify: true, format: 'iife', target: 'es2020', sourcemap: 'linked', logLevel: 'warning' });
});

writeFileSync(stamp, String(seen));
