/** The offset of an ISO 8601 time, `+08:00`; none when it has none or says Z, since that tells nothing of where it was. */
export const offsetOf = (time: string | undefined): string | undefined => /[+-]\d\d:\d\d$/.exec(time ?? '')?.[0];

/** Unix milliseconds as ISO 8601 at an offset: `2026-10-18T07:40:00.000+08:00`. */
export function localTime(time: number, offset: string): string {
  const minutes = (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * (offset.startsWith('-') ? -1 : 1);
  return new Date(time + minutes * 60_000).toISOString().slice(0, -1) + offset;
}
