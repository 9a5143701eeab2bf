import { expect } from 'chai';
import { companyPrefixLength, fromUrn, toUrn } from '../../../src/domain/gs1/epcUrn.js';
import { GS1Error } from '../../../src/domain/gs1/gs1Error.js';
import { canonical, identify } from '../../../src/domain/gs1/identify.js';

/** Pairs as TDS 2.0 section 6.3 gives them, company prefixes of 7 digits. */
const pairs: readonly (readonly [string, string])[] = [
  ['urn:epc:id:sgtin:0614141.112345.400', '/01/10614141123459/21/400'],
  ['urn:epc:class:lgtin:4012345.012345.998877', '/01/04012345123456/10/998877'],
  ['urn:epc:id:sscc:0614141.1234567890', '/00/106141412345678908'],
  ['urn:epc:id:sgln:0614141.12345.400', '/414/0614141123452/254/400'],
  ['urn:epc:id:sgln:0614141.12345.0', '/414/0614141123452'],
  ['urn:epc:id:pgln:1234567.89012', '/417/1234567890128'],
  ['urn:epc:id:grai:0614141.12345.400', '/8003/00614141123452400'],
  ['urn:epc:id:giai:0614141.12345400', '/8004/061414112345400'],
  ['urn:epc:id:gsrn:0614141.1234567890', '/8018/061414112345678902'],
  ['urn:epc:id:gsrnp:0614141.1234567890', '/8017/061414112345678902'],
  ['urn:epc:id:gdti:0614141.12345.400', '/253/0614141123452400'],
  ['urn:epc:id:cpi:0614141.123ABC.123456789', '/8010/0614141123ABC/8011/123456789'],
  ['urn:epc:id:cpi:0614141.5%23%2F8.1', '/8010/06141415%23%2F8/8011/1'],
  ['urn:epc:id:sgcn:4012345.67890.04711', '/255/401234567890104711'],
  ['urn:epc:id:ginc:0614141.xyz47%2F11', '/401/0614141xyz47%2F11'],
  ['urn:epc:id:gsin:0614141.123456789', '/402/06141411234567890'],
  ['urn:epc:id:itip:4012345.012345.01.02.987', '/8006/040123451234560102/21/987'],
  ["urn:epc:id:upui:1234567.089456.51qIgY)%3C%26Jp3*j7'SDB", '/01/01234567894560/235/51qIgY%29%3C%26Jp3%2Aj7%27SDB'],
  ['urn:epc:idpat:sgtin:4012345.066666.*', '/01/04012345666663'],
  ['urn:epc:idpat:grai:4012345.66666.*', '/8003/04012345666663'],
  ['urn:epc:idpat:gdti:4012345.55555.*', '/253/4012345555554'],
  ['urn:epc:idpat:sgcn:4012345.99999.*', '/255/4012345999990'],
  ['urn:epc:idpat:cpi:4012345.ABC.*', '/8010/4012345ABC'],
  ['urn:epc:idpat:itip:4012345.012345.01.02.*', '/8006/040123451234560102'],
];

describe('EPC URNs', () => {
  for (const [urn, path] of pairs) {
    it(`${urn} is ${path}, both ways`, () => {
      const uri = `https://id.gs1.org${path}`;
      expect(fromUrn(urn)).to.equal(uri);
      expect(canonical(urn)).to.equal(uri);
      expect(toUrn(uri, 7)).to.equal(urn);
      expect(companyPrefixLength(urn)).to.equal(7);
    });
  }

  it('keeps dots in a serial number', () => {
    expect(fromUrn('urn:epc:id:sgtin:4012345.011111.a.b')).to.equal('https://id.gs1.org/01/04012345111118/21/a.b');
  });

  it('takes the scheme in any case, and company prefixes of other lengths', () => {
    expect(fromUrn('URN:EPC:id:sgln:952005385.011.ts4711')).to.equal('https://id.gs1.org/414/9520053850113/254/ts4711');
    expect(toUrn('https://id.gs1.org/414/9520053850113/254/ts4711', 9)).to.equal('urn:epc:id:sgln:952005385.011.ts4711');
    expect(fromUrn('urn:epc:id:sgln:952005385011..0')).to.equal('https://id.gs1.org/414/9520053850113');
  });

  it('translates links of any domain', () => {
    expect(toUrn('https://example.org/scan/8004/401234599999/', 7)).to.equal('urn:epc:id:giai:4012345.99999');
  });

  for (const urn of [
    'urn:epc:id:gid:95100000.12345.400',
    'urn:epc:id:usdod:CJ294.32767',
    'urn:epc:id:adi:2S194..12345678901',
    'urn:epc:id:bic:CSQU3054383',
    'urn:epc:id:imovn:9176187',
    'urn:epc:tag:sgtin-96:3.0614141.112345.400',
    'urn:epc:raw:96.x123456',
    'urn:epc:idpat:sgtin:0614141.*.*',
    'urn:epc:idpat:sgtin:*',
    'urn:epc:idpat:sgln:0614141.12345.*',
  ]) {
    it(`passes ${urn} unchanged`, () => {
      expect(fromUrn(urn)).to.equal(urn);
      expect(identify(urn)).to.include({ uri: urn, kind: 'other' });
      expect(toUrn(urn, 7)).to.equal(urn);
    });
  }

  for (const path of ['/01/04012345123456/22/V1', '/8013/1987654Ad4X4bL5ttr2310c2K', '/8018/061414112345678902/8019/1']) {
    it(`has no URN for ${path}`, () => {
      expect(toUrn(`https://id.gs1.org${path}`, 7)).to.equal(`https://id.gs1.org${path}`);
    });
  }

  it('leaves out what the URN has no room for beside a serial number', () => {
    expect(toUrn('https://id.gs1.org/01/04012345123456/22/V1/10/L/21/S', 7)).to.equal('urn:epc:id:sgtin:4012345.012345.S');
  });

  for (const urn of [
    'urn:epc:id:sgtin:0614141.12345.400',
    'urn:epc:id:sgtin:0614141.112345',
    'urn:epc:id:sgtin:0614141.112345.',
    'urn:epc:id:sgtin:0614141.112345.a b',
    'urn:epc:id:sgtin:06141A1.112345.1',
    'urn:epc:id:sgtin:0614141.112345.123456789012345678901',
    'urn:epc:id:sscc:0614141.123456789',
    'urn:epc:id:giai:0614141.',
    'urn:epc:id:sgcn:4012345.67890.A',
    'urn:epc:id:itip:4012345.012345.03.02.987',
  ]) {
    it(`refuses ${urn}`, () => {
      expect(() => fromUrn(urn)).to.throw(GS1Error);
      expect(identify(urn)).to.have.property('faults').with.length.greaterThan(0);
    });
  }

  it('refuses a prefix length that the key cannot have, and a malformed link', () => {
    for (const length of [0, 3, 13, 7.5, Number.NaN]) {
      expect(() => toUrn('https://id.gs1.org/01/10614141123459/21/400', length), String(length)).to.throw(
        GS1Error,
        'company prefix',
      );
    }
    expect(() => toUrn('https://id.gs1.org/8004/12345', 7)).to.throw(GS1Error, 'company prefix of 7');
    expect(() => toUrn('https://id.gs1.org/01/10614141123458/21/400', 7)).to.throw(GS1Error, 'check digit');
    expect(toUrn('https://example.org/2024/01/15', 7)).to.equal('https://example.org/2024/01/15');
  });
});
