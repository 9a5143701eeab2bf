import { expect } from 'chai';
import fc from 'fast-check';
import type { EpcisEvent } from '../../src/domain/epcis/event.js';
import { seesAll, visible, type EventContext } from '../../src/domain/visible.js';

const lot = 'https://id.gs1.org/01/09520131000102/10/A';
const other = 'https://id.gs1.org/01/09520131000102/10/B';
const event = {
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { suyuan: 'https://suyuan.example/ns/' }],
  type: 'ObjectEvent',
  eventID: 'urn:uuid:0190f1c4-0000-7000-8000-000000000000',
  eventTime: '2026-10-18T07:40:00.000+08:00',
  eventTimeZoneOffset: '+08:00',
  action: 'OBSERVE',
  bizStep: 'shipping',
  disposition: 'in_transit',
  quantityList: [
    { epcClass: lot, quantity: 640, uom: 'KGM' },
    { epcClass: other, quantity: 3, uom: 'KGM' },
  ],
  readPoint: { id: 'https://id.gs1.org/414/9520131000102' },
  bizLocation: { id: 'https://id.gs1.org/414/9520131000102' },
  sourceList: [{ type: 'possessing_party', source: 'urn:suyuan:party:seller' }],
  destinationList: [{ type: 'possessing_party', destination: 'urn:suyuan:party:buyer' }],
  bizTransactionList: [{ type: 'po', bizTransaction: 'urn:x:1' }],
  sensorElementList: [
    {
      sensorMetadata: { deviceID: 'urn:x:logger', startTime: '2026-10-18T07:40:00Z' },
      sensorReport: [{ type: 'Temperature', value: 2, uom: 'CEL', deviceID: 'urn:x:logger' }],
    },
  ],
  'suyuan:activity': 'ship',
  'suyuan:order': 'PO-1',
  'suyuan:carrier': 'urn:suyuan:party:carrier',
} as unknown as EpcisEvent;
const context: EventContext = { parties: ['urn:suyuan:party:seller'], divisions: ['510131'], about: new Set([lot]) };

describe('what of an event a reader sees', () => {
  it('all of it: who did it, who is named in it, and the inspector of the place', () => {
    for (const party of ['seller', 'buyer', 'carrier'])
      expect(seesAll(event, { role: 'producer', party: `urn:suyuan:party:${party}` }, context), party).to.equal(true);
    for (const division of ['510131', '510100', '510000'])
      expect(seesAll(event, { role: 'inspector', division }, context), division).to.equal(true);
    expect(seesAll(event, { role: 'inspector', division: '330000' }, { ...context, chain: true })).to.equal(true);
    expect(visible(event, { role: 'producer', party: 'urn:suyuan:party:buyer' }, context)).to.equal(event);
  });

  it('the public part: strangers, other parties, inspectors from elsewhere, admins', () => {
    for (const reader of [
      {},
      { role: 'producer', party: 'urn:suyuan:party:x' },
      { role: 'inspector', division: '510132' },
      { role: 'admin' },
    ] as const) {
      const shown = visible(event, reader, context);
      expect(shown).to.have.all.keys(
        '@context',
        'type',
        'eventID',
        'eventTime',
        'eventTimeZoneOffset',
        'action',
        'bizStep',
        'disposition',
        'quantityList',
        'sensorElementList',
        'suyuan:activity',
      );
      expect(shown.quantityList).to.deep.equal([{ epcClass: lot }]);
      expect(shown.sensorElementList).to.deep.equal([
        { sensorMetadata: { startTime: '2026-10-18T07:40:00Z' }, sensorReport: [{ type: 'Temperature', value: 2, uom: 'CEL' }] },
      ]);
    }
  });

  it('never an id that is a hash of the content', () => {
    expect(visible({ ...event, eventID: 'ni:///sha-256;00?ver=CBV2.0' }, {}, context)).to.not.have.property('eventID');
  });

  it('the amount of a promise certificate, and of nothing else', () => {
    const amount = { 'suyuan:value': '3260', 'suyuan:unit': 'KGM' };
    const promise = {
      ...event,
      'suyuan:activity': 'issue-promise-certificate',
      'suyuan:quantity': amount,
    } as unknown as EpcisEvent;
    expect(visible(promise, {}, context)['suyuan:quantity']).to.deep.equal(amount);
    expect(visible({ ...promise, 'suyuan:activity': 'process' } as unknown as EpcisEvent, {}, context)).to.not.have.property(
      'suyuan:quantity',
    );
  });

  it('nothing that no list names, whatever an event carries', () => {
    const names = fc.stringMatching(/^(suyuan:)?[a-z]{3,12}$/);
    fc.assert(
      fc.property(fc.dictionary(names, fc.constant('secret-7731')), (more) => {
        const shown = JSON.stringify(visible({ ...more, ...event } as unknown as EpcisEvent, {}, context));
        const open = Object.keys(more).filter((name) =>
          /^suyuan:(growing|end|kind|method|result|report|laboratory|standard|count|items|certificate|authority|until)$/.test(
            name,
          ),
        );
        return open.length > 0 || !shown.includes('secret-7731') || 'disposition' in more;
      }),
    );
    const nasty = { ...event, 'suyuan:activity': '__proto__' } as unknown as EpcisEvent;
    expect(visible(nasty, {}, context)).to.not.have.property('suyuan:order');
  });
});
