import { expect } from 'chai';
import fc from 'fast-check';
import { type Link, linkFaults, linkTypeIri } from '../../../src/domain/gs1/link.js';
import {
  ancestors,
  choices,
  defaultLink,
  type Level,
  linkset,
  linksetHeader,
  linksetText,
  resolve,
  safeQuery,
  type Wanted,
  withQuery,
} from '../../../src/domain/gs1/linkset.js';

const page: Link = {
  rel: 'gs1:pip',
  href: 'https://example.com/zh',
  title: '产品页',
  hreflang: ['zh-CN'],
  type: 'text/html',
  isDefault: true,
};
const english: Link = { rel: 'gs1:pip', href: 'https://example.com/en', title: 'Product', hreflang: ['en'], type: 'text/html' };
const data: Link = { rel: 'gs1:pip', href: 'https://example.com/data', title: 'Data', type: 'application/ld+json' };
const trace: Link = { rel: 'gs1:traceability', href: 'https://example.com/trace', title: 'Trace' };
const clinic: Link = {
  rel: 'gs1:traceability',
  href: 'https://example.com/clinic',
  title: 'Trace for clinics',
  context: ['clinic'],
};
const recall: Link = { rel: 'gs1:recallStatus', href: 'https://example.com/recall', title: 'Recall' };

const lot: Level = { anchor: 'https://id.gs1.org/01/09520123456788/10/A', links: [trace, clinic] };
const product: Level = {
  anchor: 'https://id.gs1.org/01/09520123456788',
  description: '猕猴桃',
  links: [english, page, data, recall],
};

const follow = (levels: readonly Level[], wanted: Wanted) => {
  const found = resolve(levels, wanted);
  return found.kind === 'follow' ? found.link : found.kind;
};

describe('a resolver', () => {
  it('follows the one default link where nothing is asked for', () => {
    expect(follow([product], {})).to.equal(page);
    expect(defaultLink(product.links)).to.equal(page);
    expect(defaultLink([trace, english])).to.equal(english);
    expect(defaultLink([trace])).to.equal(trace);
    expect(follow([lot, product], {})).to.equal(trace);
  });

  it('takes the variant of the default that fits the request', () => {
    expect(follow([product], { acceptLanguage: 'en-GB,en;q=0.8' })).to.equal(english);
    expect(follow([product], { acceptLanguage: 'zh' })).to.equal(page);
    expect(follow([product], { acceptLanguage: 'fr, zh-TW;q=0.1' })).to.equal(data);
    expect(follow([product], { accept: 'application/ld+json' })).to.equal(data);
    expect(follow([product], { accept: 'text/html, */*;q=0.1', acceptLanguage: 'en' })).to.equal(english);
    expect(follow([product], { acceptLanguage: 'en;q=0, *;q=0.5' })).to.equal(page);
    expect(follow([product], { acceptLanguage: ';;q=x,,', accept: '/;q' })).not.to.equal('missing');
  });

  it('finds a link type by CURIE or IRI, of either vocabulary address, and walks up the qualifiers for it', () => {
    expect(follow([lot, product], { linkType: 'gs1:recallStatus' })).to.equal(recall);
    expect(follow([lot, product], { linkType: 'https://gs1.org/voc/recallStatus' })).to.equal(recall);
    expect(follow([lot, product], { linkType: 'https://ref.gs1.org/voc/recallStatus' })).to.equal(recall);
    expect(follow([lot, product], { linkType: 'gs1:pip', acceptLanguage: 'en' })).to.equal(english);
    expect(linkTypeIri('related')).to.equal('related');
  });

  it('says so when there is none of the type, or nothing at all', () => {
    expect(follow([lot, product], { linkType: 'gs1:epcis' })).to.equal('missing');
    expect(follow([{ ...lot, links: [] }], {})).to.equal('missing');
    expect(follow([], { linkType: 'linkset' })).to.equal('missing');
  });

  it('prefers a link made for the context, and keeps it from others', () => {
    expect(follow([lot], { linkType: 'gs1:traceability', context: 'clinic' })).to.equal(clinic);
    expect(follow([lot], { linkType: 'gs1:traceability' })).to.equal(trace);
    expect(follow([lot], { linkType: 'gs1:traceability', context: 'shop' })).to.equal(trace);
  });

  it('offers a choice between equals of which none is the default', () => {
    const second: Link = { ...recall, href: 'https://example.com/recall2' };
    const found = resolve([{ ...product, links: [page, recall, second] }], { linkType: 'gs1:recallStatus' });
    expect(found).to.deep.equal({ kind: 'choose', links: [recall, second] });
    expect(follow([{ ...product, links: [page, recall, { ...recall }] }], { linkType: 'gs1:recallStatus' })).to.equal(recall);
  });

  it('gives the linkset to whom it is for', () => {
    for (const wanted of [
      { linkType: 'linkset' },
      { linkType: 'all' },
      { accept: 'application/linkset+json' },
      { accept: 'text/html;q=0.5, application/linkset+json; q=0.9' },
    ]) {
      expect(resolve([product], wanted)).to.deep.equal({ kind: 'linkset' });
    }
    expect(follow([product], { linkType: 'gs1:recallStatus', accept: 'application/linkset+json' })).to.equal(recall);
    expect(follow([product], { accept: 'application/linkset-like' })).not.to.equal('linkset');
  });

  it('writes a linkset with one default link for each level', () => {
    expect(linkset([lot, { anchor: 'https://id.gs1.org/01/1', links: [] }, product])).to.deep.equal({
      linkset: [
        {
          anchor: lot.anchor,
          'https://gs1.org/voc/defaultLink': [{ href: trace.href, title: 'Trace' }],
          'https://gs1.org/voc/defaultLinkMulti': [
            { href: trace.href, title: 'Trace' },
            { href: clinic.href, title: 'Trace for clinics', context: ['clinic'] },
          ],
          'https://gs1.org/voc/traceability': [
            { href: trace.href, title: 'Trace' },
            { href: clinic.href, title: 'Trace for clinics', context: ['clinic'] },
          ],
        },
        {
          anchor: product.anchor,
          description: '猕猴桃',
          'https://gs1.org/voc/defaultLink': [{ href: page.href, title: '产品页' }],
          'https://gs1.org/voc/defaultLinkMulti': [
            { href: english.href, title: 'Product', type: 'text/html', hreflang: ['en'] },
            { href: page.href, title: '产品页', type: 'text/html', hreflang: ['zh-CN'] },
            { href: data.href, title: 'Data', type: 'application/ld+json' },
          ],
          'https://gs1.org/voc/pip': [
            { href: english.href, title: 'Product', type: 'text/html', hreflang: ['en'] },
            { href: page.href, title: '产品页', type: 'text/html', hreflang: ['zh-CN'] },
            { href: data.href, title: 'Data', type: 'application/ld+json' },
          ],
          'https://gs1.org/voc/recallStatus': [{ href: recall.href, title: 'Recall' }],
        },
      ],
    });
  });

  it('knows the way up from an identifier', () => {
    const keys = [
      { ai: '01', value: '09520123456788' },
      { ai: '10', value: 'A/B' },
      { ai: '21', value: '7' },
    ];
    expect(ancestors(keys)).to.deep.equal([
      'https://id.gs1.org/01/09520123456788/10/A%2FB/21/7',
      'https://id.gs1.org/01/09520123456788/10/A%2FB',
      'https://id.gs1.org/01/09520123456788',
    ]);
  });

  it('passes the query string on, and points to the linkset', () => {
    expect(withQuery('https://example.com/a', '')).to.equal('https://example.com/a');
    expect(withQuery('https://example.com/a#b', '17=261231')).to.equal('https://example.com/a?17=261231#b');
    expect(withQuery('https://example.com/a?x=1#b?c', 'y=2')).to.equal('https://example.com/a?x=1&y=2#b?c');
    expect(withQuery('https://example.com/a?', 'y=2')).to.equal('https://example.com/a?y=2');
    expect(linksetHeader('https://example.com/01/09520123456788?17=261231')).to.equal(
      '<https://example.com/01/09520123456788?linkType=linkset>; rel="linkset"; type="application/linkset+json"',
    );
  });

  it('keeps a default that has no variants, whatever is registered under its type', () => {
    const ours: Link = { ...page, only: true };
    const french: Link = { ...page, href: 'https://example.com/fr', hreflang: ['fr'], isDefault: false };
    const levels = [{ ...product, links: [ours, french] }];
    expect(follow(levels, { acceptLanguage: 'fr' })).to.equal(ours);
    expect(follow(levels, { linkType: 'gs1:defaultLink', acceptLanguage: 'fr' })).to.equal(ours);
    expect(follow(levels, { linkType: 'gs1:pip', acceptLanguage: 'fr' })).to.equal(french);
    expect(JSON.stringify(linkset(levels))).to.not.include('defaultLinkMulti');
  });

  it('gives what was registered before a fallback, and the page before its data', () => {
    const own: Link = { ...trace, href: 'https://example.com/own', type: 'text/html', fallback: true };
    const ownData: Link = { ...own, href: 'https://example.com/api', type: 'application/json', lesser: true };
    const wanted = { linkType: 'gs1:traceability', accept: '*/*' };
    expect(follow([{ ...lot, links: [own, ownData] }], wanted)).to.equal(own);
    expect(follow([{ ...lot, links: [own, ownData] }], { ...wanted, accept: 'application/json' })).to.equal(ownData);
    expect(follow([{ ...lot, links: [own, ownData, trace] }], wanted)).to.equal(trace);
    expect(
      follow(
        [
          { ...lot, links: [own] },
          { ...product, links: [trace] },
        ],
        wanted,
      ),
    ).to.equal(own);
  });

  it('writes the same as lines of a Link header', () => {
    const text = linksetText([
      {
        anchor: lot.anchor,
        links: [
          { ...page, title: '产品"页' },
          { ...trace, title: 'a "b" \\ c' },
        ],
      },
    ]);
    expect(text.split(',\n')).to.deep.equal([
      `<${page.href}>; rel="https://gs1.org/voc/defaultLink"; anchor="${lot.anchor}"; title*=UTF-8''%E4%BA%A7%E5%93%81%22%E9%A1%B5`,
      `<${page.href}>; rel="https://gs1.org/voc/pip"; anchor="${lot.anchor}"; title*=UTF-8''%E4%BA%A7%E5%93%81%22%E9%A1%B5; type="text/html"; hreflang="zh-CN"`,
      `<${trace.href}>; rel="https://gs1.org/voc/traceability"; anchor="${lot.anchor}"; title="a \\"b\\" \\\\ c"`,
    ]);
  });

  it('lists what is left to choose from under its own type alone', () => {
    expect(choices(lot.anchor, [recall, { ...recall, href: 'https://example.com/2' }])).to.deep.equal({
      linkset: [
        {
          anchor: lot.anchor,
          'https://gs1.org/voc/recallStatus': [
            { href: recall.href, title: 'Recall' },
            { href: 'https://example.com/2', title: 'Recall' },
          ],
        },
      ],
    });
  });

  it('encodes what may not stand in a query string and leaves the rest', () => {
    expect(safeQuery('17=261231;3103=000189&a=%2F%e4')).to.equal('17=261231;3103=000189&a=%2F%e4');
    expect(safeQuery('a="<b>\r\n#\\ ^`{|}%zz%')).to.equal('a=%22%3Cb%3E%0D%0A%23%5C%20%5E%60%7B%7C%7D%25zz%25');
    expect(safeQuery('a=\u00c3\u00a9&b=中\ud800')).to.equal('a=%C3%A9&b=%E4%B8%AD%EF%BF%BD');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true, withQueryParameters: true }), (query, href) => {
        const safe = safeQuery(query);
        expect(safe)
          .to.match(/^[!-~]*$/)
          .and.not.match(/[#<>"\\^`{|}]/);
        expect(safeQuery(safe)).to.equal(safe);
        expect(new URL(withQuery(href, safe)).host).to.equal(new URL(href).host);
      }),
    );
  });

  it('takes only links that lead somewhere safe, and says what is wrong with others', () => {
    for (const link of [
      page,
      english,
      data,
      trace,
      clinic,
      { ...recall, rel: 'https://example.com/rel/x' },
      { ...recall, rel: 'related' },
    ]) {
      expect(linkFaults(link)).to.deep.equal([]);
    }
    const wrong = {
      rel: ['', 'anchor', '__proto__', 'gs1:', 'https://a b/', 'x:y'],
      href: [
        '',
        'http://example.com/',
        'javascript:alert(1)',
        '//example.com',
        'https://user@example.com/',
        'https://',
        'https://a b/',
      ],
      title: ['', '  '],
      type: ['html', 'text/html; x'],
    };
    for (const [field, values] of Object.entries(wrong)) {
      for (const value of values) {
        expect(
          linkFaults({ ...recall, [field]: value }).map((f) => f.pointer),
          `${field} ${value}`,
        ).to.deep.equal([`/${field}`]);
      }
    }
    expect(linkFaults({ ...recall, hreflang: ['zh', 'z_h'] }).map((f) => f.pointer)).to.deep.equal(['/hreflang/1']);
  });
});
