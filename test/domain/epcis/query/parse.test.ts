import { expect } from 'chai';
import { parseAddress, parseBody } from '../../../../src/domain/epcis/query/parse.js';
import type { Json } from '../../../../src/domain/record.js';
import type { Fault } from '../../../../src/domain/text.js';

const faultsOf = (result: unknown): Fault[] => (Array.isArray(result) ? (result as Fault[]) : []);

describe('parseAddress', () => {
  const wrong: readonly (readonly [name: string, value: string, says: RegExp])[] = [
    ['bizStep', 'shipping', /no parameter/],
    ['EQ_userID', 'me', /no parameter/],
    ['$gt', '1', /no parameter/],
    ['EQ_field', 'x', /no parameter/],
    ['eventtype', 'ObjectEvent', /no parameter/],
    ['eventType', 'QuantityEvent', /no event type/],
    ['eventType', '', /no value/],
    ['EQ_action', 'OBSERVE|LOOK', /ADD, OBSERVE or DELETE/],
    ['GE_eventTime', 'yesterday', /time with its zone/],
    ['GE_eventTime', '2026-02-30T00:00:00Z', /time with its zone/],
    ['GT_eventTime', '2026-02-28T00:00:00Z', /no parameter/],
    ['EQ_bizStep', 'shiping', /no standard term/],
    ['EQ_bizStep', 'https://ref.gs1.org/cbv/BizStep-shiping', /no standard term/],
    ['EQ_readPoint', 'the barn', /neither a GS1 identifier/],
    ['EQ_readPoint', 'https://id.gs1.org/414/4012345000116', /check digit/],
    ['EQ_bizTransaction_order', 'urn:x:y', /no standard term/],
    ['MATCH_epc', '^urn:epc:.*$', /neither a GS1 identifier|not allowed/],
    ['MATCH_anyEPC', 'urn:epc:idpat:sgtin:4012345.*.9', /whole component/],
    ['MATCH_anyEPC', 'urn:epc:idpat:sgtin:4012345.0111*.*', /whole component/],
    ['MATCH_anyEPC', 'urn:epc:idpat:sgtin:4012345.*', /3 components/],
    ['MATCH_anyEPC', 'urn:epc:pat:sgtin-96:3.4012345.*.*', /filter/],
    ['EQ_quantity', 'many', /is a number/],
    ['GT_quantity', '1|2', /is a number/],
    ['GT_quantity_XXQ', '1', /unit code/],
    ['GE_value_', '1', /no parameter/],
    ['GE_value', '1', /no parameter/],
    ['EQ_percRank_CEL', '1', /unit code/],
    ['EQ_booleanValue', 'yes', /true or false/],
    ['EXISTS_errorDeclaration', 'maybe', /true, or has no value/],
    ['GT_ex:level', 'high', /number, or a time/],
    ['orderBy', 'bizStep', /eventTime, recordTime/],
    ['orderDirection', 'UP', /ASC or DESC/],
    ['eventCountLimit', '0', /whole number from 1/],
    ['maxEventCount', '2.5', /whole number from 1/],
    ['maxEventCount', '-1', /whole number from 1/],
  ];
  for (const [name, value, says] of wrong)
    it(`refuses ${name}=${value}`, () => {
      const faults = faultsOf(parseAddress({ [name]: value }));
      expect(faults.map(({ pointer }) => pointer)).to.deep.equal([`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`]);
      expect(faults[0]!.message.en).to.match(says);
      expect(faults[0]!.message.zh).to.match(/[\u4e00-\u9fff]/);
    });

  it('names every fault, not the first', () => {
    const faults = faultsOf(parseAddress({ GE_eventTime: 'x', EQ_action: 'y', nonsense: 'z' }));
    expect(faults.map(({ pointer }) => pointer)).to.deep.equal(['/GE_eventTime', '/EQ_action', '/nonsense']);
  });

  it('holds limits to what they belong to', () => {
    expect(faultsOf(parseAddress({ eventCountLimit: '5' }))).to.have.length(1);
    expect(faultsOf(parseAddress({ eventCountLimit: '5', maxEventCount: '5', orderBy: 'eventTime' }))).to.have.length(1);
    expect(parseAddress({ eventCountLimit: '5', orderBy: 'eventTime' })).to.include({ eventCountLimit: 5, descending: true });
    expect(parseAddress({ orderBy: 'suyuan:count', orderDirection: 'ASC' })).to.deep.include({
      orderBy: { uri: 'https://suyuan.example/ns/count', written: 'suyuan:count' },
      descending: false,
    });
  });

  it('takes so many values and parameters, and no more', () => {
    expect(faultsOf(parseAddress({ EQ_stringValue: Array(501).fill('x').join('|') }))).to.have.length(1);
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`EQ_ex:f${n}`, 'x']));
    expect(faultsOf(parseAddress(many))).to.have.length(1);
  });
});

describe('parseBody', () => {
  const wrong: readonly (readonly [body: Json, pointer: string])[] = [
    [[], '/query'],
    ['EQ_bizStep', '/query'],
    [{ EQ_bizStep: 'shipping|receiving' }, '/query/EQ_bizStep'],
    [{ EQ_bizStep: [] }, '/query/EQ_bizStep'],
    [{ EQ_bizStep: [7] }, '/query/EQ_bizStep'],
    [{ GE_percRank: '95' }, '/query/GE_percRank'],
    [{ EQ_value_CEL: ['4'] }, '/query/EQ_value_CEL'],
    [{ EQ_booleanValue: 'true' }, '/query/EQ_booleanValue'],
    [{ GE_eventTime: 1700000000 }, '/query/GE_eventTime'],
    [{ eventCountLimit: '5', orderBy: 'eventTime' }, '/query/eventCountLimit'],
    [{ EXISTS_errorDeclaration: 'perhaps' }, '/query/EXISTS_errorDeclaration'],
    [{ '@context': 5 }, '/query/@context'],
    [{ nextPageToken: 'x' }, '/query/nextPageToken'],
    [JSON.parse('{"__proto__":["x"]}') as Json, '/query/__proto__'],
  ];
  for (const [body, pointer] of wrong)
    it(`refuses ${JSON.stringify(body)}`, () =>
      expect(faultsOf(parseBody(body, '/query')).map((fault) => fault.pointer)).to.deep.equal([pointer]));
});
