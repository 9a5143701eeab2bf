import type { App } from '../app.js';
import type { Activity } from '../domain/activities.js';
import { valuesOf } from '../domain/activity/values.js';
import { walk } from '../domain/activity/walk.js';
import type { JsonObject } from '../domain/record.js';
import type { Finding } from '../domain/text.js';
import { Problem } from '../errors.js';
import { encode, type Posted } from '../pages/form/posted.js';
import type { Choice } from '../pages/form/tree.js';
import { eventAt, standingOf, type EventRecord } from '../queries/corrections.js';
import { codeOf, namesOf, recordsOf } from '../queries/named.js';
import { type Acting, keepFor } from './acting.js';
import { type Answer, seeOther } from './call.js';
import { correctionOf, findingsOf, mayCorrect } from './corrections.js';
import type { Prepared } from './field-form.js';

/** An entry that is being corrected: it, and the form made for it. */
export interface Wrong {
  readonly original: EventRecord;
  readonly prepared: Prepared;
  /** The old values, as the form shows them. */
  readonly posted: Posted;
}

const authorOf = (who: Acting) => ({ by: who.by, ...(who.behalf && { behalf: who.behalf }), role: who.account.role });

/**
 * The form of an entry that was wrong: it begins with what was said, and proposes nothing else; things that are used up since stay
 * to be picked. Answers `not-found` for what the party may not correct, and nothing for what was corrected already.
 */
export async function wrongOf(
  app: App,
  who: Acting,
  activity: Activity,
  prepared: Prepared,
  entry: string,
): Promise<Wrong | undefined> {
  const original = /^\d{1,15}$/.test(entry) ? await eventAt(app.store, Number(entry)) : undefined;
  if (original === undefined || !mayCorrect(authorOf(who), original) || original.event['suyuan:activity'] !== activity.name)
    throw new Problem('not-found');
  if (!(await standingOf(app.store, original)).effective) return undefined;
  const [read] = await recordsOf(app.store, [original.seq], () => true);
  const values = valuesOf(activity, original.record.body, read?.record.hidden ?? {});
  const named = await choicesIn(app, who, activity, values);
  const { options, known, schema } = prepared;
  return {
    original,
    posted: encode(schema, values),
    prepared: {
      ...prepared,
      known: { now: known.now, number: known.number },
      options: {
        ...options,
        choices: (widget, name) => {
          const usual = options.choices(widget, name);
          const more = named.filter((one) => one.widget === widget && !usual.some(({ value }) => value === one.choice.value));
          return [...usual, ...more.map(({ choice }) => choice)];
        },
      },
    },
  };
}

/** What the old values picked, with its name. */
async function choicesIn(app: App, who: Acting, activity: Activity, values: JsonObject) {
  const picked = walk(activity, values).flatMap(({ value, field }) => {
    const widget = field['x-field'] ?? '';
    return typeof value === 'string' && ['lot', 'place', 'party', 'product'].includes(widget) ? [{ widget, value }] : [];
  });
  const product = (uri: string) => /^https:\/\/id\.gs1\.org\/01\/\d{14}(?=\/)/.exec(uri)?.[0] ?? uri;
  const names = await namesOf(
    app.store,
    picked.map(({ value }) => product(value)),
    who.reader,
  );
  const seen = new Set<string>();
  return picked.flatMap(({ widget, value }): { widget: string; choice: Choice }[] => {
    if (seen.has(value)) return [];
    seen.add(value);
    const label = names.get(product(value)) ?? codeOf(value);
    return [{ widget, choice: { value, label, ...(product(value) !== value && { note: codeOf(value) }) } }];
  });
}

/** Records both halves under the form's own event id. Answers the findings that refuse it, or the way to the new entry. */
export async function saveCorrection(
  app: App,
  who: Acting,
  { original }: Wrong,
  activity: Activity,
  values: JsonObject,
  token: string,
): Promise<Answer | readonly Finding[]> {
  const drafts = await correctionOf(app, authorOf(who), original, activity, values, `urn:uuid:${token}`);
  const outcomes = await app.ledger.submit(drafts, { together: true });
  const [declared, outcome] = outcomes;
  const done = (entry: number, held: boolean): Answer =>
    seeOther(`/field/entry/${entry}${keepFor(who, { done: 'replaced', ...(held && { held: '1' }) })}`);
  if (outcome !== undefined && 'duplicate' in outcome) return done(outcome.duplicate, false);
  if (declared && 'recorded' in declared && outcome && 'recorded' in outcome)
    return done(
      outcome.recorded.seq,
      findingsOf(drafts, outcomes).some(({ severity }) => severity === 'hold'),
    );
  return outcomes.flatMap((one) => ('refused' in one ? one.refused : []));
}
