import { expect } from 'chai';
import { openService, type Caller, type Service } from '../support/service.js';

const context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const gtin = 'https://id.gs1.org/01/09520131000102';
const place = '/414/9520131000102/254/12';
const relation = '/8018/952013100000000010';
const asset = 'https://id.gs1.org/8004/9520131ASSET1';
const item = (serial: string): string => `${gtin}/21/${serial}`;
const base = (n: number) => ({
  eventID: `urn:uuid:00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
  eventTime: `2026-11-2${n % 3}T08:00:00+08:00`,
  eventTimeZoneOffset: '+08:00',
});

describe('codes that name no lot', () => {
  let service: Service;
  let caller: Caller;
  const page = (path: string, lang = 'zh') => service.anyone.get(path).set('accept', 'text/html').set('accept-language', lang);
  const capture = async (...eventList: object[]) => {
    const answer = await caller.post('/epcis/capture').send({
      '@context': context,
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: '2026-11-23T00:00:00Z',
      epcisBody: { eventList },
    });
    const { body } = await caller.get(answer.headers.location as string);
    expect(body.success, JSON.stringify(body)).to.equal(true);
  };

  before(async () => {
    service = await openService();
    caller = await service.as('producer', { party: 'https://id.gs1.org/417/9520131000003' });
    const observed = { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'inspecting' };
    await capture(
      { type: 'AssociationEvent', action: 'ADD', ...base(1), parentID: `https://id.gs1.org${place}`, childEPCs: [asset] },
      { type: 'AssociationEvent', action: 'ADD', ...base(2), parentID: `https://id.gs1.org${relation}`, childEPCs: [item('7')] },
      { ...observed, ...base(3), quantityList: [{ epcClass: gtin, quantity: 5 }] },
      { ...observed, ...base(4), quantityList: [{ epcClass: `${gtin}/10/A1`, quantity: 5 }] },
      { ...observed, ...base(5), epcList: [item('8')] },
    );
    await capture({
      ...observed,
      ...base(5),
      epcList: [item('8')],
      errorDeclaration: { declarationTime: '2026-11-23T08:00:00+08:00', reason: 'did_not_occur' },
    });
  });
  after(() => service.close());

  it('a place as the thing an event is about: that it is a place, and the event', async () => {
    const zh = await page(place).expect(200);
    expect(zh.text).to.include('未登记的地点').and.include('不是一批货').and.include('第 0 条').and.include('2026-11-21');
    expect((await page(place, 'en').expect(200)).text)
      .to.include('Unregistered place')
      .and.include('entry 0');
    await page('/414/9520131000102/254/13').expect(404);
  });

  it('a service relation', async () => {
    expect((await page(relation).expect(200)).text)
      .to.include('服务关系')
      .and.include('第 1 条');
  });

  it('a product that events name without a lot: the events, and its lots, of which it is none', async () => {
    const { text } = await page('/01/09520131000102').expect(200);
    expect(text).to.include('未登记的商品').and.include('还没有说是哪一批').and.include('href="/01/09520131000102/10/A1"');
    expect(text).to.include('第 2 条').and.not.include('href="/01/09520131000102"');
  });

  it('an item of which all was declared in error says so, of every entry', async () => {
    const { text } = await page('/01/09520131000102/21/8').expect(200);
    expect(text).to.include('无法确认').and.include('都已声明有误').and.include('不算数').and.not.include('未发现问题');
    expect(new Set(text.match(/第 \d+ 条/g))).to.have.length(2);
    const { body } = await service.anyone.get('/01/09520131000102/21/8').set('accept', 'application/json').expect(200);
    expect(body.verdict).to.deep.equal({ kind: 'doubt', cause: 'withdrawn' });
  });

  it('tells nothing of a party that only recorded', async () => {
    await page('/417/9520131000003').expect(404);
    await service.anyone.get('/417/9520131000003').set('accept', 'application/json').expect(404);
  });

  it('goes by pages where there is much, in order, none twice', async () => {
    const many = Array.from({ length: 110 }, (_, n) => ({
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'inspecting',
      ...base(100 + n),
      quantityList: [{ epcClass: 'https://id.gs1.org/01/09520131000201', quantity: 1 }],
    }));
    await capture(...many);
    const first = await page('/01/09520131000201').expect(200);
    const more = /href="([^"]*after=[^"]*)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = await page(more).expect(200);
    const entries = (html: string) => html.match(/第 \d+ 条/g) ?? [];
    expect(entries(first.text)).to.have.length(100);
    expect(new Set([...entries(first.text), ...entries(second.text)])).to.have.length(110);
  });
});
