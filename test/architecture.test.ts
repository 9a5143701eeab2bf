import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect } from 'chai';

/** Who may import whom (src/README.md): a room and the rooms or files that it may reach, besides itself. */
const table: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  ledger: ['domain', 'store/port', 'store/collections', 'accounts/account'],
  'store/sqlite': ['store/port', 'store/collections', 'domain'],
  store: ['domain'],
  queries: ['domain', 'store/port', 'store/collections'],
  pages: ['domain', 'queries', 'accounts/account', 'accounts/scope'],
  accounts: ['domain', 'store/port', 'store/collections'],
  jobs: ['domain', 'store/port', 'store/collections', 'ledger'],
  client: ['domain', 'ledger'],
  http: [
    'domain',
    'ledger',
    'queries',
    'accounts',
    'jobs',
    'pages',
    'store/port',
    'store/collections',
    'errors',
    'log',
    'id',
    'app',
    'config',
    'route',
    'schemas',
  ],
};
const pure = ['domain', 'client'];

const root = 'src';
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (f) => /\.tsx?$/.test(f) && !f.endsWith('.gen.ts') && statSync(join(root, f)).isFile(),
);
const roomOf = (file: string): string | undefined =>
  Object.keys(table)
    .sort((a, b) => b.length - a.length)
    .find((room) => file.startsWith(`${room}/`));

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((m) => m[1] as string);

describe('the house', () => {
  it('keeps to its table of imports', () => {
    const wrong: string[] = [];
    for (const file of sources) {
      const room = roomOf(file);
      if (room === undefined) continue;
      // Types made from the schemas are everybody's: they are the contract, and no code.
      const allowed = [room, 'types.gen', ...(table[room] ?? [])];
      for (const imported of importsOf(file)) {
        if (!imported.startsWith('.')) continue;
        const target = normalize(join(dirname(file), imported)).replace(/\.js$/, '');
        if (!allowed.some((a) => target === a || target.startsWith(`${a}/`))) wrong.push(`${file} -> ${target}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('keeps its pure rooms pure: no Node, no clock, no chance', () => {
    const wrong: string[] = [];
    for (const file of sources.filter((f) => pure.some((room) => f.startsWith(`${room}/`)))) {
      const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      for (const imported of importsOf(file)) if (imported.startsWith('node:')) wrong.push(`${file} imports ${imported}`);
      for (const impure of file.startsWith('client/') ? [] : ['Date.now(', 'new Date()', 'Math.random(', 'process.'])
        if (text.includes(impure)) wrong.push(`${file} uses ${impure}`);
    }
    expect(wrong).to.deep.equal([]);
  });

  it('has no default exports and no barrels', () => {
    const wrong = sources.filter((f) => {
      const text = readFileSync(join(root, f), 'utf8');
      return /^export default/m.test(text) || /^export \* from/m.test(text);
    });
    expect(wrong).to.deep.equal([]);
  });
});
