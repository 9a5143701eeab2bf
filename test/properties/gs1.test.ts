import { expect } from 'chai';
import fc from 'fast-check';
import { allApplicationIdentifiers, valueFault } from '../../src/domain/gs1/applicationIdentifiers.js';
import { checkDigit, checkPair } from '../../src/domain/gs1/checkDigit.js';
import { buildDigitalLink, parseDigitalLink, pathOf, uriOfPath } from '../../src/domain/gs1/digitalLink.js';
import { barcodeData, elementString, parseElementString } from '../../src/domain/gs1/elementString.js';
import { fromUrn, toUrn } from '../../src/domain/gs1/epcUrn.js';
import { isFaulty, type KeyValue } from '../../src/domain/gs1/gs1Error.js';
import { identify } from '../../src/domain/gs1/identify.js';
import { normaliseUri } from '../../src/domain/gs1/uri.js';
import { organisationCheck, usccCheck, usccFault } from '../../src/domain/gs1/uscc.js';

const cset82 = [...'!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'];
const cset39 = [...'#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const text = (set: readonly string[], minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...set), { minLength, maxLength }).map((cs) => cs.join(''));
const digits = (n: number, m = n) => text([...'0123456789'], n, m);
const checked = (n: number) => digits(n).map((d) => d + checkDigit(d));
const piece = fc
  .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }))
  .map((p) => [Math.min(...p), Math.max(...p)].map((n) => String(n).padStart(2, '0')).join(''));
const withPrefix = (rest: fc.Arbitrary<string>, length = 7) => fc.tuple(digits(length), rest).map(([a, b]) => a + b);
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((p) => p.join(''));

/** Random well-formed values; qualifiers are optional where the key stands without them. */
const values: Readonly<Record<string, fc.Arbitrary<string>>> = {
  '00': checked(17),
  '01': checked(13),
  '253': joined(checked(12), text(cset82, 0, 17)),
  '255': joined(checked(12), digits(0, 12)),
  '401': withPrefix(text(cset82, 1, 23)),
  '402': checked(16),
  '414': checked(12),
  '415': checked(12),
  '417': checked(12),
  '8003': joined(fc.constant('0'), checked(12), text(cset82, 0, 16)),
  '8004': withPrefix(text(cset82, 1, 23)),
  '8006': joined(checked(13), piece),
  '8010': withPrefix(text(cset39, 1, 23)),
  '8013': withPrefix(text(cset82, 0, 16)).map((t) => t + checkPair(t)),
  '8017': checked(17),
  '8018': checked(17),
  '10': text(cset82, 1, 20),
  '21': text(cset82, 1, 20),
  '22': text(cset82, 1, 20),
  '235': text(cset82, 1, 28),
  '254': text(cset82, 1, 20).filter((ext) => ext !== '0'),
  '7040': joined(digits(1), text(cset82, 2, 2), text([...'0Az-_'], 1, 1)),
  '8011': fc.integer({ min: 0, max: 999_999_999_999 }).map(String),
  '8019': digits(1, 10),
  '8020': text(cset82, 1, 25),
};

/** Keys of one primary key type, with any of the qualifiers of one of its chains. */
function keysOf(primary: string, chain: readonly string[]): fc.Arbitrary<KeyValue[]> {
  const key = values[primary]!.map((value) => ({ ai: primary, value }));
  const qualifiers = chain.map((ai) =>
    fc.option(
      values[ai]!.map((value) => ({ ai, value })),
      { nil: undefined },
    ),
  );
  return fc.tuple(key, ...qualifiers).map(([first, ...rest]) => [first, ...rest.filter((q) => q !== undefined)]);
}
const chains = [...allApplicationIdentifiers()].flatMap((ai) => ai.chains?.map((chain) => [ai.ai, chain] as const) ?? []);
const anyKeys = fc.constantFrom(...chains).chain(([primary, chain]) => keysOf(primary, chain));

describe('GS1 identification holds for any key', () => {
  for (const [primary, chain] of chains) {
    it(`(${[primary, ...chain].join(')(')}): parse ∘ build is the identity, as link, label, bar code and through identify`, () => {
      fc.assert(
        fc.property(
          keysOf(primary, chain),
          fc.constantFrom('https://id.gs1.org', 'http://example.com:8080/a/b'),
          (keys, base) => {
            const uri = buildDigitalLink(keys, { base });
            expect(parseDigitalLink(uri)).to.deep.equal({ stem: base, keys, attributes: [], parameters: '' });
            expect(parseElementString(elementString(keys))).to.deep.equal(keys);
            expect(parseElementString(`]d2${barcodeData(keys)}`)).to.deep.equal(keys);
            const found = identify(uri);
            if (isFaulty(found)) throw new Error(JSON.stringify(found));
            expect(found.keys).to.deep.equal(keys);
            expect(identify(found.uri)).to.deep.equal(found);
            expect(identify(elementString(keys))).to.deep.equal(found);
            expect(identify(`]C1${barcodeData(keys)}`)).to.deep.equal(found);
            expect(uriOfPath(pathOf(found.uri))).to.equal(found.uri);
          },
        ),
        { numRuns: 60 },
      );
    });
  }

  it('a link is the same link as a URN, for every key with an EPC scheme and every prefix length', () => {
    const withUrn = ['00', '01', '253', '255', '401', '402', '414', '417', '8003', '8004', '8006', '8010', '8017', '8018'];
    const lossy = (keys: readonly KeyValue[]) => {
      const ais = keys.map(({ ai }) => ai);
      return ais.includes('22') || (ais.includes('10') && ais.includes('21'));
    };
    let translated = 0;
    fc.assert(
      fc.property(anyKeys, fc.integer({ min: 6, max: 12 }), (keys, length) => {
        if (!withUrn.includes(keys[0]!.ai) || lossy(keys)) return;
        if (!/^0?\d*$/.test(keys[0]!.value.slice(0, length)) || keys[0]!.value.length <= length) return;
        const uri = buildDigitalLink(keys);
        const urn = toUrn(uri, length);
        expect(fromUrn(urn)).to.equal(uri);
        if (urn !== uri) {
          expect(toUrn(fromUrn(urn), length)).to.equal(urn);
          translated++;
        }
      }),
      { numRuns: 2000 },
    );
    expect(translated).to.be.greaterThan(700);
  });

  it('attributes of the query string come back', () => {
    const attributes = fc.uniqueArray(fc.tuple(fc.constantFrom('90', '91', '99', '240', '400'), text(cset82, 1, 20)), {
      selector: ([ai]) => ai,
      maxLength: 4,
    });
    fc.assert(
      fc.property(values['01']!, attributes, (value, list) => {
        const pairs = list.map(([ai, v]) => ({ ai, value: v }));
        const uri = buildDigitalLink([{ ai: '01', value }], { attributes: pairs });
        expect(parseDigitalLink(uri)).to.have.deep.property('attributes', pairs);
      }),
    );
  });

  it('one wrong digit is always found, in every key with a check digit', () => {
    const numeric = ['00', '01', '402', '414', '415', '417', '8017', '8018'];
    fc.assert(
      fc.property(
        fc.constantFrom(...numeric).chain((ai) => fc.tuple(fc.constant(ai), values[ai]!)),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        ([ai, value], at, by) => {
          const i = at % value.length;
          const wrong = value.slice(0, i) + ((Number(value[i]) + by) % 10) + value.slice(i + 1);
          expect(valueFault({ ai, value })).to.equal(undefined);
          expect(valueFault({ ai, value: wrong })?.message.en).to.include('check digit');
          expect(identify(`https://id.gs1.org/${ai}/${wrong}`)).to.have.property('faults');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('one wrong character is always found in a GMN', () => {
    fc.assert(
      fc.property(values['8013']!, fc.nat(), fc.constantFrom(...cset82), (value, at, c) => {
        const i = at % value.length;
        fc.pre(value[i] !== c);
        expect(valueFault({ ai: '8013', value: value.slice(0, i) + c + value.slice(i + 1) })).not.to.equal(undefined);
      }),
    );
  });

  it('one wrong character is always found in a unified social credit code', () => {
    const alphabet = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
    const code = fc.tuple(text(alphabet, 2, 2), digits(6), text(alphabet, 8, 8)).map(([type, division, body]) => {
      const first = type + division + body + organisationCheck(body);
      return first + usccCheck(first);
    });
    fc.assert(
      fc.property(code, fc.nat({ max: 17 }), fc.constantFrom(...alphabet), (right, i, c) => {
        expect(usccFault(right)).to.equal(undefined);
        if (right[i] !== c) expect(usccFault(right.slice(0, i) + c + right.slice(i + 1))).not.to.equal(undefined);
      }),
    );
  });

  it('any text gets an answer, and an answer is its own canonical form', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          'https://',
          'id.gs1.org',
          'example.com',
          '/',
          '01',
          '/01/',
          '09520123456788',
          '/10/',
          '?',
          '&',
          '17=',
          '261231',
        ),
        fc.constantFrom(
          'urn:',
          'epc:id:sgtin:',
          'epc:idpat:',
          '.',
          '*',
          '(01)',
          '(10)',
          '\\(',
          ']d2',
          '\x1d',
          '%',
          '%2F',
          '%zz',
          '..',
          '#',
        ),
        fc.string({ unit: 'binary', maxLength: 6 }),
      ),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          pieces.map((p) => p.join('')),
          fc.string({ unit: 'binary' }),
          fc.webUrl(),
        ),
        (input) => {
          const found = identify(input);
          if (isFaulty(found)) {
            expect(found.faults.length).to.be.greaterThan(0);
            for (const { message } of found.faults) expect(message.zh !== '' && message.en !== '').to.equal(true);
          } else {
            const again = identify(found.uri);
            expect(again).to.include({ uri: found.uri, kind: found.kind });
          }
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('a normal URI is normal, and agrees with the platform about hosts and schemes', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        const normal = normaliseUri(url);
        if (typeof normal !== 'string') throw new Error(url);
        expect(normaliseUri(normal)).to.equal(normal);
        expect(new URL(normal).origin).to.equal(new URL(url).origin);
        expect(normaliseUri(url.replace(/^https?/, (s) => s.toUpperCase()))).to.equal(normal);
      }),
    );
  });
});
