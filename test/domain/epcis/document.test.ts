import { expect } from 'chai';
import { prefixesOf, withContext } from '../../../src/domain/epcis/context.js';
import { readDocument } from '../../../src/domain/epcis/document.js';
import { type EpcisEvent, itemsOf } from '../../../src/domain/epcis/event.js';
import { longNumbers } from '../../../src/domain/epcis/plain.js';
import { parseTime, whenOf } from '../../../src/domain/epcis/time.js';
import { isUnit } from '../../../src/domain/epcis/units.js';
import { documentShape } from './reference.js';
import { right } from './wrong.js';

const epcisContext = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
const document = (more: object = {}) => ({
  '@context': [epcisContext, { ex: 'https://ns.example.org/', unused: 'https://unused.example.org/' }],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-03-05T00:00:00Z',
  epcisBody: { eventList: [right.object, right.transformation] },
  ...more,
});
const event = right.object as unknown as EpcisEvent;

const refusals: [name: string, value: unknown, pointer: string, says: RegExp][] = [
  ['nothing', null, '', /neither/],
  ['a text', 'EPCISDocument', '', /neither/],
  ['a list of events', [right.object], '', /is a list/],
  ['no type', {}, '/type', /missing/],
  ['a type that is no text', { type: {} }, '/type', /not a text/],
  ['another kind of document', { type: 'CatalogueDocument' }, '/type', /not taken/],
  ['the answer to a query', { type: 'EPCISQueryDocument' }, '/type', /answer to a query/],
  ['an event without its context', right.object, '/@context', /missing/],
  ['no context', document({ '@context': undefined }), '/@context', /missing/],
  ['a version that is not 2', document({ schemaVersion: '1.2' }), '/schemaVersion', /form/],
  ['no date of creation', document({ creationDate: undefined }), '/creationDate', /missing/],
  ['no body', document({ epcisBody: undefined }), '/epcisBody', /missing/],
  ['a body without events', document({ epcisBody: {} }), '/epcisBody/eventList', /missing/],
  ['events that are no list', document({ epcisBody: { eventList: {} } }), '/epcisBody/eventList', /array/],
  ['an event that is no object', document({ epcisBody: { eventList: [7] } }), '/epcisBody/eventList/0', /object/],
  ['a member of nobody', document({ events: [] }), '/events', /not a known member/],
];

describe('epcis document', () => {
  for (const [name, value, pointer, says] of refusals)
    it(`refuses: ${name}`, () => {
      const read = readDocument(JSON.parse(JSON.stringify(value)), documentShape);
      if (!('faults' in read)) throw new Error('was taken');
      expect(read.faults.map((f) => f.pointer)).to.deep.equal([pointer]);
      expect(read.faults[0]!.message.en).to.match(says);
    });

  it('gives its events with the place of each', () => {
    const read = readDocument(document(), documentShape);
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    expect(read.events.map(({ pointer }) => pointer)).to.deep.equal(['/epcisBody/eventList/0', '/epcisBody/eventList/1']);
    expect(read.prefixes.get('ex')).to.equal('https://ns.example.org/');
  });

  it('counts the master data of its header', () => {
    const vocabularyList = [
      { type: 'urn:epcglobal:epcis:vtype:BusinessLocation', vocabularyElementList: [{ id: 'urn:epc:id:sgln:0037000.00729.0' }] },
    ];
    const read = readDocument(document({ epcisHeader: { epcisMasterData: { vocabularyList } } }), documentShape);
    expect(read).to.have.property('vocabulary', 1);
  });

  it('takes one event that stands alone with its context', () => {
    const read = readDocument({ '@context': epcisContext, ...right.object }, documentShape);
    expect(read).to.have.nested.property('events.length', 1);
  });
});

describe('epcis context', () => {
  it('is carried as far as the event uses it', () => {
    expect(withContext(event, document()['@context'])).to.equal(event);
    expect(withContext({ ...event, 'ex:a': 1 }, document()['@context'])['@context']).to.deep.equal({
      ex: 'https://ns.example.org/',
    });
    expect(withContext({ ...event, bizStep: 'ex:curing' }, document()['@context'])['@context']).to.deep.equal({
      ex: 'https://ns.example.org/',
    });
  });

  it('keeps what an event declares itself, over its document', () => {
    const own = { ...event, '@context': { ex: 'https://own.example.org/' }, 'ex:a': 1 } as EpcisEvent;
    expect(withContext(own, document()['@context'])).to.equal(own);
    expect(prefixesOf(own['@context'], prefixesOf(document()['@context'])).get('ex')).to.equal('https://own.example.org/');
  });

  it('keeps the address of a context that may explain an unknown prefix, without fetching it', () => {
    const contexts = [epcisContext, 'https://partner.example.org/context.jsonld'];
    expect(withContext({ ...event, 'p:a': 1 }, contexts)['@context']).to.equal('https://partner.example.org/context.jsonld');
  });
});

describe('epcis items', () => {
  const e = (value: object): EpcisEvent => value as EpcisEvent;

  it('are canonical, with their part in the event', () => {
    expect(itemsOf(e(right.aggregation))).to.deep.equal([
      { uri: 'https://id.gs1.org/00/040123451111111110', role: 'parent' },
      { uri: 'https://id.gs1.org/01/04012345111118/21/9876', role: 'child' },
      { uri: 'https://id.gs1.org/01/09520123456788/10/ABC', role: 'child', quantity: '12.5', unit: 'KGM' },
    ]);
    expect(itemsOf(e(right.transformation)).map(({ role }) => role)).to.deep.equal(['input', 'output']);
    expect(itemsOf(e(right.object)).map(({ role }) => role)).to.deep.equal(['epc', 'class']);
    expect(itemsOf(e(right.association)).map(({ role }) => role)).to.deep.equal(['parent', 'child']);
    expect(itemsOf(e(right.transaction)).map(({ role }) => role)).to.deep.equal(['epc']);
  });

  it('name an instance once, in whatever forms it stands there', () => {
    const forms = [
      'urn:epc:id:sgtin:4012345.011111.9876',
      'https://id.gs1.org/01/04012345111118/21/9876',
      'https://shop.example.org/01/04012345111118/10/L/21/9876',
    ];
    expect(itemsOf(e({ ...right.object, epcList: forms, quantityList: [] }))).to.have.length(1);
  });

  it('leave an unknown quantity out and write every other as a decimal', () => {
    const list = [
      { epcClass: 'https://id.gs1.org/01/09520123456788' },
      { epcClass: 'urn:epc:class:lgtin:4012345.012345.1', quantity: 1e-7, uom: 'KGM' },
    ];
    const [first, second] = itemsOf(e({ ...right.object, epcList: [], quantityList: list }));
    expect(first).to.deep.equal({ uri: 'https://id.gs1.org/01/09520123456788', role: 'class' });
    expect(second).to.include({ quantity: '0.0000001', unit: 'KGM' });
  });
});

describe('epcis values', () => {
  it('read times to the millisecond and keep the offset', () => {
    expect(whenOf({ eventTime: '2005-04-03T20:33:31.116000-06:00', eventTimeZoneOffset: '-06:00' })).to.deep.equal({
      time: Date.UTC(2005, 3, 4, 2, 33, 31, 116),
      offset: '-06:00',
    });
    for (const text of [
      '2026-02-29T00:00:00Z',
      '2026-01-01T00:60:00Z',
      '2026-01-01T00:00:60Z',
      '2026-13-01T00:00:00Z',
      '2026-01-01T00:00:00+15:00',
    ])
      expect(parseTime(text), text).to.equal(undefined);
    expect(parseTime('2024-02-29T23:59:59.9999Z')).to.equal(Date.UTC(2024, 2, 1));
  });

  it('know the units of Rec 20', () => {
    for (const code of [
      'KGM',
      'H87',
      'LTR',
      'CEL',
      'GRM',
      'TNE',
      'MTQ',
      'HAR',
      'EA',
      'A93',
      'KMH',
      'LUX',
      'C35',
      'P71',
      'DD',
      'E99',
      'F01',
      'C62',
    ])
      expect(isUnit(code), code).to.equal(true);
    for (const code of ['KG', 'kgm', 'A92', 'XXX', '', 'A1', 'F09', 'E100']) expect(isUnit(code), code).to.equal(false);
  });

  it('find numbers written with too many digits before they are rounded', () => {
    expect(longNumbers('{"a":1.00000000000000001,"b":[ 12345678901234567 ],"c":"1.00000000000000001","d":0.5}')).to.deep.equal([
      '1.00000000000000001',
      '12345678901234567',
    ]);
    expect(longNumbers('{"a":0.000000000000000001,"b":100000000000000000000,"c":"\\"1.00000000000000001"}')).to.deep.equal([]);
  });
});
