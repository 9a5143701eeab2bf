import { expect } from 'chai';
import fc from 'fast-check';
import { converted, convertible } from '../../../src/domain/epcis/conversion.js';
import { isUnit } from '../../../src/domain/epcis/units.js';

describe('converted', () => {
  const facts: readonly (readonly [value: number, from: string, to: string, is: number])[] = [
    [78.8, 'FAH', 'CEL', 26],
    [-40, 'CEL', 'FAH', -40],
    [0, 'CEL', 'KEL', 273.15],
    [1, 'LBR', 'KGM', 0.45359237],
    [2500, 'GRM', 'KGM', 2.5],
    [1, 'ATM', 'BAR', 1.01325],
    [1013.25, 'A97', 'KPA', 101.325],
    [1, 'GLL', 'LTR', 3.785411784],
    [90, 'KMH', 'MTS', 25],
    [1, 'HAR', 'MTK', 10_000],
    [1, 'KWH', '3B', 3.6],
    [50, 'P1', 'C62', 0.5],
    [1, 'GQ', 'GP', 0.001],
    [2, 'DZN', 'H87', 24],
    [1, 'DAY', 'HUR', 24],
    [180, 'DD', 'C81', 3.14159265359],
  ];
  for (const [value, from, to, is] of facts)
    it(`${value} ${from} are ${is} ${to}`, () => expect(converted(value, from, to)).to.equal(is));

  it('takes a difference of temperatures without the zero of the scale', () =>
    expect(converted(0.5, 'CEL', 'FAH', true)).to.equal(0.9));
  it('compares no apples with oranges', () => {
    for (const [from, to] of [
      ['CEL', 'KGM'],
      ['LTR', 'KGM'],
      ['A93', 'P1'],
      ['P1', 'GK'],
      ['ZZ', 'KGM'],
    ] as const)
      expect(converted(1, from, to)).to.equal(undefined);
    expect(converted(1, 'ZZ', 'ZZ')).to.equal(1);
  });
  it('knows only codes of the Recommendation, each once', () => {
    expect(convertible.filter((code) => !isUnit(code))).to.deep.equal([]);
    expect(new Set(convertible).size).to.equal(convertible.length);
  });
  it('comes back to where it was', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...convertible),
        fc.constantFrom(...convertible),
        fc.integer({ min: -10_000, max: 10_000 }),
        (from, to, value) => {
          const there = converted(value, from, to);
          if (there === undefined) return;
          const back = converted(there, to, from)!;
          expect(Math.abs(back - value)).to.be.at.most(1e-6 * Math.max(1, Math.abs(value)));
        },
      ),
      { numRuns: 2000 },
    ));
});
