import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Service } from '../support/service.js';
import { as, held, item, page, toldService } from './told.js';

const belly = '/01/09520184000203/10/WH261119';
const half = '/01/09520184000104/21/26111801';
const herd = '/01/09520129000107/10/AR-260601';
const stall = '/01/09520105000107/10/CT261121';

describe('生猪 pork', () => {
  let service: Service;
  before(async () => {
    service = await toldService();
  });
  after(() => service.close());

  it('goes from the counter back to the piglets', async () => {
    const text = await page(service.anyone, belly, 'zh');
    for (const words of [
      '未发现问题',
      '冷鲜五花肉',
      '崇州羊马肉类加工有限公司',
      '安仁',
      '固驿',
      '用了兽药',
      '屠宰',
      '产地检疫',
      '屠宰检疫',
      '兽药残留',
    ]) {
      expect(text, words).to.include(words);
    }
    for (const secret of ['胡建国', '余德华', '17.6', '川A']) expect(text, secret).not.to.include(secret);
  });

  it('has a page for a single half-carcass, by its serial number', async () => {
    const text = await page(service.anyone, half, 'zh');
    for (const words of ['鲜片猪肉', '26111801', '崇州']) expect(text, words).to.include(words);
    const { status } = await service.anyone.get('/01/09520184000104/21/99999999').set('accept', 'text/html');
    expect(status).to.equal(404);
  });

  it('came through the cold with a gap that nobody filled in', async () => {
    expect(await page(service.anyone, belly, 'zh')).to.include('断档 30 分钟');
  });

  it('leaves the herd growing: nineteen are still in the barn, one died', async () => {
    const farm = await as(service, '安仁生态养殖有限公司');
    const { state } = await item(farm, herd);
    expect(held(state!, 'H87')).to.equal(19);
    expect(state!.ended).to.equal(undefined);
    expect(state!.totals!.H87).to.deep.include({ made: '40', used: '20', lost: '1' });
  });

  it('was sold at two markets, and what was left of one was destroyed', async () => {
    const trader = await service.as('inspector', { division: '510105' });
    const { state } = await item(trader, stall);
    expect(state!.totals!.KGM).to.deep.include({ made: '79.5', sold: '75.4', lost: '4.1' });
    expect(state).to.have.nested.property('ended.how');
    const shop = await as(service, '禾集生鲜超市有限公司');
    expect(held((await item(shop, belly)).state!, 'KGM')).to.be.closeTo(60 - 34.4, 1e-9);
  });

  it('makes bought feed part of the trace, known from the gate on', async () => {
    expect((await item(service.anyone, belly)).origin.unknown).to.equal(3);
  });
});
