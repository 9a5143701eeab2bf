import type { ComponentChildren } from 'preact';
import type { Lang, Text } from '../domain/text.js';
import { correctionT, reasonText } from './corrections.js';
import { icon, InLedger } from './field-parts.js';
import { number } from './format.js';
import { page } from './layout.js';
import { Day, Icon, LinkButton, Minute, Notice, State } from './parts.js';

export interface EntryRow {
  readonly label: string;
  readonly value: ComponentChildren;
  readonly hidden?: boolean;
}

/** One entry, as the one who made it sees it. */
export interface EntryView {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  readonly back: string;
  readonly seq: number;
  readonly title: Text;
  /** When it happened and when it was entered, Unix milliseconds. */
  readonly time: number;
  readonly entered: number;
  readonly by: string;
  readonly rows: readonly EntryRow[];
  /** Values that are gone: their label, when (Unix milliseconds) and why. */
  readonly erased: readonly { readonly label: string; readonly at: number; readonly reason: Text }[];
  /** The entry that takes it back, when, why, and what stands in its place. */
  readonly correctedBy?: {
    readonly entry: number;
    readonly at: number;
    readonly reason?: string;
    readonly who: string;
    readonly corrective: readonly number[];
  };
  /** The entry that this one takes back. */
  readonly corrects?: number;
  /** Where it can be said that it is wrong. */
  readonly correct?: string;
  /** What was just done. */
  readonly done?: 'takenBack' | 'replaced';
  readonly held?: string;
  /** Path of another entry. */
  readonly href: (seq: number) => string;
}

const frame = (view: Pick<EntryView, 'lang' | 'address' | 'host' | 'back'>, title: string) =>
  ({
    lang: view.lang,
    title,
    address: view.address,
    host: view.host,
    theme: 'field',
    hidden: true,
    brand: { text: title, href: view.back, back: true },
  }) as const;

/** GET /field/entry/{seq} */
export function entryPage(view: EntryView): string {
  const { lang, seq, correctedBy } = view;
  const words = correctionT(lang);
  const link = (entry: number) => <a href={view.href(entry)}>{words.entry(number(entry))}</a>;
  return page(
    frame(view, words.entry(number(seq))),
    <main class="wrap" id="main">
      {view.done === undefined ? null : <Notice icon="check">{words[view.done]}</Notice>}
      {view.held === undefined ? null : <Notice icon="alert">{view.held}</Notice>}
      <div class="day">
        <h1>{view.title[lang]}</h1>
        {correctedBy === undefined ? null : <State>{words.isCorrected}</State>}
        {view.corrects === undefined ? null : (
          <p>
            <a href={view.href(view.corrects)}>{words.isDeclaration(number(view.corrects))}</a>
          </p>
        )}
        <InLedger seq={seq} lang={lang} />
      </div>
      {correctedBy === undefined ? null : (
        <p class="note">
          {[correctedBy.who, reasonText(correctedBy.reason, lang)].filter((part) => part !== undefined).join(words.comma)}
          {words.comma}
          <Minute at={correctedBy.at} />
          {words.comma}
          {link(correctedBy.corrective[0] ?? correctedBy.entry)}
        </p>
      )}
      <dl class="values">
        <dt>{words.happened}</dt>
        <dd>
          <Minute at={view.time} />
        </dd>
        {view.rows.map((row) => (
          <>
            <dt>
              {row.label}
              {row.hidden ? <small class="may">{words.notPublic}</small> : null}
            </dt>
            <dd>{row.value}</dd>
          </>
        ))}
        {view.erased.map((one) => (
          <>
            <dt>{one.label}</dt>
            <dd class="soft">{erasedWords(one.at, one.reason, lang)}</dd>
          </>
        ))}
        <dt>{words.recordedBy}</dt>
        <dd>{view.by}</dd>
        <dt>{words.entered}</dt>
        <dd>
          <Minute at={view.entered} />
        </dd>
      </dl>
      {view.correct === undefined ? null : (
        <p class="note">
          <LinkButton href={view.correct} icon="pen">
            {words.wrong}
          </LinkButton>
        </p>
      )}
    </main>,
  );
}

/** "Erased on … because …", for what was there. */
export const erasedWords = (at: number, reason: Text, lang: Lang) => (
  <>
    {correctionT(lang).erasedOn} <Day at={at} />
    {correctionT(lang).because(reason[lang])}
  </>
);

/** GET /field/entry/{seq}/correct: what is wrong with an entry. */
export function correctPage(view: {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  readonly back: string;
  readonly seq: number;
  readonly title: Text;
  readonly icon: string;
  readonly line: Text;
  readonly behalf?: string;
  /** The form with the old values in it; none of what another system captured. */
  readonly change?: string;
}): string {
  const { lang, seq } = view;
  const words = correctionT(lang);
  const reasons = [
    ['did_not_occur', words.did_not_occur],
    ['incorrect_data', words.unknownYet],
  ] as const;
  return page(
    frame(view, words.wrong),
    <main class="wrap" id="main">
      <div class="day">
        <h1>{words.howWrong}</h1>
      </div>
      <p class="note soft">
        {icon(view.icon)} {view.title[lang]} {view.line[lang]}
      </p>
      {view.change === undefined ? null : (
        <section class="note" aria-labelledby="change">
          <h2 id="change">{words.change}</h2>
          <p class="soft">{words.changeLine}</p>
          <LinkButton href={view.change} icon="pen" kind="main">
            {words.changeNow}
          </LinkButton>
        </section>
      )}
      <section aria-labelledby="take">
        <h2 id="take" class="stage">
          {words.takeBack}
        </h2>
        <form class="form" method="post" action={`/field/entry/${seq}/correct`}>
          {view.behalf === undefined ? null : <input type="hidden" name="for" value={view.behalf} />}
          <fieldset>
            <legend class="q">{words.why}</legend>
            <div class="picks">
              {reasons.map(([value, text], n) => (
                <label class="pick">
                  <input type="radio" name="reason" value={value} checked={n === 0} />
                  <span>{text}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <div>
            <label class="q" for="note">
              {words.noteLabel}
            </label>
            <textarea class="input" id="note" name="note" rows={2} maxlength={1000} />
          </div>
          <div>
            <p class="small soft">{words.takeBackLine}</p>
            <button class="btn btn--stop">
              <Icon name="stop" />
              {words.takeBack}
            </button>
          </div>
        </form>
      </section>
    </main>,
  );
}
