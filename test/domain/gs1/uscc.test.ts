import { expect } from 'chai';
import { organisationCodeFault, usccFault } from '../../../src/domain/gs1/uscc.js';

describe('unified social credit codes', () => {
  for (const code of ['91350100M000100Y43', '91510500204706718H', '91440300708461136T']) {
    it(`takes ${code}`, () => expect(usccFault(code)).to.equal(undefined));
  }

  it('refuses letters that the standard leaves out', () => {
    expect(usccFault('91350100M000100Y4Z')?.zh).to.include('18 位');
    expect(usccFault('91510500204706718h')?.en).to.include('capital letters');
    expect(usccFault('')?.en).to.include('18');
  });

  it('finds every single wrong character, at any place', () => {
    const code = '91510500204706718H';
    for (let i = 0; i < 18; i++) {
      for (const c of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        const changed = code.slice(0, i) + c + code.slice(i + 1);
        expect(usccFault(changed) === undefined, changed).to.equal(changed === code);
      }
    }
  });

  it('names the check character of the organisation code inside', () => {
    // The last character is right for these 17; the organisation code among them is not.
    expect(usccFault('91510500204706720R')).to.deep.equal({
      zh: '第 9 至 17 位：组织机构代码校验码应为 6，不是 0',
      en: "positions 9 to 17: the organisation code's check character should be 6, not 0",
    });
  });

  it('checks organisation codes of their own', () => {
    expect(organisationCodeFault('20470671-8')).to.equal(undefined);
    expect(organisationCodeFault('204706718')).to.equal(undefined);
    expect(organisationCodeFault('204706719')?.en).to.include('should be 8');
    expect(organisationCodeFault('2047')?.zh).to.include('8 位');
  });
});
