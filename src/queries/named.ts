import { reveal } from '../domain/disclosure.js';
import type { Reader } from '../domain/reader.js';
import type { JsonObject, LedgerRecord } from '../domain/record.js';
import type { Text } from '../domain/text.js';
import type { Store } from '../store/port.js';
import { erasedOf, type Erased } from './erased.js';
import { statementsAt } from './statements.js';

/** What people call a party, place or product as this reader may know it: its name, else the code in its identifier. */
export async function namesOf(store: Store, items: readonly string[], reader: Reader): Promise<Map<string, Text>> {
  const statements = await statementsAt(store, items, undefined, reader);
  return new Map(items.map((item) => [item, textOf(statements.get(item)?.body.name) ?? codeOf(item)]));
}

/** A name as master data writes it: one text, or one for each language. */
export const textOf = (value: unknown): Text | undefined => {
  if (typeof value === 'string' && value !== '') return { zh: value, en: value };
  if (typeof value !== 'object' || value === null) return undefined;
  const { zh, en } = value as Partial<Text>;
  const either = zh ?? en;
  return either === undefined ? undefined : { zh: zh ?? either, en: en ?? either };
};

/** The code that stands in an identifier: the last value of a Digital Link, or what follows the last colon of a URN. */
export const codeOf = (uri: string): Text => {
  const code = uri.startsWith('urn:') ? uri.slice(uri.lastIndexOf(':') + 1) : uri.slice(uri.lastIndexOf('/') + 1);
  const text = readable(code);
  return { zh: text, en: text };
};

/** Canonical URIs are well formed; what is no percent-encoded UTF-8 is shown as it is. */
function readable(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}

/** A record of the ledger with its number and record time (Unix milliseconds). */
export interface Read {
  readonly seq: number;
  readonly time: number;
  readonly record: LedgerRecord;
  /** Hidden values that are gone. */
  readonly erased: readonly Erased[];
}

const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

/** Records by number, with their hidden values where `opens` says that the reader may see them and they were not erased. */
export async function recordsOf(
  store: Store,
  seqs: readonly number[],
  opens: (record: LedgerRecord) => boolean,
): Promise<Read[]> {
  const rows = await store.getMany(
    'records',
    seqs.map((seq) => [seq]),
  );
  return Promise.all(
    rows
      .flatMap((row) => row ?? [])
      .map(async ({ seq, time, body }): Promise<Read> => {
        const record = JSON.parse(body) as LedgerRecord;
        if (!body.includes('"_sd"')) return { seq, time, record, erased: [] };
        const rows = opens(record) ? await store.range('disclosures', { prefix: [seq], limit: 1000 }) : [];
        const opened = reveal(record as unknown as JsonObject, new Map(rows.map(({ digest, text }) => [digest, text])), decode);
        const erased = opened.closed > 0 ? await erasedOf(store, seq) : [];
        return { seq, time, record: opened.value as unknown as LedgerRecord, erased };
      }),
  );
}
