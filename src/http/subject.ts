import type { App } from '../app.js';
import { identify } from '../domain/gs1/identify.js';
import { usccFault } from '../domain/gs1/uscc.js';
import type { JsonObject } from '../domain/record.js';
import type { Fault, Text } from '../domain/text.js';
import { Problem } from '../errors.js';
import { fieldWords } from '../pages/words/field.js';
import { masterWords } from '../pages/words/master.js';
import { type Dress, dressed } from '../pages/form/labelled.js';
import { resolve } from '../pages/form/resolve.js';
import type { FieldSchema } from '../pages/form/schema.js';
import { statementAt } from '../queries/statements.js';
import type { Reader } from '../domain/reader.js';
import { type Author, draftStatement, registry } from './recording.js';

/** A kind of subject that people register by a form. */
export type SubjectKind = 'party' | 'place' | 'product' | 'mandate';

const division: FieldSchema = { 'x-hint': fieldWords.divisionHint };
const gtin: FieldSchema = {
  type: 'string',
  maxLength: 14,
  'x-field': 'text',
  'x-label': fieldWords.gtin,
  'x-hint': fieldWords.gtinHint,
};

/** Which of the schema's properties a form asks for: what a person knows by heart, first what is needed. */
const dresses: Readonly<Record<SubjectKind, Dress>> = {
  party: {
    ask: ['type', 'name', 'uscc', 'roles', 'division', 'town', 'address', 'phone', 'contact', 'laboratory'],
    words: masterWords,
    // An organisation is named by its credit code: who does not see the question gives it a random name.
    over: { division, uscc: { 'x-main': true }, roles: { 'x-main': true } },
  },
  place: {
    ask: ['name', 'kind', 'division', 'town', 'address', 'area', 'closed'],
    words: masterWords,
    over: { division, area: { 'x-field': 'number' } },
  },
  product: {
    ask: [
      'gtin',
      'name',
      'sector',
      'unit',
      'size',
      'growing',
      'certificateNeeded',
      'shelfLifeDays',
      'storage',
      'brand',
      'indication',
      'standards',
    ],
    words: masterWords,
    over: { unit: { 'x-field': 'unit' } },
    beside: { gtin },
    required: ['gtin'],
  },
  mandate: {
    ask: ['from', 'to', 'since', 'until'],
    words: masterWords,
    over: { from: { 'x-field': 'party' }, to: { 'x-field': 'party' }, since: { 'x-default': 'now' } },
  },
};

/**
 * The schema of a subject's form; of a known one without the code that names it. The registry says of a place whose it is; a party
 * speaks of its own.
 */
export const subjectSchema = (app: App, kind: SubjectKind, known: boolean, ofRegistry = false): FieldSchema => {
  const file = `records/${kind}.json`;
  const dress = dresses[kind];
  const own = known ? dress.ask.filter((name) => !(name in (dress.beside ?? {}))) : dress.ask;
  const ask = ofRegistry && kind === 'place' ? ['party', ...own] : own;
  const over = { ...dress.over, party: { 'x-field': 'party' } };
  return dressed(resolve(app.schemas.files.get(file) ?? {}, file, app.schemas.files), { ...dress, ask, over });
};

/** The units that products are counted in, as activities offer them. */
export const unitChoices = (app: App): { value: string; label: Text }[] => {
  const shapes = (app.schemas.files.get('activities/fields.json')?.$defs ?? {}) as JsonObject;
  const measure = shapes.measure as unknown as FieldSchema | undefined;
  return (measure?.oneOf ?? []).map((one) => ({
    value: String(one.const),
    label: one['x-label'] ?? { zh: String(one.const), en: String(one.const) },
  }));
};

export type Stated = { readonly seq: number } | { readonly faults: readonly Fault[] };

/**
 * States a subject: a new one under `token` (so that a second click finds it stated) or under its code, or a known one (`id`)
 * anew. What the form does not ask for stays as it was said before.
 */
export async function state(
  app: App,
  author: Author,
  kind: SubjectKind,
  given: { readonly values: JsonObject; readonly token: string; readonly id?: string; readonly more?: JsonObject },
): Promise<Stated> {
  const { gtin: code, ...values } = given.values;
  const reader: Reader = author.role === 'system' ? {} : { role: author.role, party: author.behalf ?? author.by };
  const before = given.id === undefined ? undefined : await statementAt(app.store, given.id, undefined, reader);
  if (given.id !== undefined && before?.kind !== kind) throw new Problem('not-found');
  if (before !== undefined && before.closed > 0) return { faults: [{ pointer: '', message: unseen }] };
  const asked = new Set(Object.keys(subjectSchema(app, kind, before !== undefined, author.by === registry).properties ?? {}));
  const kept = Object.fromEntries(Object.entries(before?.body ?? {}).filter(([name]) => !asked.has(name)));
  const body: JsonObject = { ...kept, ...values, ...given.more };
  const faults =
    typeof body.uscc === 'string'
      ? [usccFault(body.uscc)].flatMap((message) => (message ? [{ pointer: '/uscc', message }] : []))
      : [];
  const named = given.id === undefined ? nameOf(kind, body, code, given.token) : { uri: given.id };
  if ('faults' in named || faults.length > 0)
    return { faults: [...('faults' in named ? named.faults : []), ...faults, ...shapeFaults(app, kind, body)] };

  const known = given.id === undefined ? await statementAt(app.store, named.uri) : undefined;
  if (known !== undefined && named.uri.endsWith(given.token)) return { seq: known.seq };
  if (known !== undefined) return { faults: [{ pointer: kind === 'product' ? '/gtin' : '/uscc', message: taken }] };
  const shape = shapeFaults(app, kind, body);
  if (shape.length > 0) return { faults: shape };
  const [outcome] = await app.ledger.submit([draftStatement(app, author, kind, named.uri, body)]);
  // A subject of another party is answered as if it did not exist.
  if (outcome === undefined || !('recorded' in outcome)) throw new Problem('not-found');
  return { seq: outcome.recorded.seq };
}

const shapeFaults = (app: App, kind: SubjectKind, body: JsonObject): Fault[] => app.schemas.check(`records/${kind}.json`)(body);

/** Changing what one cannot read would drop it. */
const unseen: Text = {
  zh: '里面有看不到的个人资料，只能由登记的一方来改',
  en: 'Some of it is personal data that is not shown here: only who stated it can change it',
};
const taken: Text = { zh: '这个码已经登记过', en: 'is registered already' };

/** The identifier of a new subject: of a product its GTIN, of an organisation its credit code, else a random one. */
const nameOf = (kind: SubjectKind, body: JsonObject, code: unknown, token: string): { uri: string } | { faults: Fault[] } => {
  if (kind === 'party' && body.type === 'organisation' && typeof body.uscc === 'string')
    return { uri: `urn:suyuan:uscc:${body.uscc}` };
  if (kind !== 'product') return { uri: `urn:suyuan:${kind}:${token}` };
  const digits = typeof code === 'string' ? code.replaceAll(/\s/g, '') : '';
  if (digits === '') return { faults: [{ pointer: '/gtin', message: { zh: '没有填', en: 'is missing' } }] };
  if (!/^\d{8}(\d{4,6})?$/.test(digits)) {
    return {
      faults: [{ pointer: '/gtin', message: { zh: '商品条码是 8、12、13 或 14 位数字', en: 'must be 8, 12, 13 or 14 digits' } }],
    };
  }
  const found = identify(`https://id.gs1.org/01/${digits.padStart(14, '0')}`);
  return 'faults' in found ? { faults: found.faults.map((fault) => ({ ...fault, pointer: '/gtin' })) } : { uri: found.uri };
};
