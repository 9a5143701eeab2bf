import type { Fault, Text } from '../text.js';

/** A JSON Pointer (RFC 6901) one member further. */
export const below = (pointer: string, member: string | number): string =>
  `${pointer}/${typeof member === 'string' && /[~/]/.test(member) ? member.replaceAll('~', '~0').replaceAll('/', '~1') : member}`;

export const fault = (pointer: string, zh: string, en: string): Fault => ({ pointer, message: { zh, en } });
export const faultAt = (pointer: string, message: Text): Fault => ({ pointer, message });

/** The faults of a part as faults of the whole that holds it at `base`. */
export const rebased = (faults: readonly Fault[], base: string): Fault[] =>
  base === '' ? [...faults] : faults.map((found) => ({ ...found, pointer: base + found.pointer }));

/** A text for a message: shortened, so that an answer stays readable whatever was sent. */
export const quoted = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
