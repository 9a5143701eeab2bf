import type { Activity, Field } from '../domain/activities.js';
import type { Json, JsonObject } from '../domain/record.js';
import type { Lang } from '../domain/text.js';
import { deskT } from './field-words.js';
import { minute, number, quantity } from './format.js';
import { plain } from './inspect-event.js';

/** What an entry says, in the order and the words of its form. */
export function rowsOf(
  activity: Activity,
  values: JsonObject,
  hidden: JsonObject,
  named: (uri: string) => string,
  lang: Lang,
): { label: string; value: string; hidden?: boolean }[] {
  return Object.entries(activity.fields.properties).flatMap(([name, field]) => {
    const value = values[name];
    if (value === undefined || name === 'time') return [];
    const label = field['x-label']?.[lang] ?? name;
    return [{ label, value: said(value, field, named, lang), ...(name in hidden && { hidden: true }) }];
  });
}

const identifiers = new Set(['lot', 'lots', 'newlots', 'units', 'place', 'party', 'product']);

function said(value: Json, field: Field, named: (uri: string) => string, lang: Lang): string {
  const kind = field['x-field'] ?? '';
  if (kind === 'readings' && Array.isArray(value)) return deskT(lang).readings(number(value.length));
  if (kind === 'time' && typeof value === 'string') return minute(Date.parse(value));
  if (!identifiers.has(kind)) return plain(value, field, lang);
  if (Array.isArray(value)) return value.map((one) => said(one, field, named, lang)).join(lang === 'zh' ? '；' : '; ');
  if (typeof value !== 'object' || value === null) return named(String(value));
  const { lot, product, number: code, quantity: amount, unit } = value as Record<string, string | undefined>;
  const thing = lot === undefined ? [product && named(product), code].filter((part) => part !== undefined).join(' ') : named(lot);
  return amount === undefined ? thing : `${thing} ${quantity(amount, unit, lang)}`;
}
