import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { catalogue } from '../src/errors.js';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((f) => /\.tsx?$/.test(f) && f !== 'errors.ts')
  .map((f) => readFileSync(join('src', f), 'utf8'))
  .join('\n');

describe('the catalogue of errors', () => {
  for (const [code, { status, zh, en }] of Object.entries(catalogue)) {
    it(`${code} is thrown somewhere, has a status and both languages`, () => {
      expect(sources.includes(`'${code}'`), 'never thrown').to.equal(true);
      expect(status).to.be.within(400, 599);
      expect(zh).to.match(/[\u4e00-\u9fff]/);
      expect(en).to.match(/^[A-Z]/);
    });
  }
});
