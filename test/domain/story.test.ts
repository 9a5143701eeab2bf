import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { activityFaults } from '../../src/domain/activity/faults.js';
import { isFaulty } from '../../src/domain/gs1/gs1Error.js';
import { identify } from '../../src/domain/gs1/identify.js';
import { usccFault } from '../../src/domain/gs1/uscc.js';
import { replayOf, type StoryFile } from '../../src/domain/story.js';
import { storyFiles } from '../../src/demo.js';
import { loadSchemas } from '../../src/schemas.js';
import { activities } from './activities/folder.js';

const files = storyFiles();
const start = Date.parse('2026-11-23T12:00:00+08:00');
const replay = replayOf(files, start);

describe('a story file', () => {
  const small = (more: Partial<StoryFile>): StoryFile => ({
    name: 's',
    order: 1,
    begins: '-9d 08:00',
    ids: { crop: '@fruit/10/{-2d yymmdd}' },
    products: { fruit: { id: 'https://id.gs1.org/01/09520131000201', by: '@farm', body: {} } },
    parties: { farm: { id: 'urn:suyuan:uscc:93510131MA61UQ4D52', role: 'operator', body: { type: 'organisation' } } },
    ...more,
  });

  it('puts names and days in, and tells in the order of time', () => {
    const { steps } = replayOf(
      [
        small({
          steps: [
            {
              at: '-1d 09:00',
              by: '@farm',
              activity: 'sell',
              values: { lot: '@crop', on: '{-2d}', at: '{-2d 07:40}', mail: 'a@b' },
            },
            { at: '-2d 09:00', by: '@farm', activity: 'pack', each: ['@crop', '@farm'], values: { parent: '@it' } },
          ],
        }),
      ],
      start,
    );
    expect(steps.map(({ kind, time }) => [kind, new Date(time).toISOString()])).to.deep.equal([
      ['party', '2026-11-14T00:00:00.000Z'],
      ['product', '2026-11-14T00:00:00.000Z'],
      ['event', '2026-11-21T01:00:00.000Z'],
      ['event', '2026-11-21T01:01:00.000Z'],
      ['event', '2026-11-22T01:00:00.000Z'],
    ]);
    expect(steps[4]).to.deep.include({
      role: 'operator',
      values: {
        lot: 'https://id.gs1.org/01/09520131000201/10/261121',
        on: '2026-11-21',
        at: '2026-11-21T07:40:00+08:00',
        mail: 'a@b',
      },
    });
    expect(steps[3]).to.deep.include({ values: { parent: 'urn:suyuan:uscc:93510131MA61UQ4D52' } });
  });

  it('leaves a gap where a reading was not taken', () => {
    const readings = { from: '-1d 22:00', every: 10, celsius: [1.5, null, 2], humidity: [90, 91, null] };
    const [, , step] = replayOf(
      [small({ steps: [{ at: '-1d 23:00', by: '@farm', activity: 'x', values: { readings } }] })],
      start,
    ).steps;
    expect(step).to.deep.include({
      values: {
        readings: [
          { time: '2026-11-22T22:00:00+08:00', celsius: 1.5, humidity: 90 },
          { time: '2026-11-22T22:20:00+08:00', celsius: 2 },
        ],
      },
    });
  });

  it('cannot name what nobody introduced, nor twice, nor a time that is none', () => {
    const step = { at: '-1d 09:00', by: '@farm', activity: 'x' };
    expect(() => replayOf([small({ steps: [{ ...step, values: { a: '@nobody' } }] })], start)).to.throw('@nobody');
    expect(() => replayOf([small({}), small({})], start)).to.throw('given twice');
    expect(() => replayOf([small({ steps: [{ ...step, at: 'yesterday' }] })], start)).to.throw('yesterday');
  });
});

describe('the demo stories', () => {
  it('are three, with words and an example each', () => {
    expect(replay.stories.map(({ name }) => name)).to.deep.equal(['kiwifruit', 'doubanjiang', 'pork']);
    for (const { example } of replay.stories) expect(example).to.match(/^https:\/\/id\.gs1\.org\/01\/\d{14}\/10\//);
  });

  it('never go back in time, and never reach the day of the start', () => {
    const night = Date.parse('2026-11-23T00:00:00+08:00');
    for (const { time } of replay.steps) expect(time).to.be.lessThan(night);
    expect(replay.steps.map(({ time }) => time)).to.deep.equal(replay.steps.map(({ time }) => time).sort((a, b) => a - b));
  });

  it('say nothing that a form would refuse, whenever they start', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2040, 0, 1) }), (moment) => {
        for (const step of replayOf(files, moment).steps) {
          if (step.kind !== 'event') continue;
          const activity = activities.get(step.activity)!;
          expect(activity, step.activity).to.be.an('object');
          expect(activityFaults(activity, step.values, { now: step.time }), JSON.stringify(step)).to.deep.equal([]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('fit the schemas, each value and each statement, and only roles that may record it do', () => {
    const schemas = loadSchemas();
    for (const step of replay.steps) {
      const faults =
        step.kind === 'event'
          ? schemas.check(activities.get(step.activity)!.fields)(step.values)
          : schemas.check(`records/${step.kind}.json`)(step.body);
      expect(faults, JSON.stringify(step)).to.deep.equal([]);
      if (step.kind === 'event') expect(activities.get(step.activity)!.who, step.activity).to.include(step.role);
    }
  });

  it('use identifiers with valid check digits and known division codes', () => {
    for (const step of replay.steps) {
      if (step.kind === 'event') continue;
      const found = identify(step.id);
      expect(isFaulty(found), step.id).to.equal(false);
      if (typeof step.body.uscc === 'string') expect(usccFault(step.body.uscc), step.body.uscc).to.equal(undefined);
      if (step.body.division) expect(step.body.division).to.match(/^(51|53)\d{4}$/);
    }
  });
});
