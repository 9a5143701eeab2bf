import type { Text } from '../text.js';

/** Names of the fields of a North American coupon, for the reason texts. */
const fields = {
  gcp: ['厂商识别代码', 'company prefix'],
  'save-value': ['优惠额', 'save value'],
  '1st-purchase-requirement': ['第一购买要求', '1st purchase requirement'],
  '1st-purchase-family-code': ['第一购买品类代码', '1st purchase family code'],
  'additional-purchase-rules-code': ['附加购买规则代码', 'additional purchase rules code'],
  '2nd-purchase-requirement': ['第二购买要求', '2nd purchase requirement'],
  '2nd-purchase-family-code': ['第二购买品类代码', '2nd purchase family code'],
  '2nd-purchase-gcp': ['第二购买厂商识别代码', '2nd purchase company prefix'],
  '3rd-purchase-requirement': ['第三购买要求', '3rd purchase requirement'],
  '3rd-purchase-family-code': ['第三购买品类代码', '3rd purchase family code'],
  '3rd-purchase-gcp': ['第三购买厂商识别代码', '3rd purchase company prefix'],
  'retailer-gcp-or-gln': ['零售商识别代码', 'retailer company prefix or GLN'],
  'serial-number': ['序列号', 'serial number'],
  'save-value-code': ['优惠额代码', 'save value code'],
  'save-value-applies-to-item': ['优惠适用项', 'item that the save value applies to'],
  'store-coupon-flag': ['店铺优惠券标志', 'store coupon flag'],
  'dont-multiply-flag': ['不可翻倍标志', "don't multiply flag"],
  'format-code': ['格式代码', 'format code'],
  funder: ['出资方', 'funder'],
  'offer-code': ['优惠代码', 'offer code'],
} as const;
type Field = keyof typeof fields;

/** `coupon-missing-…-vli`: no length indicator; `-invalid-…-length`: it is out of range; `-truncated-`: less data than it says. */
export type CouponCode =
  | `coupon-${'missing' | 'invalid' | 'truncated'}-${Field}${'' | '-vli' | '-length' | '-code'}`
  | `coupon-${'too-short-for' | 'invalid'}-${'expiration' | 'start'}-date`
  | 'coupon-expiration-before-start'
  | 'coupon-excess-data'
  | 'non-digit-character';

/** Words for a reason that a coupon is wrong. */
export function couponText(code: CouponCode): Text {
  if (code === 'coupon-expiration-before-start')
    return { zh: '优惠券截止日早于开始日', en: 'is a coupon that expires before it starts' };
  if (code === 'coupon-excess-data') return { zh: '优惠券有多余数据', en: 'is a coupon with data left over' };
  const [, fault, rest] = /^coupon-(missing|invalid|truncated|too-short-for)-(.*)$/.exec(code) ?? [];
  const name = rest?.replace(/-vli$|-length$/, '') ?? '';
  const [zh, en] = Object.hasOwn(fields, name)
    ? fields[name as Field]
    : name.endsWith('-requirement-code')
      ? [fields[name.slice(0, -5) as Field][0] + '代码', fields[name.slice(0, -5) as Field][1] + ' code']
      : name === 'expiration-date'
        ? ['截止日', 'expiration date']
        : ['开始日', 'start date'];
  const how = { missing: ['缺少', 'lacks its'], invalid: ['无效的', 'has a wrong'] }[fault ?? ''] ?? [
    '截断的',
    'has a truncated',
  ];
  return { zh: `优惠券${how[0]}${zh}`, en: `is a coupon that ${how[1]} ${en}` };
}

class Stop extends Error {
  constructor(readonly code: CouponCode) {
    super(code);
  }
}

/** Reads a coupon from the left; the first thing wrong stops it. */
class Reader {
  private at = 0;
  constructor(private readonly data: string) {}
  get done(): boolean {
    return this.at === this.data.length;
  }
  /** One digit that must be among `allowed`. */
  digit(allowed: string, missing: CouponCode, invalid: CouponCode): number {
    const c = this.data[this.at];
    if (c === undefined) throw new Stop(missing);
    if (!allowed.includes(c)) throw new Stop(invalid);
    this.at++;
    return Number(c);
  }
  fixed(length: number, truncated: CouponCode): string {
    if (this.data.length - this.at < length) throw new Stop(truncated);
    this.at += length;
    return this.data.slice(this.at - length, this.at);
  }
  /** A length indicator and as many digits as it says, plus `more`; an indicator equal to `none` stands for nothing. */
  counted(field: Field, allowed: string, more: number, none?: number): void {
    const length = this.digit(allowed, `coupon-missing-${field}-vli`, `coupon-invalid-${field}-length`);
    if (length !== none) this.fixed(length + more, `coupon-truncated-${field}`);
  }
  /** The next optional field's number is consumed when it is `tag`. */
  option(tag: string): boolean {
    if (this.data[this.at] !== tag) return false;
    this.at++;
    return true;
  }
}

function purchase(r: Reader, nth: '1st' | '2nd' | '3rd'): void {
  r.counted(`${nth}-purchase-requirement`, '12345', 0);
  r.digit('012349', `coupon-missing-${nth}-purchase-requirement-code`, `coupon-invalid-${nth}-purchase-requirement-code`);
  r.fixed(3, `coupon-truncated-${nth}-purchase-family-code`);
  if (nth !== '1st') r.counted(`${nth}-purchase-gcp`, '01234569', 6, 9);
}

function date(r: Reader, which: 'expiration' | 'start'): string {
  const d = r.fixed(6, `coupon-too-short-for-${which}-date`);
  const month = Number(d.slice(2, 4));
  const day = Number(d.slice(4));
  const last = new Date(Date.UTC(2000 + Number(d.slice(0, 2)), month, 0)).getUTCDate();
  if (month < 1 || month > 12 || day < 1 || day > last) throw new Stop(`coupon-invalid-${which}-date`);
  return d;
}

function readCode(r: Reader): void {
  r.counted('gcp', '0123456', 6);
  r.fixed(6, 'coupon-truncated-offer-code');
  r.counted('save-value', '12345', 0);
  purchase(r, '1st');
  if (r.option('1')) {
    r.digit('0123', 'coupon-missing-additional-purchase-rules-code', 'coupon-invalid-additional-purchase-rules-code');
    purchase(r, '2nd');
  }
  if (r.option('2')) purchase(r, '3rd');
  const expires = r.option('3') ? date(r, 'expiration') : undefined;
  if (r.option('4')) {
    const starts = date(r, 'start');
    if (expires !== undefined && expires < starts) throw new Stop('coupon-expiration-before-start');
  }
  if (r.option('5')) r.counted('serial-number', '0123456789', 6);
  if (r.option('6')) r.counted('retailer-gcp-or-gln', '1234567', 6);
  if (r.option('9')) {
    r.digit('01256', 'coupon-missing-save-value-code', 'coupon-invalid-save-value-code');
    r.digit('012', 'coupon-missing-save-value-applies-to-item', 'coupon-invalid-save-value-applies-to-item');
    r.digit('0123456789', 'coupon-missing-store-coupon-flag', 'coupon-invalid-store-coupon-flag');
    r.digit('01', 'coupon-missing-dont-multiply-flag', 'coupon-invalid-dont-multiply-flag');
  }
}

function readOffer(r: Reader): void {
  r.digit('01', 'coupon-missing-format-code', 'coupon-invalid-format-code');
  r.counted('funder', '0123456', 6);
  r.fixed(6, 'coupon-truncated-offer-code');
  r.counted('serial-number', '0123456789', 6);
}

function lint(data: string, read: (r: Reader) => void): CouponCode | undefined {
  if (!/^\d*$/.test(data)) return 'non-digit-character';
  const reader = new Reader(data);
  try {
    read(reader);
  } catch (stop) {
    if (stop instanceof Stop) return stop.code;
    throw stop;
  }
  return reader.done ? undefined : 'coupon-excess-data';
}

/** AI (8110): North American Coupon Application Guideline using GS1 DataBar. */
export const lintCouponCode = (data: string): CouponCode | undefined => lint(data, readCode);

/** AI (8112): positive offer file coupon. */
export const lintCouponOffer = (data: string): CouponCode | undefined => lint(data, readOffer);
