import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { settingsTable } from '../../src/cli/settings.js';

describe('README.md', () => {
  it('has the table of settings as the program has it', function () {
    if (!existsSync('README.md')) {
      console.log('      (skipped: README.md is not written yet)');
      this.skip();
    }
    const rows = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('| `--'))
        .map((line) => line.split('|').map((cell) => cell.trim()));
    expect(rows(readFileSync('README.md', 'utf8'))).to.deep.equal(rows(settingsTable()));
  });
});
