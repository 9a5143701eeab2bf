import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { addAccount } from '../../src/accounts/accounts.js';
import { farmOf, password, type Farm } from '../support/people.js';
import { openService, type Service } from '../support/service.js';
import { closeChromium, findChromium, inPage, phone } from './chromium.js';
import { examined, listen, overflow } from './live.js';

describe('an entry that was wrong, on a phone', function () {
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
    service.now += 3_600_000;
    await addAccount(service.app.store, { name: 'zhou', role: 'producer', party: farm.uri, password }, service.now);
    ({ url, close } = await listen(service));
  });
  after(async () => {
    await close?.();
    await service?.close();
    await closeChromium();
  });

  const harvested = async (number: string): Promise<number> => {
    const key = await service.as('producer', { party: farm.uri });
    const lots = [{ product: farm.product, number, quantity: '3260', unit: 'KGM' }];
    const body = { crop: farm.crop, place: farm.place, lots, operator: '周大明' };
    return (await key.post('/api/activities/harvest').send(body).expect(201)).body.entry as number;
  };
  const signIn = async (page: Page, at: string): Promise<void> => {
    await page.goto(url + at);
    await page.fill('#name', 'zhou');
    await page.fill('#password', password);
    await page.click('.btn--main');
    await page.waitForURL(url + at);
  };
  const sound = async (page: Page): Promise<void> => {
    expect(await overflow(page), page.url()).to.be.at.most(0);
    const { found, passed } = await examined(page);
    expect(found, page.url()).to.deep.equal([]);
    expect(passed).to.be.greaterThan(5);
  };

  const words = {
    'zh-CN': {
      wrong: '写错了',
      change: '改成对的',
      done: '改好了',
      folded: '更正过 1 次',
      why: '青石坝果园，写错了',
      takeBack: '作废这一条',
      gone: '更正过，不算数',
      erased: '已于 2026-11-23 删除，因为本人撤回了同意',
    },
    'en-GB': {
      wrong: 'This is wrong',
      change: 'Enter what is right',
      done: 'Corrected; both entries are in the ledger',
      folded: 'Corrected once',
      why: '青石坝果园, the data was wrong',
      takeBack: 'Take it back',
      gone: 'Corrected: it does not count',
      erased: 'Erased on 2026-11-23 because the person withdrew consent',
    },
  } as const;

  for (const [locale, said] of Object.entries(words)) {
    it(`is opened from the journal, corrected, taken back and erased (${locale})`, async () => {
      const number = locale === 'zh-CN' ? 'Z1' : 'E1';
      const seq = await harvested(number);
      await inPage(browser, { ...phone, locale, bypassCSP: true }, async (page) => {
        await signIn(page, '/field');
        await page.click(`#entry-${seq} a`);
        await page.waitForURL(`${url}/field/entry/${seq}`);
        await sound(page);
        await page.click(`text=${said.wrong}`);
        await page.waitForURL(/\/correct$/);
        await sound(page);
        await page.click(`text=${said.change}`);
        await page.waitForURL(/\/field\/harvest\?corrects=/);
        expect(await page.inputValue('[name="/lots/0/quantity"]')).to.equal('3260');
        await page.fill('[name="/lots/0/quantity"]', '326');
        await page.click('.dock button');
        await page.waitForURL(/\?done=replaced$/);
        expect(await page.textContent('main'))
          .to.include(said.done)
          .and.include('326')
          .and.include('周大明');
        await sound(page);

        await page.goto(`${url}/01/09520131000102/10/${number}`);
        expect(await page.isVisible(`text=${said.why}`)).to.equal(false);
        await page.click(`summary:has-text("${said.folded}")`);
        expect(await page.isVisible(`text=${said.why}`)).to.equal(true);
        await sound(page);

        const right = service.app.ledger.size - 1;
        await page.goto(`${url}/field/entry/${right}/correct`);
        await page.click(`button:has-text("${said.takeBack}")`);
        await page.waitForURL(/done=takenBack$/);
        expect(await page.textContent('main')).to.include(said.gone);

        const key = await service.as('producer', { party: farm.uri });
        await key
          .post('/api/erasures')
          .send({ record: right, fields: ['operator'], reason: 'withdrawn' })
          .expect(201);
        await page.goto(`${url}/field/entry/${right}`);
        expect((await page.textContent('.values'))?.replace(/\s+/g, ' '))
          .to.include(said.erased)
          .and.not.include('周大明');
        await sound(page);
      });
    });
  }
});
