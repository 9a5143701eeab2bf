import { expect } from 'chai';
import { tables, type Words } from '../../src/pages/messages.js';

/** Latin letters that a Chinese text may hold: names of standards, marks and file formats. */
const latinInChinese =
  /^(EPCIS|GS1|GTIN|GLN|SSCC|JSON|CSV|XLSX|PDF|QR|SHA|sha|A4|API|English|ZPL|PNG|SVG|EAN|FSMA|EUDR|ISO|GB|pH|kg|URL|Digital|Link|O|I|l|x|mm|min|KB|MB|localhost)$/;
const values = ['1', '2', '3', '4'] as never[];
const said = (word: string | ((...given: never[]) => string)) => (typeof word === 'function' ? word(...values) : word);

describe('the words of the pages', () => {
  const all: [string, Words[string]][] = Object.entries(tables as Record<string, Words>).flatMap(([area, words]) =>
    Object.entries(words).map(([key, word]): [string, Words[string]] => [`${area}.${key}`, word]),
  );

  it('are there in both languages, the Chinese in Chinese and the English in English', () => {
    expect(all.length).to.be.greaterThan(20);
    for (const [key, word] of all) {
      const zh = said(word.zh);
      const en = said(word.en);
      expect(zh.trim(), `${key} zh`).to.not.equal('');
      expect(en.trim(), `${key} en`).to.not.equal('');
      expect(en, `${key} en holds Chinese`).to.not.match(/\p{Script=Han}/u);
      for (const latin of zh.match(/[A-Za-z]{2,}/g) ?? [])
        expect(latin, `${key} zh holds English: ${zh}`).to.match(latinInChinese);
    }
  });

  it('take the same values in both languages', () => {
    for (const [key, { zh, en }] of all) {
      expect(typeof zh, key).to.equal(typeof en);
      if (typeof zh === 'function' && typeof en === 'function') expect(zh.length, key).to.equal(en.length);
    }
  });

  it('keep the voice: no praise, no exclamation marks, no please, no claim of safety', () => {
    for (const [key, word] of all)
      expect(said(word.zh) + said(word.en), key).to.not.match(
        /[!！]|请您|温馨|放心|绝对安全|\bplease\b|\bsafe\b|counterfeit|假货/i,
      );
  });
});
