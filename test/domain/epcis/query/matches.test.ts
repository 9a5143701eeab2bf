import { expect } from 'chai';
import { matches, type MasterData, noMasterData } from '../../../../src/domain/epcis/query/matches.js';
import { parseAddress, parseBody, queryPrefixes } from '../../../../src/domain/epcis/query/parse.js';
import type { EpcisEvent } from '../../../../src/domain/epcis/event.js';
import type { Json } from '../../../../src/domain/record.js';
import type { Query } from '../../../../src/domain/epcis/query.js';
import { events, families, type Name } from './families.js';

const prefixes = new Map([...queryPrefixes, ['ex', 'https://ns.example.org/'], ['cold', 'https://ns.example.org/cold#']]);
const recorded = Date.parse('2026-11-23T12:00:00+08:00');
const names = Object.keys(events) as Name[];

function queryOf(text: string): Query {
  const query = parseAddress(Object.fromEntries(new URLSearchParams(text)), prefixes);
  if (Array.isArray(query)) throw new Error(JSON.stringify(query));
  return query as Query;
}
const bodyOf = (value: Json): Query => {
  const query = parseBody(value);
  if (Array.isArray(query)) throw new Error(JSON.stringify(query));
  return query as Query;
};
const found = (query: Query, master: MasterData = noMasterData): Name[] =>
  names.filter((name) => matches({ event: events[name], id: events[name].eventID ?? 'ni:x', recorded }, query, master));

describe('matches', () => {
  for (const [text, expected] of families)
    it(text === '' ? 'no parameter' : text, () => expect(found(queryOf(text))).to.deep.equal(expected));

  it('takes values of JSON by their types, and prefixes by its context', () => {
    expect(found(bodyOf({ eventType: ['ObjectEvent'], EQ_bizStep: ['commissioning'] }))).to.deep.equal(['object', 'declared']);
    expect(found(bodyOf({ GE_percRank: 95, EQ_value_CEL: [4.5, 5], EXISTS_sensorElementList: null }))).to.deep.equal(['sensor']);
    const context = { '@context': { w: 'https://ns.example.org/' } };
    expect(found(bodyOf({ ...context, 'EQ_w:level': 7 }))).to.deep.equal(['object']);
    expect(found(bodyOf({ ...context, 'EQ_w:seen': '2026-03-04T03:00:30Z' }))).to.deep.equal(['object']);
    expect(found(bodyOf({ ...context, 'EQ_w:field': ['oak'] }))).to.deep.equal(['object']);
    expect(found(bodyOf({ ...context, 'EQ_w:level': 8 }))).to.deep.equal([]);
  });

  it('reads a field whose prefix nobody declared as it is written', () => {
    const query = parseAddress({ 'EQ_ex:field': 'oak' });
    if (Array.isArray(query)) throw new Error('faults');
    expect(found(query as Query)).to.deep.equal(['object']);
  });

  it('asks master data for places around places and for attributes', () => {
    const place = 'https://id.gs1.org/414/4012345000115';
    const master: MasterData = {
      around: (uri) => (uri === place ? ['urn:suyuan:place:valley'] : []),
      attributes: (uri) => (uri === place ? new Map([['suyuan:kind', ['plot']]]) : undefined),
    };
    expect(found(queryOf('WD_readPoint=urn:suyuan:place:valley'), master)).to.deep.equal(['object', 'declared', 'sensor']);
    expect(found(queryOf('EQ_readPoint=urn:suyuan:place:valley'), master)).to.deep.equal([]);
    expect(found(queryOf('HASATTR_readPoint=suyuan:kind'), master)).to.deep.equal(['object', 'declared', 'sensor']);
    expect(found(queryOf('HASATTR_readPoint=suyuan:area'), master)).to.deep.equal([]);
    expect(found(queryOf('EQATTR_readPoint_suyuan:kind=plot|pond'), master)).to.deep.equal(['object', 'declared', 'sensor']);
    expect(found(queryOf('EQ_ATTR_readPoint_suyuan:kind=pond'), master)).to.deep.equal([]);
  });

  it('keeps what it cannot read apart from what it can', () => {
    const odd = { ...events.object, readPoint: { id: 'not a uri' } } as unknown as EpcisEvent;
    expect(matches({ event: odd, id: 'x', recorded }, queryOf('EQ_readPoint=https://id.gs1.org/414/4012345000115'))).to.equal(
      false,
    );
  });
});
