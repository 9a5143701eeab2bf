import type { ItemView } from '../../src/queries/itemView.js';

/** Lots as a query gives them, to look at pages without a ledger. Names and companies are invented; check digits are valid. */
const at = (text: string) => Date.parse(`${text}+08:00`);
const start = at('2026-11-20T22:00');
const curve = [
  2.9, 2.1, 1.9, 1.7, 1.8, 2, 1.9, 1.6, 1.7, 1.8, 2, 2.1, 2, 1.8, 1.7, 1.6, 1.9, 2.2, 2.1, 1.9, 1.8, 4.6, 3.1, 2.2, 2, 1.9, 1.8,
  1.7, 1.9, 2, 2.1, 1.9, 1.8, 1.7, 2, 2.1, 2.2,
];

export const kiwi: ItemView = {
  asked: {
    address: '/01/09520131000102/10/PJ261018A3',
    keys: [
      { ai: '01', value: '09520131000102' },
      { ai: '10', value: 'PJ261018A3' },
    ],
  },
  item: 'https://id.gs1.org/01/09520131000102/10/PJ261018A3',
  known: true,
  product: {
    uri: 'https://id.gs1.org/01/09520131000102',
    name: { zh: '蒲江金艳猕猴桃', en: 'Pujiang Jinyan kiwifruit' },
    note: { zh: '礼盒 12 枚，约 1.2 千克', en: 'Gift box of 12, about 1.2 kg' },
    sector: 'fruit',
    food: true,
  },
  begin: { what: 'harvested', at: at('2026-10-18T07:40') },
  expiry: { at: at('2026-12-20T23:59'), from: 'shelf-life' },
  storage: { min: 0, max: 4 },
  producer: {
    uri: 'urn:suyuan:party:1',
    name: { zh: '青石坝猕猴桃专业合作社', en: "Qingshiba Kiwifruit Growers' Cooperative" },
    region: { zh: '四川省成都市蒲江县西来镇', en: 'Xilai, Pujiang County, Chengdu, Sichuan' },
    phone: '028-5550-1234',
    code: '93510131MA61UQ4D52',
  },
  promise: {
    product: { zh: '猕猴桃（金艳）', en: 'Kiwifruit (Jinyan)' },
    quantity: { value: '3260', unit: 'KGM' },
    region: { zh: '成都市蒲江县西来镇', en: 'Xilai, Pujiang, Chengdu' },
    issued: at('2026-10-19T08:00'),
    party: { zh: '青石坝猕猴桃专业合作社', en: "Qingshiba Kiwifruit Growers' Cooperative" },
    code: '93510131MA61UQ4D52',
    basis: [
      { zh: '质量安全控制', en: 'own controls' },
      { zh: '委托检测', en: 'a commissioned test' },
    ],
    seq: 40,
  },
  tests: [
    {
      name: { zh: '农药残留', en: 'Pesticide residues' },
      passed: true,
      laboratory: { zh: '蓉标农产品检测', en: 'Rongbiao Agri-Testing' },
      report: 'RB-2610-0773',
      at: at('2026-10-20T10:00'),
      items: 54,
      seq: 41,
    },
  ],
  certificates: [
    { name: { zh: '绿色食品', en: 'Green Food' }, number: 'LB-18-26082207713A', until: at('2027-08-14T00:00'), valid: true },
  ],
  spray: {
    kind: 'spray',
    product: '春雷霉素 2% 水剂',
    at: at('2026-09-12T06:30'),
    interval: 14,
    harvested: at('2026-10-18T07:40'),
    waited: 36,
  },
  journey: [
    {
      title: { zh: '打药', en: 'Sprayed' },
      icon: 'spray',
      at: at('2026-08-02T06:00'),
      until: at('2026-09-12T06:30'),
      count: 2,
      where: { zh: '蒲江县西来镇', en: 'Xilai, Pujiang' },
      seq: 3,
    },
    {
      title: { zh: '采收', en: 'Harvested' },
      icon: 'basket',
      at: at('2026-10-18T07:40'),
      count: 1,
      where: { zh: '蒲江县西来镇', en: 'Xilai, Pujiang' },
      seq: 4,
    },
    {
      title: { zh: '预冷、分选、装盒', en: 'Cooled, graded, boxed' },
      icon: 'plant',
      at: at('2026-10-19T09:15'),
      count: 1,
      who: { zh: '川原鲜果分选中心', en: 'Chuanyuan Fruit Packhouse' },
      where: { zh: '蒲江县寿安街道', en: "Shou'an, Pujiang" },
      seq: 5,
    },
    {
      title: { zh: '冷藏运输', en: 'Chilled transport' },
      icon: 'truck',
      at: start,
      count: 1,
      who: { zh: '锦南冷链', en: 'Jinnan Cold Chain' },
      seq: 6,
      temperature: {
        from: start,
        to: start + 36 * 600_000,
        points: curve.map((value, i) => [start + i * 600_000, value] as const),
        min: 1.6,
        max: 4.6,
        low: 0,
        high: 4,
        outside: 10,
        gap: 0,
        every: 10,
      },
    },
    {
      title: { zh: '上架', en: 'On the shelf' },
      icon: 'store',
      at: at('2026-11-21T08:20'),
      count: 1,
      where: { zh: '成都市武侯区', en: 'Wuhou, Chengdu' },
      seq: 7,
    },
  ],
  corrections: [],
  origin: { complete: true, unknown: 0, stopped: false, lots: 2 },
  verdict: { kind: 'ok', cause: 'none' },
  entry: {
    last: 48213,
    time: at('2026-11-21T08:21'),
    count: 7,
    checked: true,
    digest: '9f2c41d7a06be8353f2c41d7a06be8353f2c41d7a06be8353f2c41d771e0c4aa',
  },
};

/** A jar from a vat in which one chili lot was found over the limit, and which came partly from outside. */
export const jar: ItemView = {
  ...kiwi,
  asked: {
    address: '/01/09520117000508/10/DB260912-07',
    keys: [
      { ai: '01', value: '09520117000508' },
      { ai: '10', value: 'DB260912-07' },
    ],
  },
  item: 'https://id.gs1.org/01/09520117000508/10/DB260912-07',
  product: {
    uri: 'https://id.gs1.org/01/09520117000508',
    name: { zh: '郫县豆瓣（一级）', en: 'Pixian doubanjiang, grade 1' },
    note: { zh: '500 克，玻璃瓶', en: '500 g glass jar' },
    food: true,
  },
  begin: { what: 'produced', at: at('2026-09-12T09:00') },
  expiry: { at: at('2028-03-11T23:59'), from: 'event' },
  storage: undefined,
  promise: undefined,
  spray: undefined,
  certificates: [],
  tests: [
    {
      name: { zh: '毒死蜱', en: 'Chlorpyrifos' },
      passed: false,
      at: at('2026-11-22T10:00'),
      report: 'RB-2611-0381',
      laboratory: { zh: '蓉标农产品检测', en: 'Rongbiao Agri-Testing' },
      failed: [{ what: '毒死蜱', found: '0.14', limit: '0.02', unit: 'M87' }],
      seq: 9,
    },
  ],
  origin: { complete: false, unknown: 2, stopped: false, lots: 7 },
  verdict: { kind: 'stop', cause: 'recalled' },
};
