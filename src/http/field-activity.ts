import type { App } from '../app.js';
import type { Activity } from '../domain/activities.js';
import type { JsonObject } from '../domain/record.js';
import type { Fault, Text } from '../domain/text.js';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import { activityPage, type Earliest } from '../pages/field-activity.js';
import { proposed } from '../pages/form/defaults.js';
import { compact, without } from '../pages/form/lines.js';
import { decode, linesOf, type Posted, postedOf, typedAt } from '../pages/form/posted.js';
import { type FieldSchema, kindOf, step } from '../pages/form/schema.js';
import { formOf } from '../pages/form/tree.js';
import { fieldT } from '../pages/field-words.js';
import { codeOf, namesOf } from '../queries/named.js';
import { type Acting, acting, keepFor } from './acting.js';
import { type Answer, type Call, html, seeOther } from './call.js';
import { saveCorrection, type Wrong, wrongOf } from './field-correct.js';
import { prepare, type Prepared, said } from './field-form.js';
import { draftActivity } from './recording.js';
import { addressOf, hostOf, privately, textIn } from './signin.js';
import { typedValues } from './typed.js';
import { daysAfter, startOfDay } from './waiting.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** Whether a text is a token that a form of ours carries: the UUID (version 7) of the event it will make. */
export const isToken = (text: string): boolean => uuid.test(text);

const activityOf = (app: App, { account }: Acting, call: Call): Activity => {
  const activity = app.activities.get(call.params.activity ?? '');
  if (activity === undefined || !activity.who.includes(account.role)) throw new Problem('not-found');
  return activity;
};

/** GET /field/{activity}: the form, with what is known filled in; `?lot=` picks a lot beforehand. */
export async function activityForm(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const activity = activityOf(app, who, call);
  const prepared = await prepare(app, who, activity);
  const { corrects } = call.query;
  if (corrects !== undefined) {
    const wrong = await wrongOf(app, who, activity, prepared, corrects);
    if (wrong === undefined) return seeOther(`/field/entry/${corrects}${keepFor(who)}`);
    return show(app, call, who, activity, wrong.prepared, wrong.posted, uuidv7(), [], 200, wrong);
  }
  return show(app, call, who, activity, prepared, picked(prepared, call.query.lot), uuidv7(), []);
}

/** POST /field/{activity}: saves it, or shows the same form with one line more, one less, or what it works out. */
export async function activityPost(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const activity = activityOf(app, who, call);
  const usual = await prepare(app, who, activity);
  const corrects = textIn(call.body, 'corrects');
  const wrong = corrects === '' ? undefined : await wrongOf(app, who, activity, usual, corrects);
  // Corrected meanwhile, or this very form was sent before: the entry says what became of it.
  if (corrects !== '' && wrong === undefined) return seeOther(`/field/entry/${corrects}${keepFor(who)}`);
  const prepared = wrong?.prepared ?? usual;
  const typed = postedOf(call.body);
  const sent = textIn(call.body, 'token');
  const token = isToken(sent) ? sent : uuidv7();
  const [add, remove] = [textIn(call.body, 'add'), textIn(call.body, 'remove')];
  if (add !== '') return show(app, call, who, activity, prepared, withLine(prepared.schema, typed, add), token, [], 200, wrong);
  if (remove !== '') return show(app, call, who, activity, prepared, without(typed, remove), token, [], 200, wrong);

  const posted = compact(prepared.schema, typed);
  const { values, faults } = decode(prepared.schema, posted);
  const again = (found: readonly Fault[], status = 400): Promise<Answer> =>
    show(app, call, who, activity, prepared, posted, token, found, status, wrong);
  if (textIn(call.body, 'check') !== '') return again(faults, 200);
  if (faults.length > 0) return again([...faults, ...missing(app, activity, values)]);
  return save(app, who, activity, typedValues(activity, values), token, again, wrong);
}

/** Records it under the form's own event id, so that a second click finds the first one's entry. */
const save = async (
  app: App,
  who: Acting,
  activity: Activity,
  values: JsonObject,
  token: string,
  again: (faults: readonly Fault[], status?: number) => Promise<Answer>,
  wrong?: Wrong,
): Promise<Answer> => {
  const author = { by: who.by, ...(who.behalf && { behalf: who.behalf }), role: who.account.role };
  try {
    if (wrong) {
      const saved = await saveCorrection(app, who, wrong, activity, values, token);
      if ('status' in saved) return saved;
      return again(
        saved.map(({ message }) => ({ pointer: '', message })),
        409,
      );
    }
    const draft = await draftActivity(app, author, activity, values, `urn:uuid:${token}`);
    const [outcome] = await app.ledger.submit([draft]);
    if (outcome === undefined) throw new Problem('fault');
    if ('refused' in outcome)
      return again(
        outcome.refused.map(({ message }) => ({ pointer: '', message })),
        409,
      );
    if ('conflict' in outcome) return again([{ pointer: '', message: taken }], 409);
    if ('duplicate' in outcome) return seeOther(`/field${keepFor(who, { saved: String(outcome.duplicate), again: '1' })}`);
    const held = outcome.recorded.findings.some(({ severity }) => severity === 'hold');
    return seeOther(`/field${keepFor(who, { saved: String(outcome.recorded.seq), ...(held && { held: '1' }) })}`);
  } catch (error) {
    if (error instanceof Problem && error.details.faults !== undefined) return again(error.details.faults);
    throw error;
  }
};

const taken: Text = {
  zh: '这张表早已存过，内容不同。已入账的改不了，只能更正；要另记一笔，重新打开这张表。',
  en: 'This form was saved before with other content. An entry cannot be changed, only corrected; for another entry, open the form anew.',
};

/** What is missing beside what could not be read: every fault at once, and none about what was written but not understood. */
const missing = (app: App, activity: Activity, values: JsonObject): Fault[] =>
  app.schemas
    .check(activity.fields)(values)
    .filter(({ message }) => message.en === 'is missing');

const show = async (
  app: App,
  call: Call,
  who: Acting,
  activity: Activity,
  prepared: Prepared,
  posted: Posted,
  token: string,
  faults: readonly Fault[],
  status = 200,
  wrong?: Wrong,
): Promise<Answer> => {
  const { schema, options, known } = prepared;
  const here = known.here ?? placeOf(prepared, posted);
  const filled = proposed(schema, posted, { ...known, ...(here !== undefined && { here }) });
  const notes = (pointer: string): Text | undefined => leftOf(prepared, filled, pointer);
  const earliest = earliestOf(schema, filled, app.clock());
  const names = who.behalf === undefined ? undefined : await namesOf(app.store, [who.behalf], who.reader);
  return html(
    status,
    activityPage({
      lang: call.lang,
      address: addressOf(call),
      host: hostOf(app),
      action: `/field/${activity.name}`,
      title: activity.title,
      ...(activity.hint && { hint: activity.hint }),
      form: formOf(schema, filled, faults, { ...options, note: notes }),
      token,
      ...(who.behalf && { behalf: { id: who.behalf, name: (names?.get(who.behalf) ?? codeOf(who.behalf))[call.lang] } }),
      ...(wrong && { corrects: wrong.original.seq }),
      ...(earliest && { earliest }),
      waits: waitField(schema) !== undefined,
    }),
    privately,
  );
};

/** The place of the lot that was picked, or of the only one that can be. */
const placeOf = ({ schema, lots, known }: Prepared, posted: Posted): string | undefined => {
  const picks = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    if (property['x-field'] === 'lots') return typedAt(posted, `${step(name)}/0/lot`);
    return property['x-field'] === 'lot' ? typedAt(posted, step(name)) || known.sole?.('lot', name) : undefined;
  });
  const lot = lots.find(({ item }) => picks.includes(item));
  return lot?.place;
};

/** The form with a lot picked in the first field that takes one. */
const picked = ({ schema }: Prepared, lot: string | undefined): Posted => {
  const posted = new Map<string, string>();
  if (lot === undefined) return posted;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const widget = property['x-field'];
    if (widget !== 'lot' && widget !== 'lots') continue;
    posted.set(widget === 'lot' ? step(name) : `${step(name)}/0/lot`, lot);
    break;
  }
  return posted;
};

/** One line more, begun by a name of its own that no control has: what the form proposes is put in. */
const withLine = (schema: FieldSchema, posted: Posted, pointer: string): Posted => {
  const name = pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
  const property = Object.hasOwn(schema.properties ?? {}, name) ? schema.properties?.[name] : undefined;
  if (property === undefined || kindOf(property) !== 'lines') return posted;
  const lines = Math.max(linesOf(posted, pointer), 1);
  if (lines >= Math.min(property.maxItems ?? 200, 200)) return posted;
  return new Map([...posted, [pointer + step(lines), '']]);
};

/** Beside an amount: what is left of the lot that was picked in the same line, or in the form's only lot field. */
const leftOf = ({ lots }: Prepared, posted: Posted, pointer: string): Text | undefined => {
  if (!/\/(quantity|value)$/.test(pointer)) return undefined;
  const line = pointer.slice(0, pointer.lastIndexOf('/'));
  const lot = lots.find(({ item }) => item === typedAt(posted, `${line}/lot`));
  if (lot === undefined || lot.left.length === 0) return undefined;
  return { zh: fieldT('zh').left(said(lot.left, 'zh')), en: fieldT('en').left(said(lot.left, 'en')) };
};

/** The field that says how many days to wait, by the names that the rules read it under. */
const waitField = (schema: FieldSchema): 'interval' | 'withdrawal' | undefined =>
  (['interval', 'withdrawal'] as const).find((name) => schema.properties?.[name]?.['x-unit'] === 'DAY');

/** The first day that the label allows: the day of application and then the days to wait (rules.md, "pre-harvest interval"). */
const earliestOf = (schema: FieldSchema, posted: Posted, now: number): Earliest | undefined => {
  const name = waitField(schema);
  if (name === undefined) return undefined;
  const { values } = decode(schema, posted);
  const [days, time] = [values[name], Date.parse(String(values.time ?? ''))];
  if (typeof days !== 'number' || days < 0 || days > 3650 || Number.isNaN(time)) return undefined;
  const at = daysAfter(time, days);
  return { of: name === 'interval' ? 'harvest' : 'use', at, days: Math.max(0, Math.round((at - startOfDay(now)) / 86_400_000)) };
};
