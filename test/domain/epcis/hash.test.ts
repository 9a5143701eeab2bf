import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { prefixesOf } from '../../../src/domain/epcis/context.js';
import type { EpcisEvent } from '../../../src/domain/epcis/event.js';
import { eventHash, preHash } from '../../../src/domain/epcis/hash.js';
import { filesIn, readJson, referenceFolder } from './reference.js';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const prefixes = prefixesOf({ ext: 'https://ns.example.org/ext/' });
const base: EpcisEvent = {
  type: 'ObjectEvent',
  eventTime: '2026-03-04T11:00:30+08:00',
  eventTimeZoneOffset: '+08:00',
  action: 'ADD',
  bizStep: 'commissioning',
  epcList: ['urn:epc:id:sgtin:0614141.107346.2018', 'https://id.gs1.org/01/10614141073464/21/2017'],
  quantityList: [{ epcClass: 'urn:epc:class:lgtin:4012345.012345.998877', quantity: 200, uom: 'KGM' }],
  readPoint: { id: 'urn:epc:id:sgln:4012345.00011.987', 'ext:shelf': 'A' },
  bizTransactionList: [
    { type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:0614141073467:1152' },
    { bizTransaction: 'urn:epc:id:gdti:4012345.11111.123' },
  ],
  ilmd: { 'ext:grade': 'one', 'ext:sizes': ['2', '1'] },
  'ext:note': { 'ext:b': '2', 'ext:a': ['z', 'y'] },
};

describe('epcis event hash', () => {
  it('is exact for every published vector', () => {
    const folder = referenceFolder('event-hash');
    if (!folder) return;
    let exact = 0;
    for (const file of filesIn(folder, '.jsonld')) {
      const document = readJson(join(folder, file));
      const wanted = readFileSync(join(folder, file.replace('.jsonld', '.hashes')), 'utf8')
        .trim()
        .split('\n');
      const hashes = document.epcisBody.eventList!.map((event) => eventHash(event, sha256, prefixesOf(document['@context'])));
      expect(hashes, file).to.deep.equal(wanted);
      exact += hashes.length;
    }
    console.log(`      ${exact} vectors exact`);
    expect(exact).to.equal(10);
  });

  it('writes the fields in the order of the standard, each with its name', () => {
    expect(preHash(base, prefixes)).to.equal(
      [
        'eventType=ObjectEvent',
        'eventTime=2026-03-04T03:00:30.000Z',
        'eventTimeZoneOffset=+08:00',
        'epcList',
        'epc=https://id.gs1.org/01/10614141073464/21/2017',
        'epc=https://id.gs1.org/01/10614141073464/21/2018',
        'quantityList',
        'quantityElement',
        'epcClass=https://id.gs1.org/01/04012345123456/10/998877',
        'quantity=200',
        'uom=KGM',
        'action=ADD',
        'bizStep=https://ref.gs1.org/cbv/BizStep-commissioning',
        'readPoint',
        'id=https://id.gs1.org/414/4012345000115/254/987',
        '{https://ns.example.org/ext/}shelf=A',
        'bizTransactionList',
        'bizTransaction=https://id.gs1.org/253/4012345111118123',
        'type=https://ref.gs1.org/cbv/BTT-po',
        'bizTransaction=urn:epcglobal:cbv:bt:0614141073467:1152',
        'ilmd',
        '{https://ns.example.org/ext/}grade=one',
        '{https://ns.example.org/ext/}sizes=1',
        '{https://ns.example.org/ext/}sizes=2',
        '{https://ns.example.org/ext/}note',
        '{https://ns.example.org/ext/}a=y',
        '{https://ns.example.org/ext/}a=z',
        '{https://ns.example.org/ext/}b=2',
      ].join(''),
    );
  });

  const hash = (event: EpcisEvent, around = prefixes) => eventHash(event, sha256, around);
  const first = hash(base);

  it('is the same whatever the order of names and of lists', () => {
    const shuffled = (value: unknown, seed: readonly number[]): unknown => {
      const order = <T>(list: T[]): T[] =>
        list
          .map((item, i) => ({ item, at: seed[i % seed.length]! }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      if (Array.isArray(value)) return order(value.map((item) => shuffled(item, seed)));
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(order(Object.entries(value)).map(([name, member]) => [name, shuffled(member, seed)]));
    };
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 8 }),
        (seed) => hash(shuffled(base, seed) as EpcisEvent) === first,
      ),
    );
  });

  it('is the same for the same moment written in another zone or with more digits', () => {
    fc.assert(
      fc.property(fc.integer({ min: -14 * 60, max: 14 * 60 }), fc.integer({ min: 0, max: 6 }), (minutes, digits) => {
        const local = new Date(Date.parse(base.eventTime) + minutes * 60_000).toISOString().slice(0, 19);
        const two = (n: number) => String(n).padStart(2, '0');
        const offset = `${minutes < 0 ? '-' : '+'}${two(Math.trunc(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
        return hash({ ...base, eventTime: `${local}${digits ? '.' + '0'.repeat(digits) : ''}${offset}` }) === first;
      }),
    );
  });

  it('is the same for EPC URNs, Digital Links of any domain, links with more than the key', () => {
    expect(
      hash({
        ...base,
        epcList: [
          'https://shop.example.org/01/10614141073464/21/2018?linkType=all',
          'https://id.gs1.org/01/10614141073464/10/L1/21/2017',
        ],
        readPoint: { ...base.readPoint!, id: 'https://id.gs1.org/414/4012345000115/254/987' },
      }),
    ).to.equal(first);
  });

  it('is the same for terms as bare words, CURIEs and Web URIs, and for other prefixes of one namespace', () => {
    expect(hash({ ...base, bizStep: 'cbv:BizStep-commissioning' })).to.equal(first);
    expect(hash({ ...base, bizStep: 'https://ref.gs1.org/cbv/BizStep-commissioning' })).to.equal(first);
    const renamed = JSON.parse(JSON.stringify(base).replaceAll('"ext:', '"other:')) as EpcisEvent;
    expect(hash(renamed, prefixesOf({ other: 'https://ns.example.org/ext/' }))).to.equal(first);
    expect(hash({ '@context': { other: 'https://ns.example.org/ext/' }, ...renamed }, undefined)).to.equal(first);
  });

  it('leaves out recordTime, eventID and errorDeclaration, and nothing else', () => {
    const declared = { declarationTime: '2026-03-05T00:00:00Z', reason: 'incorrect_data' };
    expect(hash({ ...base, recordTime: '2026-03-05T00:00:00Z', eventID: 'urn:uuid:x', errorDeclaration: declared })).to.equal(
      first,
    );
    const changed: Partial<EpcisEvent>[] = [
      { eventTime: '2026-03-04T11:00:30.001+08:00' },
      { eventTimeZoneOffset: '+07:00' },
      { certificationInfo: 'https://certificates.example.org/1' },
      { disposition: 'active' },
      { bizLocation: { id: 'urn:epc:id:sgln:4012345.00011.0' } },
      { readPoint: { id: 'urn:epc:id:sgln:4012345.00011.987', 'ext:shelf': 'B' } },
      { sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 4, uom: 'CEL' }] }] },
      { sourceList: [{ type: 'owning_party', source: 'urn:epc:id:pgln:4012345.00225' }] },
      { 'ext:more': true } as Partial<EpcisEvent>,
    ];
    for (const change of changed) expect(hash({ ...base, ...change } as EpcisEvent), JSON.stringify(change)).not.to.equal(first);
  });

  it('leaves alone what only looks like an identifier', () => {
    const text = preHash({ ...base, 'ext:note': '4012345678901', 'ext:es': '(01)09520123456788' } as EpcisEvent, prefixes);
    expect(text).to.contain('note=4012345678901').and.to.contain('es=(01)09520123456788');
  });

  it('rounds finer fractions half up on the fourth digit, and writes numbers without zeros or exponents', () => {
    expect(preHash({ ...base, eventTime: '2026-03-04T03:00:30.9995Z' })).to.contain('eventTime=2026-03-04T03:00:31.000Z');
    const report = { type: 'Dimensionless', value: 1e-7, minValue: 26.0, maxValue: 1e21 };
    expect(preHash({ ...base, sensorElementList: [{ sensorReport: [report] }] })).to.contain(
      'value=0.0000001minValue=26maxValue=1000000000000000000000',
    );
  });
});
