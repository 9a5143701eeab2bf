import { expect } from 'chai';
import { controlsOf } from '../support/form.js';
import { farmOf, signedIn, type Farm } from '../support/people.js';
import { openService, type Caller, type Service } from '../support/service.js';

/** Text of a page, one blank between words. */
const textOf = (html: string): string =>
  html
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('one entry of the journal', () => {
  let service: Service;
  let farm: Farm;
  let other: Farm;
  let zhou: Caller;
  let li: Caller;
  let root: Caller;
  let sprayed: number;
  let n = 0;

  const get = async (caller: Caller, path: string, lang = 'zh'): Promise<string> =>
    textOf((await caller.get(path).set('accept-language', lang).set('accept', 'text/html').expect(200)).text);
  const record = async (name: string, body: object): Promise<number> => {
    const key = await service.as('producer', { party: farm.uri });
    const answer = await key.post(`/api/activities/${name}`).send(body);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body.entry as number;
  };
  const harvest = async (quantity: string): Promise<{ seq: number; lot: string }> => {
    const number = `F${++n}`;
    const lots = [{ product: farm.product, number, quantity, unit: 'KGM' }];
    const seq = await record('harvest', { crop: farm.crop, place: farm.place, lots, grade: '一级', operator: '周大明' });
    return { seq, lot: `${farm.product}/10/${number}` };
  };

  before(async () => {
    service = await openService();
    farm = await farmOf(service, '青石坝果园', '09520131000102');
    other = await farmOf(service, '李家果园', '09520131000201');
    service.now += 3_600_000;
    zhou = await signedIn(service, 'zhou', 'producer', { party: farm.uri });
    li = await signedIn(service, 'li', 'producer', { party: other.uri });
    root = await signedIn(service, 'root', 'admin');
    sprayed = await record('apply-input', {
      crop: farm.crop,
      place: farm.place,
      name: '春雷霉素',
      registration: 'PD20120345',
      active: '春雷霉素 2%',
      dose: { value: '100', unit: 'MLT' },
      interval: 21,
      operator: '周大明',
    });
  });
  after(() => service.close());

  it('is one tap from the journal and shows every value in the words of its form', async () => {
    const journal = (await zhou.get('/field').expect(200)).text;
    expect(journal).to.include(`href="/field/entry/${sprayed}"`);
    const zh = await get(zhou, `/field/entry/${sprayed}`);
    for (const said of [
      '打药',
      '春雷霉素 2%',
      '100 毫升',
      '21 天',
      '周大明',
      '不公开',
      '青石坝果园三号园',
      '金艳猕猴桃 2026',
      '已入账',
      '写错了',
    ])
      expect(zh).to.include(said);
    const en = await get(zhou, `/field/entry/${sprayed}`, 'en');
    for (const said of ['Spray', '100 mL', 'Jinyan kiwifruit 2026', 'not public', 'This is wrong']) expect(en).to.include(said);
  });

  it('shows what another system captured, too', async () => {
    const key = await service.as('producer', { party: farm.uri });
    await key
      .post('/epcis/events')
      .send({
        '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'inspecting',
        eventTime: new Date(service.now).toISOString(),
        eventTimeZoneOffset: '+08:00',
        quantityList: [{ epcClass: farm.crop }],
      })
      .expect(201);
    const seq = service.app.ledger.size - 1;
    expect(await get(zhou, `/field/entry/${seq}`)).to.include('金艳猕猴桃 2026');
    const page = await get(zhou, `/field/entry/${seq}/correct`);
    expect(page).to.include('作废这一条').and.to.not.include('改成对的');
  });

  it('does not exist for others, nor as anything but a number of one’s own entries', async () => {
    for (const path of [`/field/entry/${sprayed}`, `/field/entry/${sprayed}/correct`]) {
      await li.get(path).set('accept', 'text/html').expect(404);
      await root.get(path).set('accept', 'text/html').expect(404);
      const nobody = await service.anyone.get(path).set('accept', 'text/html').expect(303);
      expect(nobody.headers.location).to.match(/^\/signin/);
    }
    for (const wrong of ['x', '-1', '1e3', '99999999', '0']) await zhou.get(`/field/entry/${wrong}`).expect(404);
    await li.post(`/field/entry/${sprayed}/correct`).type('form').send({ reason: 'did_not_occur' }).expect(404);
    await li
      .get('/field/apply-input')
      .query({ corrects: String(sprayed) })
      .expect(404);
    // Of another activity than the entry there is nothing to correct.
    await zhou
      .get('/field/harvest')
      .query({ corrects: String(sprayed) })
      .expect(404);
  });

  it('is corrected by its own form with the old values in it; the journal and the lot’s page tell it', async () => {
    const { seq, lot } = await harvest('3260');
    const correct = (await zhou.get(`/field/entry/${seq}/correct`).expect(200)).text;
    expect(correct).to.include(`href="/field/harvest?corrects=${seq}"`);
    const form = (
      await zhou
        .get('/field/harvest')
        .query({ corrects: String(seq) })
        .expect(200)
    ).text;
    const controls = controlsOf(form);
    expect(controls).to.include({
      corrects: String(seq),
      '/crop': farm.crop,
      '/place': farm.place,
      '/lots/0/product': farm.product,
      '/lots/0/number': `F${n}`,
      '/lots/0/quantity': '3260',
      '/grade': '一级',
      '/operator': '周大明',
    });
    // A mistake in the form says so and stays a correction.
    const again = await zhou
      .post('/field/harvest')
      .type('form')
      .send({ ...controls, '/lots/0/quantity': 'viel' })
      .expect(400);
    expect(controlsOf(again.text)).to.include({ corrects: String(seq), token: controls.token, '/lots/0/quantity': 'viel' });

    const size = service.app.ledger.size;
    const right = { ...controls, '/lots/0/quantity': '326' };
    const saved = await zhou.post('/field/harvest').type('form').send(right).expect(303);
    expect(saved.headers.location).to.equal(`/field/entry/${size + 1}?done=replaced`);
    expect(service.app.ledger.size).to.equal(size + 2);
    // A second tap on the same form changes nothing, and neither does opening it anew.
    await zhou.post('/field/harvest').type('form').send(right).expect(303);
    await zhou
      .get('/field/harvest')
      .query({ corrects: String(seq) })
      .expect(303);
    expect(service.app.ledger.size).to.equal(size + 2);

    expect(await get(zhou, saved.headers.location as string))
      .to.include('改好了')
      .and.include('326 千克')
      .and.include('周大明');
    const old = await get(zhou, `/field/entry/${seq}`);
    expect(old)
      .to.include('更正过，不算数')
      .and.include('写错了')
      .and.include(`第 ${size + 1} 条`)
      .and.include('3,260 千克');
    expect(await get(zhou, `/field/entry/${size}`)).to.include(`说明第 ${seq} 条不算数`);
    expect((await zhou.get('/field').expect(200)).text).to.include('更正过，不算数');

    const scan = await get(service.anyone, new URL(lot).pathname);
    expect(scan).to.include('更正过 1 次').and.include('青石坝果园，写错了');
    expect(scan).to.include(`原来是第 ${seq} 条，改成第 ${size + 1} 条`);
    const en = await get(service.anyone, new URL(lot).pathname, 'en');
    expect(en)
      .to.include('Corrected once')
      .and.include('the data was wrong')
      .and.include(`right: entry ${size + 1}`);
  });

  it('is taken back with a reason, once', async () => {
    const { seq, lot } = await harvest('10');
    const size = service.app.ledger.size;
    await zhou.post(`/field/entry/${seq}/correct`).type('form').send({ reason: 'x' }).expect(400);
    await zhou.post(`/field/entry/${seq}/correct`).type('form').send({}).expect(400);
    const body = { reason: 'did_not_occur', note: '' };
    const done = await zhou.post(`/field/entry/${seq}/correct`).type('form').send(body).expect(303);
    expect(done.headers.location).to.equal(`/field/entry/${seq}?done=takenBack`);
    const again = await zhou.post(`/field/entry/${seq}/correct`).type('form').send(body).expect(303);
    expect(again.headers.location).to.equal(`/field/entry/${seq}`);
    expect(service.app.ledger.size).to.equal(size + 1);
    expect(await get(zhou, `/field/entry/${seq}`))
      .to.include('更正过，不算数')
      .and.include('没有这回事');
    await zhou.get(`/field/entry/${seq}/correct`).expect(303);
    expect(await get(service.anyone, new URL(lot).pathname))
      .to.include('更正过 1 次')
      .and.include(`由第 ${size} 条作废`);
  });

  it('tells who corrected that amounts do not add up, on the entry, the lots and the lot’s page', async () => {
    const { seq, lot } = await harvest('100');
    await record('sell', { place: farm.place, lots: [{ lot, quantity: '80', unit: 'KGM' }] });
    const controls = controlsOf(
      (
        await zhou
          .get('/field/harvest')
          .query({ corrects: String(seq) })
          .expect(200)
      ).text,
    );
    const saved = await zhou
      .post('/field/harvest')
      .type('form')
      .send({ ...controls, '/lots/0/quantity': '50' })
      .expect(303);
    expect(saved.headers.location).to.match(/done=replaced&held=1$/);
    expect(await get(zhou, saved.headers.location as string)).to.include('数量对不上');
    expect(await get(zhou, '/field/lots')).to.include('账上少 30 千克');
    expect(await get(zhou, '/field/lots', 'en')).to.include('30 kg missing on record');
    expect(await get(service.anyone, new URL(lot).pathname)).to.include('给出去的比有的多');
  });

  it('says at the field what was erased, when and why', async () => {
    const { seq } = await harvest('10');
    const key = await service.as('producer', { party: farm.uri });
    await key
      .post('/api/erasures')
      .send({ record: seq, fields: ['operator'], reason: 'withdrawn' })
      .expect(201);
    const zh = await get(zhou, `/field/entry/${seq}`);
    expect(zh).to.include('已于 2026-11-23 删除，因为本人撤回了同意').and.to.not.include('周大明');
    expect(await get(zhou, `/field/entry/${seq}`, 'en')).to.include('Erased on 2026-11-23 because the person withdrew consent');
    const liu = await signedIn(service, 'liu', 'inspector', { division: '510100' });
    const desk = await get(liu, `/inspect/lot?id=${encodeURIComponent(`${farm.product}/10/F${n}`)}`);
    expect(desk).to.include('已于 2026-11-23 删除，因为本人撤回了同意');
    // A correction starts from what is left.
    const controls = controlsOf(
      (
        await zhou
          .get('/field/harvest')
          .query({ corrects: String(seq) })
          .expect(200)
      ).text,
    );
    expect(controls['/operator']).to.equal('');
  });
});
