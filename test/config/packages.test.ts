import { expect } from 'chai';
import { readFileSync } from 'node:fs';

interface Package {
  readonly version?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

describe('package-lock.json', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Package> };

  it('names every package that another one asks for, those for other machines too, or `npm ci` refuses it', () => {
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => {
        for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
          if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in packages) return false;
          if (at === '') return true;
        }
      }),
    );
    expect(missing).to.deep.equal([]);
  });

  it('names no host, and a version of each', () => {
    for (const [path, { version, resolved }] of Object.entries(packages)) {
      expect(resolved, path).to.equal(undefined);
      expect(version, path).to.match(/^\d+\.\d+\.\d+/);
    }
  });
});
