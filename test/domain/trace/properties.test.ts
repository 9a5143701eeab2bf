import { expect } from 'chai';
import fc from 'fast-check';
import { effective } from '../../../src/domain/corrections.js';
import { traceThrough, type Trace } from '../../../src/domain/trace/trace.js';
import { bounds, Model, type Kilo } from './model.js';
import { lotName, lotUri, recorded, traced, type Line } from './story.js';

const lots = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
const parties = ['p', 'q', 'r'];

/** A chain of possible steps, drawn from numbers: whoever acts has what is asked of him. */
function chain(numbers: readonly number[]): { lines: Line[]; model: Model } {
  let at = 0;
  const next = (below: number): number => (below <= 1 ? 0 : numbers[at++ % numbers.length]! % below);
  let seed = numbers[0] ?? 1;
  const model = new Model((below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return below <= 1 ? 0 : seed % below;
  });
  const lines: Line[] = [];
  const say = (line: Line): void => {
    lines.push(line);
    model.play(line, lines.length - 1);
  };
  const boxes = new Map<string, string | undefined>();
  say({ by: 'p', make: ['A', 6 + next(5)] });
  for (let i = 0; i < 4 + (numbers.length % 16); i++) {
    const by = parties[next(3)]!;
    const had = lots.filter((lot) => model.amount(lot, by) > 0);
    const some = (lot: string): number => 1 + next(model.amount(lot, by));
    const what = next(10);
    const [first = ''] = had.length > 0 ? [had[next(had.length)]!] : [];
    if (what === 0 || first === '') say({ by, make: [lots[1 + next(6)]!, 1 + next(9)] });
    else if (what <= 3) {
      const second = had[next(had.length)]!;
      const inputs = [first, ...(second === first ? [] : [second])].map((lot) => [lot, some(lot)] as const);
      const outputs = [...new Set(Array.from({ length: 1 + next(2) }, () => lots[next(7)]!))].map(
        (lot) => [lot, 1 + next(8)] as const,
      );
      say({ by, step: { in: inputs, out: outputs } });
    } else if (what <= 5) {
      const to = parties.filter((p) => p !== by)[next(2)]!;
      const amount = some(first);
      say({ by, ship: { lots: [[first, amount]], to } });
      if (next(4) > 0) say({ by: to, receive: [[first, 1 + next(amount)]] });
    } else if (what === 6) say({ by, sell: [first, some(first)] });
    else if (what <= 8) {
      const mine = [...boxes].filter(([, holder]) => holder === by).map(([box]) => box);
      const box = mine.length > 0 && next(2) > 0 ? mine[next(mine.length)]! : `box${boxes.size + 1}`;
      boxes.set(box, by);
      say({ by, pack: { box, lots: [[first, some(first)]] } });
    } else {
      const mine = [...boxes].filter(([, holder]) => holder === by).map(([box]) => box);
      if (mine.length === 0) continue;
      const box = mine[next(mine.length)]!;
      const to = parties.filter((p) => p !== by)[next(2)]!;
      if (next(2) > 0) {
        say({ by, ship: { lots: [[box]], to } });
        say({ by: to, receive: [[box]] });
        boxes.set(box, to);
      } else say({ by, unpack: { box } });
    }
  }
  return { lines, model };
}

const numbers = fc.array(fc.nat(9973), { minLength: 8, maxLength: 60 });
const plain = (trace: Trace): object =>
  Object.fromEntries(
    trace.lots
      .filter(({ root, carrier }) => !root && !carrier)
      .map(({ item, touched, share, rework }) => [
        lotName(item),
        {
          low: Number(touched[0]?.min),
          high: Number(touched[0]?.max),
          max: Number(share?.max),
          ...(!rework && { min: Number(share?.min) }),
        },
      ]),
  );

describe('traces over random chains', function () {
  this.timeout(120_000);

  it('reach the same lots with the same bounds as the slow and obvious way, forwards and backwards (property)', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, async (given) => {
        const { lines, model } = chain(given);
        const events = recorded(lines);
        const root = lots[given[1]! % 7]!;
        if (!model.made.has(root)) return;
        for (const direction of ['forward', 'back'] as const) {
          const trace = await traced(events, root, direction);
          const total = model.made.get(root)!.length;
          const slow = [...bounds(model, root, direction === 'back')].filter(([lot]) => lot !== root);
          const rework = new Set(trace.lots.filter((lot) => lot.rework).map(({ item }) => lotName(item)));
          const expected = Object.fromEntries(
            slow.map(([lot, { low, high, min, max }]) => [
              lot,
              { low, high, max: Math.min(max, total), ...(!rework.has(lot) && { min: Math.min(min, total) }) },
            ]),
          );
          expect(plain(trace), `${direction} ${JSON.stringify({ told: plain(trace), expected, lines })}`).to.deep.equal(expected);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('hold whatever the truth is, of all that could have been (property)', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, async (given) => {
        const { lines, model } = chain(given);
        const events = recorded(lines);
        const root = lots[given[1]! % 7]!;
        const suspect = new Set(model.made.get(root) ?? []);
        if (suspect.size === 0) return;
        const [forward, back] = await Promise.all([traced(events, root, 'forward'), traced(events, root, 'back')]);
        const shareOf = (kilo: Kilo): Kilo[] => (kilo.lot === root ? [kilo] : kilo.counts.flatMap(shareOf));
        for (const [lot, kilos] of model.made) {
          if (lot === root) continue;
          const said = forward.lots.find(({ item }) => item === lotUri(lot));
          const touched = kilos.filter(({ within }) => [...within].some((k) => suspect.has(k))).length;
          const share = new Set(kilos.flatMap(shareOf)).size;
          expect(touched, `${lot} touched`).to.be.within(Number(said?.touched[0]?.min ?? 0), Number(said?.touched[0]?.max ?? 0));
          expect(share, `${lot} share`).to.be.within(Number(said?.share?.min ?? 0), Number(said?.share?.max ?? 0));
          const source = back.lots.find(({ item }) => item === lotUri(lot));
          const went = kilos.filter((kilo) => [...suspect].some(({ within }) => within.has(kilo))).length;
          expect(went, `${lot} went in`).to.be.within(Number(source?.touched[0]?.min ?? 0), Number(source?.touched[0]?.max ?? 0));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('are the same whatever order the records came in, with records in error and those taken back among them (property)', async () => {
    await fc.assert(
      fc.asyncProperty(numbers, fc.nat(1000), async (given, where) => {
        const { lines } = chain(given);
        const timed = lines.map((line, i) => ({ ...line, at: i }));
        const wrong: Line = {
          by: 'p',
          step: {
            in: [['A', 1]],
            out: [
              ['B', 3],
              ['Z', 2],
            ],
          },
          at: where % lines.length,
          id: 'wrong',
        };
        const late = [...timed.slice(where % lines.length), ...timed.slice(0, where % lines.length)];
        const events = recorded([wrong, ...late, { by: 'p', wrong: 'wrong', at: wrong.at! }]);
        for (const direction of ['forward', 'back'] as const) {
          const right = await traced(recorded(timed), 'A', direction);
          const told = await traced(events, 'A', direction);
          expect(plain(told)).to.deep.equal(plain(right));
          // The whole ledger, nothing left out, gives the same as what the reach gathered.
          const all = traceThrough(effective(events), new Set([lotUri('A')]), direction);
          expect(JSON.stringify(told.lots, null, 1)).to.equal(JSON.stringify(all.lots, null, 1));
        }
      }),
      { numRuns: 500 },
    );
  });
});
