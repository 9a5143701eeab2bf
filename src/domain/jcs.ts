import type { Json } from './record.js';

/**
 * JSON in canonical form (RFC 8785): members sorted by the UTF-16 units of their names, numbers and strings as ECMAScript writes
 * them. Members that are undefined are left out. Throws RangeError for what has no such form: a number that is not finite, a lone
 * surrogate, a value that is no JSON.
 */
export function jcs(value: Json | object): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw new RangeError('a number that is not finite has no canonical form');
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? list(value as Json[]) : members(value as Record<string, Json | undefined>);
    default:
      throw new RangeError(`a ${typeof value} has no canonical form`);
  }
}

function list(values: readonly Json[]): string {
  let text = '[';
  for (let i = 0; i < values.length; i++) text += (i === 0 ? '' : ',') + jcs(values[i] as Json);
  return `${text}]`;
}

function members(object: Readonly<Record<string, Json | undefined>>): string {
  let text = '{';
  for (const name of Object.keys(object).sort()) {
    const value = object[name];
    if (value !== undefined) text += `${text === '{' ? '' : ','}${quoted(name)}:${jcs(value)}`;
  }
  return `${text}}`;
}

/** Plain text needs no escape; what is left to JSON.stringify is quotes, backslashes, controls and halves of surrogate pairs. */
// oxlint-disable-next-line no-control-regex
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

function quoted(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new RangeError('a lone surrogate has no canonical form');
  return JSON.stringify(text);
}
