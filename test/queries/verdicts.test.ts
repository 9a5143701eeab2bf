import { expect } from 'chai';
import type { JsonObject } from '../../src/domain/record.js';
import { identify } from '../../src/domain/gs1/identify.js';
import { isFaulty } from '../../src/domain/gs1/gs1Error.js';
import { viewOf } from '../../src/http/item-view.js';
import { draftOf } from '../../src/ledger/draft.js';
import type { ItemView } from '../../src/queries/itemView.js';
import { limits } from '../../src/queries/trunk.js';
import { noon, openService, type Service } from '../support/service.js';

const by = 'urn:suyuan:uscc:91510500204706718H';
const hour = 3_600_000;
const lot = (number: string) => `https://id.gs1.org/01/09520131000102/10/${number}`;
const pallet = 'https://id.gs1.org/00/395201310000000011';

describe('the verdict on what others recorded', () => {
  let service: Service;
  let count = 0;

  beforeEach(async () => {
    service = await openService();
    count = 0;
  });
  afterEach(() => service.close());

  /** Records an event an hour after the one before; answers its id. */
  const record = async (event: JsonObject): Promise<string> => {
    const id =
      typeof event.eventID === 'string' ? event.eventID : `urn:uuid:0190f1c4-0000-7000-8000-${String(++count).padStart(12, '0')}`;
    const time = new Date(noon - 90 * 24 * hour + count * hour).toISOString();
    const body: JsonObject = {
      type: 'ObjectEvent',
      action: 'OBSERVE',
      eventTime: time,
      eventTimeZoneOffset: '+08:00',
      ...event,
      eventID: id,
    };
    const [outcome] = await service.app.ledger.submit([draftOf({ v: 1, kind: 'event', id, by, body }, { role: 'system' })]);
    expect(outcome, JSON.stringify(outcome)).to.have.property('recorded');
    return id;
  };
  const make = (number: string, more: JsonObject = {}) =>
    record({
      action: 'ADD',
      bizStep: 'commissioning',
      quantityList: [{ epcClass: lot(number), quantity: 100, uom: 'KGM' }],
      ...more,
    });
  const say = (number: string, disposition: string, more: JsonObject = {}) =>
    record({ bizStep: 'inspecting', disposition, quantityList: [{ epcClass: lot(number) }], ...more });
  const view = async (uri: string, times = {}): Promise<ItemView | undefined> => {
    const identifier = identify(uri);
    return isFaulty(identifier) ? undefined : viewOf(service.app, identifier, times);
  };
  const cause = async (number: string) => (await view(lot(number)))?.verdict.cause;

  it('is a stop for a recall, whatever is said of its transport afterwards, until it may be sold again', async () => {
    await make('A');
    expect(await cause('A')).to.equal('none');
    await say('A', 'recalled');
    await say('A', 'in_transit', { bizStep: 'transporting' });
    expect(await cause('A')).to.equal('recalled');
    await say('A', 'sellable_accessible', { bizStep: 'stocking' });
    expect(await cause('A')).to.equal('none');
  });

  it('is a stop for a hold of the pallet that it is on, and for its own non-conformity', async () => {
    await make('A');
    await make('B');
    await record({
      type: 'AggregationEvent',
      action: 'ADD',
      bizStep: 'packing',
      parentID: pallet,
      childQuantityList: [{ epcClass: lot('A'), quantity: 100, uom: 'KGM' }],
    });
    await record({ bizStep: 'holding', disposition: 'non_sellable_other', epcList: [pallet] });
    expect(await cause('A')).to.equal('stopped');
    expect(await cause('B')).to.equal('none');
    await say('B', 'non_conformant');
    expect(await cause('B')).to.equal('test-failed');
  });

  it('is a doubt when only a source is affected, even later, and nothing for its siblings', async () => {
    await make('A');
    await make('B');
    const into = (from: string, to: string) =>
      record({
        type: 'TransformationEvent',
        action: undefined as unknown as string,
        bizStep: 'creating_class_instance',
        inputQuantityList: [{ epcClass: lot(from), quantity: 10, uom: 'KGM' }],
        outputQuantityList: [{ epcClass: lot(to), quantity: 9, uom: 'KGM' }],
      });
    await into('A', 'FROMA');
    await into('B', 'FROMB');
    await say('A', 'recalled');
    expect(await cause('FROMA')).to.equal('source-recalled');
    expect(await cause('FROMB')).to.equal('none');
    expect((await view(lot('FROMA')))?.journey.map((stop) => stop.title.zh)).to.deep.equal(['登记', '生产']);
  });

  it("forgets what was declared in error, and shows it in nobody's journey", async () => {
    await make('A');
    const wrong = await say('A', 'recalled');
    const before = service.app.ledger.size;
    const { body } = JSON.parse((await service.app.store.get('records', [before - 1]))?.body ?? '{}') as { body: JsonObject };
    await record({
      ...body,
      eventID: wrong,
      errorDeclaration: { declarationTime: new Date(noon).toISOString(), reason: 'did_not_occur' },
    });
    expect(await cause('A')).to.equal('none');
    const item = await view(lot('A'));
    expect(item?.journey).to.have.length(1);
    expect(item?.entry).to.include({ count: 3, checked: true });
  });

  it("is a doubt for what only stands in somebody's event", async () => {
    await say('X', 'in_progress');
    const item = await view(lot('X'));
    expect(item?.verdict).to.deep.equal({ kind: 'doubt', cause: 'only-mentioned' });
    expect(item?.origin).to.include({ complete: false, unknown: 1 });
    expect(item?.producer).to.equal(undefined);
  });

  it('is a stop when the date on the record has passed, and knows the date at an earlier time', async () => {
    await make('A', { ilmd: { 'cbvmda:bestBeforeDate': '2026-11-22' } });
    expect(await cause('A')).to.equal('expired');
    expect((await view(lot('A'), { at: noon - 2 * 24 * hour }))?.verdict.cause).to.equal('none');
  });

  it('says where it stopped following a very long history, and does not claim to have recomputed it', async () => {
    await make('A');
    const drafts = Array.from({ length: limits.own + 5 }, (_, i) => {
      const id = `urn:uuid:0190f1c4-0000-7000-9000-${String(i).padStart(12, '0')}`;
      const body: JsonObject = {
        type: 'ObjectEvent',
        action: 'OBSERVE',
        eventID: id,
        eventTime: new Date(noon - i * 1000).toISOString(),
        eventTimeZoneOffset: '+08:00',
        bizStep: 'inspecting',
        quantityList: [{ epcClass: lot('A') }],
      };
      return draftOf({ v: 1, kind: 'event', id, by, body }, { role: 'system' });
    });
    await service.app.ledger.submit(drafts.reverse());
    const item = await view(lot('A'));
    expect(item?.origin).to.include({ stopped: true, complete: false });
    expect(item?.entry?.checked).to.equal(false);
  });
});
