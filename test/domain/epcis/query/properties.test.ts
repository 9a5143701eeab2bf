import { expect } from 'chai';
import fc from 'fast-check';
import { matches } from '../../../../src/domain/epcis/query/matches.js';
import { parseAddress, parseBody, queryPrefixes } from '../../../../src/domain/epcis/query/parse.js';
import type { Json } from '../../../../src/domain/record.js';
import type { Query } from '../../../../src/domain/epcis/query.js';
import { events, families, type Name } from './families.js';

const prefixes = new Map([...queryPrefixes, ['ex', 'https://ns.example.org/'], ['cold', 'https://ns.example.org/cold#']]);
const recorded = Date.parse('2026-11-23T12:00:00+08:00');
const names = Object.keys(events) as Name[];
const family = fc.constantFrom(...families.filter(([text]) => text !== ''));
const queryOf = (text: string): Query | undefined => {
  const query = parseAddress(Object.fromEntries(new URLSearchParams(text)), prefixes);
  return Array.isArray(query) ? undefined : (query as Query);
};
const found = (query: Query): Name[] =>
  names.filter((name) => matches({ event: events[name], id: events[name].eventID ?? 'ni:x', recorded }, query));

describe('any query', () => {
  it('of two families finds what both find', () =>
    fc.assert(
      fc.property(family, family, ([a], [b]) => {
        const [x, y] = [Object.fromEntries(new URLSearchParams(a)), Object.fromEntries(new URLSearchParams(b))];
        fc.pre(Object.keys(x).every((name) => !(name in y)));
        const both = parseAddress({ ...x, ...y }, prefixes) as Query;
        const second = new Set(found(queryOf(b)!));
        expect(found(both)).to.deep.equal(found(queryOf(a)!).filter((name) => second.has(name)));
      }),
      { numRuns: 1000 },
    ));

  it('of an address is understood or every wrong parameter is named', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.oneof(
            fc.string({ maxLength: 30 }),
            fc.constantFrom(...families.flatMap(([text]) => [...new URLSearchParams(text).keys()])),
          ),
          fc.oneof(
            fc.string({ maxLength: 40 }),
            fc.constantFrom(...families.flatMap(([text]) => [...new URLSearchParams(text).values()])),
          ),
          { maxKeys: 5 },
        ),
        (parameters) => {
          const query = parseAddress(parameters, prefixes);
          if (!Array.isArray(query)) expect(found(query as Query)).to.be.an('array');
          else for (const { pointer } of query) expect(pointer).to.match(/^\//);
        },
      ),
      { numRuns: 2000 },
    ));

  it('of a body is understood or refused, whatever it holds', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...families.flatMap(([text]) => [...new URLSearchParams(text).keys()])), fc.jsonValue(), {
          maxKeys: 4,
        }),
        (body) => {
          const query = parseBody(body as Json, '/query');
          if (!Array.isArray(query)) expect(found(query as Query)).to.be.an('array');
          else expect(query).not.to.be.empty;
        },
      ),
      { numRuns: 2000 },
    ));
});
