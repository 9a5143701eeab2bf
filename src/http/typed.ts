import type { Activity } from '../domain/activities.js';
import { canonicalValues, walk } from '../domain/activity/walk.js';
import type { Json, JsonObject } from '../domain/record.js';

/** Forms in which people write or scan what a machine names by a URI, field by field. */
const written: Readonly<Record<string, (text: string) => string>> = {
  // A unified social credit code, or a GLN of 13 digits.
  party: (text) => {
    const code = text.replaceAll(/\s/g, '').toUpperCase();
    if (/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return `urn:suyuan:uscc:${code}`;
    return /^\d{13}$/.test(code) ? `https://id.gs1.org/417/${code}` : text;
  },
  place: (text) => (/^\d{13}$/.test(text.trim()) ? `https://id.gs1.org/414/${text.trim()}` : text),
  // Product code and lot number with a space between, as a delivery note prints them.
  lot: (text) => {
    const parts = /^(\d{8}|\d{12,14})\s+(\S{1,20})$/.exec(text.trim());
    if (parts === null) return text;
    return `https://id.gs1.org/01/${parts[1]?.padStart(14, '0')}/10/${encodeURIComponent(parts[2] ?? '')}`;
  },
};

/** The values of a form with every identifier in its canonical form, whatever people typed or scanned. */
export function typedValues(activity: Activity, values: JsonObject): JsonObject {
  const named = structuredClone(values);
  for (const { value, field, pointer } of walk(activity, values)) {
    const write = typeof value === 'string' ? written[field['x-field'] ?? ''] : undefined;
    if (write === undefined) continue;
    const steps = pointer.slice(1).split('/');
    const last = steps.pop() ?? '';
    const holder = steps.reduce<Json>((at, name) => (at as JsonObject)[name] ?? null, named) as JsonObject;
    holder[last] = write(String(value));
  }
  return canonicalValues(activity, named);
}
