import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Caller, Service } from '../support/service.js';
import { as, held, item, page, partyNamed, toldService } from './told.js';

const jars = '/01/09520117000508/10/DB260912-07';
const sibling = '/01/09520117000508/10/DB260912-09';
const suspect = '/01/09520116000202/10/LJ-250814-YA';

describe('郫县豆瓣 Pixian doubanjiang', () => {
  let service: Service;
  let maker: Caller;
  let pidu: Caller;
  before(async () => {
    service = await toldService();
    maker = await as(service, '岷江老坝豆瓣有限公司');
    pidu = await service.as('inspector', { division: '510117' });
  });
  after(() => service.close());

  it('says that a raw material failed, which one and by how much, before anybody recalled anything', async () => {
    const text = await page(service.anyone, jars, 'zh');
    for (const words of ['无法确认', '双流二荆条', '毒死蜱', '0.14', '0.02', 'RB-2611-0381'])
      expect(text, words).to.include(words);
    expect((await item(service.anyone, suspect)).tests.map(({ passed, report }) => [passed, report])).to.deep.equal([
      [false, 'RB-2611-0381'],
    ]);
    expect((await item(pidu, suspect)).state!.persistent).to.deep.equal(['non_conformant']);
  });

  it('leaves alone what was filled from the other vat', async () => {
    const text = await page(service.anyone, sibling, 'zh');
    expect(text).not.to.include('毒死蜱');
    expect(text).not.to.include('双流二荆条');
    expect((await item(service.anyone, sibling)).tests.some(({ passed }) => !passed)).to.equal(false);
  });

  it('goes back to three farms of chili and two of beans, and says what it does not know', async () => {
    const text = await page(service.anyone, jars, 'zh');
    for (const words of ['西充二荆条', '威远朝天椒', '青川蚕豆', '保山蚕豆']) expect(text, words).to.include(words);
    // Salt and flour were bought from outside: their history begins at the gate.
    expect((await item(service.anyone, jars)).origin.unknown).to.equal(2);
  });

  it('keeps the name of a household to itself', async () => {
    for (const text of [
      await page(service.anyone, jars, 'zh'),
      await page(service.anyone, '/01/09521024000209/10/LJ-250820-WJ', 'zh'),
    ]) {
      for (const secret of ['王家椒园', '王秀英', '0832-555-0107']) expect(text, secret).not.to.include(secret);
    }
    const own = await service.anyone.get('/api/parties').query({ id: partyNamed('王家椒园') });
    expect(JSON.stringify(own.body)).not.to.include('王');
  });

  it('knows where each of three thousand jars is', async () => {
    const state = (await item(pidu, jars)).state!;
    const of = (name: string) => held(state, 'H87', ({ party, transit }) => party === partyNamed(name) && transit === undefined);
    expect(of('岷江老坝豆瓣有限公司')).to.equal(120);
    expect(of('禾集生鲜超市有限公司')).to.equal(1200 - 148);
    expect(of('叙府粮油批发有限公司')).to.equal(600 - 210);
    expect(of('蓉味团餐配送有限公司')).to.equal(600 - 160);
    expect(of('川味源电子商务有限公司')).to.equal(360 - 131);
    expect(held(state, 'H87', ({ transit }) => transit?.to === partyNamed('川味源电子商务有限公司'))).to.equal(120);
    const { sold, used, lost } = state.totals!.H87!;
    expect(held(state, 'H87') + Number(sold) + Number(used) + Number(lost)).to.equal(3000);
  });

  it('shows the maker its four customers, and a customer only itself', async () => {
    const seen = JSON.stringify(await item(maker, '/00/009520117000000038', '?view=history'));
    expect(seen).to.include(partyNamed('叙府粮油批发有限公司'));
    const xufu = await as(service, '叙府粮油批发有限公司');
    const other = JSON.stringify(await item(xufu, jars, '?view=history'));
    for (const name of ['蓉味团餐配送有限公司', '川味源电子商务有限公司']) expect(other, name).not.to.include(partyNamed(name));
  });

  it('has a shipment on the road that its customer can receive, and nobody else', async () => {
    const cartons = [16, 17, 18, 19, 20].map((n) => `https://id.gs1.org/00/0095201170001${String(n).padStart(4, '0')}`);
    const units = (await item(pidu, jars))
      .state!.holdings.filter(({ transit }) => transit !== undefined)
      .map((each) => each.in!)
      .sort();
    expect(units.map((unit) => unit.slice(0, -1))).to.deep.equal(cartons);
    const receive = (caller: Caller, place: string) =>
      caller
        .post('/api/activities/receive')
        .send({ place, units, from: partyNamed('岷江老坝豆瓣有限公司'), document: 'SO-2611-44731', condition: 'good' });
    const shop = await as(service, '禾集生鲜超市有限公司');
    expect((await receive(shop, 'https://id.gs1.org/414/9520107000204')).status).to.equal(409);
    const online = await as(service, '川味源电子商务有限公司');
    const { body: places } = await online.get('/api/places');
    const place = (places.items as { id: string; name: { zh: string } }[]).find(({ name }) => name.zh === '川味源双流仓')!.id;
    const answer = await receive(online, place);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    expect(held((await item(online, jars)).state!, 'H87')).to.equal(360 - 131 + 120);
  });
});
