import { reveal } from '../domain/disclosure.js';
import { maySee, nobody, type Reader } from '../domain/reader.js';
import type { JsonObject, LedgerRecord, Mark, RecordKind } from '../domain/record.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';
import { erasedOf, type Erased } from './erased.js';

/** What was said of a subject, with the hidden values that the reader may see. */
export interface Statement {
  readonly uri: string;
  readonly kind: RecordKind;
  /** By schemas/records/<kind>.json; hidden members that the reader does not get are absent. */
  readonly body: JsonObject;
  readonly by: string;
  /** Entry number and record time (Unix milliseconds) of the statement. */
  readonly seq: number;
  readonly time: number;
  /** Hidden members that this reader does not get. */
  readonly closed: number;
  /** Hidden members that nobody gets any more. */
  readonly erased: readonly Erased[];
  readonly demo?: true;
}

const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

/** The newest statement about a subject recorded at or before `at` (Unix milliseconds; now when left out). */
export async function statementAt(
  store: Store,
  uri: string,
  at?: number,
  reader: Reader = nobody,
): Promise<Statement | undefined> {
  for (let after: [string, number] | undefined; ;) {
    const rows = await store.range('statements', {
      prefix: [uri],
      reverse: true,
      limit: at === undefined ? 1 : 20,
      ...(after && { after }),
    });
    const found = rows.find((row) => at === undefined || row.time <= at);
    if (found) return (await readStatements(store, [found], reader))[0];
    const last = rows.at(-1);
    if (!last || at === undefined) return undefined;
    after = [last.item, last.seq];
  }
}

/** The newest statements about many subjects, by URI; subjects that nobody spoke of are absent. */
export async function statementsAt(
  store: Store,
  uris: Iterable<string>,
  at?: number,
  reader: Reader = nobody,
): Promise<Map<string, Statement>> {
  const found = new Map<string, Statement>();
  for (const uri of new Set(uris)) {
    const statement = await statementAt(store, uri, at, reader);
    if (statement) found.set(uri, statement);
  }
  return found;
}

/** Everything that was ever said of a subject, oldest first. */
export async function statementHistory(store: Store, uri: string, reader: Reader = nobody, limit = 1000): Promise<Statement[]> {
  return readStatements(store, await store.range('statements', { prefix: [uri], limit }), reader);
}

export interface Listing {
  readonly statements: readonly Statement[];
  /** Give it back as `after` for the next page. */
  readonly next?: string;
}

/** Subjects of a kind in the order of their URIs, each by its newest statement. */
export async function listStatements(
  store: Store,
  kind: RecordKind,
  options: { after?: string; limit: number; reader?: Reader },
): Promise<Listing> {
  const newest = new Map<string, Row<'statements'>>();
  const { after, limit, reader = nobody } = options;
  const pageSize = limit * 2 + 1;
  let from: [string, string, number] | undefined = after === undefined ? undefined : [kind, after, Number.MAX_SAFE_INTEGER];
  while (newest.size <= limit) {
    const rows = await store.range('statements', {
      index: 'kind',
      prefix: [kind],
      limit: pageSize,
      ...(from && { after: from }),
    });
    for (const row of rows) newest.set(row.item, row);
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) break;
    from = [kind, last.item, last.seq];
  }
  const page = [...newest.values()].slice(0, limit);
  const last = page.at(-1);
  return { statements: await readStatements(store, page, reader), ...(newest.size > limit && last && { next: last.item }) };
}

/** Subjects of a kind that a party has made statements about, each by its newest statement. */
export async function statementsBy(
  store: Store,
  by: string,
  kind: RecordKind,
  reader: Reader = nobody,
  limit = 1000,
): Promise<Statement[]> {
  const rows = await store.range('statements', { index: 'by', prefix: [by, kind], limit });
  const newest = new Map(rows.map((row) => [row.item, row]));
  return readStatements(store, [...newest.values()], reader);
}

async function readStatements(store: Store, rows: readonly Row<'statements'>[], reader: Reader): Promise<Statement[]> {
  const records = await recordsOf(store, rows);
  return Promise.all(
    rows.map(async (row, i): Promise<Statement> => {
      const record = records[i] as Known;
      const { body, closed, erased } = record.hides
        ? await revealed(store, record, row.seq, reader)
        : { body: record.body, closed: 0, erased: [] };
      return {
        uri: row.item,
        kind: record.kind,
        body,
        by: record.by,
        seq: row.seq,
        time: row.time,
        closed,
        erased,
        ...(record.demo && { demo: true }),
      };
    }),
  );
}

interface Known extends LedgerRecord {
  /** Whether some of its values stand in it as digests only. */
  readonly hides: boolean;
}

/** Records that were read lately, by entry number: what a record says never changes (what it hides does, and is not kept here). */
const lately = new WeakMap<Store, Map<number, Known>>();
const most = 5000;

async function recordsOf(store: Store, rows: readonly Row<'statements'>[]): Promise<readonly (Known | undefined)[]> {
  let known = lately.get(store);
  if (known === undefined || known.size > most) lately.set(store, (known = new Map()));
  const missing = rows.filter(({ seq }) => !known.has(seq)).map(({ seq }) => seq);
  if (missing.length > 0) {
    const read = await store.getMany(
      'records',
      missing.map((seq) => [seq]),
    );
    for (const row of read)
      if (row) known.set(row.seq, { ...(JSON.parse(row.body) as LedgerRecord), hides: row.body.includes('"_sd"') });
  }
  return rows.map(({ seq }) => known.get(seq));
}

async function revealed(
  store: Store,
  record: LedgerRecord,
  seq: number,
  reader: Reader,
): Promise<{ body: JsonObject; closed: number; erased: Erased[] }> {
  const division = typeof record.body.division === 'string' ? record.body.division : undefined;
  const known = {
    by: record.by,
    subject: record.id,
    ...(record.behalf && { behalf: record.behalf }),
    ...(division && { division }),
  };
  const rows = await store.range('disclosures', { prefix: [seq], limit: 1000 });
  const open = rows.filter((row) => maySee(reader, row.mark as Mark, known));
  const { value, closed } = reveal(record.body, new Map(open.map((row) => [row.digest, row.text])), decode);
  const erased = closed > 0 ? await erasedOf(store, seq) : [];
  return { body: value as JsonObject, closed: closed - erased.length, erased };
}
