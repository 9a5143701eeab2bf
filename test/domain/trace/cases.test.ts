import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { reach, TooWide } from '../../../src/domain/trace/reach.js';
import { add } from '../../../src/domain/quantity.js';
import type { Trace } from '../../../src/domain/trace/trace.js';
import { inMemory, lotName, lotUri, partyUri, recorded, traced, type Line } from './story.js';

type Range = [min: number, max: number];
interface Expected {
  readonly touched?: Range;
  readonly share?: Range;
  readonly carrier?: true;
  readonly rework?: true;
}
interface Case {
  readonly name: string;
  readonly story: string;
  readonly lines: readonly Line[];
  readonly of: string;
  readonly at?: number;
  readonly forward?: Record<string, Expected>;
  readonly back?: Record<string, Expected>;
  readonly now?: Record<string, Record<string, Range>>;
  readonly gone?: Record<string, Record<string, Range>>;
}

const cases = JSON.parse(readFileSync('test/domain/trace/cases.json', 'utf8')) as Case[];
const range = (span: { min: string; max: string } | undefined): Range | undefined => span && [Number(span.min), Number(span.max)];

function told(trace: Trace, asked: Record<string, Expected>): Record<string, Expected> {
  return Object.fromEntries(
    trace.lots
      .filter(({ root }) => !root)
      .map(({ item, touched, share, carrier, rework }) => {
        const name = lotName(item);
        const [part, much] = [range(touched[0]), range(share)];
        return [
          name,
          {
            ...(part && { touched: part }),
            ...(much && (asked[name]?.share || !asked[name]) && { share: much }),
            ...(carrier && { carrier }),
            ...(rework && { rework }),
          },
        ];
      }),
  );
}

describe('twenty and more small stories of a trace', () => {
  for (const { name, story, lines, of, at, forward, back, now = {}, gone = {} } of cases) {
    it(`${name}: ${story}`, async () => {
      const events = recorded(lines);
      if (back) expect(told(await traced(events, of, 'back', at), back), 'back').to.deep.equal(back);
      if (!forward) return;
      const trace = await traced(events, of, 'forward', at);
      expect(told(trace, forward), 'forward').to.deep.equal(forward);
      for (const [lot, hands] of Object.entries(now)) {
        const found = trace.lots.find(({ item }) => item === lotUri(lot))?.now ?? [];
        const sums: Record<string, [string, string]> = {};
        for (const { party, suspect } of found) {
          const [low, high] = sums[party] ?? ['0', '0'];
          sums[party] = [add(low, suspect?.min ?? '0'), add(high, suspect?.max ?? '0')];
        }
        const right = Object.fromEntries(
          Object.entries(hands).map(([party, [min, max]]) => [partyUri(party), [`${min}`, `${max}`]]),
        );
        expect(sums, lot).to.deep.equal(right);
      }
      for (const [lot, ways] of Object.entries(gone)) {
        const found = trace.lots.find(({ item }) => item === lotUri(lot))?.gone ?? [];
        expect(Object.fromEntries(found.map((part) => [part.how, range(part)])), lot).to.deep.equal(ways);
      }
    });
  }

  it('names a way from what was asked for to every lot that it reaches', async () => {
    const { lines, of } = cases.find(({ name }) => name === 'unknown mixing')!;
    const trace = await traced(recorded(lines), of, 'forward');
    const cake = trace.lots.find(({ item }) => item === lotUri('cake'));
    expect(cake).to.include({ depth: 2, via: lotUri('jam') });
    expect(trace.edges.map(({ from, to }) => [lotName(from), lotName(to)])).to.deep.equal([
      ['bad', 'jam'],
      ['jam', 'cake'],
    ]);
  });

  it('reads what it reaches and nothing else', async () => {
    const { lines } = cases[0]!;
    const history = inMemory(recorded(lines));
    await reach(history, [lotUri('2')], 'forward');
    expect([...history.asked].map(lotName).sort()).to.deep.equal(['2', 'box2']);
  });

  it('answers an error that says so when it would go through more than it may', async () => {
    const { lines, of } = cases[0]!;
    const refused = await reach(inMemory(recorded(lines)), [lotUri(of)], 'back', { most: 2 }).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(TooWide);
  });
});
