import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Activity } from '../../../src/domain/activities.js';
import { eventOf, extensionsOf } from '../../../src/domain/activity/event.js';
import { activityFaults } from '../../../src/domain/activity/faults.js';
import { isHidden, readActivity } from '../../../src/domain/activity/read.js';
import type { JsonObject } from '../../../src/domain/record.js';
import { activities, files, gs1Validation, validateFields } from './folder.js';
import { carrier, farm, laboratory, samples, shop, store } from './samples.js';

const now = Date.parse('2026-11-23T12:00:00+08:00');
const occasion = { by: farm, eventID: 'urn:uuid:0190f0a0-0000-7000-8000-0000000000ee', now, offset: '+08:00' };
const activity = (name: string): Activity => activities.get(name)!;
const made = (name: string, values: JsonObject = samples[name]!, by = farm) =>
  eventOf(activity(name), values, { ...occasion, by });

describe('an activity becomes an event', () => {
  it('has a sample of every activity that fits its form', () => {
    expect(Object.keys(samples)).to.have.members([...activities.keys()]);
    for (const each of activities.values()) {
      const validate = validateFields(each);
      validate(samples[each.name]);
      expect(validate.errors ?? [], each.name).to.deep.equal([]);
      expect(activityFaults(each, samples[each.name]!, { now }), each.name).to.deep.equal([]);
    }
  });

  it('makes only events that GS1’s schema accepts', function () {
    const validate = gs1Validation();
    if (!validate) this.skip();
    for (const name of activities.keys()) {
      validate(made(name).event);
      expect(validate.errors ?? [], name).to.deep.equal([]);
    }
    expect(validate({ ...made('harvest').event, action: 'ADD' }), 'the schema does refuse').to.equal(false);
  });

  it('says when and where it happened, in the time zone of the place', () => {
    const { event } = made('harvest');
    expect(event.eventTime).to.equal('2026-10-18T07:40:00.000+08:00');
    expect(event.eventTimeZoneOffset).to.equal('+08:00');
    const { time: _, ...timeless } = samples.harvest!;
    expect(made('harvest', timeless).event.eventTime).to.equal('2026-11-23T12:00:00.000+08:00');
    expect(made('harvest', { ...samples.harvest, time: '2026-10-17T23:40:00Z' }).event.eventTime).to.equal(
      '2026-10-18T07:40:00.000+08:00',
    );
  });

  it('splits lots and single items by their identifiers', () => {
    const { event } = made('slaughter');
    expect(event.inputQuantityList).to.deep.equal([
      { epcClass: 'https://id.gs1.org/01/09520131000300/10/H-12', quantity: 1, uom: 'H87' },
    ]);
    expect(event.outputEPCList).to.deep.equal([
      'https://id.gs1.org/01/09520131000409/21/0001',
      'https://id.gs1.org/01/09520131000409/21/0002',
    ]);
    expect(made('pack').event).to.deep.include({
      parentID: 'https://id.gs1.org/00/009520131000000010',
      childQuantityList: [{ epcClass: 'https://id.gs1.org/01/09520131000102/10/PJ261018A3', quantity: 600, uom: 'H87' }],
    });
    expect(made('harvest').event.inputQuantityList).to.deep.equal([
      { epcClass: 'https://id.gs1.org/01/09520131000201/10/2026-3' },
    ]);
  });

  it('takes identifiers in any form and writes the canonical one', () => {
    const values = { ...samples.harvest, crop: '(01)09520131000201(10)2026-3' };
    expect(made('harvest', values).event).to.deep.equal(made('harvest').event);
    const scanned = { ...samples.store, units: ['https://suyuan.example/00/009520131000000010'] };
    expect(made('store', scanned).event.epcList).to.deep.equal(['https://id.gs1.org/00/009520131000000010']);
  });

  it('names who gives, who gets and by which document', () => {
    const { event } = made('ship');
    expect(event.sourceList).to.deep.equal([
      { type: 'possessing_party', source: farm },
      { type: 'location', source: store },
    ]);
    expect(event.destinationList).to.deep.equal([
      { type: 'possessing_party', destination: shop },
      { type: 'owning_party', destination: shop },
      { type: 'location', destination: store },
    ]);
    expect(event.bizTransactionList).to.deep.equal([
      { type: 'desadv', bizTransaction: 'urn:suyuan:bt:uscc:93510131MA61UQ4D52:SO-26-44731' },
      { type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:9520131000003:PO-9' },
    ]);
    expect(event).to.deep.include({ 'suyuan:carrier': carrier, 'suyuan:document': 'SO-26-44731', disposition: 'in_transit' });
    expect(event).not.to.have.property('bizLocation');
    const received = made('receive', samples.receive, shop).event;
    expect(received.bizTransactionList).to.deep.equal([
      { type: 'desadv', bizTransaction: 'urn:suyuan:bt:uscc:93510131MA61UQ4D52:SO-26-44731' },
    ]);
  });

  it('tells a passed from a failed test', () => {
    expect(made('test').event).to.deep.include({ disposition: 'conformant', persistentDisposition: { set: ['conformant'] } });
    expect(made('test', { ...samples.test, result: 'fail' }).event).to.deep.include({
      disposition: 'non_conformant',
      persistentDisposition: { set: ['non_conformant'] },
    });
    expect(made('test').event['suyuan:laboratory']).to.equal(laboratory);
    expect(made('test').event.bizTransactionList).to.deep.equal([
      { type: 'testres', bizTransaction: `urn:epcglobal:cbv:bt:${laboratory.slice(-13)}:RB-2610-0773` },
    ]);
  });

  it('keeps a series as it was read: a gap stays a gap', () => {
    const element = (made('transport-reading').event.sensorElementList as JsonObject[])[0]!;
    expect(element.sensorMetadata).to.deep.equal({
      startTime: '2026-11-20T14:00:00.000Z',
      endTime: '2026-11-20T15:30:00.000Z',
      deviceID: 'https://id.gs1.org/8004/9520131LOG7',
    });
    expect(element.sensorReport).to.deep.equal([
      { type: 'Temperature', value: 1.6, uom: 'CEL', time: '2026-11-20T14:00:00.000Z' },
      { type: 'RelativeHumidity', value: 92, uom: 'P1', time: '2026-11-20T14:00:00.000Z' },
      { type: 'Temperature', value: 2.4, uom: 'CEL', time: '2026-11-20T14:10:00.000Z' },
      { type: 'Temperature', value: 4.6, uom: 'CEL', time: '2026-11-20T15:30:00.000Z' },
      { type: 'RelativeHumidity', value: 88.5, uom: 'P1', time: '2026-11-20T15:30:00.000Z' },
    ]);
  });

  it('begins a growing lot and ends it', () => {
    expect(made('plant').event).to.deep.include({
      action: 'ADD',
      'suyuan:growing': true,
      ilmd: { 'suyuan:variety': '金艳', 'suyuan:seed': '本地苗圃' },
    });
    expect(made('harvest').event).to.deep.include({
      'suyuan:end': true,
      ilmd: { 'cbvmda:bestBeforeDate': '2026-12-20', 'suyuan:grade': '统货' },
    });
    expect(made('finish').event).to.deep.include({ action: 'DELETE', 'suyuan:end': true });
  });

  it('hides the contact of a household, and shows that of an organisation', () => {
    const household = made('issue-promise-certificate', undefined, carrier);
    expect(household.hidden).to.deep.equal({ promiser: '青石坝猕猴桃专业合作社', contact: '028-5550-1234' });
    expect(JSON.stringify(household.event)).not.to.include('5550');
    expect(made('issue-promise-certificate').event['suyuan:contact']).to.equal('028-5550-1234');
  });
});

describe('whatever is typed', () => {
  const names = [...activities.keys()];
  /** A sample with some fields left out and every free text replaced by one of the run. */
  const typed = fc
    .record({ name: fc.constantFrom(...names), dropped: fc.array(fc.nat(20), { maxLength: 4 }), mark: fc.uuid() })
    .map(({ name, dropped, mark }) => {
      const { fields } = activity(name);
      const kept = Object.entries(samples[name]!).filter(([field], n) => fields.required.includes(field) || !dropped.includes(n));
      const isText = (field: string): boolean => ['text', 'long'].includes(fields.properties[field]?.['x-field'] ?? '');
      const values = Object.fromEntries(
        kept.map(([field, value]) => [field, isText(field) && typeof value === 'string' ? `${mark}-${field}` : value]),
      );
      return { name, values: values as JsonObject, mark };
    });

  it('never shows a hidden value in the event, and loses none', () => {
    fc.assert(
      fc.property(typed, fc.constantFrom(farm, carrier), ({ name, values, mark }, by) => {
        const { event, hidden } = made(name, values, by);
        const text = JSON.stringify(event);
        for (const [field, value] of Object.entries(values)) {
          const secret = isHidden(activity(name).fields.properties[field]!, by === carrier);
          expect(field in hidden, `${name}/${field}`).to.equal(secret);
          if (!secret) continue;
          expect(hidden[field]).to.deep.equal(value);
          expect(text).not.to.include(`${mark}-${field}`);
          expect(text).not.to.include(`suyuan:${field}"`);
        }
      }),
    );
  });

  it('stands in the event or in the hidden values, every field of it', () => {
    fc.assert(
      fc.property(typed, ({ name, values, mark }) => {
        const { event, hidden } = made(name, values);
        const text = JSON.stringify({ event, hidden });
        for (const [field, value] of Object.entries(values))
          if (value === `${mark}-${field}`) expect(text).to.include(`${mark}-${field}`);
        const shown = extensionsOf(event);
        expect(shown.activity).to.equal(name);
        for (const field of ['dose', 'items', 'loss', 'quantity', 'reason']) {
          if (field in values && activity(name).event.items?.includes(field) !== true)
            expect(shown[field]).to.deep.equal(values[field]);
        }
      }),
    );
  });

  it('keeps quantities exact', () => {
    const amount = fc.tuple(fc.bigInt({ min: 1n, max: 999_999_999_999_999n }), fc.nat(6)).map(([digits, point]) => {
      const text = digits.toString().padStart(point + 1, '0');
      return point === 0 ? text : `${text.slice(0, -point)}.${text.slice(-point)}`;
    });
    fc.assert(
      fc.property(amount, (quantity) => {
        const lots = [{ product: 'https://id.gs1.org/01/09520131000201', number: 'Q', quantity, unit: 'KGM' }];
        expect(activityFaults(activity('harvest'), { ...samples.harvest, lots }, { now })).to.deep.equal([]);
        const [line] = made('harvest', { ...samples.harvest, lots }).event.outputQuantityList as { quantity: number }[];
        const plain = quantity
          .replace(/(\.\d*?)0+$/, '$1')
          .replace(/\.$/, '')
          .replace(/^0+(?=\d)/, '');
        expect(Number(line!.quantity.toPrecision(15))).to.equal(line!.quantity);
        expect(line!.quantity).to.equal(Number(plain));
        if (!/e/.test(String(line!.quantity))) expect(String(line!.quantity)).to.equal(plain);
      }),
    );
  });
});

describe('a new activity is a new file', () => {
  it('and makes events without a line of code', function () {
    const file: JsonObject = {
      $id: 'activities/smoke.json',
      name: 'smoke',
      title: { zh: '熏制', en: 'Smoke' },
      did: { zh: '熏制', en: 'Smoked' },
      stage: 'processing',
      icon: 'plant',
      order: 5000,
      who: ['producer'],
      fields: {
        type: 'object',
        required: ['inputs', 'outputs'],
        additionalProperties: false,
        properties: {
          time: { $ref: 'activities/fields.json#/$defs/time', 'x-label': { zh: '时间', en: 'When' }, 'x-default': 'now' },
          inputs: { $ref: 'activities/fields.json#/$defs/lots', 'x-label': { zh: '用了哪几批', en: 'What went in' } },
          outputs: { $ref: 'activities/fields.json#/$defs/newLots', 'x-label': { zh: '出来哪几批', en: 'What came out' } },
          wood: { type: 'string', 'x-label': { zh: '用什么木', en: 'Wood' } },
          cook: { type: 'string', 'x-label': { zh: '师傅', en: 'Cook' }, 'x-personal': true },
        },
      },
      event: {
        type: 'TransformationEvent',
        bizStep: 'creating_class_instance',
        inputs: ['inputs'],
        outputs: ['outputs'],
        ilmd: ['wood'],
      },
    };
    const smoke = readActivity(file, files.get('activities/fields.json')!);
    const values: JsonObject = {
      inputs: [{ lot: 'https://id.gs1.org/01/09520131000300/10/H-12', quantity: '2', unit: 'H87' }],
      outputs: [{ product: '09520131000409', number: 'LR-1', quantity: '31.5', unit: 'KGM' }],
      wood: '柏枝',
      cook: '何师傅',
    };
    const check = validateFields(smoke);
    expect(check(values), JSON.stringify(check.errors)).to.equal(true);
    expect(activityFaults(smoke, values, { now })).to.deep.equal([]);
    const { event, hidden } = eventOf(smoke, values, occasion);
    expect(event).to.deep.include({
      type: 'TransformationEvent',
      outputQuantityList: [{ epcClass: 'https://id.gs1.org/01/09520131000409/10/LR-1', quantity: 31.5, uom: 'KGM' }],
      ilmd: { 'suyuan:wood': '柏枝' },
      'suyuan:activity': 'smoke',
    });
    expect(hidden).to.deep.equal({ cook: '何师傅' });
    const validate = gs1Validation();
    if (validate) expect(validate(event), JSON.stringify(validate.errors)).to.equal(true);
  });
});
