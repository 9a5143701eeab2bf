import { expect } from 'chai';
import { assetFile, assetPath } from '../../src/pages/asset.js';
import { errorPage } from '../../src/pages/error.js';
import { day, minute, number, quantity, shortDay } from '../../src/pages/format.js';
import { inOtherLang, page, type Frame } from '../../src/pages/layout.js';
import { Icon } from '../../src/pages/parts.js';

const frame: Frame = { lang: 'zh', title: '试', address: '/01/09520123456788/10/A?x=1', host: 'trace.example' };

describe('the frame of every page', () => {
  const html = page(
    frame,
    <main id="main">
      <Icon name="truck" />
      <Icon name="truck" />
    </main>,
  );

  it('is a whole document in the language of the reader, with the true address in the bar', () => {
    expect(html).to.match(/^<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"/);
    expect(html).to.include('<title>试 · 溯源</title>').and.include('trace.example').and.include('href="#main"');
  });

  it('draws each icon once, and only those in use', () => {
    const drawn = [...html.matchAll(/<symbol id="([a-z]+)"/g)].map((m) => m[1]).sort();
    expect(drawn).to.deep.equal(['lock', 'logo', 'truck']);
  });

  it('switches language by a plain link that keeps the address', () => {
    expect(html).to.include('href="/01/09520123456788/10/A?x=1&amp;lang=en"').and.include('>English</a>');
    expect(inOtherLang('/a%2Fb?lang=zh', 'en')).to.equal('/a%2Fb?lang=en');
    expect(page({ ...frame, lang: 'en' }, <main />))
      .to.include('lang=zh"')
      .and.include('>中文</a>');
  });

  it('has no inline style, script or handler', () => {
    expect(html).to.not.match(/<style|\sstyle=|<script(?![^>]*src=)|\son[a-z]+=/);
  });

  it('shows markup in values as text', () => {
    const nasty = '<script>alert(1)</script>"\'&';
    const out = page({ ...frame, title: nasty, address: `/?q=${encodeURIComponent(nasty)}`, host: nasty }, <main>{nasty}</main>);
    expect(out).to.not.include('<script>');
    expect(out).to.include('&lt;script>');
  });

  it('names its stylesheet by its bytes', () => {
    const link = assetPath('suyuan.css');
    expect(link).to.match(/^\/assets\/suyuan\.[0-9a-f]{12}\.css$/);
    expect(html).to.include(link);
    expect(assetFile('suyuan.css')?.type).to.equal('text/css; charset=utf-8');
    expect(assetFile('../package.json')).to.equal(undefined);
    expect(assetFile('nothing.css')).to.equal(undefined);
  });
});

describe('an error page', () => {
  it('says what happened and what to do, and names the request only when the server is to blame', () => {
    const missing = errorPage({ lang: 'en', status: 404, address: '/x', host: 'h', id: 'r-1' });
    expect(missing).to.include('Page not found').and.include('noindex').and.not.include('r-1');
    expect(errorPage({ lang: 'zh', status: 500, address: '/x', host: 'h', id: 'r-1' }))
      .to.include('服务器出错了')
      .and.include('r-1');
  });

  it('lists every fault with its place', () => {
    const out = errorPage({
      lang: 'zh',
      status: 400,
      address: '/x',
      host: 'h',
      title: '不对',
      faults: [
        { pointer: '/a', message: { zh: '太长', en: 'too long' } },
        { pointer: '', message: { zh: '少了', en: 'missing' } },
      ],
    });
    expect(out).to.include('/a').and.include('太长').and.include('少了').and.not.include('too long');
  });
});

describe('values as people read them', () => {
  const at = Date.UTC(2026, 9, 17, 23, 40);
  it('are in China Standard Time', () => {
    expect([day(at), minute(at), shortDay(at, 'zh'), shortDay(at, 'en')]).to.deep.equal([
      '2026-10-18',
      '2026-10-18 07:40',
      '10月18日',
      '18 Oct',
    ]);
  });
  it('have commas at thousands and the unit in words', () => {
    expect(number('48213')).to.equal('48,213');
    expect(number('1234567.50')).to.equal('1,234,567.5');
    expect(number('-1200')).to.equal('-1,200');
    expect(quantity('3260.00', 'KGM', 'zh')).to.equal('3,260 千克');
    expect(quantity(12, 'KGM', 'en')).to.equal('12 kg');
    expect(quantity(12, 'ZZZ', 'en')).to.equal('12 ZZZ');
    expect(quantity(12, undefined, 'en')).to.equal('12');
  });
});
