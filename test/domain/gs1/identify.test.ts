import { expect } from 'chai';
import { GS1Error, isFaulty } from '../../../src/domain/gs1/gs1Error.js';
import { canonical, identify, type IdentifierKind, isLot, labelText } from '../../../src/domain/gs1/identify.js';

const lot = 'https://id.gs1.org/01/09520123456788/10/ABC';
const faultsOf = (text: string) => {
  const found = identify(text);
  return isFaulty(found) ? found.faults.map((f) => f.message.en) : [];
};

describe('identify', () => {
  for (const text of [
    lot,
    'http://id.gs1.org/01/09520123456788/10/ABC',
    'https://Trace.Example.COM/01/09520123456788/10/ABC',
    'https://example.com/some/where/01/09520123456788/10/ABC/',
    'https://example.com/01/09520123456788/10/%41BC#top',
    'https://example.com:8080/01/09520123456788/10/ABC?linkType=gs1:pip&17=261231',
    'urn:epc:class:lgtin:9520123.045678.ABC',
    '(01)09520123456788(10)ABC',
    '(10)ABC(01)09520123456788',
    '(01)09520123456788(17)261231(10)ABC',
    ']d2010952012345678810ABC',
    ']C101095201234567881726123110ABC',
    ` ${lot}\n`,
  ]) {
    it(`finds the same lot in ${JSON.stringify(text)}`, () => {
      expect(identify(text)).to.include({ uri: lot, kind: 'class' });
      expect(identify(text)).to.have.deep.property('keys', [
        { ai: '01', value: '09520123456788' },
        { ai: '10', value: 'ABC' },
      ]);
    });
  }

  it('keeps what else the code said apart from the identity', () => {
    expect(identify('https://example.com/01/09520123456788/10/ABC?17=261231&utm=x&99=A%2BB')).to.have.deep.property(
      'attributes',
      [
        { ai: '17', value: '261231' },
        { ai: '99', value: 'A+B' },
      ],
    );
  });

  const kinds: Record<string, IdentifierKind> = {
    '/01/09520123456788': 'product',
    '/01/09520123456788/22/V1': 'product',
    '/01/09520123456788/10/A': 'class',
    '/01/09520123456788/22/V1/10/A': 'class',
    '/01/09520123456788/21/A': 'instance',
    '/01/09520123456788/10/A/21/B': 'instance',
    '/01/09520123456788/235/T': 'instance',
    '/00/106141412345678908': 'unit',
    '/253/0614141123452400': 'document',
    '/255/401234567890104711': 'document',
    '/401/0614141xyz': 'document',
    '/402/06141411234567890': 'document',
    '/414/0614141123452': 'place',
    '/414/0614141123452/254/9': 'place',
    '/415/0614141123452/8020/R': 'document',
    '/417/1234567890128': 'party',
    '/8003/00614141123452400': 'asset',
    '/8004/061414112345400': 'asset',
    '/8006/040123451234560102': 'product',
    '/8006/040123451234560102/10/L': 'class',
    '/8006/040123451234560102/21/987': 'instance',
    '/8010/0614141123ABC': 'product',
    '/8010/0614141123ABC/8011/1': 'instance',
    '/8013/1987654Ad4X4bL5ttr2310c2K': 'product',
    '/8017/061414112345678902': 'party',
    '/8018/061414112345678902': 'party',
  };
  for (const [path, kind] of Object.entries(kinds)) {
    it(`calls ${path} a ${kind}`, () => {
      const uri = `https://id.gs1.org${path}`;
      expect(identify(uri)).to.include({ uri, kind });
      expect(isLot(uri)).to.equal(kind === 'class' || kind === 'instance' || kind === 'unit');
    });
  }

  it('takes bare numbers by their length', () => {
    expect(canonical('96385074')).to.equal('https://id.gs1.org/01/00000096385074');
    expect(canonical('614141007349')).to.equal('https://id.gs1.org/01/00614141007349');
    expect(canonical('6291041500213')).to.equal('https://id.gs1.org/01/06291041500213');
    expect(canonical('09506000134352')).to.equal('https://id.gs1.org/01/09506000134352');
    expect(canonical('106141412345678908')).to.equal('https://id.gs1.org/00/106141412345678908');
    expect(faultsOf('6291041500214')).to.deep.equal(['the check digit of the GTIN-13 6291041500214 is wrong (should be 3)']);
    expect(faultsOf('12345')).to.deep.equal(['is neither a GS1 identifier nor an absolute URI']);
  });

  it('keeps other URIs, normalised', () => {
    const other = {
      'urn:jaif:id:obj:37SUN321456789A111222333AB+123456789012': 'urn:jaif:id:obj:37SUN321456789A111222333AB+123456789012',
      'URN:UUID:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6': 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
      'HTTPS://Example.COM:443/a/./b/../%7euser/%e6?q=%2f#X': 'https://example.com/a/~user/%E6?q=%2F#X',
      'http://example.com': 'http://example.com/',
      'https://www.w3.org/2000/01/rdf-schema#': 'https://www.w3.org/2000/01/rdf-schema#',
      'https://example.com/2024/01/15': 'https://example.com/2024/01/15',
      'https://example.com/批次/1': 'https://example.com/%E6%89%B9%E6%AC%A1/1',
      'mailto:a@example.com': 'mailto:a@example.com',
    };
    for (const [text, uri] of Object.entries(other))
      expect(identify(text), text).to.deep.equal({ uri, kind: 'other', keys: [], attributes: [] });
  });

  it('knows our own names of parties and places', () => {
    expect(identify('urn:suyuan:uscc:91350100M000100Y43')).to.include({ kind: 'party' });
    expect(identify('urn:suyuan:party:0190a5c8-0000-7000-8000-000000000000')).to.include({ kind: 'party' });
    expect(identify('urn:suyuan:place:0190a5c8-0000-7000-8000-000000000000')).to.include({ kind: 'place' });
  });

  it('names the application identifier and the reason, all of them', () => {
    expect(faultsOf('https://id.gs1.org/01/09520123456789/10/A%20B?17=261341')).to.deep.equal([
      '(01) GTIN has a wrong check digit (should be 8)',
      '(10) BATCH/LOT has a character outside GS1 character set 82',
      '(17) USE BY or EXPIRY has a month that does not exist',
    ]);
    expect(faultsOf('https://id.gs1.org/01/9520123456788')).to.deep.equal(['(01) GTIN is too short (14 characters are needed)']);
    expect(faultsOf('https://id.gs1.org/8003/00614141123453400')).to.deep.equal([
      '(8003) GRAI has a wrong check digit (should be 2)',
    ]);
    expect(faultsOf('(01)09520123456788(10)ABCDEFGHIJKLMNOPQRSTU')).to.deep.equal([
      '(10) BATCH/LOT is too long (1 to 20 characters are needed)',
    ]);
    expect(faultsOf('https://id.gs1.org/01/09520123456788/21/S/10/L')).to.deep.equal([
      '(01) does not take the qualifiers (21), (10) in this order',
    ]);
    const found = identify('https://id.gs1.org/01/09520123456789');
    expect(isFaulty(found) && found.faults[0]).to.deep.equal({
      pointer: '',
      message: { zh: '(01) 全球贸易项目代码：校验码不对（应为 8）', en: '(01) GTIN has a wrong check digit (should be 8)' },
    });
  });

  for (const text of [
    '',
    'hello',
    'https://',
    'https://id.gs1.org/',
    'https://id.gs1.org/about',
    'https://id.gs1.org/01/09520123456788/10',
    'https://id.gs1.org/01/09520123456788/10/',
    'https://example.com/01/6291041500213',
    'https://example.com/a b',
    'https://example.com/%zz',
    'javascript:',
    'urn:epc',
    'urn:x:y',
    '(99)X',
    '(0)1',
    '(01)09520123456788(10)',
    '(01)09520123456788(1234)5',
    '(01)09520123456788(10)A(10)B',
    '(01)09520123456788(37)5',
    ']d2',
    ']d2ZZ',
    '\ud800:x',
    'x:\u0000',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(faultsOf(text)).not.to.deep.equal([]);
      expect(() => canonical(text)).to.throw(GS1Error);
      expect(isLot(text)).to.equal(false);
    });
  }

  it('writes the text under a bar code', () => {
    expect(labelText('https://example.com/01/09520123456788/10/A%2FB')).to.equal('(01)09520123456788(10)A/B');
    expect(labelText('urn:epc:id:sscc:0614141.1234567890')).to.equal('(00)106141412345678908');
    expect(labelText('urn:example:1')).to.equal('urn:example:1');
  });

  it('takes time in proportion to the text', () => {
    const start = performance.now();
    for (const filler of ['/', '(', '%', ' ', '\\(', '(01', '/01/', '&', '1'])
      identify(`https://example.com${filler.repeat(50_000)}x`);
    for (const filler of ['(01)', '\\(', ']', '\x1d', ' ']) identify(`(01)${filler.repeat(50_000)}x`);
    expect(performance.now() - start).to.be.lessThan(3000);
  });
});
