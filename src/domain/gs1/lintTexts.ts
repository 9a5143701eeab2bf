import type { Text } from '../text.js';

const t = (zh: string, en: string): Text => ({ zh, en });

/** Why a value of an application identifier is wrong, by reason code. The codes of coupon contents stand in couponLint.ts. */
export const lintTexts = {
  'too-short': t('长度不足', 'is too short'),
  'too-long': t('长度超出', 'is too long'),
  'non-digit-character': t('只能是数字', 'must have digits only'),
  'invalid-cset82-character': t('含有 GS1 字符集 82 以外的字符', 'has a character outside GS1 character set 82'),
  'invalid-cset39-character': t('含有 GS1 字符集 39 以外的字符', 'has a character outside GS1 character set 39'),
  'invalid-cset64-character': t('含有 GS1 字符集 64 以外的字符', 'has a character outside GS1 character set 64'),
  'invalid-cset64-padding': t('末尾的“=”数目不对', 'has a wrong number of "=" at its end'),
  'incorrect-check-digit': t('校验码不对', 'has a wrong check digit'),
  'incorrect-check-pair': t('末两位校验字符不对', 'has a wrong check character pair'),
  'too-short-for-check-pair': t('太短，没有校验字符', 'is too short for a check character pair'),
  'too-short-for-gcp': t('太短，不含厂商识别代码', 'is too short for a GS1 Company Prefix'),
  'invalid-gcp-prefix': t('应以厂商识别代码（数字）开头', 'must begin with the digits of a GS1 Company Prefix'),
  'invalid-import-idx-character': t(
    '进口商索引应为字母、数字、“-”或“_”',
    'has an importer index that is not a letter, digit, "-" or "_"',
  ),
  'illegal-zero-value': t('不能全为零', 'must not be zero'),
  'not-zero': t('首位应为 0', 'must begin with 0'),
  'illegal-zero-prefix': t('不能以 0 开头', 'must not begin with 0'),
  'not-zero-or-one': t('只能是 0 或 1', 'must be 0 or 1'),
  'invalid-winding-direction': t('卷绕方向只能是 0、1 或 9', 'has a winding direction other than 0, 1 or 9'),
  'not-iso3166': t('不是 ISO 3166 数字国家代码', 'is not a numeric country code of ISO 3166'),
  'not-iso3166-or-999': t('不是 ISO 3166 数字国家代码或 999', 'is neither a numeric country code of ISO 3166 nor 999'),
  'not-iso3166-alpha2': t('不是 ISO 3166 两字母国家代码', 'is not a two-letter country code of ISO 3166'),
  'not-iso4217': t('不是 ISO 4217 数字货币代码', 'is not a numeric currency code of ISO 4217'),
  'iban-too-short': t('国际银行账号太短', 'is too short for an IBAN'),
  'invalid-iban-character': t(
    '国际银行账号只能有数字和大写字母',
    'is an IBAN with something other than digits and capital letters',
  ),
  'illegal-iban-country-code': t('国际银行账号的国家代码不存在', 'is an IBAN of an unknown country code'),
  'incorrect-iban-checksum': t('国际银行账号校验码不对', 'is an IBAN with wrong check digits'),
  'illegal-month': t('月份不存在', 'has a month that does not exist'),
  'illegal-day': t('日期不存在', 'has a day that does not exist'),
  'illegal-hour': t('小时不存在', 'has an hour that does not exist'),
  'illegal-minute': t('分钟不存在', 'has a minute that does not exist'),
  'illegal-second': t('秒不存在', 'has a second that does not exist'),
  'zero-piece-number': t('组件序号不能为 00', 'has piece number 00'),
  'zero-total-pieces': t('组件总数不能为 00', 'has a total of 00 pieces'),
  'piece-number-exceeds-total': t('组件序号大于总数', 'has a piece number above the total'),
  'invalid-percent-sequence': t('“%”后应为两位十六进制数', 'has a "%" that two hexadecimal digits do not follow'),
  'invalid-latitude': t('纬度超出范围', 'has a latitude out of range'),
  'invalid-longitude': t('经度超出范围', 'has a longitude out of range'),
  'not-hyphen': t('末位只能是“-”', 'may only end with "-"'),
  'invalid-biological-sex-code': t('不是 ISO 5218 性别代码', 'is not a code of ISO 5218'),
  'position-in-sequence-malformed': t('应为“序号/总数”', 'must be position/total'),
  'position-exceeds-end': t('序号大于总数', 'has a position above the total'),
  'invalid-media-type': t('不是 AIDC 载体类型', 'is not an AIDC media type'),
  'invalid-package-type': t('不是 UN/ECE 第 21 号建议书的包装类型', 'is not a package type of UN/ECE Recommendation 21'),
  'requires-non-digit-character': t('至少应有一个非数字字符', 'must have a character that is not a digit'),
} as const satisfies Record<string, Text>;

export type LintCode = keyof typeof lintTexts;
