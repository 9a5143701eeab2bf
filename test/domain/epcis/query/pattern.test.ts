import { expect } from 'chai';
import fc from 'fast-check';
import { thingOf } from '../../../../src/domain/epcis/identifier.js';
import { type EpcPattern, fits, parsePattern } from '../../../../src/domain/epcis/query/pattern.js';

const pattern = (text: string): EpcPattern => {
  const found = parsePattern(text);
  if ('zh' in found) throw new Error(found.en);
  return found;
};
const meets = (text: string, epc: string): boolean => fits(thingOf(epc), pattern(text));
const jar = 'urn:epc:id:sgtin:4012345.011111.9876';

describe('EPC patterns', () => {
  const yes: readonly (readonly [pattern: string, epc: string])[] = [
    [jar, 'https://id.gs1.org/01/04012345111118/21/9876'],
    ['https://shop.example.com/01/04012345111118/10/A/21/9876', jar],
    ['urn:epc:idpat:sgtin:4012345.011111.*', jar],
    ['urn:epc:idpat:sgtin:4012345.011111.*', 'https://id.gs1.org/01/04012345111118'],
    ['urn:epc:idpat:sgtin:4012345.*.*', 'https://id.gs1.org/01/04012345111118/21/9876'],
    ['urn:epc:idpat:sgtin:*.*.*', jar],
    ['urn:epc:idpat:lgtin:4012345.011111.*', 'https://id.gs1.org/01/04012345111118/10/L1'],
    ['urn:epc:idpat:sscc:4012345.*', 'urn:epc:id:sscc:4012345.0111111111'],
    ['urn:epc:idpat:sgln:4012345.00011.*', 'https://id.gs1.org/414/4012345000115/254/7'],
    ['urn:epc:idpat:sgln:4012345.00011.*', 'https://id.gs1.org/414/4012345000115'],
    ['urn:epc:idpat:grai:4012345.55555.*', 'urn:epc:id:grai:4012345.55555.987'],
    ['urn:epc:idpat:grai:4012345.*.*', 'urn:epc:id:grai:4012345.55555.987'],
    ['urn:epc:idpat:giai:4012345.*', 'urn:epc:id:giai:4012345.probe1'],
    ['urn:epc:idpat:gid:95100000.*.*', 'urn:epc:id:gid:95100000.12345.400'],
    ['urn:epc:pat:sgtin-96:*.4012345.011111.*', jar],
    ['urn:epc:pat:sgtin-96:*.4012345.011111.[9000-9999]', jar],
    ['urn:epc:pat:gid-96:95100000.*.*', 'urn:epc:id:gid:95100000.12345.400'],
  ];
  for (const [text, epc] of yes) it(`${text} means ${epc}`, () => expect(meets(text, epc)).to.equal(true));
  const no: readonly (readonly [pattern: string, epc: string])[] = [
    // A serial number may be a star.
    ['urn:epc:id:sgtin:4012345.011111.*', jar],
    [jar, 'https://id.gs1.org/01/04012345111118'],
    ['urn:epc:idpat:sgtin:4012345.011111.*', 'https://id.gs1.org/01/04012345111118/10/L1'],
    ['urn:epc:idpat:sgtin:4012345.011112.*', jar],
    ['urn:epc:idpat:sgtin:401234.*.*', 'https://id.gs1.org/01/00614141123452/21/1'],
    ['urn:epc:idpat:sgtin:*.*.*', 'urn:epc:id:sscc:4012345.0111111111'],
    ['urn:epc:idpat:grai:4012345.55555.*', 'urn:epc:id:giai:4012345.probe1'],
    ['urn:epc:idpat:giai:4012346.*', 'urn:epc:id:giai:4012345.probe1'],
    ['urn:epc:idpat:gid:9510000.*.*', 'urn:epc:id:gid:95100000.12345.400'],
    ['urn:epc:pat:sgtin-96:*.4012345.011111.[1-9000]', jar],
    ['urn:epc:pat:sgtin-96:*.4012345.011111.[1-9999]', 'urn:epc:id:sgtin:4012345.011111.A7'],
  ];
  for (const [text, epc] of no) it(`${text} does not mean ${epc}`, () => expect(meets(text, epc)).to.equal(false));

  it('takes a star for each component of any SGTIN from the right', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 9 }),
        fc.stringMatching(/^[1-9A-Z][0-9A-Z]{0,9}$/),
        (item, indicator, serial) => {
          const reference = `${indicator}${String(item).padStart(5, '0')}`;
          const epc = `urn:epc:id:sgtin:4012345.${reference}.${serial}`;
          for (const stars of [`4012345.${reference}.*`, '4012345.*.*', '*.*.*'])
            expect(meets(`urn:epc:idpat:sgtin:${stars}`, epc)).to.equal(true);
          expect(meets(`urn:epc:idpat:sgtin:4012346.${reference}.*`, epc)).to.equal(false);
        },
      ),
    ));

  it('never runs what it is given, and answers it at once', () => {
    for (const text of [
      '(a+)+$',
      '^.*$',
      'urn:epc:idpat:sgtin:(.*)+',
      `urn:epc:idpat:${'a'.repeat(4000)}:*`,
      '[',
      'urn:epc:pat:sgtin-96:[0-9]',
    ])
      expect(() => parsePattern(text)).not.to.throw();
    expect(fits('https://id.gs1.org/01/04012345111118', pattern('https://example.org/.*'))).to.equal(false);
  });
});
