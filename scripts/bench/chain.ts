import type { JsonObject } from '../../src/domain/record.js';

export const fruit = 'https://id.gs1.org/01/09520131000201';
export const box = 'https://id.gs1.org/01/09520131000102';
const day = 86_400_000;

/** One producer of the measured chains: its party, its place. */
export const partyOf = (n: number): string => `urn:suyuan:party:0190f0a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const placeOf = (n: number): string => `urn:suyuan:place:0190f0a0-0000-7000-9000-${String(n).padStart(12, '0')}`;

export interface Step {
  readonly activity: string;
  readonly values: JsonObject;
}

/** Days before the end of the chain on which each step happens. */
const calendar = [90, 80, 70, 60, 52, 40, 20, 5, 4, 4, 3, 2] as const;
export const chainLength = calendar.length;

/** The lots of chain `number`: the crop, what was picked, what was boxed. */
export const lotsOf = (number: string) => ({
  crop: `${fruit}/10/C${number}`,
  picked: `${fruit}/10/P${number}`,
  boxed: `${box}/10/X${number}`,
});

/**
 * Step `n` (0 to 11) of one batch of kiwifruit from planting to sale. The same arguments give the same step. `end` is the time of
 * the chain's end in Unix milliseconds, `number` tells chains apart (at most 18 characters of a batch number).
 */
export function stepOf(n: number, number: string, producer: number, end: number): Step {
  const { crop, picked, boxed } = lotsOf(number);
  const at = end - (calendar[n] ?? 0) * day + n * 60_000;
  const here = { time: iso(at), place: placeOf(producer) };
  const operator = '周大山';
  const kg = (lot: string, quantity: string) => ({ lot, quantity, unit: 'KGM' });
  const steps: readonly (() => Step)[] = [
    () => ({
      activity: 'plant',
      values: {
        ...here,
        crop: [{ product: fruit, number: `C${number}`, quantity: '420', unit: 'H87' }],
        variety: '金艳',
        seed: '本地苗圃',
        mu: '6.5',
      },
    }),
    () => ({
      activity: 'fertilise',
      values: { ...here, crop, name: '腐熟羊粪', kind: 'organic', dose: { value: '1200', unit: 'KGM' }, mu: '6.5', operator },
    }),
    () => ({
      activity: 'irrigate',
      values: { ...here, crop, water: '蒲江河', amount: { value: '30', unit: 'MTQ' }, method: 'drip', operator },
    }),
    () => ({
      activity: 'field-check',
      values: { ...here, crop, growth: '挂果整齐', pests: '叶面有少量溃疡病斑', advice: '清除病枝，三天后再看', operator },
    }),
    () => ({
      activity: 'apply-input',
      values: {
        ...here,
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
        operator,
      },
    }),
    () => ({ activity: 'field-check', values: { ...here, crop, growth: '果实膨大', pests: '无', advice: '不用处理', operator } }),
    () => ({
      activity: 'fertilise',
      values: { ...here, crop, name: '硫酸钾', kind: 'compound', dose: { value: '65', unit: 'KGM' }, mu: '6.5', operator },
    }),
    () => ({
      activity: 'harvest',
      values: {
        ...here,
        crop,
        lots: [{ product: fruit, number: `P${number}`, quantity: '3260', unit: 'KGM' }],
        grade: '统货',
        end: true,
        operator,
        bestBefore: iso(end + 60 * day).slice(0, 10),
      },
    }),
    () => ({
      activity: 'issue-promise-certificate',
      values: {
        ...here,
        lot: picked,
        number: `PJ-${number}`,
        name: '猕猴桃（金艳）',
        quantity: { value: '3260', unit: 'KGM' },
        origin: '成都市蒲江县西来镇',
        issued: iso(at).slice(0, 10),
        promiser: '青石坝猕猴桃专业合作社',
        contact: '028-5550-1234',
        basis: ['own-control'],
        promise: true,
      },
    }),
    () => ({
      activity: 'cool',
      values: {
        ...here,
        lots: [kg(picked, '3260')],
        method: '压差预冷',
        target: 2,
        readings: [0, 1, 2, 3].map((i) => ({ time: iso(at - (4 - i) * 600_000), celsius: 8 - 2 * i })),
      },
    }),
    () => ({
      activity: 'grade',
      values: {
        ...here,
        inputs: [kg(picked, '3260')],
        outputs: [{ product: box, number: `X${number}`, quantity: '2500', unit: 'H87' }],
        loss: { value: '10', unit: 'KGM' },
        bestBefore: iso(end + 60 * day).slice(0, 10),
        operator,
      },
    }),
    () => ({ activity: 'sell', values: { ...here, lots: [{ lot: boxed, quantity: '37', unit: 'H87' }], price: '29.9' } }),
  ];
  const step = steps[n];
  if (!step) throw new RangeError(`a chain has ${steps.length} steps`);
  return step();
}

const iso = (ms: number): string => new Date(ms + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');
