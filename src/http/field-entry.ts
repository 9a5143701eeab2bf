import type { App } from '../app.js';
import { valuesOf } from '../domain/activity/values.js';
import { walk } from '../domain/activity/walk.js';
import { statedOf } from '../domain/corrections.js';
import { itemsOf, type EpcisEvent } from '../domain/epcis/event.js';
import { whenOf } from '../domain/epcis/time.js';
import type { Lang, Text } from '../domain/text.js';
import { Problem } from '../errors.js';
import { correctPage, entryPage } from '../pages/entry.js';
import { rowsOf } from '../pages/entry-rows.js';
import { fieldsOf } from '../pages/inspect-event.js';
import { standingOf } from '../queries/corrections.js';
import { codeOf, namesOf, recordsOf, type Read } from '../queries/named.js';
import { titleOf } from '../queries/words.js';
import { type Acting, acting, keepFor } from './acting.js';
import { type Answer, type Call, html, seeOther } from './call.js';
import { correctable, declarationOf, mayCorrect } from './corrections.js';
import { itemPath } from './field.js';
import { addressOf, hostOf, privately, textIn } from './signin.js';

const correction: Text = { zh: '更正', en: 'Correction' };

/** An entry of the party's own journal, opened; any other is answered as if it did not exist. */
async function readEntry(app: App, who: Acting, text: string): Promise<Read> {
  const seq = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  const mine = ({ by, behalf }: Read['record']): boolean =>
    mayCorrect({ by: who.by, ...(who.behalf && { behalf: who.behalf }) }, { by, party: behalf ?? by });
  const [read] = Number.isNaN(seq) ? [] : await recordsOf(app.store, [seq], mine);
  if (read === undefined || read.record.kind !== 'event' || !mine(read.record)) throw new Problem('not-found');
  return read;
}

/** What people call what an entry names: product and number of a lot, else a name, else a code. */
async function namer(app: App, who: Acting, uris: readonly string[]): Promise<(uri: string, lang: Lang) => string> {
  const product = (uri: string) => /^https:\/\/id\.gs1\.org\/01\/\d{14}(?=\/)/.exec(uri)?.[0];
  const names = await namesOf(app.store, [...new Set(uris.flatMap((uri) => [uri, product(uri) ?? uri]))], who.reader);
  return (uri, lang) => {
    const of = product(uri);
    const name = (names.get(uri) ?? codeOf(uri))[lang];
    return of === undefined ? name : `${(names.get(of) ?? codeOf(of))[lang]} ${codeOf(uri)[lang]}`;
  };
}

/** GET /field/entry/{seq}: one entry with its values, and how it stands. */
export async function fieldEntry(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const { seq, time: entered, record, erased } = await readEntry(app, who, call.params.seq ?? '');
  const { lang } = call;
  const event = record.body as unknown as EpcisEvent;
  const hidden = record.hidden ?? {};
  const activity = app.activities.get(String(event['suyuan:activity']));
  const values = activity ? valuesOf(activity, record.body, hidden) : {};
  const said = activity ? walk(activity, values).flatMap(({ value }) => (typeof value === 'string' ? [value] : [])) : [];
  const named = await namer(app, who, [
    ...said.filter((uri) => /^(https?:|urn:)/.test(uri)),
    ...itemsOf(event).map(({ uri }) => uri),
    record.by,
    record.behalf ?? record.by,
  ]);
  const name = (uri: string): string => named(uri, lang);
  const { correctedBy, corrects, effective } = await standingOf(app.store, { seq, record });
  const context = { lang, activities: app.activities, name, href: itemPath };
  const entry = { seq, id: record.id, entered, time: whenOf(event).time, by: record.by, event, hidden, erased };
  const { title } = titleOf(event, app.activities);
  const declaration = event.errorDeclaration !== undefined;
  const label = (field: string): string => activity?.fields.properties[field.slice(1)]?.['x-label']?.[lang] ?? field.slice(1);
  const { done, held } = call.query;
  return html(
    200,
    entryPage({
      lang,
      address: addressOf(call),
      host: hostOf(app),
      back: `/field${keepFor(who)}`,
      seq,
      title: declaration ? correction : (activity?.title ?? title),
      time: entry.time,
      entered,
      by: [record.by, ...(record.behalf === undefined ? [] : [record.behalf])].map(name).join(lang === 'zh' ? ' 代 ' : ' for '),
      rows: activity ? rowsOf(activity, values, hidden, name, lang) : fieldsOf(entry, context),
      erased: erased.map(({ field, at, reason }) => ({ label: label(field), at, reason })),
      ...(correctedBy && { correctedBy: { ...correctedBy, who: name(correctedBy.party) } }),
      ...(corrects !== undefined && { corrects }),
      ...(effective && { correct: `/field/entry/${seq}/correct${keepFor(who)}` }),
      ...((done === 'takenBack' || done === 'replaced') && { done }),
      ...(held === '1' && { held: heldWords[lang] }),
      href: (other) => `/field/entry/${other}${keepFor(who)}`,
    }),
    privately,
  );
}

const heldWords: Text = {
  zh: '更正之后数量对不上：后面卖出、用掉的比有的多。先锁住了，查一查哪一笔写错了。',
  en: 'After this correction amounts do not add up: more was sold or used later than there was. Locked until it is looked into.',
};

/** GET /field/entry/{seq}/correct: what is wrong with it. */
export async function correctForm(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const { seq, record } = await readEntry(app, who, call.params.seq ?? '');
  if (!(await standingOf(app.store, { seq, record })).effective) return seeOther(`/field/entry/${seq}${keepFor(who)}`);
  const event = record.body as unknown as EpcisEvent;
  const activity = app.activities.get(String(event['suyuan:activity']));
  const { title, icon } = titleOf(event, app.activities);
  const items = itemsOf(event).slice(0, 2);
  const named = await namer(
    app,
    who,
    items.map(({ uri }) => uri),
  );
  const line = (lang: Lang): string => items.map(({ uri }) => named(uri, lang)).join(lang === 'zh' ? '、' : ', ');
  const may = activity?.who.includes(who.account.role) === true;
  return html(
    200,
    correctPage({
      lang: call.lang,
      address: addressOf(call),
      host: hostOf(app),
      back: `/field/entry/${seq}${keepFor(who)}`,
      seq,
      title: activity?.title ?? title,
      icon,
      line: { zh: line('zh'), en: line('en') },
      ...(who.behalf && { behalf: who.behalf }),
      ...(activity && may && { change: `/field/${activity.name}${keepFor(who, { corrects: String(seq) })}` }),
    }),
    privately,
  );
}

/** POST /field/entry/{seq}/correct: declares it in error. A second tap finds it done. */
export async function correctPost(app: App, call: Call): Promise<Answer> {
  const who = await acting(app, call);
  const { seq, record } = await readEntry(app, who, call.params.seq ?? '');
  const [reason, note] = [textIn(call.body, 'reason'), textIn(call.body, 'note').trim()];
  if ((reason !== 'did_not_occur' && reason !== 'incorrect_data') || note.length > 1000) throw new Problem('bad-values');
  const here = `/field/entry/${seq}`;
  if (statedOf(record).event.errorDeclaration !== undefined) return seeOther(`${here}${keepFor(who)}`);
  const author = { by: who.by, ...(who.behalf && { behalf: who.behalf }), role: who.account.role };
  const original = await correctable(app, author, record.id);
  const draft = declarationOf(app, author, original, { reason, ...(note !== '' && { note }) });
  const [outcome] = await app.ledger.submit([draft]);
  if (outcome === undefined || !('recorded' in outcome)) return seeOther(`${here}${keepFor(who)}`);
  const held = outcome.recorded.findings.some(({ severity }) => severity === 'hold');
  return seeOther(`${here}${keepFor(who, { done: 'takenBack', ...(held && { held: '1' }) })}`);
}
