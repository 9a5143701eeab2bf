import { expect } from 'chai';
import { describe, it } from 'mocha';
import { eventOf } from '../../../src/domain/activity/event.js';
import type { EpcisEvent } from '../../../src/domain/epcis/event.js';
import { replay } from '../../../src/domain/fold/fold.js';
import type { Lot } from '../../../src/domain/lot.js';
import type { JsonObject } from '../../../src/domain/record.js';
import { activities } from './folder.js';
import { farm, plot, samples } from './samples.js';

const herd = 'https://id.gs1.org/01/09520131000300/10/H-12';
const feed = 'https://id.gs1.org/01/09520131000201/10/F1';

/** The lots after some activities of one party, a day apart. */
function after(...done: [string, JsonObject][]): ReadonlyMap<string, Lot> {
  const happenings = done.map(([name, values], seq) => {
    const time = Date.UTC(2026, 0, 1 + seq);
    const { event } = eventOf(
      activities.get(name)!,
      { ...values, time: new Date(time).toISOString() },
      { by: farm, eventID: `urn:uuid:${seq}`, now: time, offset: '+08:00' },
    );
    return { event: event as unknown as EpcisEvent, seq, time, party: farm };
  });
  return replay(happenings).world;
}

const bought: [string, JsonObject] = [
  'harvest',
  { crop: herd, place: plot, lots: [{ product: '09520131000201', number: 'F1', quantity: '3000', unit: 'KGM' }] },
];
const stocked: [string, JsonObject] = ['stock-in', samples['stock-in']!];
const fed: [string, JsonObject] = ['feed', { herd, place: plot, feed: [{ lot: feed, quantity: '1200', unit: 'KGM' }] }];

describe('a growing lot', () => {
  it('takes feed up: the feed goes, the herd stays as many as it was', () => {
    const lots = after(stocked, bought, fed, fed);
    expect(lots.get(feed)!.holdings).to.deep.equal([{ party: farm, place: plot, quantity: '600', unit: 'KGM' }]);
    expect(lots.get(herd)!.holdings).to.deep.equal([{ party: farm, place: plot, quantity: '60', unit: 'H87' }]);
    expect(lots.get(herd)!.growing).to.equal(true);
  });

  it('gives harvest after harvest, and ends only when its end is said', () => {
    const crop = 'https://id.gs1.org/01/09520131000201/10/2026-3';
    const { end: _, ...more } = samples.harvest!;
    const planted: [string, JsonObject] = ['plant', samples.plant!];
    expect(after(planted, ['harvest', more]).get(crop)!.ended).to.equal(undefined);
    expect(after(planted, ['harvest', more], ['harvest', samples.harvest!]).get(crop)!.ended?.how).to.equal('ended');
    const finished = after(planted, ['harvest', more], ['finish', { lot: crop, place: plot }]).get(crop)!;
    expect(finished.ended?.how).to.equal('ended');
    expect(finished.holdings).to.deep.equal([]);
  });

  it('loses heads that die, and is not ended by it', () => {
    const lots = after(stocked, ['lose', { place: plot, lots: [{ lot: herd, quantity: '1', unit: 'H87' }], reason: 'died' }]);
    expect(lots.get(herd)!.holdings[0]!.quantity).to.equal('59');
    expect(lots.get(herd)!.ended).to.equal(undefined);
  });
});
