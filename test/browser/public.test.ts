import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { PNG } from 'pngjs';
import { createKey } from '../../src/accounts/keys.js';
import { openDemoService } from '../support/demo.js';
import type { Service } from '../support/service.js';
import { closeChromium, desk, findChromium, inPage, phone } from './chromium.js';

type Read = (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null;
const require = createRequire(import.meta.url);
const jsQR = require('jsqr') as Read;
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const kiwi = '/01/09520131000102/10/PJ261018A3';
const jar = '/01/09520117000508/10/DB260912-07';
const qingshiba = 'urn:suyuan:uscc:93510131MA61UQ4D52';

describe('the public pages in a browser', function () {
  this.timeout(120_000);
  let browser: Browser;
  let service: Service;
  let server: Server;
  let base: string;

  before(async function () {
    const found = await findChromium();
    if (!found) return this.skip();
    browser = found;
    // The public address is known once the port is: codes carry it.
    server = createServer((req, res) => void service.server(req, res));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    service = await openDemoService({ config: { publicUrl: base } });
  });
  after(async () => {
    server?.close();
    await service?.close();
    await closeChromium();
  });

  const open = <T>(path: string, options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> =>
    inPage(browser, { locale: 'zh-CN', ...options }, async (page) => {
      await page.goto(base + path);
      return use(page);
    });

  it('answer on the first screen of a phone, in Chinese and English, without scripts', async () => {
    for (const [locale, title, tick] of [
      ['zh-CN', '未发现问题', '来源清楚'],
      ['en-GB', 'No problem found', 'Origin known'],
    ] as const) {
      await open(kiwi, { ...phone, locale, javaScriptEnabled: false }, async (page) => {
        const box = await page.locator('h1', { hasText: title }).boundingBox();
        expect(box?.y).to.be.lessThan(200);
        expect((await page.getByText(tick).boundingBox())?.y).to.be.lessThan(500);
        expect(await page.locator('.journey > li').count()).to.be.greaterThan(5);
        await page.getByText(locale === 'zh-CN' ? '自己怎么核对' : 'How to check it yourself').click();
        expect(await page.locator('details ol').isVisible()).to.equal(true);
      });
    }
  });

  it('switch language by the link in the bar and stay where they are', async () => {
    await open(kiwi, { ...phone, javaScriptEnabled: false }, async (page) => {
      await page.getByRole('link', { name: 'English' }).click();
      expect(new URL(page.url()).pathname + new URL(page.url()).search).to.equal(kiwi);
      expect(await page.locator('h1').textContent()).to.equal('No problem found');
    });
  });

  it('have nothing that axe finds serious, on a phone and on a desk, by day and by night', async () => {
    const views: [string, BrowserContextOptions][] = [
      '/',
      kiwi,
      jar,
      '/01/09520131000102/10/PJ261O18A3',
      '/01/09520131000102',
      '/search?q=kiwi',
      '/search?q=9520131000103',
      '/nothing',
    ].flatMap((path): [string, BrowserContextOptions][] => [
      [path, phone],
      [path, { ...desk, locale: 'en-GB', colorScheme: 'dark' }],
    ]);
    for (const [path, options] of views) {
      await open(path, { ...options, bypassCSP: true }, async (page) => {
        await page.addScriptTag({ content: axe });
        const found = await page.evaluate(async () => {
          const { violations } = await (
            window as unknown as {
              axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }> };
            }
          ).axe.run();
          return violations
            .filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join('; ')}`);
        });
        expect(found, path).to.deep.equal([]);
        expect(await page.locator('h1').count(), path).to.equal(1);
      });
    }
  });

  it('do not scroll sideways, down to 320 px and with text twice as large', async () => {
    for (const path of ['/', kiwi, jar, '/01/09520131000102/10/PJ261O18A3', '/search?q=kiwi'])
      for (const locale of ['zh-CN', 'en-GB'])
        await open(path, { viewport: { width: 1366, height: 900 }, locale }, async (page) => {
          for (const [width, zoom] of [
            [1366, 1],
            [390, 1],
            [390, 2],
            [320, 1],
          ] as const) {
            await page.setViewportSize({ width, height: 844 });
            const over = await page.evaluate((times) => {
              const root = document.documentElement;
              root.style.fontSize = `${times * 100}%`;
              return root.scrollWidth - root.clientWidth;
            }, zoom);
            expect(over, `${path} ${width} ${zoom} ${locale}`).to.equal(0);
          }
        });
  });

  it('weigh less than 60 kB with everything, and ask nobody else for anything', async () => {
    for (const path of [kiwi, jar]) {
      await inPage(browser, phone, async (page) => {
        let bytes = 0;
        const hosts = new Set<string>();
        const waiting: Promise<void>[] = [];
        page.on('requestfinished', (request) => {
          hosts.add(new URL(request.url()).origin);
          waiting.push(
            (async () => {
              // What comes over the network: compressed bodies, and headers.
              // The proof grows with the history of the lot, and comes after the page: of a long one it is not counted.
              const sizes = await request.sizes();
              if (path === jar && request.url().includes('view=proof')) return;
              bytes += sizes.responseBodySize + sizes.responseHeadersSize;
            })(),
          );
        });
        await page.goto(base + path, { waitUntil: 'networkidle' });
        await Promise.all(waiting);
        expect([...hosts]).to.deep.equal([base]);
        expect(bytes, path).to.be.greaterThan(15_000).and.lessThan(60_000);
      });
    }
  });

  it('can be used with the keyboard alone: the skip link first, then search', async () => {
    await open('/', desk, async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.className)).to.equal('skip');
      await page.keyboard.press('Enter');
      expect(page.url()).to.match(/#q$/);
      await page.locator('#q').fill('PJ261018A3');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**${kiwi}`);
      expect(await page.locator('h1').textContent()).to.equal('未发现问题');
    });
  });

  it('show a label whose code, read from a screenshot, opens the lot', async () => {
    const made = await createKey(service.app.store, { role: 'producer', party: qingshiba }, service.now);
    if (!('secret' in made)) throw new Error('no key');
    const headers = { authorization: `Bearer ${made.secret}` };
    const read = await open(
      '/',
      { viewport: { width: 900, height: 1300 }, deviceScaleFactor: 2, extraHTTPHeaders: headers },
      async (page) => {
        await page.goto(`${base}/labels?lot=${encodeURIComponent(kiwi)}&copies=10`);
        const label = page.locator('.label').nth(6);
        const box = await label.boundingBox();
        // 90 x 50 mm at 96 px an inch.
        expect(box?.width).to.be.closeTo((90 / 25.4) * 96, 1.5);
        expect(box?.height).to.be.closeTo((50 / 25.4) * 96, 1.5);
        const { data, width, height } = PNG.sync.read(await label.screenshot());
        return jsQR(new Uint8ClampedArray(data), width, height)?.data;
      },
    );
    expect(read).to.equal(base + kiwi);
    await open(new URL(read ?? '').pathname, phone, async (page) =>
      expect(await page.locator('h1').textContent()).to.equal('未发现问题'),
    );
  });

  it('print: the verdict and the sheet of labels keep their page', async () => {
    await open(kiwi, desk, async (page) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.verdict-head').isVisible()).to.equal(true);
      expect(await page.locator('.skip').isVisible()).to.equal(false);
      expect((await page.pdf({ format: 'A4' })).subarray(0, 4).toString()).to.equal('%PDF');
    });
  });
});
