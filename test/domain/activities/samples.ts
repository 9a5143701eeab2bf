import type { JsonObject } from '../../../src/domain/record.js';

export const farm = 'urn:suyuan:uscc:93510131MA61UQ4D52';
export const shop = 'https://id.gs1.org/417/9520131000003';
export const carrier = 'urn:suyuan:party:0190f0a0-0000-7000-8000-00000000000c';
export const laboratory = 'https://id.gs1.org/417/9520131000010';
export const plot = 'urn:suyuan:place:0190f0a0-0000-7000-8000-000000000001';
export const store = 'https://id.gs1.org/414/9520131000010';

const fruit = 'https://id.gs1.org/01/09520131000201';
const box = 'https://id.gs1.org/01/09520131000102';
const pig = 'https://id.gs1.org/01/09520131000300';
const meat = 'https://id.gs1.org/01/09520131000409';
const crop = `${fruit}/10/2026-3`;
const picked = `${fruit}/10/PJ261018`;
const boxed = `${box}/10/PJ261018A3`;
const herd = `${pig}/10/H-12`;
const pallet = 'https://id.gs1.org/00/009520131000000010';
const logger = 'https://id.gs1.org/8004/9520131LOG7';
const halves = [`${meat}/21/0001`, `${meat}/21/0002`];

const time = '2026-10-18T07:40:00+08:00';
const at = { time, place: plot };
const inStore = { time, place: store };
const readings: JsonObject[] = [
  { time: '2026-11-20T22:00:00+08:00', celsius: 1.6, humidity: 92 },
  { time: '2026-11-20T22:10:00+08:00', celsius: 2.4 },
  { time: '2026-11-20T23:30:00+08:00', celsius: 4.6, humidity: 88.5 },
];
const kg = (lot: string, quantity: string): JsonObject => ({ lot, quantity, unit: 'KGM' });
const pieces = (lot: string, quantity: string): JsonObject => ({ lot, quantity, unit: 'H87' });
const newKg = (product: string, number: string, quantity: string): JsonObject => ({ product, number, quantity, unit: 'KGM' });

/** Values of every activity of the first food pack, most of its fields filled in. */
export const samples: Readonly<Record<string, JsonObject>> = {
  plant: {
    ...at,
    crop: [{ product: fruit, number: '2026-3', quantity: '420', unit: 'H87' }],
    variety: '金艳',
    seed: '本地苗圃',
    mu: '6.5',
  },
  'apply-input': {
    ...at,
    crop,
    name: '春雷霉素 2% 水剂',
    registration: 'PD20264417',
    active: '春雷霉素',
    formulation: '2% 水剂',
    dose: { value: '0.9', unit: 'LTR' },
    dilution: '每 30 升水 60 毫升',
    interval: 14,
    target: '溃疡病',
    weather: 'sun',
    source: '西来农资店',
    operator: '周大山',
    note: '东边两行没打',
  },
  fertilise: {
    ...at,
    crop,
    name: '腐熟羊粪',
    kind: 'organic',
    dose: { value: '1200', unit: 'KGM' },
    mu: '6.5',
    operator: '周大山',
  },
  irrigate: { ...at, crop, water: '蒲江河', amount: { value: '30', unit: 'MTQ' }, method: 'drip', operator: '周大山' },
  'field-check': { ...at, crop, growth: '挂果整齐', pests: '无', advice: '不用处理', operator: '周大山' },
  harvest: {
    ...at,
    crop,
    lots: [newKg(fruit, 'PJ261018', '3260')],
    grade: '统货',
    end: true,
    operator: '周大山',
    bestBefore: '2026-12-20',
  },
  'stock-in': {
    ...at,
    herd: [{ product: pig, number: 'H-12', quantity: '60', unit: 'H87' }],
    breed: '成华猪',
    seed: '自繁',
    ageDays: 28,
    earTags: '151012900001-151012900060',
  },
  regroup: {
    ...at,
    from: [pieces(herd, '60')],
    herd: [{ product: pig, number: 'H-13', quantity: '60', unit: 'H87' }],
    end: true,
  },
  feed: { ...at, herd, feed: [kg(`${fruit}/10/F1`, '1200')], from: '2026-09-01', until: '2026-09-30', operator: '周大山' },
  medicate: {
    ...at,
    herd,
    name: '土霉素注射液',
    registration: '兽药字220013345',
    active: '土霉素',
    dose: { value: '600', unit: 'MLT' },
    heads: 6,
    reason: '咳嗽',
    since: '2026-08-01',
    withdrawal: 28,
    prescription: 'CF-26-014',
    veterinarian: '何兽医',
    source: '镇兽药店',
  },
  vaccinate: { ...at, herd, name: '猪瘟活疫苗', batch: 'V2607', disease: '猪瘟', heads: 60, veterinarian: '何兽医' },
  'quarantine-inspect': {
    ...at,
    lots: [{ lot: herd }],
    heads: 30,
    certificate: '5101290001',
    kind: 'origin',
    result: 'pass',
    authority: '动物卫生监督所',
    validUntil: '2026-10-20',
    official: '何兽医',
  },
  collect: { ...at, herd, lots: [{ product: meat, number: 'E1018', quantity: '860', unit: 'H87' }], bestBefore: '2026-11-18' },
  catch: { ...at, pond: [kg(`${fruit}/10/P3`, '400')], lots: [newKg(fruit, 'Y1018', '400')], method: '拉网' },
  finish: { ...at, lot: crop },
  'issue-promise-certificate': {
    ...at,
    lot: picked,
    number: 'PJ-2026-0451',
    name: '猕猴桃（金艳）',
    quantity: { value: '3260', unit: 'KGM' },
    origin: '成都市蒲江县西来镇',
    issued: '2026-10-19',
    promiser: '青石坝猕猴桃专业合作社',
    contact: '028-5550-1234',
    basis: ['own-control', 'commissioned-test'],
    promise: true,
  },
  cool: { ...inStore, until: '2026-10-18T19:40:00+08:00', lots: [kg(picked, '3260')], method: '压差预冷', target: 2, readings },
  grade: {
    ...inStore,
    inputs: [kg(picked, '3260')],
    outputs: [{ product: box, number: 'PJ261018A3', quantity: '2500', unit: 'H87' }],
    loss: { value: '0', unit: 'KGM' },
    bestBefore: '2026-12-20',
    operator: '刘敏',
  },
  process: {
    ...inStore,
    begun: '2025-10-18T07:40:00+08:00',
    kind: 'cut',
    inputUnits: [halves[0]!],
    outputs: [newKg(meat, 'C1', '38.5')],
    loss: { value: '1.25', unit: 'KGM' },
    lossReason: '去骨',
    bestBefore: '2026-10-25',
    recipe: 'R7',
    operator: '刘敏',
  },
  tend: { ...inStore, lots: [{ lot: picked }], work: '翻缸', celsius: 24.5, operator: '罗师傅' },
  slaughter: {
    ...inStore,
    herd: [pieces(herd, '1')],
    units: halves,
    certificate: '5101290001',
    weight: { value: '82.4', unit: 'KGM' },
  },
  pack: { ...inStore, parent: pallet, lots: [pieces(boxed, '600')], packages: 50, operator: '刘敏' },
  unpack: { ...inStore, parent: pallet, lots: [pieces(boxed, '600')] },
  sample: {
    ...inStore,
    lots: [{ lot: boxed }],
    number: 'S-26-091',
    amount: { value: '3', unit: 'KGM' },
    purpose: 'official',
    laboratory,
    sampler: '赵检',
  },
  test: {
    time,
    lots: [{ lot: picked }],
    report: 'RB-2610-0773',
    laboratory,
    sample: 'S-26-091',
    kind: 'residue',
    standard: 'GB 2763',
    count: 54,
    items: [{ item: '春雷霉素', value: '未检出', unit: 'mg/kg', limit: '0.05', verdict: 'pass' }],
    result: 'pass',
    document: 'https://lab.example/RB-2610-0773.pdf',
  },
  release: { ...inStore, lots: [{ lot: boxed }], report: 'RB-2610-0773', approver: '刘敏' },
  hold: { ...inStore, lots: [{ lot: boxed }], reason: '等复检' },
  store: { ...inStore, units: [pallet], bay: 'A-31', celsius: 1, operator: '刘敏' },
  'store-reading': { ...inStore, units: [pallet], readings, device: logger },
  ship: {
    ...inStore,
    units: [pallet],
    to: shop,
    toPlace: store,
    carrier,
    document: 'SO-26-44731',
    order: 'PO-9',
    certificate: 'PJ-2026-0451',
    plate: '川A 3F1**',
    driver: '王师傅',
    price: '18 元/盒',
  },
  'transport-reading': { time, place: plot, units: [pallet], readings, device: logger },
  arrive: { ...inStore, units: [pallet], celsius: 2.1, seal: '0091' },
  receive: {
    ...inStore,
    lots: [pieces(boxed, '600')],
    from: farm,
    document: 'SO-26-44731',
    certificate: 'PJ-2026-0451',
    origin: '蒲江县',
    condition: 'short',
    celsius: 2,
    difference: '少 2 盒',
    receiver: '陈',
    price: '18 元/盒',
  },
  commission: { ...inStore, units: [logger, pallet], name: '温度记录仪' },
  attach: { ...inStore, parent: pallet, devices: [logger] },
  detach: { ...inStore, parent: pallet, devices: [logger] },
  shelve: { ...inStore, lots: [pieces(boxed, '200')] },
  sell: { ...inStore, lots: [pieces(boxed, '37')], price: '29.9' },
  invoice: {
    ...inStore,
    lots: [pieces(boxed, '600')],
    to: shop,
    invoice: '2651100000001',
    order: 'PO-9',
    document: 'SO-26-44731',
    amount: '10800',
  },
  return: { ...inStore, lots: [pieces(boxed, '12')], to: farm, document: 'TH-1', reason: '压坏' },
  destroy: { ...inStore, lots: [pieces(boxed, '12')], method: '无害化处理', reason: '压坏', witness: '赵检' },
  lose: { ...inStore, lots: [pieces(boxed, '2')], reason: 'spoiled' },
};
