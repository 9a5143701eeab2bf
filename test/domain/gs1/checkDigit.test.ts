import { expect } from 'chai';
import { checkDigit, checkPair, hasCheckDigit } from '../../../src/domain/gs1/checkDigit.js';

describe('GS1 check digits', () => {
  it('are those of published keys', () => {
    expect(checkDigit('629104150021')).to.equal('3');
    expect(checkDigit('37610425002123456')).to.equal('9');
    expect(checkDigit('9638507')).to.equal('4');
    for (const key of ['96385074', '614141007349', '6291041500213', '09506000134352', '376104250021234569']) {
      expect(hasCheckDigit(key), key).to.equal(true);
    }
  });

  it('betray every single wrong digit', () => {
    const key = '6291041500213';
    for (let i = 0; i < key.length; i++) {
      for (let d = 0; d < 10; d++) {
        const changed = key.slice(0, i) + d + key.slice(i + 1);
        expect(hasCheckDigit(changed), changed).to.equal(changed === key);
      }
    }
  });

  it('do not stand alone', () => {
    expect(hasCheckDigit('0')).to.equal(false);
    expect(hasCheckDigit('')).to.equal(false);
  });

  it('come as a pair for alphanumeric keys', () => {
    expect(checkPair('1987654Ad4X4bL5ttr2310c')).to.equal('2K');
    expect(checkPair('12345678901234567890123')).to.equal('NT');
  });
});
