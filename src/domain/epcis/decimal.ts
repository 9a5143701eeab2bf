/**
 * A finite JSON number as a plain decimal string: the shortest digits that stand for it, no exponent, no trailing zeros
 * (what the event hash and the quantities of the ledger are written in).
 */
export function decimalOf(value: number): string {
  const text = String(value);
  const at = text.indexOf('e');
  if (at < 0) return text;
  const [, sign = '', whole = '', behind = ''] = /^(-?)(\d+)(?:\.(\d+))?/.exec(text.slice(0, at))!;
  const digits = whole + behind;
  const point = whole.length + Number(text.slice(at + 1));
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return (
    sign +
    (point >= digits.length ? digits + '0'.repeat(point - digits.length) : `${digits.slice(0, point)}.${digits.slice(point)}`)
  );
}
