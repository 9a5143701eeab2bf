import { samples } from '../../test/domain/activities/samples.js';
import { type Chance, often, pick } from './chance.js';
import type { Names } from './sample.js';

/** Bodies that the service takes, or refuses only for what the ledger holds: what is broken from here breaks deep inside. */
export function right(chance: Chance, path: string, names: Names): unknown {
  const activity = /^\/(?:api\/activities|field)\/([\w-]+)$/.exec(path)?.[1];
  if (activity !== undefined && Object.hasOwn(samples, activity)) return named(chance, samples[activity], names);
  if (path.startsWith('/epcis/')) return often(chance, 50) ? event(chance, names) : document(chance, names);
  if (path.includes('places')) return { name: { zh: '四号园' }, kind: 'plot', division: '510131' };
  if (path.includes('products'))
    return { gtin: gtins[chance.int(gtins.length)], name: { zh: '脐橙' }, sector: 'fruit', unit: 'KGM' };
  if (path.includes('parties')) return { type: 'organisation', name: { zh: '城南果业' }, division: '510107' };
  if (path.includes('mandates'))
    return { from: pick(chance, names.parties), to: pick(chance, names.parties), since: '2026-01-01T00:00:00+08:00' };
  return undefined;
}

const gtins = ['09520131000003', '09520131000010', '09520131000027', '9520131000034', '095201310003'];

/** A sample of an activity with the names of this service in it. */
function named(chance: Chance, value: unknown, names: Names): unknown {
  if (typeof value === 'string') {
    if (/^https:\/\/id\.gs1\.org\/01\/\d{14}\/10\//.test(value)) return pick(chance, names.lots);
    if (/^https:\/\/id\.gs1\.org\/01\/\d{14}$/.test(value)) return pick(chance, names.products.slice(0, 2));
    if (/\/414\/|^urn:suyuan:place:/.test(value))
      return often(chance, 80) ? (names.places[0] as string) : pick(chance, names.places);
    if (/\/417\/|^urn:suyuan:(party|uscc):/.test(value)) return pick(chance, names.parties);
    return value;
  }
  if (Array.isArray(value)) return value.map((each) => named(chance, each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'number' ? `N${chance.int(1e6)}` : named(chance, member, names),
    ]),
  );
}

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { example: 'https://example.com/ns/' }];
const time = '2026-11-20T10:00:00.000+08:00';

function event(chance: Chance, names: Names): Record<string, unknown> {
  const known = pick(chance, names.lots);
  const unseen = `https://id.gs1.org/01/09520131000201/10/U${chance.int(1e6)}`;
  const quantity = (epcClass: string, amount: number) => ({ epcClass, quantity: amount, uom: 'KGM' });
  const base = {
    '@context': context,
    eventTime: time,
    eventTimeZoneOffset: '+08:00',
    readPoint: { id: pick(chance, names.places) },
    'example:note': '甲',
  };
  return pick<Record<string, unknown>>(chance, [
    {
      type: 'ObjectEvent',
      action: 'ADD',
      bizStep: 'commissioning',
      quantityList: [quantity(unseen, 12.5)],
      ilmd: { 'example:lot': 'x' },
      ...base,
    },
    { type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'inspecting', quantityList: [quantity(known, 1)], ...base },
    {
      type: 'ObjectEvent',
      action: 'DELETE',
      bizStep: 'destroying',
      epcList: [`urn:epc:id:sgtin:9520131.000020.${chance.int(999)}`],
      ...base,
    },
    {
      type: 'AggregationEvent',
      action: 'ADD',
      bizStep: 'packing',
      parentID: 'urn:epc:id:sscc:9520131.1000000010',
      childQuantityList: [quantity(known, 2)],
      ...base,
    },
    { type: 'TransformationEvent', inputQuantityList: [quantity(known, 1)], outputQuantityList: [quantity(unseen, 1)], ...base },
    {
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: 'sensor_reporting',
      epcList: ['urn:epc:id:sscc:9520131.1000000010'],
      sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: 2.5, uom: 'CEL', time }] }],
      ...base,
    },
    {
      type: 'TransactionEvent',
      action: 'ADD',
      bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:9520131000003:1' }],
      quantityList: [quantity(known, 1)],
      ...base,
    },
    {
      type: 'AssociationEvent',
      action: 'ADD',
      parentID: 'urn:epc:id:grai:9520131.00002.1',
      childEPCs: ['urn:epc:id:giai:9520131.1'],
      ...base,
    },
  ]);
}

function document(chance: Chance, names: Names): Record<string, unknown> {
  const eventList = Array.from({ length: 1 + chance.int(5) }, () => {
    const { '@context': _, ...rest } = event(chance, names);
    return rest;
  });
  return { '@context': context, type: 'EPCISDocument', schemaVersion: '2.0', creationDate: time, epcisBody: { eventList } };
}
