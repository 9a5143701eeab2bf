import { expect } from 'chai';
import fc from 'fast-check';
import { add, compare, inBase, isDecimal, multiply, subtract } from '../../src/domain/quantity.js';

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, scale]) => {
    const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
    const sign = digits < 0n ? '-' : '';
    return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
  });

describe('decimal quantities', () => {
  it('add and subtract exactly', () => {
    expect(add('0.1', '0.2')).to.equal('0.3');
    expect(subtract('1', '0.999999999')).to.equal('0.000000001');
    fc.assert(fc.property(decimal, decimal, (a, b) => compare(subtract(add(a, b), b), a) === 0));
  });
  it('are in one order', () => {
    fc.assert(fc.property(decimal, decimal, (a, b) => Math.sign(compare(a, b)) === -Math.sign(compare(b, a))));
    expect(compare('2', '10')).to.be.below(0);
    expect(compare('1.50', '1.5')).to.equal(0);
  });
  it('multiply by unit factors without drift', () => {
    expect(multiply('0.3', '0.001')).to.equal('0.0003');
    expect(inBase('2.5', 'TNE')).to.deep.equal({ quantity: '2500', unit: 'KGM' });
    expect(inBase('7', 'XBX')).to.deep.equal({ quantity: '7', unit: 'XBX' });
  });
  it('are written without exponent', () => {
    for (const wrong of ['1e3', '', '.5', '5.', '0x1', 'NaN', 'Infinity', '１', '1,000', ' 1'])
      expect(isDecimal(wrong), wrong).to.equal(false);
    for (const right of ['0', '-1', '640.5', '000.10']) expect(isDecimal(right), right).to.equal(true);
  });
});
