import { expect } from 'chai';
import { langOf, langSwitch } from '../../src/http/lang.js';

describe('the language of an answer', () => {
  it('is what was chosen, else what the browser prefers, else Chinese', () => {
    expect(langOf({})).to.equal('zh');
    expect(langOf({ 'accept-language': 'en-GB,en;q=0.9,zh;q=0.8' })).to.equal('en');
    expect(langOf({ 'accept-language': 'fr, en;q=0.4, zh-Hans-CN;q=0.5' })).to.equal('zh');
    expect(langOf({ 'accept-language': 'en;q=0, fr' })).to.equal('zh');
    expect(langOf({ 'accept-language': 'en', cookie: 'a=1; lang=zh' })).to.equal('zh');
    expect(langOf({ 'accept-language': 'zh', cookie: 'lang=en; a=1' })).to.equal('en');
    expect(langOf({ cookie: 'lang=xx' })).to.equal('zh');
  });

  it('is switched by the address, which comes back without the wish', () => {
    const answer = langSwitch('/01/09520123456788/10/A%2FB?x=1&lang=en&y=2');
    expect(answer?.status).to.equal(303);
    expect(answer?.headers?.['location']).to.equal('/01/09520123456788/10/A%2FB?x=1&y=2');
    expect(answer?.headers?.['set-cookie']).to.match(/^lang=en; /);
    expect(langSwitch('/?lang=zh')?.headers?.['location']).to.equal('/');
    expect(langSwitch('/?lang=zh')?.headers?.['location']).to.equal('/');
    expect(langSwitch('//elsewhere.example/?lang=zh')?.headers?.['location']).to.equal('/elsewhere.example/');
    expect(langSwitch('/?lang=fr')).to.equal(undefined);
    expect(langSwitch('/')).to.equal(undefined);
  });
});
