import { expect } from 'chai';
import fc from 'fast-check';
import { createServer, request as rawRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { farmOf, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

const base = 'http://suyuan.test';
const product = '/01/09520131000102';
const crop = `${product}/10/2026`;
const voc = (name: string): string => `https://gs1.org/voc/${name}`;
const html = 'text/html,application/xhtml+xml,*/*;q=0.8';
interface Target {
  readonly href: string;
  readonly title: string;
  readonly hreflang?: string[];
}
type Context = Record<string, Target[]> & { anchor: string };

describe('the resolver', () => {
  let service: Service;
  let farm: Farm;
  let owner: Caller;
  const get = (path: string, headers: Record<string, string> = {}) => service.anyone.get(path).set(headers);
  const register = async (more: object): Promise<string> => {
    const body = {
      anchor: base + product,
      type: 'gs1:recipeInfo',
      href: 'https://farm.example.com/r',
      title: { zh: '菜谱' },
      ...more,
    };
    const answer = await owner.post('/api/links').send(body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body.id as string;
  };
  const linksetOf = async (path: string, headers = {}): Promise<Context[]> =>
    JSON.parse(
      (
        await get(path, { accept: 'application/linkset+json', ...headers })
          .buffer(true)
          .expect(200)
      ).text,
    ).linkset;

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    owner = await service.as('producer', { party: farm.uri });
  });
  after(() => service.close());

  it('opens the page where no link type is asked for, and says where the linkset is', async () => {
    for (const path of [crop, `${crop}/`, product]) {
      const page = await get(path, { accept: html }).expect(200).expect('content-type', /html/);
      const bare = path.replace(/\/$/, '');
      expect(page.headers.link).to.equal(`<${base}${bare}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`);
      expect(page.headers['access-control-allow-origin']).to.equal('*');
      expect(page.headers['access-control-expose-headers']).to.match(/Link/);
    }
    await get(`${crop}?linkType=`, { accept: html }).expect(200);
  });

  it('gives the linkset without a redirect, by link type or by media type', async () => {
    for (const [query, accept] of [
      ['?linkType=linkset', '*/*'],
      ['?linkType=all', 'application/json'],
      ['', 'application/linkset+json'],
    ] as const) {
      const answer = await get(crop + query, { accept })
        .buffer(true)
        .expect(200);
      expect(answer.headers['content-type']).to.match(/^application\/(linkset\+)?json/);
      expect(answer.headers.link).to.include('rel="linkset"').and.include('json-ld#context');
      const [lot, whole] = JSON.parse(answer.text).linkset as [Context, Context];
      expect([lot.anchor, whole.anchor]).to.deep.equal([farm.crop, farm.product]);
      for (const context of [lot, whole]) {
        expect(context[voc('defaultLink')]).to.have.length(1);
        expect(context).to.not.have.property(voc('defaultLinkMulti'));
      }
      expect(lot[voc('defaultLink')]?.[0]).to.deep.equal({ href: base + crop, title: '溯源页' });
      expect(Object.keys(lot)).to.include.members([voc('pip'), voc('traceability'), voc('recallStatus')]);
    }
    const text = await get(crop, { accept: 'application/linkset' }).buffer(true).expect(200);
    expect(text.headers['content-type']).to.match(/^application\/linkset$/);
    expect(text.text).to.include(`<${base}${crop}>; rel="${voc('defaultLink')}"; anchor="${farm.crop}"`);
    const people = await get(`${crop}?linkType=linkset`, { accept: html, 'accept-language': 'en' }).expect(200);
    expect(people.text).to.include('Links of this code').and.include(`href="${base}${crop}"`);
    const linked = await get(`${crop}?linkType=linkset`, { accept: 'application/ld+json' }).buffer(true).expect(200);
    expect(JSON.parse(linked.text)['@context']).to.equal('https://ref.gs1.org/standards/resolver/linkset-context');
  });

  it('leads to our own pages for the types that need no registration, page or data as asked', async () => {
    for (const [type, page, api] of [
      ['pip', crop, undefined],
      ['traceability', `${crop}#j`, `/api/items${crop}?view=history`],
      ['recallStatus', `${crop}#answer`, `/api/items${crop}`],
    ] as const) {
      for (const rel of [`gs1:${type}`, voc(type), `https://ref.gs1.org/voc/${type}`]) {
        const answer = await get(crop, { accept: html }).query({ linkType: rel }).expect(307);
        expect(answer.headers.location, rel).to.equal(base + page);
        await get(page.replace(/#.*/, ''), { accept: html }).expect(200);
      }
      if (api === undefined) continue;
      const data = await get(crop, { accept: 'application/json' })
        .query({ linkType: `gs1:${type}` })
        .expect(307);
      expect(data.headers.location).to.equal(base + api);
      await get(api).expect(200);
    }
  });

  it('links to the standard’s query interface', async () => {
    const [lot] = await linksetOf(crop);
    expect(lot?.[voc('epcis')]).to.have.length(1);
    const { location } = (await get(`${crop}?linkType=gs1:epcis`).expect(307)).headers;
    const answer = await owner.get((location as string).slice(base.length)).expect(200);
    expect(JSON.stringify(answer.body)).to.include('/10/2026');
  });

  it('serves tests and certificates only where there are any', async () => {
    await get(`${crop}?linkType=gs1:certificationInfo`).expect(404);
    const tested = await owner.post('/api/activities/test').send({
      lots: [{ lot: farm.crop }],
      kind: 'residue',
      result: 'pass',
      laboratory: farm.uri,
      report: 'R-1',
    });
    expect(tested.status, JSON.stringify(tested.body)).to.equal(201);
    const answer = await get(`${crop}?linkType=gs1:certificationInfo`, { accept: html }).expect(307);
    expect(answer.headers.location).to.equal(`${base}${crop}#t`);
    expect((await get(crop, { accept: html })).text).to.include('id="t"');
  });

  it('follows what the owner registered, walks up the qualifiers, and passes the whole query on', async () => {
    await register({});
    for (const path of [product, `${product}/`, crop, `${crop}/21/7`, `${product}/10/UNKNOWN`]) {
      const answer = await get(`${path}?linkType=gs1:recipeInfo&17=261231&x=a%2Fb&x=2`).expect(307);
      expect(answer.headers.location, path).to.equal('https://farm.example.com/r?linkType=gs1:recipeInfo&17=261231&x=a%2Fb&x=2');
      expect(answer.headers.link).to.include('rel="linkset"');
      expect(answer.headers.vary).to.match(/accept-language/i);
    }
    const own = await get(`${crop}?17=261231&linkType=gs1:pip&context=a&y`, { accept: html }).expect(307);
    expect(own.headers.location).to.equal(`${base}${crop}?17=261231&y`);
    expect((await get(`${crop}?link%54ype=gs1:pip`, { accept: html }).expect(307)).headers.location).to.equal(base + crop);
  });

  it('answers 404 for a type that nobody has, in words, and for what nobody knows', async () => {
    const none = await get(`${crop}?linkType=gs1:jobInfo`, { accept: 'application/json' }).expect(404);
    expect(none.body.detail).to.include('gs1:jobInfo');
    expect(none.headers.link).to.include('rel="linkset"');
    await get('/01/09520131000201?linkType=linkset').expect(404);
    await get('/01/09520131000201?linkType=gs1:pip').expect(404);
    const unknown = await get(`${product}/10/NOPE`, { accept: html }).expect(404);
    expect(unknown.headers.link).to.include('rel="linkset"');
    expect((await get('/01/09520131000201', { accept: html }).expect(404)).headers).to.not.have.property('link');
  });

  it('answers 400 for bad syntax, in the path and in the query string', async () => {
    for (const path of [
      '/01/09520131000103?linkType=linkset',
      '/01/9520131000102?linkType=linkset',
      `${product}/21/1/10/A?linkType=linkset`,
      `${product}/17/261231`,
      `${product}?17=261341`,
      `${crop}?21=x&linkType=gs1:pip`,
      `${crop}?linkType=linkset&at=yesterday`,
    ])
      await get(path, { accept: 'application/linkset+json' }).expect(400);
    await get(`${product}?utm_source=x&9=1&abc`, { accept: html }).expect(200);
  });

  it('chooses by language, media type and context, and offers what it cannot tell apart', async () => {
    const type = 'gs1:instructions';
    const link = (href: string, more: object) => register({ type, href: `https://farm.example.com/${href}`, ...more });
    await link('zh', { hreflang: ['zh'], media: 'text/html' });
    await link('en', { hreflang: ['en'], media: 'text/html' });
    await link('pdf', { hreflang: ['en'], media: 'application/pdf' });
    const to = async (headers: Record<string, string>, query = '') =>
      (await get(`${crop}?linkType=${type}${query}`, headers).expect(307)).headers.location
        ?.replace(/\?.*/, '')
        .split('/')
        .at(-1);
    expect(await to({ 'accept-language': 'zh-CN,zh;q=0.9', accept: html })).to.equal('zh');
    expect(await to({ 'accept-language': 'en-GB', accept: html })).to.equal('en');
    expect(await to({ 'accept-language': 'en', accept: 'application/pdf' })).to.equal('pdf');
    await link('cn', { context: ['CN'], hreflang: ['zh'], media: 'text/html' });
    expect(await to({ 'accept-language': 'en', accept: html }, '&context=CN')).to.equal('cn');
    expect(await to({ 'accept-language': 'zh', accept: html }, '&context=DE')).to.equal('zh');

    await register({ type: 'gs1:support', href: 'https://a.example.com/', title: { zh: '甲<b>', en: 'A<b>' } });
    await register({ type: 'gs1:support', href: 'https://b.example.com/', title: { zh: '乙', en: 'B' } });
    const data = await get(`${crop}?linkType=gs1:support`)
      .buffer(true)
      .expect(300)
      .expect('content-type', /linkset\+json/);
    expect(data.headers).to.not.have.property('location');
    expect(JSON.parse(data.text).linkset[0][voc('support')].map(({ href }: Target) => href)).to.deep.equal([
      'https://a.example.com/',
      'https://b.example.com/',
    ]);
    const page = await get(`${crop}?linkType=gs1:support`, { accept: 'text/html', 'accept-language': 'en' }).expect(300);
    expect(page.text).to.include('A&lt;b>').and.include('href="https://b.example.com/"').and.not.include('A<b>');
  });

  it('keeps the page with the verdict as the default, whatever is registered as product page', async () => {
    await register({ type: 'gs1:pip', href: 'https://farm.example.com/fr', hreflang: ['fr'], media: 'text/html' });
    await register({ anchor: farm.crop, type: 'gs1:recallStatus', href: 'https://farm.example.com/fine', hreflang: ['fr'] });
    await get(product, { accept: html, 'accept-language': 'fr' }).expect(200);
    const fr = await get(`${product}?linkType=gs1:defaultLink`, { accept: html, 'accept-language': 'fr' }).expect(307);
    expect(fr.headers.location).to.equal(base + product);
    const pip = await get(`${product}?linkType=gs1:pip`, { accept: html, 'accept-language': 'fr' }).expect(307);
    expect(pip.headers.location).to.match(/^https:\/\/farm\.example\.com\/fr\?/);
    const recall = await get(`${crop}?linkType=gs1:recallStatus`, { accept: html, 'accept-language': 'zh' }).expect(307);
    expect(recall.headers.location).to.equal(`${base}${crop}#answer`);
  });

  it('shows the linkset of the past, and follows only what holds now', async () => {
    const then = service.now;
    const id = await register({ type: 'gs1:hasRetailers', href: 'https://shop.example.com/' });
    await register({ type: 'gs1:socialMedia', href: 'https://s.example.com/', until: new Date(then + 60_000).toISOString() });
    await register({ type: 'gs1:review', href: 'https://v.example.com/', from: new Date(then + 60_000).toISOString() });
    await get(`${product}?linkType=gs1:socialMedia`).expect(307);
    await get(`${product}?linkType=gs1:review`).expect(404);
    service.now += 120_000;
    const said = { anchor: farm.product, type: 'gs1:hasRetailers', href: 'https://shop.example.com/', title: { zh: '哪里买' } };
    await owner
      .post('/api/links')
      .send({ id, ...said, withdrawn: true })
      .expect(201);
    await get(`${product}?linkType=gs1:hasRetailers`).expect(404);
    await get(`${product}?linkType=gs1:socialMedia`).expect(404);
    await get(`${product}?linkType=gs1:review`).expect(307);
    const at = new Date(then + 1).toISOString();
    await get(`${product}?linkType=gs1:hasRetailers&at=${at}`).expect(404);
    const [past] = await linksetOf(`${product}?at=${encodeURIComponent(at)}`);
    const [now] = await linksetOf(product);
    const types = (context: Context | undefined, ...names: string[]) => names.map((name) => voc(name) in (context ?? {}));
    expect(types(past, 'hasRetailers', 'socialMedia', 'review')).to.deep.equal([true, true, false]);
    expect(types(now, 'hasRetailers', 'socialMedia', 'review')).to.deep.equal([false, false, true]);
  });

  it('answers HEAD as GET and OPTIONS with what is allowed, to any origin', async () => {
    const head = await service.anyone.head(`${crop}?linkType=gs1:pip`).set('accept', html).expect(307);
    expect(head.headers.location).to.equal(base + crop);
    const set = await service.anyone.head(`${crop}?linkType=linkset`).expect(200);
    expect(Number(set.headers['content-length'])).to.be.above(100);
    expect(set.text ?? '').to.equal('');
    const options = await service.anyone.options(crop).set('origin', 'https://app.example.com').expect(204);
    expect(options.headers.allow).to.equal('GET, HEAD, OPTIONS');
    expect(options.headers['access-control-allow-origin']).to.equal('*');
    await service.anyone.post(crop).expect(405);
    await service.anyone.delete(`${crop}?linkType=linkset`).expect(405);
  });

  it('describes itself', async () => {
    const { body } = await get('/.well-known/gs1resolver').expect(200).expect('content-type', /json/);
    expect(body).to.include({ resolverRoot: base, linkTypeDefaultCanBeLinkset: false });
    expect(body.supportedPrimaryKeys).to.deep.equal(['all']);
    expect(body.supportedLinkType).to.deep.include({ namespace: 'https://gs1.org/voc/', prefix: 'gs1:' });
  });

  describe('under rubbish', () => {
    let server: Server;
    before((done) => {
      server = createServer(service.server).listen(0, '127.0.0.1', done);
    });
    after((done) => {
      server.close(done);
    });
    const raw = (path: string, accept: string) =>
      new Promise<{ status: number; location?: string }>((resolve, reject) => {
        const { port } = server.address() as AddressInfo;
        rawRequest({ host: '127.0.0.1', port, path, headers: { accept }, agent: false }, (answer) => {
          answer.resume();
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, location: answer.headers.location }));
        })
          .on('error', reject)
          .end();
      });

    it('answers every path and query in 2xx to 4xx, and redirects to itself and to registered hosts alone', async function () {
      this.timeout(60_000);
      const unit = fc.constantFrom(
        ...'/?&=;:@%.#"<>\\|{}^`[]~+-_!$\'()*,AZaz019',
        '%2F',
        '%00',
        '%0D%0A',
        '//',
        '/10/',
        '/21/',
        'linkType=',
        'gs1:',
        'https://evil.example',
        '\u00e9',
        '\u00ff',
      );
      const types = fc.constantFrom(
        'gs1:pip',
        'gs1:recipeInfo',
        'gs1:support',
        'linkset',
        'gs1:traceability',
        'https://evil.example/',
      );
      const hosts = ['suyuan.test', 'farm.example.com'];
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(product, crop, '/01', '/00', '/414', '//evil.example/01/09520131000102', '/\\evil.example'),
          fc.string({ unit, maxLength: 20 }),
          types,
          fc.string({ unit, maxLength: 20 }),
          async (start, path, type, query) => {
            const asked = `${start}${path.replaceAll(/[?#]/g, '')}?linkType=${type}&${query}`;
            const { status, location } = await raw(asked, 'text/html');
            expect(status, asked).to.be.within(200, 499);
            if (location === undefined) return;
            expect(location, asked).to.match(/^[!-~]+$/);
            expect(hosts, `${asked} -> ${location}`).to.include(new URL(location, base).hostname);
          },
        ),
        { numRuns: 300 },
      );
    });
  });
});
