import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { addAccount } from '../../src/accounts/accounts.js';
import { farmOf, password, type Farm } from '../support/people.js';
import { openService, type Service } from '../support/service.js';
import { closeChromium, desk, findChromium, inPage, phone } from './chromium.js';
import { examined, listen, overflow } from './live.js';

describe('links behind the code, in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let service: Service;
  let farm: Farm;
  let url: string;
  let close: () => Promise<void>;

  before(async function () {
    const found = await findChromium();
    if (found === undefined) return this.skip();
    browser = found;
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    await addAccount(service.app.store, { name: 'zhou', role: 'producer', party: farm.uri, password }, service.now);
    ({ url, close } = await listen(service));
  });
  after(async () => {
    await close?.();
    await service?.close();
    await closeChromium();
  });

  const signIn = async (page: Page, at: string): Promise<void> => {
    await page.goto(url + at);
    await page.fill('#name', 'zhou');
    await page.fill('#password', password);
    await page.click('button:has-text("登录"), button:has-text("Sign in")');
    await page.waitForURL(url + at);
  };
  const inBoth = [
    { locale: 'zh-CN', title: '菜谱', add: '登记一个链接', gone: '撤下了' },
    { locale: 'en', title: 'Recipes', add: 'Register a link', gone: 'Withdrawn' },
  ];

  for (const { locale, title, add, gone } of inBoth) {
    it(`are registered and withdrawn on a phone without script (${locale})`, async () => {
      await inPage(browser, { ...phone, locale, javaScriptEnabled: false }, async (page) => {
        await signIn(page, '/field/links');
        await page.click(`text=${add}`);
        const pick = page.locator(`[name="/anchor"][value="${farm.product}"]`);
        await pick.check({ force: true });
        await page.selectOption('[name="/type"]', 'gs1:recipeInfo');
        await page.fill('[name="/href"]', 'https://farm.example.com/a/rather/long/address/that/must/not/widen/the/page?x=1');
        await page.fill('[name="/title/zh"]', title);
        await page.click('.dock button');
        await page.waitForURL(/saved=added/);
        expect(await page.textContent('.log')).to.include(title);
        await page.click('.log button');
        await page.waitForURL(/saved=withdrawn/);
        expect(await page.textContent('main')).to.include(gone);
      });
    });
  }

  it('have pages that fit a phone and a desk, in which axe finds nothing serious', async () => {
    const owner = await service.as('producer', { party: farm.uri });
    for (const host of ['a', 'b'])
      await owner
        .post('/api/links')
        .send({
          anchor: farm.product,
          type: 'gs1:support',
          href: `https://${host}.example.com/`,
          title: { zh: '客服', en: 'Help' },
        })
        .expect(201);
    for (const size of [phone, desk]) {
      await inPage(browser, { ...size, locale: 'zh-CN', bypassCSP: true }, async (page) => {
        await signIn(page, '/field/links');
        for (const path of [
          '/field/links',
          '/field/links/new',
          '/01/09520131000102/10/2026?linkType=linkset',
          '/01/09520131000102?linkType=gs1:support',
        ]) {
          await page.goto(url + path);
          if (process.env.SUYUAN_SHOTS && size === phone)
            await page.screenshot({ path: `${process.env.SUYUAN_SHOTS}/${path.replaceAll(/\W+/g, '-')}.png`, fullPage: true });
          expect(await overflow(page), path).to.be.at.most(0);
          expect((await examined(page)).found, path).to.deep.equal([]);
        }
      });
    }
  });
});
