import { expect } from 'chai';
import fc from 'fast-check';
import { linkOf, type Registered, registeredFaults, standingOf } from '../../../src/domain/gs1/registered.js';

const host = 'trace.example.cn';
const link: Registered = {
  anchor: 'https://id.gs1.org/01/09520131000102',
  type: 'gs1:recipeInfo',
  href: 'https://farm.example.com/recipes?x=1#top',
  title: { zh: '菜谱', en: 'Recipes' },
};
const faultsOf = (more: Partial<Registered>): string[] =>
  registeredFaults({ ...link, ...more }, host).map(({ pointer }) => pointer);

describe('a link that a party registers', () => {
  it('is taken with everything it may say', () => {
    expect(faultsOf({})).to.deep.equal([]);
    const full = { hreflang: ['zh-CN', 'en'], media: 'text/html', context: ['CN'], from: '2026-01-01T00:00:00+08:00' };
    expect(faultsOf({ ...full, until: '2027-01-01T00:00:00+08:00' })).to.deep.equal([]);
    for (const href of ['https://例子.中国/a', 'https://a.b.example.org:8443/', 'https://xn--fsqu00a.xn--fiqs8s/'])
      expect(faultsOf({ href }), href).to.deep.equal([]);
  });

  it('leads to public https hosts alone, and not to this service', () => {
    for (const href of [
      'http://farm.example.com/',
      'javascript:alert(1)',
      'data:text/html,x',
      '//farm.example.com/',
      'https:farm.example.com',
      'https:///farm.example.com',
      'https://user:pass@farm.example.com/',
      'https://farm.example.com\\@evil.example/',
      'https://farm.example.com/a b',
      'https://farm.example.com/\r\nset-cookie: a=b',
      'https://localhost/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://0x7f.1/',
      'https://1.2.3.0x4/',
      'https://printer.local/',
      'https://db.internal/',
      'https://intranet/',
      `https://${host}/01/09520131000102`,
      `https://${host.toUpperCase()}:443/`,
      `https://${host}./`,
      `https://trace%2Eexample%2Ecn/`,
    ])
      expect(faultsOf({ href }), href).to.deep.equal(['/href']);
  });

  it('names the field that is wrong', () => {
    expect(faultsOf({ type: 'gs1:defaultLink' })).to.deep.equal(['/type']);
    expect(faultsOf({ type: 'https://gs1.org/voc/defaultLinkMulti' })).to.deep.equal(['/type']);
    for (const type of ['linkset', 'all', 'anchor', 'x:y', 'gs1:', 'ftp://a'])
      expect(faultsOf({ type }), type).to.deep.equal(['/type']);
    expect(faultsOf({ media: 'web page' })).to.deep.equal(['/media']);
    expect(faultsOf({ hreflang: ['zh', 'english!'] })).to.deep.equal(['/hreflang/1']);
    expect(faultsOf({ title: { zh: '  ' } })).to.deep.equal(['/title']);
    expect(faultsOf({ title: { zh: '菜谱', en: ' ' } })).to.deep.equal(['/title/en']);
    expect(faultsOf({ from: '2026-02-01T00:00:00Z', until: '2026-02-01T08:00:00+08:00' })).to.deep.equal(['/until']);
  });

  it('is in force from its beginning until its end, unless withdrawn', () => {
    const timed = { ...link, from: '2026-01-01T00:00:00Z', until: '2026-02-01T00:00:00Z' };
    const at = (time: string, one: Registered = timed) => standingOf(one, Date.parse(time));
    expect(at('2025-12-31T23:59:59.999Z')).to.equal('not-yet');
    expect(at('2026-01-01T00:00:00Z')).to.equal('in-force');
    expect(at('2026-01-31T23:59:59.999Z')).to.equal('in-force');
    expect(at('2026-02-01T00:00:00Z')).to.equal('ended');
    expect(at('2026-01-15T00:00:00Z', { ...timed, withdrawn: true })).to.equal('withdrawn');
    expect(at('1990-01-01T00:00:00Z', link)).to.equal('in-force');
  });

  it('has its title in the reader’s language, else in Chinese', () => {
    expect(linkOf(link, 'en').title).to.equal('Recipes');
    expect(linkOf({ ...link, title: { zh: '菜谱' } }, 'en').title).to.equal('菜谱');
  });

  it('that is taken always has a host that a browser reads as the same public one', () => {
    const part = fc.string({ unit: fc.constantFrom(...'ab.-_0x1:/@\\?#%[]é中'.split('')), maxLength: 14 });
    fc.assert(
      fc.property(part, part, (a, b) => {
        const href = `https://${a}${b}`;
        if (faultsOf({ href }).length > 0 || !URL.canParse(href)) return;
        const read = new URL(href);
        expect([read.protocol, read.username, read.password]).to.deep.equal(['https:', '', '']);
        expect(read.hostname).to.match(/\.[^.]*[^.\d][^.]*\.?$/);
      }),
      { numRuns: 3000 },
    );
  });
});
