import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { addAccount } from '../../src/accounts/accounts.js';
import { farmOf, password, type Farm } from '../support/people.js';
import { openService, type Service } from '../support/service.js';
import { closeChromium, desk, findChromium, inPage, phone } from './chromium.js';
import { examined, listen, overflow } from './live.js';

describe('a producer in the field', function () {
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
    const people = [
      { name: 'zhou', role: 'producer', party: farm.uri },
      { name: 'liu', role: 'inspector', division: '510100' },
      { name: 'root', role: 'admin' },
    ];
    for (const one of people) await addAccount(service.app.store, { ...one, password }, service.now);
    ({ url, close } = await listen(service));
  });
  after(async () => {
    await close?.();
    await service?.close();
    await closeChromium();
  });

  const signIn = async (page: Page, name = 'zhou', at = '/field'): Promise<void> => {
    await page.goto(url + at);
    await page.fill('#name', name);
    await page.fill('#password', password);
    await page.click('button:has-text("登录"), button:has-text("Sign in")');
    await page.waitForURL(url + at);
  };
  const held = async (number: string): Promise<string | undefined> => {
    const row = await service.app.store.get('lots', [`${farm.product}/10/${number}`]);
    return row && JSON.parse(row.body).holdings[0].quantity;
  };

  for (const javaScriptEnabled of [true, false]) {
    it(`signs in and records a harvest on a phone${javaScriptEnabled ? '' : ', without script'}`, async () => {
      await inPage(browser, { ...phone, locale: 'zh-CN', javaScriptEnabled }, async (page) => {
        await signIn(page);
        await page.click('nav.tiles >> text=采收');
        const number = await page.inputValue('[name="/lots/0/number"]');
        await page.fill('[name="/lots/0/quantity"]', '64.5');
        // The only plot, crop and product there are stand picked already.
        await page.click('.dock button');
        await page.waitForURL(/\/field\?saved=/);
        expect(await page.textContent('.log .fresh'))
          .to.include('64.5 千克')
          .and.to.include('已入账');
        expect(await held(number)).to.equal('64.5');
        if (javaScriptEnabled) expect(await overflow(page)).to.be.at.most(0);
      });
    });
  }

  it('adds a line, is told what is missing, and loses nothing that was typed', async () => {
    await inPage(browser, { ...phone, locale: 'zh-CN', javaScriptEnabled: false }, async (page) => {
      await signIn(page, 'zhou', '/field/harvest');
      await page.fill('[name="/lots/0/quantity"]', '一百');
      await page.click('button[name=add]');
      expect(await page.inputValue('[name="/lots/0/quantity"]')).to.equal('一百');
      await page.fill('[name="/lots/1/quantity"]', '7');
      await page.fill('[name="/lots/1/number"]', '');
      await page.click('.dock button');
      const links = page.locator('[role=alert] a');
      expect(await links.allTextContents()).to.deep.equal(['数量', '批号']);
      await links.first().click();
      // Without script a browser moves the focus of the next Tab to where the link leads.
      expect(page.url()).to.include('#f-lots-0-quantity');
      expect(await page.inputValue('[name="/lots/0/quantity"]')).to.equal('一百');
      expect(await page.inputValue('[name="/lots/1/quantity"]')).to.equal('7');
    });
  });

  it('records a harvest with the keyboard alone', async () => {
    await inPage(browser, { ...desk, locale: 'zh-CN' }, async (page) => {
      await signIn(page, 'zhou', '/field/harvest');
      const reach = async (name: string): Promise<void> => {
        for (let steps = 0; steps < 40; steps++) {
          await page.keyboard.press('Tab');
          const at = await page.evaluate(() => document.activeElement?.getAttribute('name'));
          if (at === name) return;
        }
        throw new Error(`the keyboard does not reach ${name}`);
      };
      await reach('/crop');
      await page.keyboard.press('Space');
      await reach('/lots/0/number');
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('KB1');
      await reach('/lots/0/quantity');
      await page.keyboard.type('12');
      // Enter saves; it must not add a line.
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/field\?saved=/);
      expect(await held('KB1')).to.equal('12');
    });
  });

  it('makes one entry of two quick clicks', async () => {
    await inPage(browser, { ...phone, locale: 'zh-CN' }, async (page) => {
      await signIn(page, 'zhou', '/field/harvest');
      await page.fill('[name="/lots/0/number"]', 'TWICE');
      await page.fill('[name="/lots/0/quantity"]', '3');
      const size = service.app.ledger.size;
      await page.dblclick('.dock button');
      await page.waitForURL(/\/field\?saved=/);
      expect(service.app.ledger.size).to.equal(size + 1);
      expect(await held('TWICE')).to.equal('3');
    });
  });

  const pages: readonly (readonly [who: string, paths: readonly string[]])[] = [
    [
      'zhou',
      [
        '/field',
        '/field/all',
        '/field/harvest',
        '/field/apply-input',
        '/field/ship',
        '/field/receive',
        '/field/lots',
        '/field/places',
        '/field/products/new',
        '/incoming',
        '/account',
      ],
    ],
    ['liu', ['/inspect', '/inspect?q=KB1']],
    ['root', ['/admin/parties', '/admin/parties/new', '/admin/accounts', '/admin/keys', '/admin/mandates']],
  ];
  for (const [size, options] of [
    ['a phone', phone],
    ['a desk', desk],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`shows pages on ${size} in the ${colorScheme} in which axe finds nothing serious and nothing is cut off`, async () => {
        for (const [who, paths] of pages) {
          const locale = colorScheme === 'light' ? 'zh-CN' : 'en-US';
          await inPage(browser, { ...options, locale, colorScheme, bypassCSP: true }, async (page) => {
            await page.goto(`${url}/signin`);
            expect((await examined(page)).found, '/signin').to.deep.equal([]);
            await signIn(page, who, paths[0]);
            for (const path of paths) {
              await page.goto(url + path);
              const { found, passed } = await examined(page);
              expect(found, path).to.deep.equal([]);
              expect(passed, path).to.be.greaterThan(10);
              expect(await overflow(page), path).to.be.at.most(0);
            }
          });
        }
      });
    }
  }
});
