import { expect } from 'chai';
import { cookieSecret, sameOrigin } from '../../src/accounts/cookie.js';

const url = 'https://trace.example';

describe('who may cause a write with a cookie', () => {
  it('a page of this service, as the browser says', () => {
    expect(sameOrigin({ 'sec-fetch-site': 'same-origin' }, url)).to.equal(true);
    expect(sameOrigin({ 'sec-fetch-site': 'none' }, url)).to.equal(true);
    expect(sameOrigin({ origin: url, host: 'internal:3000' }, url)).to.equal(true);
    expect(sameOrigin({ origin: 'http://192.168.1.20:3000', host: '192.168.1.20:3000' }, url)).to.equal(true);
  });

  it('no other site, no sandboxed frame, no sibling domain', () => {
    expect(sameOrigin({ 'sec-fetch-site': 'cross-site', origin: url }, url)).to.equal(false);
    expect(sameOrigin({ 'sec-fetch-site': 'same-site', origin: url }, url)).to.equal(false);
    expect(sameOrigin({ origin: 'https://evil.example', host: 'trace.example' }, url)).to.equal(false);
    expect(sameOrigin({ origin: 'null', host: 'trace.example' }, url)).to.equal(false);
    expect(sameOrigin({ origin: 'https://trace.example.evil.example', host: 'trace.example' }, url)).to.equal(false);
    expect(sameOrigin({ origin: 'http://192.168.1.20:3001', host: '192.168.1.20:3000' }, url)).to.equal(false);
    expect(sameOrigin({ origin: 'https://evil.example' }, url)).to.equal(false);
  });

  it('what is no browser', () => {
    expect(sameOrigin({ host: 'trace.example' }, url)).to.equal(true);
  });
});

describe('the session cookie', () => {
  it('is found among others and only whole', () => {
    const secret = 'a_-'.repeat(14) + 'z';
    expect(cookieSecret({ cookie: `lang=zh; suyuan=${secret}; x=1` })).to.equal(secret);
    expect(cookieSecret({ cookie: `suyuan=${secret}` })).to.equal(secret);
    expect(cookieSecret({ cookie: `notsuyuan=${secret}` })).to.equal(undefined);
    expect(cookieSecret({})).to.equal(undefined);
  });
});
