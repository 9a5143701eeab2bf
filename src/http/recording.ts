import { activityFaults } from '../domain/activity/faults.js';
import { eventOf } from '../domain/activity/event.js';
import type { Activity, Field } from '../domain/activities.js';
import { hide, hideAll } from '../domain/disclosure.js';
import { itemsOf, type EpcisEvent } from '../domain/epcis/event.js';
import { remembered } from '../domain/activity/read.js';
import { walk } from '../domain/activity/walk.js';
import { canonical } from '../domain/gs1/identify.js';
import { pathOf } from '../domain/gs1/digitalLink.js';
import { markOf } from '../domain/marks.js';
import type { JsonObject, LedgerRecord, Mark, RecordKind } from '../domain/record.js';
import type { Fault, Finding } from '../domain/text.js';
import type { Account } from '../accounts/account.js';
import type { App } from '../app.js';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import { draftOf, type Draft } from '../ledger/draft.js';
import type { Outcome } from '../ledger/ledger.js';
import { hiding } from '../ledger/node.js';
import { entrusting } from '../queries/mandates.js';
import { statementAt, type Statement } from '../queries/statements.js';
import type { ApiRecorded } from '../types.gen.js';
import { json, type Answer, type Call } from './call.js';

/** Who speaks: the party whose act it is, and the one that records it when it was entrusted with that. */
export interface Author {
  readonly by: string;
  readonly behalf?: string;
  readonly role: Account['role'] | 'system';
  /** Replayed demonstration data: its own record time, Unix milliseconds. */
  readonly story?: { readonly time: number };
}

/** What the registry says of parties is said under this name: admins speak in nobody else's. */
export const registry = 'urn:suyuan:registry';

/** The author of a call: its account's party, on behalf of `?for=` when a mandate in force says so. */
export async function authorOf(app: App, call: Call): Promise<Author> {
  const account = call.account as Account;
  const behalf = call.query.for;
  if (account.role === 'admin') return { by: registry, role: 'admin' };
  if (!account.party) throw new Problem('not-allowed');
  if (behalf === undefined || behalf === account.party) return { by: account.party, role: account.role };
  if (!(await mandated(app, behalf, account.party))) throw new Problem('not-found');
  return { by: account.party, behalf, role: account.role };
}

/** Whether `from` has entrusted `to`, and the mandate is in force now (not begun later, not over, not revoked). */
export async function mandated(app: App, from: string, to: string): Promise<boolean> {
  return (await entrusting(app.store, to, app.clock())).includes(from);
}

/** Checks the values of an activity's form and makes the draft of its event. Throws `bad-values` with every fault. */
export async function draftActivity(
  app: App,
  author: Author,
  activity: Activity,
  values: unknown,
  /** Given by a form that may be sent twice: the same id and content is recorded once. */
  givenID?: string,
  /** The things of the event that this one stands in for (corrections.ts). */
  instead?: readonly string[],
): Promise<Draft> {
  const now = author.story?.time ?? app.clock();
  const shape = app.schemas.check(activity.fields)(values);
  const faults = shape.length > 0 ? shape : activityFaults(activity, values as JsonObject, { now });
  if (faults.length > 0) throw new Problem('bad-values', { faults });

  const party = author.behalf ?? author.by;
  const eventID = givenID ?? `urn:uuid:${uuidv7()}`;
  const made = eventOf(activity, values as JsonObject, { by: party, eventID, now, offset: '+08:00' });
  const unknown = await unknownNames(app, made.event, activity, values as JsonObject, party);
  if (unknown.length > 0) throw new Problem('bad-values', { faults: unknown });

  const hidden = hideAll(made.hidden, marksOf(activity), hiding);
  const record: LedgerRecord = {
    v: 1,
    kind: 'event',
    id: eventID,
    by: author.by,
    ...(author.behalf && { behalf: author.behalf }),
    body: made.event,
    ...(hidden.disclosures.length > 0 && { hidden: hidden.value }),
    ...(author.story && { demo: true as const }),
  };
  return draftOf(record, {
    role: author.role,
    fresh: givenID === undefined,
    disclosures: hidden.disclosures,
    ...(instead && { instead }),
    ...(author.story && { recordedAt: author.story.time }),
  });
}

const marksOf = remembered((activity): Record<string, Mark> =>
  Object.fromEntries(
    Object.entries(activity.fields.properties).map(([name, field]: [string, Field]) => [
      name,
      field['x-confidential'] ? 'confidential' : 'personal',
    ]),
  ),
);

/** What is known now of the places and products that activities name over and over, until the ledger is told something new. */
const lately = new WeakMap<App['ledger'], { readonly told: number; readonly of: Map<string, Statement | undefined> }>();

async function newest({ store, ledger }: App, uri: string): Promise<Statement | undefined> {
  let known = lately.get(ledger);
  if (known === undefined || known.told !== ledger.told || known.of.size > 10_000)
    lately.set(ledger, (known = { told: ledger.told, of: new Map() }));
  if (!known.of.has(uri)) known.of.set(uri, await statementAt(store, uri));
  return known.of.get(uri);
}

/** Places must be the party's own and new lots of known products: another party's place is answered as if there were none. */
async function unknownNames(app: App, made: JsonObject, activity: Activity, values: JsonObject, party: string): Promise<Fault[]> {
  const faults: Fault[] = [];
  const event = made as unknown as EpcisEvent;
  const { readPoint, bizLocation } = activity.event;
  for (const field of new Set([readPoint, bizLocation])) {
    if (field === undefined || values[field] === undefined) continue;
    const uri = (field === readPoint ? event.readPoint : event.bizLocation)?.id;
    const place = uri === undefined ? undefined : await newest(app, uri);
    if (place?.kind === 'place' && place.body.party === party) continue;
    faults.push({ pointer: `/${field}`, message: { zh: '没有登记这个地点', en: 'is not one of your places' } });
  }
  for (const { value, field, pointer } of walk(activity, values)) {
    if (field['x-field'] !== 'product' || typeof value !== 'string') continue;
    const product = await newest(app, canonical(value));
    if (product?.kind === 'product') continue;
    faults.push({ pointer, message: { zh: '没有登记这个商品', en: 'is not a registered product' } });
  }
  return faults;
}

/** A statement about a party, a place, a product or a mandate. */
export function draftStatement(app: App, author: Author, kind: RecordKind, id: string, body: JsonObject): Draft {
  const faults = app.schemas.check(`records/${kind}.json`)(body);
  if (faults.length > 0) throw new Problem('bad-values', { faults });
  const schema = app.schemas.files.get(`records/${kind}.json`) as JsonObject;
  const hidden = hide(body, schema, markOf, hiding);
  const record: LedgerRecord = {
    v: 1,
    kind,
    id,
    by: author.by,
    ...(author.behalf && { behalf: author.behalf }),
    body: hidden.value,
    ...(author.story && { demo: true as const }),
  };
  return draftOf(record, {
    role: author.role,
    disclosures: hidden.disclosures,
    ...(author.story && { recordedAt: author.story.time }),
  });
}

/** The answer to one record: 201 with its entry number, 200 for a repeated one, or the problem that refused it. */
export function recordedAnswer(app: App, call: Call, draft: Draft, outcome: Outcome | undefined): Answer {
  if (outcome === undefined || 'refused' in outcome) throw refusalOf(outcome?.refused ?? [], call.lang);
  if ('conflict' in outcome) throw new Problem('same-id-other-content', { more: { entry: outcome.conflict } });
  const lots = draft.event ? itemsOf(draft.event).map((item) => item.uri) : [];
  const entry = 'duplicate' in outcome ? outcome.duplicate : outcome.recorded.seq;
  const receipt = { rel: 'receipt', href: `${app.config.publicUrl}/log/receipt/${entry}` };
  const items = [...new Set(lots)]
    .filter((lot) => lot.startsWith('https://id.gs1.org/'))
    .map((lot) => ({ rel: 'item', href: app.config.publicUrl + pathOf(lot) }));
  const common = { id: draft.record.id, lots: [...new Set(lots)], links: [...items, receipt] };
  if ('duplicate' in outcome) return json(200, { ...common, entry: outcome.duplicate, duplicate: true } satisfies ApiRecorded);
  const { seq, time, findings } = outcome.recorded;
  return json(201, {
    ...common,
    entry: seq,
    time: new Date(time).toISOString(),
    findings: findings.map((f) => ({ rule: f.rule, severity: f.severity, message: f.message[call.lang] })),
  } satisfies ApiRecorded);
}

/** What the rules say against a record, as a problem: 409 with every finding. */
export function refusalOf(findings: readonly Finding[], lang: 'zh' | 'en'): Problem {
  const zh = findings.map((f) => f.message.zh).join('；');
  const en = findings.map((f) => f.message.en).join('; ');
  return new Problem('refused', {
    ...(findings.length > 0 && { detail: { zh, en } }),
    more: { findings: findings.map((f) => ({ rule: f.rule, lots: f.lots, detail: f.message[lang], ...f.evidence })) },
  });
}
