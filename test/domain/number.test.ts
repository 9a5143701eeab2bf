import { expect } from 'chai';
import fc from 'fast-check';
import { foldNumber, meant, numberOf } from '../../src/domain/number.js';

describe('the number on a label', () => {
  it('is the serial, else the lot, else the SSCC', () => {
    expect(numberOf('https://id.gs1.org/01/09520131000102/10/pj-1')).to.equal('PJ-1');
    expect(numberOf('https://id.gs1.org/01/09520131000102/21/0427')).to.equal('0427');
    expect(numberOf('https://id.gs1.org/00/006141411234567890')).to.equal('006141411234567890');
    expect(numberOf('https://id.gs1.org/01/09520131000102')).to.equal(undefined);
    expect(numberOf('urn:example:x')).to.equal(undefined);
    expect(foldNumber(' pj 261018a3 ')).to.equal('PJ261018A3');
  });

  const known = ['PJ261018A3', 'PJ261019A3', 'DB260912-07'];
  it('that was misread is guessed when one lot is meant', () => {
    expect(meant('PJ261O18A3', known)).to.equal('PJ261018A3');
    expect(meant('db26091207', known)).to.equal('DB260912-07');
    expect(meant('PJ261081A3', known)).to.equal('PJ261018A3');
    expect(meant('PJ26108A3', ['PJ261018A3'])).to.equal('PJ261018A3');
  });
  it('is not guessed when several are as near, or none is', () => {
    expect(meant('PJ26101XA3', known)).to.equal(undefined);
    expect(meant('XX999', known)).to.equal(undefined);
    expect(meant('A1', ['A2'])).to.equal(undefined);
  });
  it('finds itself and any single slip', () => {
    const lot = fc.stringMatching(/^[A-Z0-9]{6,16}$/);
    fc.assert(fc.property(lot, (text) => meant(text, [text]) === text));
    fc.assert(
      fc.property(
        lot,
        fc.nat(),
        (text, n) => meant(text.slice(0, n % text.length) + text.slice((n % text.length) + 1), [text]) === text,
      ),
    );
  });
});
