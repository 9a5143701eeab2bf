import { reveal } from '../domain/disclosure.js';
import { maySee, nobody, type Reader } from '../domain/reader.js';
import type { JsonObject, LedgerRecord, Mark, RecordKind } from '../domain/record.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';

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
  /** Hidden members that were left out (or erased). */
  readonly closed: number;
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
  const records = await store.getMany(
    'records',
    rows.map((row) => [row.seq]),
  );
  return Promise.all(
    rows.map(async (row, i): Promise<Statement> => {
      const record = JSON.parse((records[i] as Row<'records'>).body) as LedgerRecord;
      const { body, closed } = await revealed(store, record, row.seq, reader);
      return {
        uri: row.item,
        kind: record.kind,
        body,
        by: record.by,
        seq: row.seq,
        time: row.time,
        closed,
        ...(record.demo && { demo: true }),
      };
    }),
  );
}

async function revealed(
  store: Store,
  record: LedgerRecord,
  seq: number,
  reader: Reader,
): Promise<{ body: JsonObject; closed: number }> {
  if (!JSON.stringify(record.body).includes('"_sd"')) return { body: record.body, closed: 0 };
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
  return { body: value as JsonObject, closed };
}
