import { identify } from '../domain/gs1/identify.js';
import { usccFault } from '../domain/gs1/uscc.js';
import type { JsonObject, RecordKind } from '../domain/record.js';
import type { Reader } from '../domain/reader.js';
import type { Fault, Text } from '../domain/text.js';
import type { App } from '../app.js';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import { listStatements, statementAt, statementHistory, type Statement } from '../queries/statements.js';
import { json, type Answer, type Call } from './call.js';
import { erasedAsJson } from './erasures.js';
import { submitOnce } from './idempotency.js';
import { authorOf, draftStatement, recordedAnswer } from './recording.js';

export const readerOf = (call: Call): Reader => {
  const { role, party, division } = call.account ?? {};
  return { ...(role && { role }), ...(party && { party }), ...(division && { division }) };
};

/** A statement as machines read it. */
export const said = ({ uri, kind, body, by, seq, time, closed, erased }: Statement) => ({
  id: uri,
  kind,
  ...body,
  recorded: { by, entry: seq, time: new Date(time).toISOString() },
  ...(closed > 0 && { withheld: closed }),
  ...(erased.length > 0 && { erased: erased.map(erasedAsJson) }),
});

/** GET of a collection of subjects: all of them by pages, one by `?id=`, as it was by `?at=`, everything said by `?view=history`. */
export const readMaster =
  (kind: RecordKind) =>
  async (app: App, call: Call): Promise<Answer> => {
    const { id, at, view, after, limit = '50' } = call.query;
    const reader = readerOf(call);
    if (id === undefined) {
      const page = await listStatements(app.store, kind, { limit: Number(limit), reader, ...(after !== undefined && { after }) });
      return json(200, { items: page.statements.map(said), ...(page.next !== undefined && { next: page.next }) });
    }
    const uri = uriOf(id, '/id');
    if (view === 'history') {
      const history = (await statementHistory(app.store, uri, reader)).filter((s) => s.kind === kind);
      if (history.length === 0) throw new Problem('not-found');
      return json(200, { items: history.map(said) });
    }
    const statement = await statementAt(app.store, uri, at === undefined ? undefined : Date.parse(at), reader);
    if (statement?.kind !== kind) throw new Problem('not-found');
    return json(200, said(statement));
  };

/**
 * POST to a collection of subjects. Without `id` a new subject, named by `gln` or `gtin`, by its social credit code, or by a random
 * UUID; with `id` a new statement about a known one, which the party that registered it may make, and the registry.
 */
export const stateMaster =
  (kind: 'party' | 'place' | 'product' | 'mandate') =>
  async (app: App, call: Call): Promise<Answer> => {
    const { id, gln, extension, gtin, ...body } = call.body as JsonObject & {
      id?: string;
      gln?: string;
      extension?: string;
      gtin?: string;
    };
    const author = await authorOf(app, call);
    const acting = author.behalf ?? author.by;
    if (kind === 'place' && body.party === undefined) body.party = acting;
    const faults = meaningFaults(kind, body, acting, author.role === 'admin');
    if (faults.length > 0) throw new Problem('bad-values', { faults });
    // Parties are registered by the registry, and by cooperatives and townships; others speak of themselves (model.md, "Identification").
    const registers = author.role === 'admin' || author.role === 'operator';
    if (kind === 'party' && !registers && id !== acting) throw new Problem('not-found');
    const uri = id === undefined ? newUri(kind, body, { gln, extension, gtin }) : uriOf(id, '/id');
    const known = await statementAt(app.store, uri);
    if (id === undefined && known)
      throw new Problem('same-id-other-content', { detail: { zh: `${uri} 已经登记过`, en: `${uri} is registered already` } });
    if (id !== undefined && known?.kind !== kind) throw new Problem('not-found');
    const draft = draftStatement(app, author, kind, uri, body);
    return submitOnce(app, call, [draft], false, ([outcome]) => recordedAnswer(app, call, draft, outcome));
  };

function meaningFaults(kind: string, body: JsonObject, acting: string, admin: boolean): Fault[] {
  const faults: Fault[] = [];
  const add = (pointer: string, message: Text | undefined): void => {
    if (message) faults.push({ pointer, message });
  };
  if (typeof body.uscc === 'string') add('/uscc', usccFault(body.uscc));
  if (kind === 'place' && body.party !== acting && !admin)
    add('/party', { zh: '只能登记自己的地点', en: 'only places of your own' });
  if (kind === 'mandate' && body.from !== acting)
    add('/from', { zh: '只能由委托方自己登记', en: 'only the party that entrusts may say so' });
  return faults;
}

function newUri(kind: RecordKind, body: JsonObject, keys: { gln?: string; extension?: string; gtin?: string }): string {
  if (kind === 'product') {
    if (!/^\d{8}(\d{4,6})?$/.test(keys.gtin ?? ''))
      throw faulty('/gtin', { zh: '商品条码应为 8、12、13 或 14 位数字', en: 'must be a GTIN of 8, 12, 13 or 14 digits' });
    return uriOf(`https://id.gs1.org/01/${(keys.gtin as string).padStart(14, '0')}`, '/gtin');
  }
  if (kind === 'place' && keys.gln)
    return uriOf(
      `https://id.gs1.org/414/${keys.gln}${keys.extension ? `/254/${encodeURIComponent(keys.extension)}` : ''}`,
      '/gln',
    );
  if (kind === 'party') {
    if (body.type !== 'organisation') return `urn:suyuan:party:${uuidv7()}`;
    if (keys.gln) return uriOf(`https://id.gs1.org/417/${keys.gln}`, '/gln');
    if (typeof body.uscc === 'string') return `urn:suyuan:uscc:${body.uscc}`;
  }
  return `urn:suyuan:${kind}:${uuidv7()}`;
}

function uriOf(text: string, pointer: string): string {
  const found = identify(text);
  if ('faults' in found) throw new Problem('bad-identifier', { faults: found.faults.map((f) => ({ ...f, pointer })) });
  return found.uri;
}

const faulty = (pointer: string, message: Text): Problem => new Problem('bad-values', { faults: [{ pointer, message }] });
