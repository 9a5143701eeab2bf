import type { JsonObject } from '../../src/domain/record.js';
import { lotsOf, placeOf } from './chain.js';

const day = 86_400_000;
export const epcisContext = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { example: 'https://example.com/ns/' },
];

/** Events of one lot: registered, inspected, cooled, measured, moved, sampled, labelled, sold in parts. */
export const eventsOfLot = 10;

/** Event `n` (0 to 9) of lot `number`, some 600 bytes, without an id and without its context. The same arguments give the same event. */
export function eventOfLot(n: number, number: string, producer: number, end: number): JsonObject {
  const lot = lotsOf(number).picked;
  const at = end - (30 - n) * day + n * 60_000;
  const place = { id: placeOf(producer) };
  const of = (quantity: number) => ({ quantityList: [{ epcClass: lot, quantity, uom: 'KGM' }] });
  const observed = (bizStep: string, disposition: string, more: JsonObject): JsonObject => ({
    type: 'ObjectEvent',
    eventTime: new Date(at).toISOString(),
    eventTimeZoneOffset: '+08:00',
    action: 'OBSERVE',
    bizStep,
    disposition,
    ...of(3260),
    readPoint: place,
    bizLocation: place,
    'example:operator': 'M-0417',
    'example:remark': '青石坝三号园 金艳 统货',
    ...more,
  });
  const order = { bizTransactionList: [{ type: 'po', bizTransaction: `urn:epcglobal:cbv:bt:9520131000003:PO-${number}` }] };
  switch (n) {
    case 0:
      return observed('commissioning', 'active', {
        action: 'ADD',
        ilmd: { 'example:variety': '金艳', 'example:harvestDate': '2026-10-18' },
      });
    case 1:
      return observed('inspecting', 'conformant', { 'example:pests': '无' });
    case 2:
      return observed('storing', 'in_progress', { 'example:method': '压差预冷' });
    case 3:
      return observed('sensor_reporting', 'in_progress', {
        sensorElementList: [
          {
            sensorReport: [0, 1, 2].map((i) => ({
              type: 'Temperature',
              value: 4 - i,
              uom: 'CEL',
              time: new Date(at - i * 600_000).toISOString(),
            })),
          },
        ],
      });
    case 6:
      return observed('sampling', 'active', order);
    case 9:
      return observed('retail_selling', 'retail_sold', { action: 'DELETE', ...of(37.5), ...order });
    default:
      return observed(n % 2 === 0 ? 'inspecting' : 'storing', 'active', { 'example:round': String(n) });
  }
}
