import { expect } from 'chai';
import { createRequire } from 'node:module';
import { PNG } from 'pngjs';
import supertest from 'supertest';
import { openDemoService } from '../support/demo.js';
import type { Caller, Service } from '../support/service.js';

type Read = (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null;
const jsQR = createRequire(import.meta.url)('jsqr') as Read;
const kiwi = '/01/09520131000102/10/PJ261018A3';
const uri = `https://id.gs1.org${kiwi}`;
const qingshiba = 'urn:suyuan:uscc:93510131MA61UQ4D52';
const html = 'text/html,application/xhtml+xml';

describe('what anybody may see', function () {
  this.timeout(60_000);
  let service: Service;
  let anyone: Caller;
  const get = (path: string, accept = html) => anyone.get(path).set('accept', accept);

  before(async () => {
    service = await openDemoService();
    anyone = service.anyone;
  });
  after(() => service.close());

  describe('a scanned code', () => {
    it('opens a page for people, in their language', async () => {
      const zh = await get(kiwi)
        .set('accept-language', 'zh-CN')
        .expect(200)
        .expect('content-type', /^text\/html/);
      expect(zh.text).to.include('<h1>未发现问题</h1>').and.include('PJ261018A3').and.include('suyuan.test');
      expect(zh.headers.vary).to.match(/accept/i);
      const en = await get(kiwi).set('accept-language', 'en').expect(200);
      expect(en.text).to.include('<h1>No problem found</h1>').and.include('<html lang="en">');
      expect((await get(`${kiwi}/`).expect(200)).text).to.include('PJ261018A3');
    });

    it('keeps its address when the language is switched', async () => {
      const switched = await supertest(service.server).get(`${kiwi}?lang=en`).set('accept', html).expect(303);
      expect(switched.headers.location).to.equal(kiwi);
      expect(String(switched.headers['set-cookie'])).to.match(/^lang=en;/);
    });

    it('answers JSON to machines and nothing but the head to HEAD', async () => {
      const { body } = await get(kiwi, 'application/json').expect(200);
      expect(body).to.deep.include({ id: uri, link: `http://suyuan.test${kiwi}` });
      expect(body.verdict).to.deep.equal({ kind: 'ok', cause: 'none' });
      const head = await anyone.head(kiwi).set('accept', html).expect(200);
      expect(head.text ?? '').to.equal('');
      expect(Number(head.headers['content-length'])).to.be.greaterThan(5000);
    });

    it('holds a strict content policy: no inline style or script', async () => {
      const { text, headers } = await get(kiwi).expect(200);
      expect(headers['content-security-policy']).to.include("default-src 'none'").and.not.include('unsafe');
      expect(text).to.not.match(/<style|\sstyle=|\son[a-z]+="|<script(?! src="\/assets\/)/);
    });

    it('with a wrong check digit or form is a clear 400 that names the fault', async () => {
      const page = await get('/01/09520131000103/10/A').set('accept-language', 'en').expect(400);
      expect(page.text).to.match(/check digit/i);
      const { body } = await get('/01/09520131000103', 'application/json').expect(400);
      expect(body.errors[0].detail).to.be.a('string');
      for (const path of [
        '/01/123/10/A',
        '/01/09520131000102/10/',
        '/01/09520131000102/10/%00',
        '/01/09520131000102/10/%F0%28',
        '/01/09520131000102/99/A',
        '/00/12',
        '/414/x',
      ])
        expect((await get(path)).status, path).to.equal(400);
    });

    it('of a known product without that lot: what we know, and the lot that was probably meant', async () => {
      const page = await get('/01/09520131000102/10/PJ261O18A3').set('accept-language', 'zh').expect(404);
      expect(page.text)
        .to.include('查不到')
        .and.include('这一批没有记录')
        .and.include('蒲江金艳猕猴桃')
        .and.include(`href="${kiwi}"`);
      await get('/01/09520131000102/10/PJ261O18A3', 'application/json').expect(404);
    });

    it('of nothing we know: an honest page, and no accusation', async () => {
      const page = await get('/01/09521234543213/10/A<b>x').expect((r) => expect([400, 404]).to.include(r.status));
      expect(page.text).to.not.include('<b>x');
      const unknown = await get('/01/09521234543213/10/A1').set('accept-language', 'zh').expect(404);
      expect(unknown.text).to.include('账本里没有这个码').and.include('查不到不等于有问题').and.include('未');
    });

    it('of a product as such lists its lots', async () => {
      const page = await get('/01/09520131000102').expect(200);
      expect(page.text).to.include(`href="${kiwi}"`);
    });

    it('of parties and places does not list what they recorded', async () => {
      const place = await get('/414/9520131000102').set('accept-language', 'zh').expect(200);
      expect(place.text).to.include('川原鲜果分选中心').and.include('不是一批货').and.not.include('采收');
      await get('/414/9520131000102', 'application/json').expect(404);
      await anyone.get('/api/items').query({ id: qingshiba }).expect(404);
    });
  });

  describe('items as JSON', () => {
    const state = async (caller: Caller) => (await caller.get(`/api/items${kiwi}`).expect(200)).body.state;

    it('show amounts and holders only to those whom they concern', async () => {
      expect(await state(anyone)).to.equal(undefined);
      const maker = await state(await service.as('producer', { party: qingshiba }));
      expect(maker.totals).to.be.an('object');
      expect(await state(await service.as('producer', { party: 'urn:suyuan:uscc:91510500204706718H' }))).to.equal(undefined);
      const here = await state(await service.as('inspector', { division: '510100' }));
      expect(here.holdings.length).to.be.greaterThan(0);
      expect(await state(await service.as('inspector', { division: '330000' }))).to.equal(undefined);
    });

    it('tell the history cut to the reader', async () => {
      const lines = async (caller: Caller) =>
        (await caller.get(`/api/items${kiwi}`).query({ view: 'history' }).expect(200)).body.items as {
          entry: number;
          by?: string;
          event: Record<string, unknown>;
        }[];
      const told = await lines(anyone);
      expect(told.map(({ event }) => event['suyuan:activity'])).to.include.members(['grade', 'pack', 'shelve']);
      expect(JSON.stringify(told)).to.not.match(/"quantity"|bizLocation|readPoint|destinationList|"by"|bizTransaction/);
      const whole = await lines(await service.as('producer', { party: qingshiba }));
      const grade = whole.find(({ event }) => event['suyuan:activity'] === 'grade');
      expect(grade?.by).to.equal(qingshiba);
      expect(JSON.stringify(grade))
        .to.match(/"quantity"/)
        .and.match(/bizLocation/);
      const inspected = await lines(await service.as('inspector', { division: '510131' }));
      expect(JSON.stringify(inspected)).to.match(/destinationList|bizLocation/);
    });

    it('page through a history', async () => {
      const first = await anyone.get(`/api/items${kiwi}`).query({ view: 'history', limit: '3' }).expect(200);
      const second = await anyone
        .get(`/api/items${kiwi}`)
        .query({ view: 'history', limit: '3', after: first.body.next })
        .expect(200);
      expect(first.body.items).to.have.length(3);
      const entries = [...first.body.items, ...second.body.items].map(({ entry }: { entry: number }) => entry);
      expect(new Set(entries).size).to.equal(entries.length);
    });

    it('give the state as of a time', async () => {
      const maker = await service.as('producer', { party: qingshiba });
      const at = '2026-10-19T12:00:00+08:00';
      const before = (await maker.get(`/api/items${kiwi}`).query({ at }).expect(200)).body.state;
      const now = (await maker.get(`/api/items${kiwi}`).expect(200)).body.state;
      expect(before.events).to.be.lessThan(now.events);
      expect(before.totals.H87?.shipped ?? '0').to.equal('0');
      await maker.get(`/api/items${kiwi}`).query({ at: '2020-01-01T00:00:00Z' }).expect(404);
      await anyone.get(`/api/items${kiwi}`).query({ at: 'yesterday' }).expect(400);
      await anyone.get('/api/items').expect(400);
    });
  });

  describe('search', () => {
    it('goes straight to what a code or a lot number names', async () => {
      for (const q of [
        'PJ261018A3',
        ' pj261018a3 ',
        `https://elsewhere.example${kiwi}`,
        '(01)09520131000102(10)PJ261018A3',
        'urn:epc:class:lgtin:9520131.000010.PJ261018A3',
      ]) {
        const { headers, status } = await get('/search').query({ q });
        expect([status, headers.location], q).to.deep.equal([303, kiwi]);
      }
      expect((await get('/search').query({ q: '9520131000102' }).expect(303)).headers.location).to.equal('/01/09520131000102');
    });

    it('finds products by a part of their name, in both languages', async () => {
      for (const q of ['猕猴桃', 'kiwi'])
        expect((await get('/search').query({ q }).expect(200)).text, q).to.include(`href="${kiwi}"`);
    });

    it('says which digit is wrong, and shows what was typed as text', async () => {
      const wrong = await get('/search').query({ q: '9520131000103' }).set('accept-language', 'zh').expect(404);
      expect(wrong.text).to.include('应是 2');
      const nasty = await get('/search').query({ q: '"><script>alert(1)</script>' }).expect(404);
      expect(nasty.text).to.not.include('<script>alert');
      expect((await get('/search').query({ q: ' ' }).expect(303)).headers.location).to.equal('/');
    });
  });

  it('home shows the examples with their verdicts and the size of the ledger', async () => {
    const { text } = await get('/').set('accept-language', 'zh').expect(200);
    expect(text).to.include(`href="${kiwi}"`).and.include('未发现问题').and.include('无法确认');
    expect(text).to.include(`账本现有 ${service.app.ledger.size} 条`);
  });

  it('assets are kept for ever under the name of their bytes', async () => {
    const { text } = await get('/').expect(200);
    const link = /href="(\/assets\/suyuan\.[0-9a-f]+\.css)"/.exec(text)?.[1] ?? '';
    await get(link, 'text/css')
      .expect(200)
      .expect('cache-control', /immutable/)
      .expect('content-type', /^text\/css/);
    await get('/assets/suyuan.000000000000.css', '*/*').expect(404);
    await get('/assets/..%2Fpackage.json', '*/*').expect(404);
  });

  describe('a code', () => {
    it('carries the public address, as PNG of the chosen size', async () => {
      const { body } = await anyone
        .get(`/qr${kiwi}.png`)
        .query({ mm: '25', ecc: 'Q' })
        .responseType('blob')
        .expect(200)
        .expect('content-type', 'image/png');
      const { data, width, height } = PNG.sync.read(body as Buffer);
      expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).to.equal(`http://suyuan.test${kiwi}`);
    });

    it('as SVG says its size in millimetres and, if wanted, its text', async () => {
      const svg = async (query: object) =>
        (await anyone.get(`/qr${kiwi}.svg`).query(query).responseType('blob').expect(200)).body.toString() as string;
      expect(await svg({ mm: '32.5', text: '1' }))
        .to.include('width="32.5mm"')
        .and.include('(01)09520131000102(10)PJ261018A3');
      const sized = /width="([\d.]+)mm".*viewBox="0 0 (\d+)/.exec(await svg({ module: '0.6' }));
      expect(Number(sized?.[1])).to.be.closeTo(0.6 * Number(sized?.[2]), 0.01);
    });

    it('is refused for what is no code, a size that cannot be printed, and values unknown', async () => {
      await anyone.get('/qr/01/09520131000103.svg').expect(400);
      await anyone.get(`/qr${kiwi}.gif`).expect(404);
      for (const query of [{ mm: '1' }, { mm: '900' }, { ecc: 'Z' }, { mm: '20', module: '1' }, { mm: 'NaN' }, { x: '1' }])
        await anyone.get(`/qr${kiwi}.svg`).query(query).expect(400);
    });
  });

  describe('labels', () => {
    it('are for the maker and the holder of a lot; nobody else learns of it', async () => {
      await anyone.get('/labels').query({ lot: uri }).set('accept', 'application/json').expect(401);
      await (
        await service.as('producer', { party: 'urn:suyuan:uscc:91510500204706718H' })
      )
        .get('/labels')
        .query({ lot: uri })
        .expect(404);
      await (await service.as('inspector', { division: '510000' })).get('/labels').query({ lot: uri }).expect(404);
      const maker = await service.as('producer', { party: qingshiba });
      const sheet = await maker.get('/labels').query({ lot: uri, copies: '12' }).set('accept', html).expect(200);
      expect(sheet.text.match(/<article class="label/g)).to.have.length(12);
      expect(sheet.text.match(/class="sheet"/g)).to.have.length(2);
      expect(sheet.text).to.include('承诺达标合格证').and.include('PJ261018A3').and.include('2026-10-18');
      await maker.get('/labels').query({ lot: uri, copies: '0' }).expect(400);
      await maker.get('/labels').query({ lot: 'https://id.gs1.org/01/09520131000102/10/NONE' }).expect(404);
    });

    it('come as ZPL for thermal printers', async () => {
      const maker = await service.as('producer', { party: qingshiba });
      const { text } = await maker.get('/labels').query({ lot: kiwi, format: 'zpl', copies: '30', dpi: '300' }).expect(200);
      expect(text)
        .to.match(/^\^XA\n/)
        .and.match(/\^PQ30\n\^XZ\n$/)
        .and.include('^PW1080')
        .and.include(`MA,http://suyuan.test${kiwi}^FS`);
    });
  });
});
