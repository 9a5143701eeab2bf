import { expect } from 'chai';
import fc from 'fast-check';
import { validateEvent } from '../../../src/domain/epcis/validate.js';
import { shape } from './reference.js';
import { corpus, right } from './wrong.js';

describe('epcis validation', () => {
  for (const [name, event] of Object.entries(right))
    it(`takes a right ${name} event`, () => expect(validateEvent(event, shape)).to.deep.equal([]));

  it('has a corpus of wrong events, each with a name of its own', () => {
    expect(new Set(corpus.map(({ name }) => name)).size)
      .to.equal(corpus.length)
      .and.to.be.at.least(60);
  });

  for (const { name, of, with: change, pointer, says } of corpus)
    it(`refuses: ${name}`, () => {
      const event = Object.fromEntries(Object.entries({ ...right[of], ...change }).filter(([, value]) => value !== undefined));
      const faults = validateEvent(withoutUndefined(event), shape);
      expect(faults.map((f) => f.pointer)).to.deep.equal([pointer]);
      expect(faults[0]!.message.en).to.match(says);
      expect(faults[0]!.message.zh).to.match(/\p{Script=Han}/u);
    });

  it('names every fault, not only the first', () => {
    const event = {
      ...right.object,
      action: 'UPDATE',
      bizStep: 'shiping',
      eventTime: 'yesterday',
      readPoint: { id: 'https://id.gs1.org/414/1' },
    };
    expect(validateEvent(event, shape).map((f) => f.pointer)).to.have.members([
      '/action',
      '/bizStep',
      '/eventTime',
      '/readPoint/id',
    ]);
  });

  it('takes terms of one’s own as URIs and CURIEs, and standard ones as Web URIs', () => {
    for (const bizStep of [
      'https://example.org/steps/curing',
      'example:curing',
      'cbv:BizStep-packing',
      'https://ref.gs1.org/cbv/BizStep-packing',
    ])
      expect(validateEvent({ ...right.object, bizStep }, shape), bizStep).to.deep.equal([]);
  });

  it('takes extensions at every place that the standard allows', () => {
    const x = { 'example:a': { 'example:b': ['1', { 'https://example.org/c': true }] } };
    const event = {
      ...right.object,
      ...x,
      '@context': [
        'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
        { example: 'https://ns.example.com/epcis/' },
      ],
      ilmd: x,
      readPoint: { id: 'geo:30.2,103.5', ...x },
      bizLocation: { id: 'https://id.gs1.org/414/4012345000115', ...x },
      errorDeclaration: { declarationTime: '2026-03-05T00:00:00Z', ...x },
      sensorElementList: [{ ...x, sensorMetadata: x, sensorReport: [{ type: 'Temperature', value: 1, uom: 'CEL', ...x }] }],
    };
    expect(validateEvent(event, shape)).to.deep.equal([]);
  });

  it('answers anything with faults, never with an exception', () => {
    const members = Object.keys({
      ...right.object,
      ...right.sensor,
      ...right.aggregation,
      ...right.transformation,
      ...right.transaction,
      errorDeclaration: 0,
      '@context': 0,
    });
    const rubbish = fc.object({
      key: fc.oneof(fc.constantFrom(...members, 'id', 'epcClass', 'ex:x', '__proto__'), fc.string()),
      maxDepth: 4,
      withNullPrototype: true,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(right)),
        fc.constantFrom(...members),
        fc.oneof(rubbish, fc.anything()),
        (event, member, value) => {
          const faults = validateEvent({ ...event, [member]: value }, shape);
          return Array.isArray(faults) && faults.every((f) => f.pointer === '' || f.pointer.startsWith('/'));
        },
      ),
      { numRuns: 400 },
    );
  });
});

const withoutUndefined = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  const out = JSON.parse(Object.hasOwn(value, '__proto__') ? '{"__proto__":1}' : '{}') as object;
  for (const [name, member] of Object.entries(value))
    if (member !== undefined && name !== '__proto__')
      Object.defineProperty(out, name, { value: withoutUndefined(member), enumerable: true });
  return out;
};
