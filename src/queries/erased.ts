import { erasureReasons, hiddenFields, type ErasureReason, type HiddenField } from '../domain/erasure.js';
import type { LedgerRecord } from '../domain/record.js';
import type { Text } from '../domain/text.js';
import type { Store } from '../store/port.js';

/** A hidden value that is gone: where it stood, when and why it was erased. Says nothing of what it was. */
export interface Erased {
  /** JSON Pointer into the statement, or into the hidden values beside an event. */
  readonly field: string;
  /** Record time of the erasure, Unix milliseconds, and its entry number. */
  readonly at: number;
  readonly entry: number;
  readonly code: string;
  readonly reason: Text;
}

const most = 1000;

/** What was erased of a record, in the order of its fields. */
export async function erasedOf(store: Store, seq: number): Promise<Erased[]> {
  const rows = await store.range('erased', { prefix: [seq], limit: most });
  return rows
    .map(({ field, time, erasure, reason }) => ({ field, at: time, entry: erasure, code: reason, reason: reasonWords(reason) }))
    .sort((a, b) => (a.field < b.field ? -1 : 1));
}

export const reasonWords = (code: string): Text =>
  Object.hasOwn(erasureReasons, code) ? erasureReasons[code as ErasureReason] : { zh: code, en: code };

/** A record and the hidden values that it still has. */
export interface Hiding {
  readonly seq: number;
  readonly record: LedgerRecord;
  readonly fields: readonly HiddenField[];
}

const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

/** A record by its entry number, with what it hides and was not erased. */
export async function hidingOf(store: Store, seq: number): Promise<Hiding | undefined> {
  const row = await store.get('records', [seq]);
  if (row === undefined) return undefined;
  const record = JSON.parse(row.body) as LedgerRecord;
  const disclosures = await store.range('disclosures', { prefix: [seq], limit: most });
  const known = new Map(disclosures.map(({ digest, mark, text }) => [digest, { mark, text }]));
  return { seq, record, fields: hiddenFields(record, known, decode) };
}

/** Every record of a party's stream that still hides something personal: what it said, what was said of it or on its behalf. */
export async function personalOf(store: Store, party: string): Promise<Hiding[]> {
  const found: Hiding[] = [];
  for (let after: [string, number, number] | undefined; ;) {
    const rows = await store.range('touches', { prefix: [party], limit: most, ...(after && { after }) });
    for (const { seq } of rows) {
      const hiding = await hidingOf(store, seq);
      const fields = hiding?.fields.filter(({ mark }) => mark === 'personal') ?? [];
      if (hiding && fields.length > 0) found.push({ ...hiding, fields });
    }
    const last = rows.at(-1);
    if (!last || rows.length < most) return found;
    after = [last.item, last.time, last.seq];
  }
}
