import type { Activity } from '../domain/activities.js';
import { hideAll } from '../domain/disclosure.js';
import { itemsOf } from '../domain/epcis/event.js';
import type { Json, JsonObject, LedgerRecord } from '../domain/record.js';
import type { Finding } from '../domain/text.js';
import type { App } from '../app.js';
import { Problem } from '../errors.js';
import { draftOf, type Draft } from '../ledger/draft.js';
import type { Outcome } from '../ledger/ledger.js';
import { hiding } from '../ledger/node.js';
import { eventsUnder, standingOf, type Correction, type EventRecord } from '../queries/corrections.js';
import type { Answer, Call } from './call.js';
import { submitOnce } from './idempotency.js';
import { authorOf, draftActivity, mandated, recordedAnswer, refusalOf, type Author } from './recording.js';

/** Why an event is declared in error (CBV 2.0 section 7.5). */
export type ErrorReason = 'did_not_occur' | 'incorrect_data';

/** Whether an author may correct an event: it recorded it, or it stands for the party whose act it was. */
export const mayCorrect = (
  { by, behalf }: Pick<Author, 'by' | 'behalf'>,
  { by: recorder, party }: Pick<EventRecord, 'by' | 'party'>,
): boolean => party === (behalf ?? by) || (behalf === undefined && recorder === by);

/** The event under an id that an author may correct; another party's is answered as if there were none. */
export async function correctable(app: App, author: Author, id: string): Promise<EventRecord> {
  const mine = (await eventsUnder(app.store, id)).filter((one) => !one.event.errorDeclaration && mayCorrect(author, one));
  const [first] = mine;
  if (first === undefined) throw new Problem('not-found');
  for (const one of mine) if ((await standingOf(app.store, one)).effective) return one;
  return first;
}

/** In whose name a correction is made: what was recorded on behalf is corrected on behalf. */
const inName = (author: Author, { by, record }: EventRecord): Author =>
  author.behalf === undefined && record.behalf !== undefined && by === author.by ? { ...author, behalf: record.behalf } : author;

/** An EPCIS error declaration: the event once more, with when, why and what stands in its place. */
export function declarationOf(
  app: App,
  author: Author,
  original: EventRecord,
  why: { readonly reason: ErrorReason; readonly note?: string; readonly corrective?: string },
): Draft {
  const { by, behalf, role } = inName(author, original);
  const declared: JsonObject = {
    declarationTime: new Date(app.clock()).toISOString(),
    reason: why.reason,
    ...(why.corrective !== undefined && { correctiveEventIDs: [why.corrective] }),
  };
  const hidden = hideAll(why.note === undefined ? {} : { note: why.note }, { note: 'confidential' }, hiding);
  const record: LedgerRecord = {
    v: 1,
    kind: 'event',
    id: original.id,
    by,
    ...(behalf && { behalf }),
    body: { ...original.record.body, errorDeclaration: declared as Json },
    ...(hidden.disclosures.length > 0 && { hidden: hidden.value }),
  };
  return draftOf(record, { role, disclosures: hidden.disclosures, takesBack: original.seq });
}

/** Both halves of a correction, recorded together: the declaration, and the event with the right values. */
export async function correctionOf(
  app: App,
  author: Author,
  original: EventRecord,
  activity: Activity,
  values: unknown,
  givenID?: string,
): Promise<readonly [declaration: Draft, corrective: Draft]> {
  const name = inName(author, original);
  // To take back what one recorded needs no mandate any more; to say something new in another's name does.
  if (name.behalf !== undefined && name.behalf !== author.behalf && !(await mandated(app, name.behalf, name.by)))
    throw new Problem('not-allowed');
  const instead = itemsOf(original.event).map(({ uri }) => uri);
  const corrective = await draftActivity(app, name, activity, values, givenID, instead);
  const declaration = declarationOf(app, author, original, { reason: 'incorrect_data', corrective: corrective.record.id });
  return [declaration, corrective];
}

/** What is left to look at after both halves: of what both speak of, only what the newer one leaves. */
export function findingsOf([declaration, corrective]: readonly Draft[], outcomes: readonly Outcome[]): readonly Finding[] {
  const [first, second] = outcomes.map((outcome) => ('recorded' in outcome ? outcome.recorded.findings : []));
  const again = new Set(corrective && declaration ? corrective.streams : []);
  return [...(first ?? []).filter(({ lots }) => !lots.some((lot) => again.has(lot))), ...(second ?? [])];
}

/** POST /api/activities/{name}?corrects=<event id>: the right values in the place of the wrong ones. */
export async function recordCorrection(app: App, call: Call, activity: Activity, id: string): Promise<Answer> {
  const author = await authorOf(app, call);
  const original = await correctable(app, author, id);
  await openTo(app, original);
  const drafts = await correctionOf(app, author, original, activity, call.body);
  return submitOnce(app, call, drafts, true, (outcomes) => {
    const [declared, recorded] = outcomes;
    if (!declared || !('recorded' in declared)) throw refusedBy(outcomes, call);
    const found = { ...recorded, ...(recorded && 'recorded' in recorded && withFindings(recorded, drafts, outcomes)) } as Outcome;
    const answer = recordedAnswer(app, call, drafts[1], found);
    const corrects = { entry: original.seq, declaration: declared.recorded.seq };
    return { ...answer, body: { ...(answer.body as object), corrects } };
  });
}

const withFindings = (
  { recorded }: Extract<Outcome, { recorded: unknown }>,
  drafts: readonly Draft[],
  outcomes: readonly Outcome[],
) => ({ recorded: { ...recorded, findings: findingsOf(drafts, outcomes) } });

/** POST /api/events/error: declares an event in error. */
export async function declareError(app: App, call: Call): Promise<Answer> {
  const { id, reason, note } = call.body as { id: string; reason: ErrorReason; note?: string };
  const author = await authorOf(app, call);
  const original = await correctable(app, author, id);
  await openTo(app, original);
  const draft = declarationOf(app, author, original, { reason, ...(note !== undefined && { note }) });
  return submitOnce(app, call, [draft], false, ([outcome]) => {
    const answer = recordedAnswer(app, call, draft, outcome);
    return { ...answer, body: { ...(answer.body as object), corrects: { entry: original.seq } } };
  });
}

/** What was corrected before is said with the entry that did it; the ledger itself holds it against two at once. */
async function openTo(app: App, original: EventRecord): Promise<void> {
  const { correctedBy } = await standingOf(app.store, original);
  if (correctedBy === undefined) return;
  const { seq } = original;
  throw new Problem('refused', {
    detail: {
      zh: `第 ${seq} 条已由第 ${correctedBy.entry} 条更正`,
      en: `Entry ${seq} was corrected by entry ${correctedBy.entry} already`,
    },
    more: { correctedBy: { entry: correctedBy.entry, corrective: correctedBy.corrective } },
  });
}

function refusedBy(outcomes: readonly Outcome[], call: Call): Problem {
  const found = outcomes.flatMap((outcome) => ('refused' in outcome ? outcome.refused : []));
  return refusalOf(found, call.lang);
}

/** A correction as JSON; who made it, for those who see the whole event. */
export const correctionAsJson = ({ entry, at, reason, by, corrective }: Correction, whole: boolean) => ({
  entry,
  at: new Date(at).toISOString(),
  ...(reason && { reason }),
  ...(whole && { by }),
  corrective,
});
