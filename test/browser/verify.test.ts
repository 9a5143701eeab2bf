import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { openDemoService } from '../support/demo.js';
import type { Service } from '../support/service.js';
import { closeChromium, findChromium, inPage, phone } from './chromium.js';
import { listen } from './live.js';

const kiwi = '/01/09520131000102/10/PJ261018A3';

describe("the scan page's own check", function () {
  this.timeout(60_000);
  let browser: Browser;
  let service: Service;
  let server: Awaited<ReturnType<typeof listen>>;

  before(async function () {
    const found = await findChromium();
    if (!found) return this.skip();
    browser = found;
    service = await openDemoService();
    server = await listen(service);
  });
  after(async () => {
    await server?.close();
    await service?.close();
    await closeChromium();
  });

  /** The line of the check on a phone; `meddle` stands between the phone and the server. */
  const told = (locale: string, meddle?: (proof: string) => string, key?: string) =>
    inPage(browser, { ...phone, locale }, async (page) => {
      if (meddle)
        await page.route('**/api/items/**view=proof', async (route) => {
          const answer = await route.fetch();
          await route.fulfill({ response: answer, body: meddle(await answer.text()) });
        });
      if (key) await page.addInitScript(`localStorage.setItem('suyuan key ' + location.host, ${JSON.stringify(key)})`);
      await page.goto(server.url + kiwi);
      const line = page.locator('[data-proof][data-state]');
      await line.waitFor();
      return { text: (await line.textContent()) ?? '', state: await line.getAttribute('data-state') };
    });

  it('weighs no more than 15 kB on the way', () => {
    expect(gzipSync(readFileSync('dist/assets/verify.js')).length).to.be.lessThan(15_000);
  });

  it('says on plain http what the phone checked and what it did not', async () => {
    const zh = await told('zh-CN');
    expect(zh).to.include({ state: 'holds' });
    expect(zh.text).to.match(/自己核对过：这一批的 \d+ 条记录.*没有核对到的：最后一条之后/);
    expect((await told('en-GB')).text).to.match(/has just checked by itself.*Not checked: whether anything follows/);
  });

  it('says so when anything of the proof was changed on the way, or the key is another than before', async () => {
    const changed = await told('zh-CN', (proof) => proof.replace('\\"type\\":\\"ObjectEvent\\"', '\\"type\\":\\"0bjectEvent\\"'));
    expect(changed).to.include({ state: 'fails' });
    expect(changed.text).to.match(/核对不通过：记录与账目的摘要不符.*不要凭这一页作判断/);
    const cut = await told('en-GB', (proof) => {
      const bundle = JSON.parse(proof) as { entries: object[] };
      return JSON.stringify({ ...bundle, entries: bundle.entries.slice(0, -1) });
    });
    expect(cut.text).to.match(/check on this phone failed: the proof is not about what this page shows/);
    expect((await told('en-GB', undefined, 'x+1+y')).text).to.match(/the signing key is not the one this phone saw before/);
  });

  it('says that it did not check when it could not', async () => {
    expect(await told('en-GB', () => '<html>')).to.deep.include({ state: 'away' });
  });
});
