import { expect } from 'chai';
import { eventOf } from '../../../src/domain/activity/event.js';
import { activityFaults } from '../../../src/domain/activity/faults.js';
import { valuesOf } from '../../../src/domain/activity/values.js';
import { activities, validateFields } from './folder.js';
import { farm, samples } from './samples.js';

const now = Date.parse('2026-11-23T12:00:00+08:00');
const occasion = { by: farm, eventID: 'urn:uuid:0190f0a0-0000-7000-8000-0000000000ee', now, offset: '+08:00' };

describe('an event becomes the values of its form again', () => {
  for (const activity of activities.values()) {
    it(`of ${activity.name}: they fit the form and make the same event`, () => {
      const made = eventOf(activity, samples[activity.name]!, occasion);
      const values = valuesOf(activity, made.event, made.hidden);
      const validate = validateFields(activity);
      validate(values);
      expect(validate.errors ?? []).to.deep.equal([]);
      expect(activityFaults(activity, values, { now })).to.deep.equal([]);
      expect(eventOf(activity, values, occasion)).to.deep.equal(made);
      expect(Object.keys(values)).to.include.members(Object.keys(samples[activity.name]!));
    });
  }

  it('leaves out what is hidden from the one who corrects', () => {
    const activity = activities.get('apply-input')!;
    const { event } = eventOf(activity, samples['apply-input']!, occasion);
    expect(valuesOf(activity, event, {})).to.not.have.any.keys('operator', 'source', 'note');
  });
});
