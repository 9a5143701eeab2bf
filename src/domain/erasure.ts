import type { Json, JsonObject, LedgerRecord, Mark } from './record.js';
import type { Text } from './text.js';

/**
 * Why a value may be erased: the cases of 个人信息保护法 (Personal Information Protection Law) art. 47, and one for values that
 * never belonged where they were written. The words are for pages; the code stands in the record.
 */
export const erasureReasons = {
  withdrawn: { zh: '本人撤回了同意', en: 'the person withdrew consent' },
  'not-needed': { zh: '用途已了，不再需要', en: 'it is no longer needed for what it was given for' },
  'period-over': { zh: '保存期限已满', en: 'the time for which it was kept is over' },
  unlawful: { zh: '当初不该收集', en: 'it should not have been collected' },
  mistake: { zh: '写错了地方或写错了人', en: 'it was written in the wrong place or about the wrong person' },
} as const satisfies Record<string, Text>;
export type ErasureReason = keyof typeof erasureReasons;

/** A hidden value as an erasure names it: where it stood and under which digest, never what it was. */
export interface HiddenField {
  /** JSON Pointer into the statement, or into the hidden values beside an event: `/contact`, `/operator`. */
  readonly field: string;
  readonly digest: string;
  readonly mark: Mark;
}

/** The hidden values of one record that an erasure takes away. */
export interface ErasedRecord {
  /** Its entry number. */
  readonly entry: number;
  readonly fields: readonly HiddenField[];
}

/** Body of a record of kind `erasure` (schemas/records/erasure.json), its free text not hidden yet. */
export interface ErasureBody {
  readonly reason: ErasureReason;
  readonly records: readonly ErasedRecord[];
  /** Everything that the erased records were about: the streams in which the erasure stands. */
  readonly about: readonly string[];
  /** Everything personal of and about this natural person, household or sole trader was asked for. */
  readonly party?: string;
  /** More about the reason. Personal, since nobody can tell what people write into free text. */
  readonly note?: string;
}

/** What an erasure takes away, one value each. */
export const erasedBy = ({ body }: LedgerRecord): (HiddenField & { readonly seq: number })[] =>
  (body as unknown as ErasureBody).records.flatMap(({ entry, fields }) => fields.map((field) => ({ seq: entry, ...field })));

/** The streams of an erasure. */
export const aboutOf = ({ body }: LedgerRecord): readonly string[] => (body as unknown as ErasureBody).about;

/**
 * Where in a record the values of these disclosures stand. `disclosures`: digest to mark and text; `decode` reads base64url UTF-8.
 */
export function hiddenFields(
  record: LedgerRecord,
  disclosures: ReadonlyMap<string, { readonly mark: string; readonly text: string }>,
  decode: (text: string) => string,
): HiddenField[] {
  const found: HiddenField[] = [];
  const add = (digest: string, field: (parts: Json[]) => string): void => {
    const known = disclosures.get(digest);
    if (known) found.push({ field: field(JSON.parse(decode(known.text)) as Json[]), digest, mark: known.mark as Mark });
  };
  const walk = (part: Json | undefined, at: string): void => {
    if (Array.isArray(part)) {
      part.forEach((element, n) => {
        const digest = isObject(element) ? element['...'] : undefined;
        if (typeof digest === 'string') add(digest, () => `${at}/${n}`);
        else walk(element, `${at}/${n}`);
      });
    } else if (isObject(part)) {
      for (const [name, member] of Object.entries(part)) if (name !== '_sd') walk(member, at + step(name));
      for (const digest of Array.isArray(part._sd) ? part._sd : []) add(String(digest), ([, name]) => at + step(String(name)));
    }
  };
  walk(record.kind === 'event' ? record.hidden : record.body, '');
  return found.sort((a, b) => (a.field < b.field ? -1 : 1));
}

/** Whether a field is one of those asked for: by JSON Pointer or by plain name, what stands inside of it included. */
export function isAsked(field: string, asked: string): boolean {
  const pointer = asked.startsWith('/') ? asked : step(asked);
  return field === pointer || field.startsWith(`${pointer}/`);
}

const step = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
