/** Right events to spoil, one of each type, and a corpus of wrong ones: one fault each, named after it. */
type Json = { [name: string]: unknown };

const when = { eventTime: '2026-03-04T11:00:30+08:00', eventTimeZoneOffset: '+08:00' };
const lot = { epcClass: 'https://id.gs1.org/01/09520123456788/10/ABC', quantity: 12.5, uom: 'KGM' };
const other = { epcClass: 'https://id.gs1.org/01/09520123456788/10/DEF', quantity: 3, uom: 'H87' };
const place = { id: 'https://id.gs1.org/414/4012345000115' };
const pallet = 'urn:epc:id:sscc:4012345.0111111111';
const jar = 'urn:epc:id:sgtin:4012345.011111.9876';
const report = { type: 'Temperature', value: 4.5, uom: 'CEL' };

export const right: Readonly<
  Record<'object' | 'sensor' | 'aggregation' | 'transaction' | 'transformation' | 'association', Json>
> = {
  object: {
    type: 'ObjectEvent',
    ...when,
    action: 'ADD',
    bizStep: 'commissioning',
    epcList: [jar],
    quantityList: [lot],
    readPoint: place,
  },
  sensor: { type: 'ObjectEvent', ...when, action: 'OBSERVE', readPoint: place, sensorElementList: [{ sensorReport: [report] }] },
  aggregation: { type: 'AggregationEvent', ...when, action: 'ADD', parentID: pallet, childEPCs: [jar], childQuantityList: [lot] },
  transaction: {
    type: 'TransactionEvent',
    ...when,
    action: 'ADD',
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:0614141073467:1152' }],
    epcList: [jar],
  },
  transformation: { type: 'TransformationEvent', ...when, inputQuantityList: [lot], outputQuantityList: [other] },
  association: {
    type: 'AssociationEvent',
    ...when,
    action: 'ADD',
    parentID: 'urn:epc:id:grai:4012345.55555.987',
    childEPCs: [jar],
  },
};

export interface Wrong {
  readonly name: string;
  readonly of: keyof typeof right;
  /** Members to set; undefined takes one away. */
  readonly with: Json;
  readonly pointer: string;
  readonly says: RegExp;
}

const wrong = (name: string, of: keyof typeof right, change: Json, pointer: string, says: RegExp): Wrong => ({
  name,
  of,
  with: change,
  pointer,
  says,
});
const gtin = 'https://id.gs1.org/01/09520123456788';
const sensed = (change: Json, more: Json = {}): Json => ({
  sensorElementList: [{ ...more, sensorReport: [{ ...report, ...change }] }],
});
const inReport = '/sensorElementList/0/sensorReport/0';

export const corpus: readonly Wrong[] = [
  // Type and form
  wrong('no type', 'object', { type: undefined }, '/type', /missing/),
  wrong('type of nobody', 'object', { type: 'QuantityEvent' }, '/type', /not an event type/),
  wrong('type that is not a text', 'object', { type: 7 }, '/type', /not a text/),
  wrong('member of nobody', 'object', { location: 'here' }, '/location', /not a known member/),
  wrong('member of another type', 'object', { childEPCs: [jar] }, '/childEPCs', /not a known member/),
  wrong(
    'persistent disposition of an aggregation',
    'aggregation',
    { persistentDisposition: { set: ['active'] } },
    '/persistentDisposition',
    /not a known/,
  ),
  wrong('ilmd of an aggregation', 'aggregation', { ilmd: { 'ex:a': 1 } }, '/ilmd', /not a known member/),
  wrong('bare word inside ilmd', 'object', { ilmd: { lotNumber: '1' } }, '/ilmd/lotNumber', /not a known member/),
  wrong(
    'bare word inside a read point',
    'object',
    { readPoint: { ...place, shelf: 'A' } },
    '/readPoint/shelf',
    /not a known member/,
  ),
  wrong('extension name with a space', 'object', { 'ex:my field': 1 }, '/ex:my field', /not a known member/),
  wrong('epcList that is one text', 'object', { epcList: jar }, '/epcList', /array/),
  wrong('read point that is a text', 'object', { readPoint: place.id }, '/readPoint', /object/),
  wrong('context that is a number', 'object', { '@context': 2 }, '/@context', /must be/),
  wrong('context that is no address', 'object', { '@context': 'epcis' }, '/@context', /valid uri/),
  // When
  wrong('no event time', 'object', { eventTime: undefined }, '/eventTime', /missing/),
  wrong('event time without an offset', 'object', { eventTime: '2026-03-04T11:00:30' }, '/eventTime', /form/),
  wrong('event time without seconds', 'object', { eventTime: '2026-03-04T11:00Z' }, '/eventTime', /form/),
  wrong('event time that is a day', 'object', { eventTime: '2026-03-04' }, '/eventTime', /form/),
  wrong(
    'event time on a thirtieth of February',
    'object',
    { eventTime: '2026-02-30T11:00:30Z' },
    '/eventTime',
    /not a time that exists/,
  ),
  wrong('event time at hour 24', 'object', { eventTime: '2026-02-03T24:00:00Z' }, '/eventTime', /not a time that exists/),
  wrong('event time of 1900', 'object', { eventTime: '1900-01-01T00:00:00Z' }, '/eventTime', /before 1970/),
  wrong('event time of 2999', 'object', { eventTime: '2999-01-01T00:00:00Z' }, '/eventTime', /future/),
  wrong('no time zone', 'object', { eventTimeZoneOffset: undefined }, '/eventTimeZoneOffset', /missing/),
  wrong('time zone Z', 'object', { eventTimeZoneOffset: 'Z' }, '/eventTimeZoneOffset', /form/),
  wrong('time zone of 15 hours', 'object', { eventTimeZoneOffset: '+15:00' }, '/eventTimeZoneOffset', /form/),
  wrong('time zone of 14 hours and a half', 'object', { eventTimeZoneOffset: '-14:30' }, '/eventTimeZoneOffset', /form/),
  wrong('time zone by name', 'object', { eventTimeZoneOffset: 'Asia/Shanghai' }, '/eventTimeZoneOffset', /form/),
  // Action
  wrong('no action', 'object', { action: undefined }, '/action', /missing/),
  wrong('action of nobody', 'object', { action: 'UPDATE' }, '/action', /one of/),
  wrong('action in small letters', 'aggregation', { action: 'add' }, '/action', /one of/),
  wrong('action of a transformation', 'transformation', { action: 'ADD' }, '/action', /not a known member/),
  // What
  wrong(
    'GTIN with a wrong check digit',
    'object',
    { epcList: ['https://id.gs1.org/01/09520123456789/21/1'] },
    '/epcList/0',
    /check/,
  ),
  wrong('GTIN of 13 digits', 'object', { epcList: ['https://id.gs1.org/01/9520123456788/21/1'] }, '/epcList/0', /./),
  wrong(
    'SSCC with a wrong check digit',
    'object',
    { epcList: ['https://id.gs1.org/00/040123450000003339'] },
    '/epcList/0',
    /check/,
  ),
  wrong('SSCC urn with a digit too few', 'aggregation', { parentID: 'urn:epc:id:sscc:4012345.011111111' }, '/parentID', /./),
  wrong('EPC scheme of nobody', 'object', { epcList: ['urn:epc:id:sgtim:4012345.011111.9876'] }, '/epcList/0', /./),
  wrong('EPC that is no URI', 'object', { epcList: ['jar 12'] }, '/epcList/0', /uri/),
  wrong('link on id.gs1.org without a key', 'object', { epcList: ['https://id.gs1.org/about'] }, '/epcList/0', /key/),
  wrong('same EPC twice', 'object', { epcList: [jar, jar] }, '/epcList/1', /twice/),
  wrong('lot among single items', 'object', { epcList: [lot.epcClass] }, '/epcList/0', /quantity list/),
  wrong('product among single items', 'transaction', { epcList: [gtin] }, '/epcList/0', /quantity list/),
  wrong(
    'pattern among single items',
    'object',
    { epcList: ['urn:epc:idpat:sgtin:4012345.011111.*'] },
    '/epcList/0',
    /quantity list/,
  ),
  wrong('lot as a pallet', 'aggregation', { parentID: lot.epcClass }, '/parentID', /quantity list/),
  wrong('single item among classes', 'object', { quantityList: [{ epcClass: jar }] }, '/quantityList/0/epcClass', /single thing/),
  wrong(
    'pallet among classes',
    'transformation',
    { inputQuantityList: [{ epcClass: pallet }] },
    '/inputQuantityList/0/epcClass',
    /single thing/,
  ),
  wrong('class without its name', 'object', { quantityList: [{ quantity: 2 }] }, '/quantityList/0/epcClass', /missing/),
  wrong('negative quantity', 'object', { quantityList: [{ ...lot, quantity: -1 }] }, '/quantityList/0/quantity', /negative/),
  wrong('quantity as text', 'object', { quantityList: [{ ...lot, quantity: '12' }] }, '/quantityList/0/quantity', /number/),
  wrong(
    'quantity with 16 digits',
    'object',
    { quantityList: [{ ...lot, quantity: 1.234567890123456 }] },
    '/quantityList/0/quantity',
    /15 significant/,
  ),
  wrong(
    'quantity beyond all measure',
    'object',
    { quantityList: [{ ...lot, quantity: 1e18 }] },
    '/quantityList/0/quantity',
    /too large/,
  ),
  wrong('half a piece', 'object', { quantityList: [{ epcClass: gtin, quantity: 1.5 }] }, '/quantityList/0/uom', /whole/),
  wrong('unit of nobody', 'object', { quantityList: [{ ...lot, uom: 'KG' }] }, '/quantityList/0/uom', /Rec 20/),
  wrong('unit in small letters', 'object', { quantityList: [{ ...lot, uom: 'kgm' }] }, '/quantityList/0/uom', /form/),
  wrong(
    'unit without a quantity',
    'object',
    { quantityList: [{ ...lot, quantity: undefined }] },
    '/quantityList/0/quantity',
    /unit needs/,
  ),
  wrong(
    'extension inside a quantity',
    'object',
    { quantityList: [{ ...lot, 'ex:a': 1 }] },
    '/quantityList/0/ex:a',
    /not a known/,
  ),
  wrong('object event about nothing', 'object', { epcList: undefined, quantityList: undefined }, '', /names no thing/),
  wrong('object event with empty lists', 'object', { epcList: [], quantityList: [] }, '', /names no thing/),
  wrong('sensor data from nowhere', 'sensor', { readPoint: undefined }, '/readPoint', /read point/),
  wrong('ilmd of what is only seen', 'object', { action: 'OBSERVE', ilmd: { 'ex:a': 1 } }, '/ilmd', /ADD/),
  wrong('packed into nothing', 'aggregation', { parentID: undefined }, '/parentID', /needs a parent/),
  wrong('unpacked from nothing', 'aggregation', { parentID: undefined, action: 'DELETE' }, '/parentID', /needs a parent/),
  wrong('packed without contents', 'aggregation', { childEPCs: undefined, childQuantityList: [] }, '/childEPCs', /childEPCs/),
  wrong('packed into itself', 'aggregation', { childEPCs: [pallet] }, '/parentID', /own children/),
  wrong('association without a parent', 'association', { parentID: undefined }, '/parentID', /missing/),
  wrong('association of nothing', 'association', { childEPCs: undefined }, '/childEPCs', /childEPCs/),
  wrong(
    'transaction event without transactions',
    'transaction',
    { bizTransactionList: [] },
    '/bizTransactionList',
    /at least one/,
  ),
  wrong('transaction event about nothing', 'transaction', { epcList: undefined }, '/epcList', /needs epcList/),
  wrong('transformation without inputs', 'transformation', { inputQuantityList: undefined }, '/inputQuantityList', /inputs/),
  wrong('transformation without outputs', 'transformation', { outputQuantityList: undefined }, '/outputQuantityList', /outputs/),
  wrong(
    'transformation id and nothing else',
    'transformation',
    { transformationID: 'urn:uuid:1', inputQuantityList: [], outputQuantityList: [] },
    '',
    /neither/,
  ),
  // Where, why, how
  wrong('read point without id', 'object', { readPoint: {} }, '/readPoint/id', /missing/),
  wrong(
    'GLN with a wrong check digit',
    'object',
    { readPoint: { id: 'https://id.gs1.org/414/4012345000116' } },
    '/readPoint/id',
    /check/,
  ),
  wrong('place that is a product', 'object', { bizLocation: { id: gtin } }, '/bizLocation/id', /place/),
  wrong('step of nobody', 'object', { bizStep: 'shiping' }, '/bizStep', /not a standard term/),
  wrong('step in the form of XML', 'object', { bizStep: 'urn:epcglobal:cbv:bizstep:shipping' }, '/bizStep', /"shipping" in JSON/),
  wrong(
    'step that the standard does not have',
    'object',
    { bizStep: 'https://ref.gs1.org/cbv/BizStep-flying' },
    '/bizStep',
    /not in the standard/,
  ),
  wrong('disposition as a step', 'object', { bizStep: 'in_transit' }, '/bizStep', /not a standard term/),
  wrong('step as a disposition', 'object', { disposition: 'cbv:BizStep-shipping' }, '/disposition', /not in the standard/),
  wrong('empty persistent disposition', 'object', { persistentDisposition: {} }, '/persistentDisposition', /./),
  wrong(
    'disposition set and unset',
    'object',
    { persistentDisposition: { set: ['active'], unset: ['active'] } },
    '/persistentDisposition/unset/0',
    /both/,
  ),
  wrong(
    'transaction type of nobody',
    'object',
    { bizTransactionList: [{ type: 'order', bizTransaction: 'urn:x:1' }] },
    '/bizTransactionList/0/type',
    /standard term/,
  ),
  wrong(
    'transaction without a number',
    'object',
    { bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:0614141073467:' }] },
    '/bizTransactionList/0/bizTransaction',
    /must be/,
  ),
  wrong(
    'source without a type',
    'object',
    { sourceList: [{ source: 'urn:epc:id:pgln:4012345.00225' }] },
    '/sourceList/0/type',
    /missing/,
  ),
  wrong(
    'owner that is a product',
    'object',
    { sourceList: [{ type: 'owning_party', source: gtin }] },
    '/sourceList/0/source',
    /party/,
  ),
  wrong(
    'destination place that is a party',
    'object',
    { destinationList: [{ type: 'location', destination: 'urn:epc:id:pgln:4012345.00225' }] },
    '/destinationList/0/destination',
    /place/,
  ),
  wrong('certificate that is no URI', 'object', { certificationInfo: 'organic' }, '/certificationInfo', /uri/),
  // Sensors
  wrong('sensor element without a report', 'sensor', { sensorElementList: [{}] }, '/sensorElementList/0/sensorReport', /missing/),
  wrong('report without a type', 'sensor', sensed({ type: undefined }), `${inReport}/type`, /missing/),
  wrong('measurement of nobody', 'sensor', sensed({ type: 'Warmth' }), `${inReport}/type`, /standard term/),
  wrong('value without a unit', 'sensor', sensed({ uom: undefined }), `${inReport}/uom`, /needs a unit/),
  wrong('value as text', 'sensor', sensed({ value: '4.5' }), `${inReport}/value`, /number/),
  wrong('smallest above largest', 'sensor', sensed({ minValue: 5, maxValue: 4 }), `${inReport}/maxValue`, /less than minValue/),
  wrong('negative deviation', 'sensor', sensed({ sDev: -0.1 }), `${inReport}/sDev`, /negative/),
  wrong('rank of 101 percent', 'sensor', sensed({ percRank: 101, percValue: 2 }), `${inReport}/percRank`, /between 0 and 100/),
  wrong('rank without its value', 'sensor', sensed({ percRank: 50 }), `${inReport}/percValue`, /go together/),
  wrong('raw bytes that are not hexadecimal', 'sensor', sensed({ hexBinaryValue: 'xyz' }), `${inReport}/hexBinaryValue`, /form/),
  wrong('alarm of nobody', 'sensor', sensed({ exception: 'FIRE' }), `${inReport}/exception`, /standard term/),
  wrong('component of nobody', 'sensor', sensed({ component: 'w' }), `${inReport}/component`, /standard term/),
  wrong(
    'series that ends before it starts',
    'sensor',
    sensed({}, { sensorMetadata: { startTime: '2026-03-04T11:00:00Z', endTime: '2026-03-04T10:00:00Z' } }),
    '/sensorElementList/0/sensorMetadata/endTime',
    /before/,
  ),
  wrong('device with a wrong number', 'sensor', sensed({ deviceID: 'urn:epc:id:giai:12.1' }), `${inReport}/deviceID`, /./),
  // Corrections
  wrong(
    'declaration without its time',
    'object',
    { errorDeclaration: { reason: 'incorrect_data' } },
    '/errorDeclaration/declarationTime',
    /missing/,
  ),
  wrong(
    'reason of nobody',
    'object',
    { errorDeclaration: { declarationTime: '2026-03-05T00:00:00Z', reason: 'typo' } },
    '/errorDeclaration/reason',
    /standard term/,
  ),
  wrong(
    'event that corrects itself',
    'object',
    { eventID: 'urn:uuid:1', errorDeclaration: { declarationTime: '2026-03-05T00:00:00Z', correctiveEventIDs: ['urn:uuid:1'] } },
    '/errorDeclaration/correctiveEventIDs',
    /itself/,
  ),
  wrong('half an event hash as id', 'object', { eventID: 'ni:///sha-256;abc?ver=CBV2.0' }, '/eventID', /whole event hash/),
  wrong('event id that is no URI', 'object', { eventID: '12' }, '/eventID', /uri/),
  // What no JSON of an event may hold
  wrong('null character in a text', 'object', { 'ex:note': 'a\0b' }, '/ex:note', /characters/),
  wrong('half a character', 'object', { 'ex:note': 'a\ud800' }, '/ex:note', /characters/),
  wrong('text of 10,000 characters', 'object', { 'ex:note': 'x'.repeat(10_000) }, '/ex:note', /at most 4096/),
  wrong(
    '__proto__ in an extension',
    'object',
    { 'ex:note': JSON.parse('{"__proto__":{"a":1}}') as Json },
    '/ex:note/__proto__',
    /name/,
  ),
  wrong('number with 17 digits in an extension', 'object', { 'ex:note': 0.1 + 0.2 }, '/ex:note', /15 significant/),
  wrong('nesting without end', 'object', { 'ex:n': nested(30) }, `/ex:n${'/ex:n'.repeat(23)}`, /deeper/),
];

function nested(depth: number): Json {
  let value: Json = { 'ex:n': 1 };
  for (let i = 0; i < depth; i++) value = { 'ex:n': value };
  return value;
}
