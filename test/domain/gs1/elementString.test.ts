import { expect } from 'chai';
import { barcodeData, elementString, looksLikeElementString, parseElementString } from '../../../src/domain/gs1/elementString.js';

const keys = [
  { ai: '01', value: '09520123456788' },
  { ai: '10', value: 'L(1' },
  { ai: '17', value: '261231' },
  { ai: '21', value: 'A(10)B' },
];

describe('element strings', () => {
  it('are read as people and as scanners see them', () => {
    expect(elementString(keys)).to.equal('(01)09520123456788(10)L(1(17)261231(21)A\\(10)B');
    expect(parseElementString(elementString(keys))).to.deep.equal(keys);
    expect(barcodeData(keys)).to.equal('010952012345678810L(1\x1d1726123121A(10)B');
    for (const prefix of ['', ']C1', ']e0', ']d2', ']Q3', ']J1', '\x1d']) {
      expect(parseElementString(prefix + barcodeData(keys))).to.deep.equal(keys);
    }
  });

  it('say where an application identifier is missing', () => {
    expect(parseElementString(']C1010952012345678889X')).to.have.nested.property('faults[0].message.en').that.includes('89X');
  });

  it('are told from other texts', () => {
    expect(['(01)1', ']C101', '\x1d01'].map(looksLikeElementString)).to.deep.equal([true, true, true]);
    expect(['(a)', '01095', 'urn:x:y', '(1)2'].map(looksLikeElementString)).to.deep.equal([false, false, false, false]);
  });
});
