import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Field } from '../../../src/domain/activities.js';
import { readActivity } from '../../../src/domain/activity/read.js';
import type { JsonObject } from '../../../src/domain/record.js';
import { activities, files, validateActivity } from './folder.js';

const pack = [
  'plant',
  'apply-input',
  'irrigate',
  'field-check',
  'harvest',
  'cool',
  'grade',
  'pack',
  'unpack',
  'feed',
  'medicate',
  'vaccinate',
  'quarantine-inspect',
  'slaughter',
  'catch',
  'receive',
  'process',
  'test',
  'release',
  'store',
  'ship',
  'transport-reading',
  'arrive',
  'hold',
  'shelve',
  'sell',
  'return',
  'destroy',
  'issue-promise-certificate',
];

describe('the files of the activities', () => {
  it('hold to the schema of an activity file', () => {
    for (const [id, file] of files) {
      if (id === 'activities/fields.json') continue;
      validateActivity(file);
      expect(validateActivity.errors ?? [], id).to.deep.equal([]);
      expect(file.$id).to.equal(id);
      expect(id).to.equal(`activities/${String(file.name)}.json`);
    }
  });

  it('are refused when they are not activities', () => {
    const harvest = files.get('activities/harvest.json')!;
    const event = harvest.event as JsonObject;
    for (const wrong of [
      { ...harvest, order: undefined },
      { ...harvest, stage: 'kitchen' },
      { ...harvest, title: { zh: '采收' } },
      { ...harvest, event: { ...event, action: 'ADD' } },
      { ...harvest, event: { ...event, inputs: undefined } },
      { ...harvest, event: { type: 'ObjectEvent', action: 'OBSERVE', items: ['lots'], ilmd: ['grade'] } },
      {
        ...harvest,
        event: {
          type: 'AggregationEvent',
          action: 'ADD',
          parent: 'crop',
          children: ['lots'],
          persistentDisposition: { set: 'conformant' },
        },
      },
    ]) {
      expect(validateActivity(JSON.parse(JSON.stringify(wrong)))).to.equal(false);
    }
  });

  it('hold the whole first food pack, in an order of their own', () => {
    expect([...activities.keys()]).to.include.members(pack);
    expect(new Set([...activities.values()].map(({ order }) => order)).size).to.equal(activities.size);
  });

  it('use all five event types of EPCIS 2.0', () => {
    expect([...new Set([...activities.values()].map(({ event }) => event.type))]).to.have.members([
      'ObjectEvent',
      'AggregationEvent',
      'TransformationEvent',
      'TransactionEvent',
      'AssociationEvent',
    ]);
  });

  it('have words in both languages for everything that is asked, and stand by themselves', () => {
    const check = (field: Field, at: string): void => {
      expect(field['x-label']?.zh, at)
        .to.be.a('string')
        .that.matches(/\p{Script=Han}/u);
      expect(field['x-label']?.en, at).to.match(/\S/);
      const inner = field.properties ?? field.items?.properties ?? {};
      for (const [name, member] of Object.entries(inner)) check(member, `${at}/${name}`);
      for (const one of field.oneOf ?? field.items?.oneOf ?? []) expect(one['x-label']?.zh, at).to.be.a('string');
    };
    for (const activity of activities.values()) {
      expect(JSON.stringify(activity.fields)).not.to.include('$ref');
      for (const [name, field] of Object.entries(activity.fields.properties)) check(field, `${activity.name}/${name}`);
    }
  });

  it('cannot map a field that is hidden or that is not there', () => {
    const shared = files.get('activities/fields.json')!;
    const ship = files.get('activities/ship.json')!;
    const mapped = (more: JsonObject): JsonObject => ({ ...ship, event: { ...(ship.event as JsonObject), ...more } });
    expect(() => readActivity(mapped({ readPoint: 'plate' }), shared)).to.throw('hidden field: plate');
    expect(() => readActivity(mapped({ readPoint: 'nowhere' }), shared)).to.throw('not there: nowhere');
    expect(() => readActivity(mapped({ disposition: { by: 'driver', is: {} } }), shared)).to.throw('hidden field: driver');
  });
});
