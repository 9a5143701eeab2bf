import type { Lang } from '../domain/text.js';

/** Times are Unix milliseconds inside and read in China Standard Time (no daylight saving since 1991). */
const offset = 8 * 3_600_000;
const shifted = (ms: number) => new Date(ms + offset).toISOString();

/** `2026-10-18` */
export const day = (ms: number) => shifted(ms).slice(0, 10);
/** `2026-10-18 07:40` */
export const minute = (ms: number) => shifted(ms).slice(0, 16).replace('T', ' ');
/** `07:40` */
export const clock = (ms: number) => shifted(ms).slice(11, 16);
/** For a `datetime` attribute: `2026-10-18T07:40+08:00` */
export const machineTime = (ms: number) => `${shifted(ms).slice(0, 16)}+08:00`;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Read at arm's length: `10月18日`, `18 Oct`. */
export function shortDay(ms: number, lang: Lang): string {
  const [, month = '', date = ''] = day(ms).split('-');
  return lang === 'zh' ? `${Number(month)}月${Number(date)}日` : `${Number(date)} ${months[Number(month) - 1]}`;
}

/** Thousands with a comma; a decimal string keeps its digits but for zeros at the end. */
export function number(value: number | string): string {
  const [whole = '0', fraction = ''] = String(value).split('.');
  const digits = fraction.replace(/0+$/, '');
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (digits === '' ? '' : `.${digits}`);
}

/** Names of the units in use, UN/ECE Recommendation 20: [zh, en]. */
const units: Readonly<Record<string, readonly [string, string]>> = {
  KGM: ['千克', 'kg'],
  GRM: ['克', 'g'],
  MGM: ['毫克', 'mg'],
  TNE: ['吨', 't'],
  LTR: ['升', 'L'],
  MLT: ['毫升', 'mL'],
  MTQ: ['立方米', 'm³'],
  MTR: ['米', 'm'],
  CMT: ['厘米', 'cm'],
  MTK: ['平方米', 'm²'],
  HAR: ['公顷', 'ha'],
  KMT: ['千米', 'km'],
  H87: ['件', 'pcs'],
  EA: ['个', 'each'],
  XBX: ['箱', 'boxes'],
  XCT: ['箱', 'cartons'],
  XPX: ['托', 'pallets'],
  BO: ['瓶', 'bottles'],
  JR: ['罐', 'jars'],
  XJR: ['罐', 'jars'],
  HEA: ['头', 'head'],
  CEL: ['℃', '°C'],
  FAH: ['℉', '°F'],
  P1: ['%', '%'],
  DAY: ['天', 'days'],
  HUR: ['小时', 'h'],
  MIN: ['分钟', 'min'],
  LM: ['米', 'm'],
  M87: ['毫克/千克', 'mg/kg'],
  NA: ['毫克/千克', 'mg/kg'],
  MMT: ['毫米', 'mm'],
};

/** Name of a Rec 20 unit code; the code itself when it is not one that we name. None for a bare count. */
export const unitName = (code: string | undefined, lang: Lang) =>
  code === undefined ? '' : (units[code]?.[lang === 'zh' ? 0 : 1] ?? code);
/** `3,260 千克`, `3,260 kg` */
export const quantity = (value: number | string, code: string | undefined, lang: Lang) =>
  `${number(value)} ${unitName(code, lang)}`.trimEnd();
/** `1.2 °C`, `1.2 ℃` */
export const degrees = (celsius: number, lang: Lang) => `${Math.round(celsius * 10) / 10} ${unitName('CEL', lang)}`;
