import { expect } from 'chai';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { jcs } from '../../src/domain/jcs.js';

describe('JSON in canonical form (RFC 8785)', () => {
  it('writes the example of RFC 8785 section 3.2.2', () => {
    const example = {
      numbers: JSON.parse('[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]') as number[],
      string: '\u20ac$\u000f\u000aA\'\u0042\u0022\u005c\\"\u002f',
      literals: [null, true, false],
    };
    expect(jcs(example)).to.equal(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts names by their UTF-16 units, whole numbers among them (RFC 8785 section 3.2.3)', () => {
    expect(
      jcs({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7, '10': 8, '9': 9 }),
    ).to.equal('{"\\r":2,"1":4,"10":8,"9":9,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('is what the reference implementation writes, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' }), (value) => {
        const text = jcs(value as never);
        expect(text).to.equal(canonicalize(value));
        expect(JSON.parse(text)).to.deep.equal(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('leaves undefined members out, and refuses what has no form', () => {
    expect(jcs({ a: undefined, b: 1 } as never)).to.equal('{"b":1}');
    for (const wrong of [Number.NaN, Infinity, '\ud800', { '\udc00': 1 }, [undefined], 1n, () => 1])
      expect(() => jcs(wrong as never)).to.throw(RangeError);
  });
});
