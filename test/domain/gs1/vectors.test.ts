import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { allApplicationIdentifiers, lint } from '../../../src/domain/gs1/applicationIdentifiers.js';
import { buildDigitalLink, parseDigitalLink } from '../../../src/domain/gs1/digitalLink.js';
import { parseElementString } from '../../../src/domain/gs1/elementString.js';
import { GS1Error, isFaulty, type KeyValue } from '../../../src/domain/gs1/gs1Error.js';
import { identify } from '../../../src/domain/gs1/identify.js';
import { decodeQuery, decodeSegment, encodeQuery, encodeSegment } from '../../../src/domain/gs1/percent.js';
import { sampleOf } from './samples.js';

const folder = '../shared/reference/digital-link';
const present = existsSync(folder);
const read = <T>(name: string): T => (JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as { cases: T }).cases;

function split(text: string): KeyValue[] {
  const keys = parseElementString(text);
  if (isFaulty(keys)) throw new GS1Error(keys.faults);
  return keys;
}

(present ? describe : describe.skip)('GS1 reference vectors' + (present ? '' : ` (skipped: ${folder} is not there)`), () => {
  it('gives every linter vector its reason', () => {
    const cases = read<{ bracketed: string; result: string }[]>('ai-linters.json');
    // One name is misspelt at its source.
    const code = (result: string) =>
      result.replace('GS1_LINTER_', '').replace('EXIPIRATION', 'EXPIRATION').toLowerCase().replaceAll('_', '-');
    const wrong = cases.flatMap(({ bracketed, result }) => {
      const reasons = split(bracketed).flatMap(({ ai, value }) => lint(ai, value) ?? []);
      const got = reasons[0] ?? 'ok';
      return got === code(result) ? [] : [`${bracketed}: ${got}, not ${code(result)}`];
    });
    expect(wrong).to.deep.equal([]);
    expect(cases).to.have.length(99);
  });

  it('builds every Digital Link of the generator vectors, and refuses those to be refused', () => {
    const cases =
      read<{ ok: boolean; stem: string | null; bracketedAI: string; uri: string | null; options: Record<string, unknown> }[]>(
        'dl-generate.json',
      );
    for (const { ok, stem, bracketedAI, uri, options } of cases) {
      // Unknown AIs pass when they are permitted at all and their ban from the query string is lifted.
      const permitUnknown =
        options['PermitUnknownAIs'] === 'true' && options['validation.gs1_encoder_vUNKNOWN_AI_NOT_DL_ATTR'] === false;
      const build = () => buildDigitalLink(split(bracketedAI), { ...(stem && { base: stem }), permitUnknown });
      if (ok) {
        expect(build(), bracketedAI).to.equal(uri);
        const back = parseDigitalLink(uri!, { permitUnknown });
        expect(back, bracketedAI).not.to.have.property('faults');
      } else expect(build, bracketedAI).to.throw(GS1Error);
    }
    expect(cases).to.have.length(22);
  });

  it('accepts exactly the path sequences of the vectors, and 415 with 8020, which the dictionary adds to them', () => {
    const cases = new Set(read<string[][]>('dl-path-ai-sequences.json').map((ais) => ais.join('/')));
    const keys = [...allApplicationIdentifiers()].filter((ai) => ai.chains);
    const accepted = keys.flatMap((key) => {
      const qualifiers = [...new Set(key.chains!.flat())];
      return arrangements(qualifiers)
        .map((rest) => [key.ai, ...rest])
        .filter((ais) => {
          const path = ais.map((ai) => `/${ai}/${encodeSegment(sampleOf(ai))}`).join('');
          return !isFaulty(parseDigitalLink(`https://example.com${path}`));
        })
        .map((ais) => ais.join('/'));
    });
    expect(new Set(accepted)).to.deep.equal(new Set([...cases, '415', '415/8020']));
  });

  it('encodes and decodes as the percent-encoding vectors say', () => {
    const cases = read<{ op: string; in: string; path: string; query: string }[]>('dl-percent-encoding.json');
    for (const { op, in: text, path, query } of cases) {
      const [segment, inQuery] = op === 'URIunescape' ? [decodeSegment, decodeQuery] : [encodeSegment, encodeQuery];
      expect(segment(text), text).to.equal(path);
      expect(inQuery(text), text).to.equal(query);
    }
    expect(cases).to.have.length(31);
  });

  it('has every application identifier of the syntax dictionary with its form and flags', () => {
    const lines = readFileSync(`${folder}/gs1-syntax-dictionary.txt`, 'utf8').split('\n');
    const table = new Map([...allApplicationIdentifiers()].map((ai) => [ai.ai, ai]));
    let seen = 0;
    for (const line of lines.filter((text) => /^\d/.test(text))) {
      const words = line.split(/\s+#/)[0]!.split(/\s+/);
      const [first, last = words[0]!.split('-')[0]!] = words[0]!.split('-') as [string, string?];
      const flags = /^[NXYZ[]/.test(words[1]!) ? '' : words[1]!;
      const forms = words.filter((word) => /^\[?[NXYZ][.\d]/.test(word));
      const chain = words.find((word) => word.startsWith('dlpkey'));
      for (let n = Number(first); n <= Number(last); n++) {
        const ai = table.get(String(n).padStart(first.length, '0'))!;
        seen++;
        expect(ai.attribute, ai.ai).to.equal(flags.includes('?'));
        expect(ai.fixed, ai.ai).to.equal(flags.includes('*'));
        expect(
          ai.components.map((c) => c.length),
          ai.ai,
        ).to.deep.equal(forms.map((form) => Number(/\d+/.exec(form)![0])));
        expect(
          ai.components.map((c) => c.optional),
          ai.ai,
        ).to.deep.equal(forms.map((form) => form.startsWith('[')));
        expect(
          ai.components.map((c) => c.checks.length),
          ai.ai,
        ).to.deep.equal(forms.map((form) => form.split(',').length));
        expect(ai.chains?.map((c) => c.join(',')).join('|'), ai.ai).to.equal(chain?.replace(/^dlpkey=?/, ''));
        const listed = (name: string) => words.find((word) => word.startsWith(name))?.slice(name.length) ?? '';
        expect(ai.needs.map((group) => group.join('+')).join(','), ai.ai).to.equal(listed('req='));
        expect(ai.bars.join(','), ai.ai).to.equal(listed('ex='));
      }
    }
    expect(seen).to.equal(table.size);
  });
});

const examples = ['../shared/reference/epcis/examples', '../shared/reference/event-hash'];
const examplesPresent = examples.every((path) => existsSync(path));
(examplesPresent ? describe : describe.skip)(
  'identifiers in the published EPCIS examples' + (examplesPresent ? '' : ` (skipped: ${examples.join(' or ')} is not there)`),
  () => {
    it('are all understood', () => {
      const texts = new Set<string>();
      for (const dir of examples) {
        for (const file of readdirSync(dir, { recursive: true }) as string[]) {
          if (!/\.(jsonld|xml)$/.test(file)) continue;
          const text = readFileSync(`${dir}/${file}`, 'utf8');
          for (const [, id] of text.matchAll(
            /["'>](urn:epc:(?:id|class|idpat):[^"'<\s\\]+|https?:\/\/[^"'<\s\\]+\/(?:00|01|414|417|8\d{3})\/[^"'<\s\\]+)["'<]/g,
          )) {
            texts.add(id!);
          }
        }
      }
      const faulty = [...texts].filter((id) => isFaulty(identify(id)));
      expect(faulty).to.deep.equal([]);
      expect(texts.size).to.be.greaterThan(100);
    });
  },
);

/** Every ordered choice of some of the items. */
function arrangements(items: readonly string[]): string[][] {
  return [[], ...items.flatMap((item, i) => arrangements(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))];
}
