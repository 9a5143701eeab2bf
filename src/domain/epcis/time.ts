const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * Unix milliseconds of an RFC 3339 time with seconds and an offset (xsd:dateTimeStamp); undefined when the text is not one or
 * names a day or an hour that does not exist. A fraction finer than milliseconds is rounded, half up on the fourth digit
 * (CBV 2.0 section 8.9: so that equal events have equal hashes).
 */
export function parseTime(text: string): number | undefined {
  const m = form.exec(text);
  if (!m) return undefined;
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const [hour, minute, second] = [Number(m[4]), Number(m[5]), Number(m[6])];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  // Date.UTC reads years 0 to 99 as 1900 to 1999, and runs over into the next month: both show here.
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const fraction = m[7] ?? '';
  let millis = Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (fraction.charCodeAt(3) >= 0x35) millis += 1;
  let time = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + millis;
  if (m[8]) {
    const [hours, minutes] = [Number(m[9]), Number(m[10])];
    if (hours > 14 || minutes > 59 || (hours === 14 && minutes > 0)) return undefined;
    time -= (m[8] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
  }
  return time;
}

/** `2023-01-18T11:04:03.142Z`: the form in which times stand in the event hash. */
export const utc = (time: number): string => new Date(time).toISOString();

/** When an event happened: Unix milliseconds, and the offset in force there, `+08:00`. */
export function whenOf(event: { readonly eventTime: string; readonly eventTimeZoneOffset: string }): {
  time: number;
  offset: string;
} {
  const time = parseTime(event.eventTime);
  if (time === undefined) throw new RangeError(`not a time: ${event.eventTime}`);
  return { time, offset: event.eventTimeZoneOffset };
}
