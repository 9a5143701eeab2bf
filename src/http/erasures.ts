import { hide } from '../domain/disclosure.js';
import { isAsked, type ErasureReason, type HiddenField } from '../domain/erasure.js';
import { markOf } from '../domain/marks.js';
import type { JsonObject, LedgerRecord } from '../domain/record.js';
import type { Fault } from '../domain/text.js';
import type { App } from '../app.js';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import { draftOf, type Draft } from '../ledger/draft.js';
import { hiding } from '../ledger/node.js';
import { streamsOf } from '../ledger/streams.js';
import { hidingOf, personalOf, type Erased, type Hiding } from '../queries/erased.js';
import { keptOf, type KeptField } from '../queries/retention.js';
import { statementAt } from '../queries/statements.js';
import type { Answer, Call } from './call.js';
import { submitOnce } from './idempotency.js';
import { authorOf, recordedAnswer, refusalOf, type Author } from './recording.js';

interface Asked {
  readonly record?: number;
  readonly fields?: readonly string[];
  readonly party?: string;
  readonly reason: ErasureReason;
  readonly note?: string;
}

/** Records in one erasure: more of them take several, which stand or fall together. */
const perErasure = 500;

/**
 * POST /api/erasures: takes hidden values away, of one record or everything personal of and about a natural person. What the law
 * wants kept is refused when it was asked for by name, and otherwise left and named in the answer (`kept`).
 */
export async function eraseValues(app: App, call: Call): Promise<Answer> {
  const asked = call.body as Asked;
  const author = await authorOf(app, call);
  const hidings =
    asked.party === undefined
      ? [await ofRecord(app, author, asked.record as number, asked.fields)]
      : await ofParty(app, author, asked.party);
  const { erased, kept } = await sorted(app, hidings);
  if (erased.length === 0 || (asked.fields && kept.length > 0)) throw nothing(kept, call.lang);
  const drafts = draftsOf(app, author, asked, erased);
  const answer = await submitOnce(app, call, drafts, true, (outcomes) => {
    const refused = outcomes.find((outcome) => 'refused' in outcome && outcome.refused.length > 0);
    if (refused) throw refusalOf('refused' in refused ? refused.refused : [], call.lang);
    const answer = recordedAnswer(app, call, drafts[0] as Draft, outcomes[0]);
    const more = {
      erased: erased.map(({ seq, fields }) => ({ entry: seq, fields: fields.map(({ field }) => field) })),
      ...(kept.length > 0 && { kept: kept.map((one) => told(one, call.lang)) }),
    };
    return { ...answer, body: { ...(answer.body as object), ...more } };
  });
  if (asked.party !== undefined)
    await eraseLate(app, author, { ...asked, party: asked.party }, (answer.body as { entry: number }).entry);
  return answer;
}

/** What was recorded of the person between the reading and the erasure goes, too. */
async function eraseLate(app: App, author: Author, asked: Asked & { readonly party: string }, entry: number): Promise<void> {
  const late = (await personalOf(app.store, asked.party)).filter(({ seq }) => seq < entry);
  const { erased } = await sorted(app, late);
  if (erased.length > 0) await app.ledger.submit(draftsOf(app, author, asked, erased));
}

/** Who recorded it, on whose behalf it was recorded, whom it is about, and the registry; to anybody else it does not exist. */
const entitled = ({ by, behalf, role }: Author, record: LedgerRecord): boolean =>
  role === 'admin' || [record.by, record.behalf, record.kind === 'event' ? undefined : record.id].includes(behalf ?? by);

async function ofRecord(app: App, author: Author, entry: number, fields: readonly string[] | undefined): Promise<Hiding> {
  const found = await hidingOf(app.store, entry);
  if (!found || !entitled(author, found.record)) throw new Problem('not-found');
  if (fields === undefined) return { ...found, fields: found.fields.filter(({ mark }) => mark === 'personal') };
  const faults = fields.flatMap((name, n): Fault[] =>
    found.fields.some(({ field }) => isAsked(field, name)) ? [] : [{ pointer: `/fields/${n}`, message: notThere }],
  );
  if (faults.length > 0) throw new Problem('bad-values', { faults });
  return { ...found, fields: found.fields.filter(({ field }) => fields.some((name) => isAsked(field, name))) };
}

const notThere = { zh: '这条记录里没有这项可删的内容', en: 'is not a value of this record that can be erased' };

/** Everything personal of and about a natural person, household or sole trader: for itself, those it entrusted, and the registry. */
async function ofParty(app: App, author: Author, party: string): Promise<Hiding[]> {
  const statement = await statementAt(app.store, party);
  const own = author.role === 'admin' || (author.behalf ?? author.by) === party;
  if (statement?.kind !== 'party' || !own) throw new Problem('not-found');
  if (statement.body.type === 'organisation')
    throw new Problem('bad-values', { faults: [{ pointer: '/party', message: notNatural }] });
  return personalOf(app.store, party);
}

const notNatural = {
  zh: '这是单位，不是个人；请按记录逐条删除',
  en: 'is an organisation, not a person: erase record by record',
};

/** What may be erased now, and what the law wants kept. */
async function sorted(app: App, hidings: readonly Hiding[]): Promise<{ erased: Hiding[]; kept: KeptField[] }> {
  const erased: Hiding[] = [];
  const kept: KeptField[] = [];
  for (const one of hidings) {
    const mine = await keptOf(app.store, app.activities, one, one.fields, app.clock());
    const stays = new Set(mine.map(({ field }) => field));
    const fields = one.fields.filter(({ field }) => !stays.has(field));
    if (fields.length > 0) erased.push({ ...one, fields });
    kept.push(...mine);
  }
  return { erased, kept };
}

function nothing(kept: readonly KeptField[], lang: Call['lang']): Problem {
  const [first] = [...kept].sort((a, b) => b.from - a.from);
  if (first === undefined)
    return new Problem('refused', { detail: { zh: '没有可删的内容', en: 'There is nothing left that could be erased' } });
  const { law, article } = first;
  const day = dayOf(first.from);
  return new Problem('refused', {
    detail: {
      zh: `还不能删：《${law.zh}》${article.zh}，${day}起才可以删`,
      en: `Too early: ${law.en}, ${article.en}; it can be erased from ${day} on`,
    },
    more: { kept: kept.map((one) => told(one, lang)) },
  });
}

const told = ({ entry, field, law, article, from }: KeptField, lang: Call['lang']) => ({
  entry,
  field,
  law: law[lang],
  article: article[lang],
  from: dayOf(from),
});

/** Calendar day in China. */
const dayOf = (time: number): string => new Date(time + 8 * 3_600_000).toISOString().slice(0, 10);

function draftsOf(app: App, author: Author, asked: Asked, erased: readonly Hiding[]): Draft[] {
  const schema = app.schemas.files.get('records/erasure.json') as JsonObject;
  const drafts: Draft[] = [];
  for (let from = 0; from < erased.length; from += perErasure) {
    const part = erased.slice(from, from + perErasure);
    const body = {
      reason: asked.reason,
      records: part.map(({ seq, fields }) => ({ entry: seq, fields: fields.map((field: HiddenField) => ({ ...field })) })),
      about: [...new Set(part.flatMap(({ record }) => streamsOf(record)))],
      ...(asked.party !== undefined && { party: asked.party }),
      ...(asked.note !== undefined && { note: asked.note }),
    } satisfies JsonObject;
    const hidden = hide(body, schema, markOf, hiding);
    const { by, behalf } = author;
    const record = {
      v: 1,
      kind: 'erasure',
      id: `urn:uuid:${uuidv7()}`,
      by,
      ...(behalf && { behalf }),
      body: hidden.value,
    } as const;
    drafts.push(draftOf(record, { role: author.role, disclosures: hidden.disclosures, fresh: true }));
  }
  return drafts;
}

/** What a reader is told of a value that is gone. */
export const erasedAsJson = ({ field, at, entry, code, reason }: Erased) => ({
  field,
  at: new Date(at).toISOString(),
  entry,
  reason: { code, ...reason },
});
