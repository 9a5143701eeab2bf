import type { ComponentChildren } from 'preact';
import type { Activity, Field } from '../domain/activities.js';
import { itemsOf, type Item } from '../domain/epcis/event.js';
import { cbvWord } from '../domain/lot.js';
import type { Json, JsonObject } from '../domain/record.js';
import type { Lang, Text } from '../domain/text.js';
import type { DeskEntry } from '../queries/desk.js';
import { erasedWords } from './entry.js';
import { deskT } from './field-words.js';
import { cbvWords } from './words/cbv.js';
import { Minute, State } from './parts.js';
import { number, quantity, unitName } from './format.js';

export interface EventContext {
  readonly lang: Lang;
  readonly activities: ReadonlyMap<string, Activity>;
  readonly name: (uri: string) => string;
  /** Where an item's file is. */
  readonly href: (uri: string) => string;
}

interface FieldRow {
  readonly label: string;
  readonly value: ComponentChildren;
  readonly hidden?: boolean;
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const bare = (name: string): string => name.replace(/^[a-z]+:/, '');

/** A value as people read it: words of a choice, an amount with its unit, a list; anything else as it stands. */
/** A term of the vocabulary in words; one that we do not name stays as it is. */
const term = (word: string | undefined, lang: Lang): string | undefined =>
  word === undefined ? undefined : ((cbvWords as Readonly<Record<string, Text>>)[bare(word)]?.[lang] ?? bare(word));

export const plain = (value: Json, field: Field | undefined, lang: Lang): string => {
  const word = field?.oneOf?.find((one) => one.const === value)?.['x-label'];
  if (word !== undefined) return word[lang];
  if (typeof value === 'boolean') return value ? (lang === 'zh' ? '是' : 'yes') : lang === 'zh' ? '否' : 'no';
  if (Array.isArray(value)) return value.map((one) => plain(one, field?.items, lang)).join(lang === 'zh' ? '、' : ', ');
  if (isObject(value)) return members(value, field, lang);
  const unit = typeof field?.['x-unit'] === 'string' ? ` ${unitName(field['x-unit'], lang)}` : '';
  return String(value) + unit;
};

const members = (value: JsonObject, field: Field | undefined, lang: Lang): string => {
  const named = Object.entries(value).map(([name, member]) => [bare(name), member] as const);
  const amount = Object.fromEntries(named);
  if (named.length === 2 && typeof amount.value === 'string' && typeof amount.unit === 'string')
    return quantity(amount.value, amount.unit, lang);
  return named
    .map(([name, member]) => {
      const property = field?.properties?.[name];
      return `${property?.['x-label']?.[lang] ?? name} ${plain(member, property, lang)}`;
    })
    .join(lang === 'zh' ? '，' : ', ');
};

const Items = ({ items, context }: { items: readonly Item[]; context: EventContext }) => (
  <ul>
    {items.map((item) => (
      <li>
        <a href={context.href(item.uri)}>{context.name(item.uri)}</a>
        {item.quantity === undefined ? null : ` ${quantity(String(item.quantity), item.unit, context.lang)}`}
      </li>
    ))}
  </ul>
);

/** Every field of an entry, the standard's own first, then what its activity adds, then what is not public. */
export function fieldsOf({ event, hidden }: DeskEntry, context: EventContext): FieldRow[] {
  const { lang, activities, name } = context;
  const words = deskT(lang);
  const rows: FieldRow[] = [];
  const put = (label: string, value: ComponentChildren, isHidden?: boolean): void => {
    if (value !== undefined && value !== '') rows.push({ label, value, ...(isHidden && { hidden: true }) });
  };
  const items = itemsOf(event);
  const byRole: readonly (readonly [readonly Item['role'][], string])[] = [
    [['epc', 'class'], words.fieldItems],
    [['input'], words.fieldInputs],
    [['output'], words.fieldOutputs],
    [['parent'], words.fieldParent],
    [['child'], words.fieldChildren],
  ];
  for (const [roles, label] of byRole) {
    const some = items.filter((item) => roles.includes(item.role));
    if (some.length > 0) put(label, <Items items={some} context={context} />);
  }
  const {
    readPoint,
    bizLocation,
    sourceList = [],
    destinationList = [],
    bizTransactionList = [],
    sensorElementList = [],
  } = event;
  put(words.fieldWhere, readPoint && name(readPoint.id));
  put(words.fieldLocation, bizLocation && name(bizLocation.id));
  put(words.fieldFrom, sourceList.map(({ type, source }) => `${name(source)} (${term(type, lang)})`).join('; '));
  put(words.fieldTo, destinationList.map(({ type, destination }) => `${name(destination)} (${term(type, lang)})`).join('; '));
  put(
    words.fieldDocuments,
    bizTransactionList
      .map(({ type, bizTransaction }) => `${bizTransaction}${type === undefined ? '' : ` (${term(type, lang)})`}`)
      .join('; '),
  );
  put(words.fieldStep, term(cbvWord(event.bizStep), lang));
  put(words.fieldDisposition, term(cbvWord(event.disposition), lang));
  const persistent = 'persistentDisposition' in event ? event.persistentDisposition : undefined;
  put(
    words.fieldPersistent,
    [
      ...(persistent?.set ?? []).map((one) => `+${term(cbvWord(one), lang)}`),
      ...(persistent?.unset ?? []).map((one) => `−${term(cbvWord(one), lang)}`),
    ].join(' '),
  );
  const reports = sensorElementList.reduce((count, element) => count + (element.sensorReport?.length ?? 0), 0);
  put(words.fieldSensors, reports === 0 ? '' : words.readings(number(reports)));
  put(words.fieldCertificates, [event.certificationInfo ?? []].flat().join('; '));
  const { errorDeclaration: wrong } = event;
  if (wrong !== undefined) {
    const reason = [term(wrong.reason, lang), ...(wrong.correctiveEventIDs ?? [])].filter((part) => part !== undefined);
    put(words.fieldCorrection, [wrong.declarationTime, ...reason].join(' · '));
  }
  put(words.fieldType, [event.type, 'action' in event ? event.action : undefined].filter((part) => part !== undefined).join(' '));
  put(words.fieldId, <code class="code">{event.eventID}</code>);

  const body = event as unknown as JsonObject;
  const activity = activities.get(String(body['suyuan:activity'] ?? ''));
  const labelled = (key: string, value: Json, isHidden?: boolean): void => {
    const field = activity?.fields.properties[bare(key)];
    put(field?.['x-label']?.[lang] ?? key, plain(value, field, lang), isHidden);
  };
  for (const [key, value] of Object.entries(isObject(body.ilmd) ? body.ilmd : {})) labelled(key, value);
  for (const [key, value] of Object.entries(body)) if (key.includes(':') && key !== 'suyuan:activity') labelled(key, value);
  for (const [key, value] of Object.entries(hidden)) labelled(key, value, true);
  return rows;
}

const correction: Text = { zh: '更正', en: 'Correction' };

/** One entry about a lot: who, when it happened and when it was entered, every field, and the record as it stands. */
export const DeskEvent = ({ entry, context, declared }: { entry: DeskEntry; context: EventContext; declared: boolean }) => {
  const { lang, activities, name } = context;
  const words = deskT(lang);
  const activity = activities.get(String((entry.event as unknown as JsonObject)['suyuan:activity'] ?? ''));
  const title = entry.event.errorDeclaration
    ? correction[lang]
    : (activity?.title[lang] ?? term(cbvWord(entry.event.bizStep), lang) ?? entry.event.type);
  const late = Math.floor((entry.entered - entry.time) / 3_600_000);
  return (
    <li id={`entry-${entry.seq}`} class="entry">
      <h3>
        {title} <Minute at={entry.time} />
        {declared ? <State>{words.inError}</State> : null}
      </h3>
      <dl>
        <dt>{words.enteredAt}</dt>
        <dd>
          {words.entry(number(entry.seq))} · <Minute at={entry.entered} />
          {late >= 24 ? ` · ${words.late(number(late))}` : null}
        </dd>
        <dt>{words.recordedBy}</dt>
        <dd>
          {name(entry.by)}
          {entry.behalf === undefined ? null : ` · ${words.onBehalf(name(entry.behalf))}`}
        </dd>
        {fieldsOf(entry, context).map((row) => (
          <>
            <dt>
              {row.label}
              {row.hidden && !row.label.includes(words.notPublic) ? <small> {words.notPublic}</small> : null}
            </dt>
            <dd>{row.value}</dd>
          </>
        ))}
        {entry.erased.map(({ field, at, reason }) => (
          <>
            <dt>{activity?.fields.properties[field.slice(1)]?.['x-label']?.[lang] ?? field.slice(1)}</dt>
            <dd class="soft">{erasedWords(at, reason, lang)}</dd>
          </>
        ))}
      </dl>
      <details>
        <summary>{words.raw}</summary>
        <pre class="code">{JSON.stringify(entry.event, null, 2)}</pre>
      </details>
    </li>
  );
};
