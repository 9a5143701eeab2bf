import type { EpcisEvent } from '../../../src/domain/epcis/event.js';
import { itemsOf } from '../../../src/domain/epcis/event.js';
import { reach, type History, type Recorded } from '../../../src/domain/trace/reach.js';
import type { Direction } from '../../../src/domain/trace/sweep.js';
import { traceThrough, type Trace } from '../../../src/domain/trace/trace.js';

/** An amount of a lot: `[lot, quantity]` in kilograms, `[lot, quantity, unit]`, or `[lot]` uncounted. */
export type Amount = readonly [lot: string, quantity?: number, unit?: string];

/** One line of a small story; its place in the list is its time, unless it says `at`. */
export interface Line {
  readonly by: string;
  readonly make?: Amount;
  readonly grow?: string;
  readonly step?: { readonly in: readonly Amount[]; readonly out: readonly Amount[]; readonly run?: string };
  readonly pack?: { readonly box: string; readonly lots: readonly Amount[] };
  readonly unpack?: { readonly box: string; readonly lots?: readonly Amount[] };
  readonly ship?: { readonly lots: readonly Amount[]; readonly to?: string };
  readonly receive?: readonly Amount[];
  readonly sell?: Amount;
  readonly look?: Amount;
  readonly at?: number;
  readonly id?: string;
  /** The line with this id was told in error. */
  readonly wrong?: string;
  /** Of such a line: the id of the one that stands in for it. */
  readonly right?: string;
}

const sscc = (serial: string): string => {
  const digits = `09520131000000${serial}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return `https://id.gs1.org/00/${digits}${(10 - (sum % 10)) % 10}`;
};
export const lotUri = (name: string): string =>
  name.startsWith('box') ? sscc(name.slice(3).padStart(3, '0')) : `https://id.gs1.org/01/09520131000102/10/${name}`;
export const partyUri = (name: string): string => `urn:suyuan:party:${name}`;
export const lotName = (uri: string): string => {
  const box = /\/00\/09520131000000(\d{3})\d$/.exec(uri);
  return box ? `box${Number(box[1])}` : uri.slice(uri.lastIndexOf('/') + 1);
};

const what = (lots: readonly Amount[], epcs: string, classes: string): object => {
  const boxes = lots.filter(([name]) => name.startsWith('box'));
  const rest = lots.filter(([name]) => !name.startsWith('box'));
  return {
    ...(boxes.length > 0 && { [epcs]: boxes.map(([name]) => lotUri(name)) }),
    ...(rest.length > 0 && {
      [classes]: rest.map(([name, quantity, unit = 'KGM']) => ({
        epcClass: lotUri(name),
        ...(quantity !== undefined && { quantity, uom: unit }),
      })),
    }),
  };
};

function eventOf(line: Line): object {
  const { make, grow, step, pack, unpack, ship, receive, sell, look } = line;
  const object = (action: string, bizStep: string, lots: readonly Amount[]) => ({
    type: 'ObjectEvent',
    action,
    bizStep,
    ...what(lots, 'epcList', 'quantityList'),
  });
  if (make) return object('ADD', 'commissioning', [make]);
  if (grow) return { ...object('ADD', 'commissioning', [[grow]]), 'suyuan:growing': true };
  if (step)
    return {
      type: 'TransformationEvent',
      ...(step.run && { transformationID: step.run }),
      ...what(step.in, 'inputEPCList', 'inputQuantityList'),
      ...what(step.out, 'outputEPCList', 'outputQuantityList'),
    };
  if (pack)
    return {
      type: 'AggregationEvent',
      action: 'ADD',
      parentID: lotUri(pack.box),
      ...what(pack.lots, 'childEPCs', 'childQuantityList'),
    };
  if (unpack)
    return {
      type: 'AggregationEvent',
      action: 'DELETE',
      parentID: lotUri(unpack.box),
      ...what(unpack.lots ?? [], 'childEPCs', 'childQuantityList'),
    };
  if (ship)
    return {
      ...object('OBSERVE', 'shipping', ship.lots),
      ...(ship.to && { destinationList: [{ type: 'possessing_party', destination: partyUri(ship.to) }] }),
    };
  if (receive) return object('OBSERVE', 'receiving', receive);
  if (sell) return object('DELETE', 'retail_selling', [sell]);
  return object('OBSERVE', 'inspecting', look ? [look] : []);
}

/** The lines as the ledger would have them: numbered in the order of telling. */
export function recorded(lines: readonly Line[]): Recorded[] {
  const said = lines.map((line, i): Recorded => {
    const event = { eventTime: '', eventTimeZoneOffset: '+08:00', ...eventOf(line) } as unknown as EpcisEvent;
    return { event, seq: i, time: line.at ?? i, party: partyUri(line.by), by: partyUri(line.by), id: line.id ?? `e${i}` };
  });
  return said.map((one, i): Recorded => {
    const { wrong, right } = lines[i]!;
    const original = wrong === undefined ? undefined : said.find(({ id }) => id === wrong);
    if (!original) return one;
    const event = {
      ...original.event,
      errorDeclaration: { declarationTime: '', ...(right !== undefined && { correctiveEventIDs: [right] }) },
    } as EpcisEvent;
    return { ...original, event, seq: one.seq };
  });
}

/** A ledger in memory: answers by item, as the touches of a store do. */
export const inMemory = (events: readonly Recorded[]): History & { readonly asked: Set<string> } => {
  const asked = new Set<string>();
  return {
    asked,
    of: async (wanted) =>
      wanted.map(({ item, until }) => {
        asked.add(item);
        return events.filter(({ event, time }) => time <= until && itemsOf(event).some(({ uri }) => uri === item));
      }),
    ofRuns: async (runs) =>
      events.filter(({ event }) => event.type === 'TransformationEvent' && runs.includes(event.transformationID ?? '')),
  };
};

export async function traced(events: readonly Recorded[], root: string, direction: Direction, at?: number): Promise<Trace> {
  const { happenings, roots } = await reach(inMemory(events), [lotUri(root)], direction, at === undefined ? {} : { at });
  return traceThrough(happenings, roots, direction);
}
