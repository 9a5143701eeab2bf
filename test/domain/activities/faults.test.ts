import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { activityFaults } from '../../../src/domain/activity/faults.js';
import type { JsonObject } from '../../../src/domain/record.js';
import { activities } from './folder.js';
import { samples } from './samples.js';

const now = Date.parse('2026-11-23T12:00:00+08:00');
const faults = (name: string, values: JsonObject): string[] =>
  activityFaults(activities.get(name)!, { ...samples[name], ...values }, { now }).map(
    ({ pointer, message }) => `${pointer} ${message.en}`,
  );

const lot = 'https://id.gs1.org/01/09520131000102/10/PJ261018A3';
const line = (more: JsonObject): JsonObject => ({ lot, quantity: '1', unit: 'KGM', ...more });

describe('what a JSON Schema cannot see', () => {
  it('check digits and kinds of identifiers', () => {
    expect(faults('harvest', { crop: 'https://id.gs1.org/01/09520131000103/10/A' })[0]).to.match(/^\/crop .*check digit/);
    expect(faults('harvest', { crop: 'https://id.gs1.org/414/9520131000010' })).to.deep.equal([
      '/crop is not the identifier of a lot or an item',
    ]);
    expect(faults('pack', { units: ['https://id.gs1.org/01/09520131000102/10/OTHER'] })).to.deep.equal([
      '/units/0 is not the identifier of a pallet, case or item',
    ]);
    expect(faults('ship', { to: 'urn:suyuan:uscc:93510131MA61UQ4D53' })[0]).to.match(/^\/to .*check/);
    expect(faults('ship', { to: lot })).to.deep.equal(['/to is not the identifier of a party']);
    expect(faults('ship', { place: 'urn:suyuan:uscc:93510131MA61UQ4D52' })).to.deep.equal([
      '/place is not the identifier of a place',
    ]);
    expect(faults('harvest', { lots: [{ product: lot, number: 'A', quantity: '1', unit: 'KGM' }] })).to.deep.equal([
      '/lots/0/product is not the identifier of a product',
    ]);
    expect(faults('harvest', { lots: [{ product: '09520131000102', number: '批 1', quantity: '1', unit: 'KGM' }] })[0]).to.match(
      /^\/lots\/0\/number /,
    );
  });

  it('quantities: more than nothing, whole pieces, 15 digits', () => {
    expect(faults('sell', { lots: [line({ quantity: '0.000' })] })).to.deep.equal(['/lots/0/quantity must be more than 0']);
    expect(faults('sell', { lots: [line({ quantity: '1.5', unit: 'H87' })] })).to.deep.equal([
      '/lots/0/quantity pieces are counted in whole numbers',
    ]);
    expect(faults('sell', { lots: [line({ quantity: '1234567890.123456' })] })).to.deep.equal([
      '/lots/0/quantity must have at most 15 significant digits',
    ]);
    expect(faults('sell', { lots: [line({ lot: 'https://id.gs1.org/00/009520131000000010' })] })).to.deep.equal([
      '/lots/0/quantity an item or pallet has no quantity',
    ]);
    expect(faults('apply-input', { dose: { value: '0', unit: 'LTR' } })).to.deep.equal(['/dose/value must be more than 0']);
    expect(faults('grade', { loss: { value: '0', unit: 'KGM' } })).to.deep.equal([]);
  });

  it('times: from 1990 until tomorrow, with a time zone, in order', () => {
    expect(faults('harvest', { time: '1900-01-01T00:00:00+08:00' })).to.deep.equal(['/time is before 1990']);
    expect(faults('harvest', { time: '2999-01-01T00:00:00+08:00' })).to.deep.equal(['/time is in the future']);
    expect(faults('harvest', { time: '2026-10-18T07:40:00' })).to.deep.equal(['/time has no time zone, for example +08:00']);
    expect(faults('harvest', { time: new Date(now + 86_400_000).toISOString() })).to.deep.equal([]);
    expect(faults('harvest', { bestBefore: '1900-01-01' })).to.deep.equal(['/bestBefore is before 1990']);
    expect(faults('feed', { until: '2026-08-01' })).to.deep.equal(['/until is before “First day”']);
    expect(faults('process', { begun: '2026-10-19T07:40:00+08:00' })).to.deep.equal(['/begun is after “Finished”']);
    const readings = [
      { time: '2026-10-18T08:00:00Z', celsius: 1 },
      { time: '2026-10-18T07:00:00Z', celsius: 1 },
      { time: '1989-10-18T07:00:00Z', celsius: 1 },
    ];
    expect(faults('transport-reading', { readings })).to.include.members([
      '/readings/1/time is before the reading above it',
      '/readings/2/time is before 1990',
    ]);
  });

  it('a lot named twice, or into itself, whatever form it is written in', () => {
    expect(faults('sell', { lots: [line({}), line({ lot: '(01)09520131000102(10)PJ261018A3' })] })).to.deep.equal([
      '/lots/1/lot is there twice',
    ]);
    expect(
      faults('harvest', { lots: [{ product: '09520131000201', number: '2026-3', quantity: '1', unit: 'KGM' }] }),
    ).to.deep.equal(['/lots/0 goes in and comes out of the same step']);
    expect(faults('pack', { units: [samples.pack!.parent as string], lots: [line({})] })).to.deep.equal([
      '/units/0 is there twice',
    ]);
  });

  it('names every fault, not only the first', () => {
    expect(faults('ship', { to: lot, place: lot, time: '1900-01-01T00:00:00Z' })).to.have.lengthOf(3);
  });

  it('never throws, whatever it is given', () => {
    const name = fc.constantFrom(...activities.keys());
    fc.assert(
      fc.property(name, fc.jsonValue(), fc.nat(), (which, junk, n) => {
        const activity = activities.get(which)!;
        const fields = Object.keys(activity.fields.properties);
        activityFaults(activity, { ...samples[which], [fields[n % fields.length]!]: junk } as JsonObject, { now });
      }),
    );
  });
});
