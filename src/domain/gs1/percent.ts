/** One byte is one character here (GS1 character sets are ASCII), as the Digital Link standard's element strings are. */
const escape = (c: string) => '%' + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0');

/** Percent-encodes every character that RFC 3986 does not call unreserved: a value as a path segment of a Digital Link. */
export const encodeSegment = (value: string): string => value.replace(/[^0-9A-Za-z\-._~]/g, escape);

/** As encodeSegment, with a space as `+`: a value in the query string. */
export const encodeQuery = (value: string): string => encodeSegment(value).replaceAll('%20', '+');

/** Undoes percent-encoding; a `%` without two hexadecimal digits stands for itself. */
export const decodeSegment = (text: string): string =>
  text.includes('%') ? text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text;

/** As decodeSegment, and `+` is a space. */
export const decodeQuery = (text: string): string => decodeSegment(text.replaceAll('+', ' '));
