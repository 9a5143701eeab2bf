/** The country keeps one time, UTC+8, without summer time. */
const zone = '+08:00';
const zoneMs = 8 * 3_600_000;

/** The wall clock at an instant, to the minute, as `datetime-local` takes it: `2026-11-23T14:05`. */
export const localOf = (iso: string): string => {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? '' : new Date(at + zoneMs).toISOString().slice(0, 16);
};

const written = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T|\s+)(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The instant that a person wrote: local time as `datetime-local` sends it or as a spreadsheet prints it (`2026/11/23 8:05`),
 * or a full RFC 3339 instant, which stays as it is. Undefined when there is no such day or hour.
 */
export const isoOf = (text: string): string | undefined => {
  const trimmed = text.trim();
  if (instant.test(trimmed)) return Number.isNaN(Date.parse(trimmed)) ? undefined : trimmed;
  const parts = written.exec(trimmed);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => (part ?? '0').padStart(2, '0'));
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`;
  const at = Date.parse(iso);
  // 31 April would silently become 1 May.
  return !Number.isNaN(at) && localOf(iso) === iso.slice(0, 16) ? iso : undefined;
};

/** A calendar day as `YYYY-MM-DD`, or undefined when it does not exist. */
export const dayOf = (text: string): string | undefined => {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim());
  if (parts === null) return undefined;
  const day = [parts[1], parts[2]?.padStart(2, '0'), parts[3]?.padStart(2, '0')].join('-');
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day) ? day : undefined;
};

/** A decimal as a person writes it (full-width digits, thousands separators) as a plain decimal string, or undefined. */
export const decimalOf = (text: string): string | undefined => {
  const ascii = text
    .replace(/[０-９．，－]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0]/g, '')
    .replace(/。/g, '.');
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(ascii) ? ascii.replaceAll(',', '') : ascii;
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) return undefined;
  return plain.replace(/^(-?)\./, '$10.').replace(/\.$/, '');
};
