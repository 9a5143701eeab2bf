import { expect } from 'chai';
import { requirementFaults } from '../../../src/domain/gs1/applicationIdentifiers.js';
import { buildDigitalLink, parseDigitalLink, pathOf, uriOfPath } from '../../../src/domain/gs1/digitalLink.js';
import { GS1Error, isFaulty } from '../../../src/domain/gs1/gs1Error.js';

const gtin = { ai: '01', value: '09520123456788' };
const faultsOf = (uri: string) => {
  const link = parseDigitalLink(uri);
  return isFaulty(link) ? link.faults.map((f) => f.message.en) : [];
};

describe('Digital Links', () => {
  it('keep the stem, the prefix path and foreign parameters apart', () => {
    expect(
      parseDigitalLink('https://example.com/a/01/b/01/09520123456788/?linkType=gs1%3Apip;3103=000195&flag&x=1'),
    ).to.deep.equal({
      stem: 'https://example.com/a/01/b',
      keys: [gtin],
      attributes: [{ ai: '3103', value: '000195' }],
      parameters: 'linkType=gs1%3Apip&flag&x=1',
    });
  });

  it('read a value that looks like a key as a value', () => {
    expect(parseDigitalLink('https://example.com/01/09520123456788/10/00/21/414')).to.have.deep.property('keys', [
      gtin,
      { ai: '10', value: '00' },
      { ai: '21', value: '414' },
    ]);
  });

  it('refuse in the query string what belongs in the path, contradicts, or is twice there', () => {
    const base = 'https://example.com/01/09520123456788';
    expect(faultsOf(`${base}?10=A`)).to.deep.equal(['(10) must not be in the query string']);
    expect(faultsOf(`${base}?8200=x`)).to.deep.equal(['(8200) must not be in the query string']);
    expect(faultsOf(`${base}?37=5`)).to.deep.equal(['(01) and (37) must not be on one item']);
    expect(faultsOf(`${base}?99=A&99=B`)).to.deep.equal(['(99) is there twice with different values']);
    expect(faultsOf(`${base}?99=A&99=A`)).to.deep.equal([]);
    expect(faultsOf(`${base}?3103=195`)).to.deep.equal(['(3103) NET WEIGHT (kg) is too short (6 characters are needed)']);
    expect(faultsOf(`${base}?89=X`)).to.deep.equal(['(89) is not a GS1 application identifier']);
    expect(faultsOf(`${base}?01=09520123456771`)).to.deep.equal(['(01) is there twice with different values']);
  });

  it('are built with any base', () => {
    const lot = { ai: '10', value: 'A+B' };
    expect(buildDigitalLink([lot, gtin], { base: 'https://example.com/x/' })).to.equal(
      'https://example.com/x/01/09520123456788/10/A%2BB',
    );
    expect(buildDigitalLink([gtin], { attributes: [{ ai: '99', value: 'A&B' }] })).to.equal(
      'https://id.gs1.org/01/09520123456788?99=A%26B',
    );
    expect(() => buildDigitalLink([lot])).to.throw(GS1Error, 'no GS1 primary key');
    expect(() => buildDigitalLink([{ ai: '01', value: '1' }])).to.throw(GS1Error, 'too short');
  });

  it('have a path on every resolver', () => {
    expect(pathOf('https://id.gs1.org/01/09520123456788/10/A%2fB')).to.equal('/01/09520123456788/10/A%2FB');
    expect(uriOfPath('/01/09520123456788/10/A%2fB')).to.equal('https://id.gs1.org/01/09520123456788/10/A%2FB');
    expect(uriOfPath('01/09520123456788/')).to.equal('https://id.gs1.org/01/09520123456788');
    expect(() => pathOf('urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6')).to.throw(GS1Error);
    expect(() => uriOfPath('/about')).to.throw(GS1Error);
  });
});

describe('application identifiers that need each other', () => {
  it('are asked of an item as a whole', () => {
    expect(requirementFaults([gtin, { ai: '3103', value: '000195' }])).to.deep.equal([]);
    expect(requirementFaults([{ ai: '10', value: 'A' }]).map((f) => f.message.en)).to.deep.equal([
      '(10) needs (01) or (02) or (03) or (8006) or (8026) on the same item',
    ]);
    expect(requirementFaults([gtin, { ai: '3933', value: '1562000' }])).to.have.length(1);
    expect(requirementFaults([gtin, { ai: '250', value: 'X' }, { ai: '21', value: 'S' }])).to.deep.equal([]);
  });
});
