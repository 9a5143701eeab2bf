import { expect } from 'chai';
import fc from 'fast-check';
import { itemsOf, type EpcisEvent } from '../../src/domain/epcis/event.js';
import type { World } from '../../src/domain/fold/act.js';
import { apply, replay } from '../../src/domain/fold/fold.js';
import type { Happening, Lot } from '../../src/domain/lot.js';
import { add, compare, subtract } from '../../src/domain/quantity.js';

const farm = 'urn:suyuan:uscc:93510131MA61UQ4D52';
const shop = 'urn:suyuan:uscc:91510107MA61RE0F1X';
const lotA = 'https://id.gs1.org/01/09520131000102/10/A';
const lotB = 'https://id.gs1.org/01/09520131000102/10/B';
const box = 'https://id.gs1.org/00/095201310000000010';
const pallet = 'https://id.gs1.org/00/095201310000000027';
const orchard = 'https://id.gs1.org/01/09520131000003/10/2026';

let seq = 0;
const happening = (party: string, event: object, time?: number): Happening => {
  const n = ++seq;
  return {
    event: { eventTime: '', eventTimeZoneOffset: '+08:00', ...event } as unknown as EpcisEvent,
    seq: n,
    time: time ?? n,
    party,
  };
};
const amount = (epcClass: string, quantity: number, uom = 'KGM') => ({ epcClass, quantity, uom });
const make = (party: string, lot: string, quantity: number, uom?: string) =>
  happening(party, { type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: [amount(lot, quantity, uom)] });
const pack = (party: string, parentID: string, children: object) =>
  happening(party, { type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID, ...children });
const ship = (party: string, to: string, what: object) =>
  happening(party, {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep: 'shipping',
    disposition: 'in_transit',
    destinationList: [{ type: 'possessing_party', destination: to }],
    ...what,
  });
const receive = (party: string, what: object) =>
  happening(party, { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'receiving', ...what });

const lotOf = (world: World, item: string): Lot => {
  const lot = world.get(item);
  if (!lot) throw new Error(`no ${item}`);
  return lot;
};

describe('the state of a lot', () => {
  it('keeps mass in kilograms whatever unit it was said in', () => {
    const { world } = replay([make(farm, lotA, 1.5, 'TNE'), make(farm, lotA, 500, 'GRM')]);
    expect(lotOf(world, lotA).holdings).to.deep.equal([{ party: farm, quantity: '1500.5', unit: 'KGM' }]);
  });

  it('takes the inputs of a transformation away and makes its outputs', () => {
    const { world, shortages } = replay([
      make(farm, lotA, 10),
      happening(farm, {
        type: 'TransformationEvent',
        inputQuantityList: [amount(lotA, 10)],
        outputQuantityList: [amount(lotB, 9)],
      }),
    ]);
    expect(shortages).to.deep.equal([]);
    expect(lotOf(world, lotA)).to.deep.include({ holdings: [] });
    expect(lotOf(world, lotA).ended?.how).to.equal('used');
    expect(lotOf(world, lotB)).to.deep.include({ producer: farm, holdings: [{ party: farm, quantity: '9', unit: 'KGM' }] });
  });

  it('uses up an input that names no quantity, but not a growing lot until it is ended', () => {
    const planted = happening(farm, {
      type: 'ObjectEvent',
      action: 'ADD',
      bizStep: 'commissioning',
      quantityList: [{ epcClass: orchard }],
      'suyuan:growing': true,
    });
    const picked = (end?: true) =>
      happening(farm, {
        type: 'TransformationEvent',
        inputQuantityList: [{ epcClass: orchard }],
        outputQuantityList: [amount(lotA, 5)],
        ...(end && { 'suyuan:end': true }),
      });
    const open = replay([planted, picked(), picked()]).world;
    expect(lotOf(open, orchard).ended).to.equal(undefined);
    expect(lotOf(open, lotA).holdings[0]?.quantity).to.equal('10');
    const closed = replay([planted, picked(), picked(true)]).world;
    expect(lotOf(closed, orchard).ended?.how).to.equal('ended');
  });

  it('moves what is packed with what it is packed in, at any depth', () => {
    const { world, shortages } = replay([
      make(farm, lotA, 10),
      pack(farm, box, { childQuantityList: [amount(lotA, 4)] }),
      pack(farm, pallet, { childEPCs: [box] }),
      ship(farm, shop, { epcList: [pallet] }),
      receive(shop, { epcList: [pallet] }),
      happening(shop, { type: 'AggregationEvent', action: 'DELETE', bizStep: 'unpacking', parentID: pallet }),
      happening(shop, { type: 'AggregationEvent', action: 'DELETE', bizStep: 'unpacking', parentID: box }),
    ]);
    expect(shortages).to.deep.equal([]);
    expect(lotOf(world, lotA).holdings).to.deep.equal([
      { party: farm, quantity: '6', unit: 'KGM' },
      { party: shop, quantity: '4', unit: 'KGM' },
    ]);
    expect(lotOf(world, pallet).contents).to.deep.equal([]);
    expect(lotOf(world, box).contents).to.deep.equal([]);
  });

  it('leaves on the way what was not received', () => {
    const { world } = replay([
      make(farm, lotA, 10),
      ship(farm, shop, { quantityList: [amount(lotA, 10)] }),
      receive(shop, { quantityList: [amount(lotA, 7)] }),
    ]);
    const [first, second] = lotOf(world, lotA).holdings;
    expect(first).to.deep.include({ party: farm, quantity: '3' });
    expect(first?.transit?.to).to.equal(shop);
    expect(second).to.deep.equal({ party: shop, quantity: '7', unit: 'KGM' });
  });

  it('says what is missing and never refuses', () => {
    const world: World = new Map();
    apply(world, make(farm, lotA, 10));
    const shortages = apply(
      world,
      happening(farm, { type: 'ObjectEvent', action: 'DELETE', bizStep: 'retail_selling', quantityList: [amount(lotA, 12)] }),
    );
    expect(shortages).to.deep.equal([{ lot: lotA, party: farm, unit: 'KGM', asked: '12', left: '10' }]);
  });

  it('begins a history in the middle where an event speaks of something never seen, and cannot run short of it', () => {
    const world: World = new Map();
    expect(apply(world, ship(farm, shop, { quantityList: [amount(lotA, 3)] }))).to.deep.equal([]);
    expect(lotOf(world, lotA).began.how).to.equal('seen');
    expect(lotOf(world, lotA).holdings.every((h) => h.transit?.to === shop)).to.equal(true);
    apply(world, receive(shop, { quantityList: [amount(lotA, 3)] }));
    expect(
      apply(
        world,
        happening(shop, { type: 'ObjectEvent', action: 'DELETE', bizStep: 'retail_selling', quantityList: [amount(lotA, 50)] }),
      ),
    ).to.deep.equal([]);
  });

  it('takes what is packed along when the container is destroyed', () => {
    const { world } = replay([
      make(farm, lotA, 10),
      pack(farm, box, { childQuantityList: [amount(lotA, 4)] }),
      happening(farm, { type: 'ObjectEvent', action: 'DELETE', bizStep: 'destroying', epcList: [box] }),
    ]);
    expect(lotOf(world, lotA).totals.KGM).to.deep.include({ made: '10', lost: '4' });
    expect(lotOf(world, lotA).holdings).to.deep.equal([{ party: farm, quantity: '6', unit: 'KGM' }]);
    expect(lotOf(world, box)).to.deep.include({ contents: [], holdings: [] });
  });

  it('is received out of the pallet it came on', () => {
    const { world } = replay([
      make(farm, lotA, 10),
      pack(farm, pallet, { childQuantityList: [amount(lotA, 10)] }),
      ship(farm, shop, { epcList: [pallet] }),
      receive(shop, { quantityList: [amount(lotA, 4)] }),
    ]);
    expect(lotOf(world, lotA).holdings).to.deep.include({ party: shop, quantity: '4', unit: 'KGM' });
    expect(lotOf(world, pallet).contents).to.deep.equal([{ item: lotA, quantity: '6', unit: 'KGM' }]);
  });

  it('is the same in whatever order the events were recorded', () => {
    const events = [
      make(farm, lotA, 10),
      pack(farm, box, { childQuantityList: [amount(lotA, 4)] }),
      ship(farm, shop, { epcList: [box] }),
      receive(shop, { epcList: [box] }),
    ];
    const straight = replay(events).world;
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        expect(replay(shuffled).world).to.deep.equal(straight);
      }),
    );
  });

  it('loses and gains nothing: what was made is held, sold, used or lost', () => {
    const who = fc.constantFrom(farm, shop);
    const quantity = fc.integer({ min: 1, max: 40 });
    const what = fc.constantFrom(lotA, lotB);
    const step = fc.oneof(
      fc.tuple(who, what, quantity).map(([p, l, q]) => make(p, l, q)),
      fc.tuple(who, what, quantity).map(([p, l, q]) => pack(p, box, { childQuantityList: [amount(l, q)] })),
      fc.tuple(who, what, quantity).map(([p, l, q]) => ship(p, p === farm ? shop : farm, { quantityList: [amount(l, q)] })),
      fc.tuple(who, what, quantity).map(([p, l, q]) => receive(p, { quantityList: [amount(l, q)] })),
      who.map((p) => happening(p, { type: 'AggregationEvent', action: 'DELETE', parentID: box })),
      who.map((p) => ship(p, p === farm ? shop : farm, { epcList: [box] })),
      who.map((p) => receive(p, { epcList: [box] })),
      who.map((p) => happening(p, { type: 'ObjectEvent', action: 'DELETE', bizStep: 'destroying', epcList: [box] })),
      fc
        .tuple(who, what, quantity)
        .map(([p, l, q]) =>
          happening(p, { type: 'ObjectEvent', action: 'DELETE', bizStep: 'retail_selling', quantityList: [amount(l, q)] }),
        ),
      fc.tuple(who, quantity).map(([p, q]) =>
        happening(p, {
          type: 'TransformationEvent',
          inputQuantityList: [amount(lotA, q)],
          outputQuantityList: [amount(lotB, q)],
        }),
      ),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        // Only what would be accepted: a step that is short, or about something that has ended, is left out.
        const world: World = new Map([make(farm, lotA, 100), make(farm, lotB, 100)].flatMap((m) => [...replay([m]).world]));
        let made = '200';
        let gone = '0';
        for (const [i, event] of steps.entries()) {
          if (itemsOf(event.event).some(({ uri }) => world.get(uri)?.ended)) continue;
          const trial: World = new Map(world);
          if (apply(trial, { ...event, time: 1_000_000 + i }).length > 0) continue;
          for (const [item, lot] of trial) world.set(item, lot);
        }
        made = '0';
        let held = '0';
        for (const lot of world.values()) {
          for (const t of Object.values(lot.totals)) {
            made = add(made, t.made);
            gone = [t.sold, t.used, t.lost].reduce(add, gone);
          }
          for (const h of lot.holdings) {
            expect(compare(h.quantity ?? '0', '0'), JSON.stringify(h)).to.be.at.least(0);
            held = add(held, h.quantity ?? '0');
          }
          for (const content of lot.contents) {
            const inside = (world.get(content.item)?.holdings ?? []).filter((h) => h.in === lot.item && h.unit === content.unit);
            expect(inside.reduce((total, h) => add(total, h.quantity ?? '0'), '0')).to.equal(content.quantity ?? '0');
          }
        }
        expect(subtract(made, add(gone, held))).to.equal('0');
      }),
      { numRuns: 500 },
    );
  });
});
