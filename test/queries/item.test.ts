import { expect } from 'chai';
import { canonical, identify } from '../../src/domain/gs1/identify.js';
import { isFaulty } from '../../src/domain/gs1/gs1Error.js';
import { viewOf } from '../../src/http/item-view.js';
import type { ItemView } from '../../src/queries/itemView.js';
import { openDemoService } from '../support/demo.js';
import type { Service } from '../support/service.js';

const kiwi = 'https://id.gs1.org/01/09520131000102/10/PJ261018A3';
const jar = 'https://id.gs1.org/01/09520117000508/10/DB260912-07';

describe('what a consumer is shown of the demo stories', function () {
  this.timeout(60_000);
  let service: Service & { examples: readonly string[] };
  const view = async (uri: string, times = {}): Promise<ItemView> => {
    const identifier = identify(uri);
    if (isFaulty(identifier)) throw new Error(uri);
    const found = await viewOf(service.app, identifier, times);
    if (found === undefined) throw new Error(`no history of ${uri}`);
    return found;
  };
  const titles = (item: ItemView) => item.journey.map((stop) => stop.title.zh);

  before(async () => (service = await openDemoService()));
  after(() => service.close());

  it('kiwifruit: back to the orchard, with the wait after the spray and the curve of the truck', async () => {
    const item = await view(kiwi);
    expect(item.verdict).to.deep.equal({ kind: 'ok', cause: 'none' });
    expect(item.product?.name.zh).to.equal('蒲江金艳猕猴桃');
    expect(item.producer).to.deep.include({ name: { zh: '青石坝猕猴桃专业合作社', en: 'Qingshiba Kiwifruit Cooperative' } });
    expect(item.producer?.region?.zh).to.equal('四川省成都市蒲江县西来镇');
    expect(item.begin?.what).to.equal('harvested');
    expect(item.spray).to.include({ kind: 'spray', interval: 14, waited: 36 });
    expect(item.promise).to.deep.include({ quantity: { value: '3260', unit: 'KGM' } });
    expect(item.tests).to.have.length(1);
    expect(item.tests[0]).to.deep.include({ passed: true, items: 54 });
    expect(item.origin).to.deep.include({ complete: true, unknown: 0, stopped: false });
    expect(titles(item).slice(0, 4)).to.deep.equal(['栽种', '照料', '打药', '采收']);
    expect(titles(item).at(-1)).to.equal('上架');
    expect(item.journey.length).to.be.at.most(9);
    const truck = item.journey.find((stop) => stop.icon === 'truck');
    expect(truck?.temperature).to.deep.include({ max: 4.6, low: 0, high: 4, outside: 10, gap: 0 });
    expect(item.entry).to.include({ checked: true });
    expect(item.demo).to.equal(true);
  });

  it('doubanjiang: raw materials as stops of their own; one that failed later makes it doubtful, not forbidden', async () => {
    const item = await view(jar);
    expect(item.verdict).to.deep.equal({ kind: 'doubt', cause: 'source-test-failed' });
    expect(titles(item).filter((title) => title.startsWith('原料：'))).to.have.length(5);
    const failed = item.tests.find((test) => test.passed === false);
    expect(failed).to.deep.include({ of: { zh: '双流二荆条', en: failed?.of?.en ?? '' } });
    expect(failed?.failed).to.deep.equal([{ what: '毒死蜱', found: '0.14', limit: '0.02', unit: 'mg/kg' }]);
    // The chili growers' certificates are theirs, not the jar's.
    expect(item.promise).to.equal(undefined);
    expect(item.begin?.what).to.equal('produced');
    expect(item.origin.complete).to.equal(false);
  });

  it('names no customer, amount or plate to strangers', async () => {
    for (const uri of service.examples) {
      const told = JSON.stringify(await view(uri));
      for (const secret of ['超市', '团餐', '川A', '"quantityList"', 'urn:suyuan:place', '周大山'])
        expect(told, secret).to.not.include(secret);
    }
  });

  it('as of an earlier time shows only what had happened, and does not claim to have recomputed it', async () => {
    const before = Date.parse('2026-10-19T00:00:00+08:00');
    const loose = canonical('https://id.gs1.org/01/09520131000201/10/PJ2610183');
    const item = await view(loose, { at: before });
    expect(item.journey.every((stop) => stop.at <= before)).to.equal(true);
    expect(item.tests).to.deep.equal([]);
    expect(item.entry?.checked).to.equal(false);
  });

  it('says so when an entry was tampered with', async () => {
    const { app } = service;
    const [touch] = await app.store.range('touches', { prefix: [kiwi], limit: 1 });
    const row = await app.store.get('records', [touch?.seq ?? -1]);
    const forged = { ...app, store: tampered(app.store, row?.seq ?? -1) };
    const identifier = identify(kiwi);
    const item = isFaulty(identifier) ? undefined : await viewOf(forged, identifier);
    expect(item?.verdict).to.deep.equal({ kind: 'doubt', cause: 'entries-disagree' });
    expect(item?.entry?.checked).to.equal(false);
  });

  it('finds the lot by a code with a serial that is not recorded', async () => {
    expect((await view(`${kiwi}/21/0427`)).item).to.equal(kiwi);
    const unknown = identify('https://id.gs1.org/01/09520131000102/21/0427');
    expect(isFaulty(unknown) ? unknown : await viewOf(service.app, unknown)).to.equal(undefined);
  });
});

type Store = Service['app']['store'];
/** A store whose disk was changed behind the ledger's back: one record says something else. */
const tampered = (store: Store, seq: number): Store =>
  new Proxy(store, {
    get: (of, name) => {
      if (name !== 'getMany') return (of[name as keyof Store] as () => unknown).bind(of);
      return async (collection: 'records', keys: [number][]) => {
        const rows = await of.getMany(collection, keys);
        return rows.map((row) =>
          row?.seq === seq && row.body ? { ...row, body: row.body.replace(/"eventTime":"20../, '"eventTime":"2030') } : row,
        );
      };
    },
  });
