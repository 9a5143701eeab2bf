import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Caller, Service } from '../support/service.js';
import { as, held, item, page, partyNamed, toldService } from './told.js';

const box = '/01/09520131000102/10/PJ261018A3';
const picked = '/01/09520131000201/10/PJ2610183';

describe('蒲江猕猴桃 Pujiang kiwifruit', () => {
  let service: Service;
  let coop: Caller;
  let shop: Caller;
  before(async () => {
    service = await toldService();
    coop = await as(service, '青石坝猕猴桃专业合作社');
    shop = await as(service, '禾集生鲜超市有限公司');
  });
  after(() => service.close());

  it('answers a consumer in Chinese: may I eat it, who made it, how it came', async () => {
    const text = await page(service.anyone, box, 'zh');
    for (const words of [
      '未发现问题',
      '蒲江金艳猕猴桃',
      '礼盒 12 枚',
      '2026-10-18',
      '2026-12-20',
      'PJ261018A3',
      '青石坝猕猴桃专业合作社',
      '蒲江县西来镇',
      '承诺达标合格证',
      '3,260 千克',
      '农药残留',
      '春雷霉素',
      '36 天',
      '4.6',
      '武侯区',
    ]) {
      expect(text, words).to.include(words);
    }
  });

  it('and in English', async () => {
    const text = await page(service.anyone, box, 'en');
    for (const words of [
      'No problem found',
      'Jinyan kiwifruit, Pujiang',
      'Qingshiba Kiwifruit Cooperative',
      'Pesticide residues',
      '36 days',
      'Best before',
    ]) {
      expect(text, words).to.include(words);
    }
  });

  it('tells nobody who is not concerned about customers, prices, plates, people or quantities', async () => {
    const pages = [
      await page(service.anyone, box, 'zh'),
      JSON.stringify(await item(service.anyone, box)),
      JSON.stringify(await item(service.anyone, box, '?view=history')),
    ];
    for (const text of pages) {
      for (const secret of ['周大山', '刘敏', '王建军', '川A', '21 元', '禾集', 'PO-2611', '103.43', '"quantity":960'])
        expect(text, secret).not.to.include(secret);
    }
    expect((await item(service.anyone, box)).state).to.equal(undefined);
  });

  it('shows the cooperative what it sent and for how much, and the shop its own part', async () => {
    const sent = (await item(coop, '/00/009520131000000010', '?view=history')).items!.find(
      ({ event }) => event.bizStep === 'shipping',
    )!;
    expect(sent.hidden).to.deep.include({ plate: '川A 5L2**', driver: '王建军', price: '每盒 21 元' });
    const state = (await item(shop, box)).state!;
    expect(held(state, 'H87', ({ party }) => party === partyNamed('禾集生鲜超市有限公司'))).to.equal(960 - 37 - 112);
    expect(state.totals).to.equal(undefined);
    expect((await item(coop, box)).state!.totals!.H87).to.deep.include({ made: '2400', sold: '149', shipped: '972' });
  });

  it('keeps the chilled truck as it was read, ten minutes above 4 °C included', async () => {
    const leg = (await item(service.anyone, box)).journey.find(({ temperature }) => temperature?.max === 4.6);
    expect(leg, 'a stop with its curve').to.not.equal(undefined);
  });

  it('ended the crop with its last picking, and used up what was picked', async () => {
    expect((await item(coop, '/01/09520131000300/10/2026-3')).state).to.have.nested.property('ended.how', 'ended');
    expect((await item(coop, picked)).state).to.have.nested.property('ended.how', 'used');
  });

  it('can be asked as of a day: before the grading there was no box', async () => {
    const before = await item(coop, picked, `?at=${encodeURIComponent('2026-10-18T12:00:00+08:00')}`);
    expect(held(before.state!, 'KGM')).to.equal(3260);
    await coop.get(`/api/items${box}?at=${encodeURIComponent('2026-10-18T12:00:00+08:00')}`).expect(404);
  });

  it('has a return on its way back, which the cooperative sees and can receive', async () => {
    expect(held((await item(coop, box)).state!, 'H87', ({ transit }) => transit !== undefined)).to.equal(12);
    const answer = await coop.post('/api/activities/receive').send({
      place: 'https://id.gs1.org/414/9520131000102',
      lots: [{ lot: `https://id.gs1.org${box}`, quantity: '12', unit: 'H87' }],
      from: partyNamed('禾集生鲜超市有限公司'),
      document: 'TH-2611-021',
      condition: 'damaged',
    });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    expect(held((await item(coop, box)).state!, 'H87', ({ transit }) => transit !== undefined)).to.equal(0);
  });
});
