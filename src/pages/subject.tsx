import type { Lang, Text } from '../domain/text.js';
import { fieldT } from './field-words.js';
import { NotSaved, Questions } from './form/view.js';
import type { Form } from './form/tree.js';
import { type Frame, page } from './layout.js';
import { Icon, LinkButton, Notice } from './parts.js';

export interface SubjectFrame {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  readonly theme: 'field' | 'desk';
  /** The way back, on the field's pages; the menu, on the desk's. */
  readonly back: string;
  readonly nav?: Frame['nav'];
  readonly who?: string;
}

const frameOf = ({ lang, address, host, theme, back, nav, who }: SubjectFrame, title: string): Frame => ({
  lang,
  title,
  address,
  host,
  theme,
  hidden: true,
  ...(theme === 'field' && { brand: { text: title, href: back, back: true as const } }),
  ...(nav && { nav }),
  ...(who !== undefined && { who }),
});

/** The form of a party, place, product or mandate: a new one, or a change, which is a new record. */
export function subjectPage(
  view: SubjectFrame & {
    readonly title: Text;
    readonly action: string;
    readonly form: Form;
    readonly token: string;
    readonly id?: string;
    readonly behalf?: string;
  },
): string {
  const { lang, form } = view;
  const words = fieldT(lang);
  const title = view.title[lang];
  return page(
    frameOf(view, title),
    <main class="wrap" id="main">
      <NotSaved form={form} lang={lang} />
      <div class="day">
        <h1>{title}</h1>
      </div>
      {view.id === undefined ? null : <p class="note soft">{words.changeNote}</p>}
      <form class="form" method="post" action={view.action} novalidate>
        <button class="vh" name="save" value="1" tabindex={-1} aria-hidden="true">
          {words.saveSubject}
        </button>
        <input type="hidden" name="token" value={view.token} />
        {view.id === undefined ? null : <input type="hidden" name="id" value={view.id} />}
        {view.behalf === undefined ? null : <input type="hidden" name="for" value={view.behalf} />}
        <Questions form={form} where={{ lang, action: view.action }} />
        <div class="dock">
          <button class="btn btn--main" name="save" value="1">
            {words.saveSubject}
          </button>
        </div>
      </form>
    </main>,
  );
}

/** What there is of a kind, each with the way to change it. */
export function subjectsPage(
  view: SubjectFrame & {
    readonly title: Text;
    readonly add: { readonly text: Text; readonly href: string };
    readonly none: Text;
    readonly items: readonly { readonly name: Text; readonly note?: Text; readonly code: string; readonly href: string }[];
    readonly next?: string;
    readonly saved?: boolean;
  },
): string {
  const { lang, items } = view;
  const words = fieldT(lang);
  const title = view.title[lang];
  return page(
    frameOf(view, title),
    <main class="wrap" id="main">
      {view.saved ? <Notice icon="check">{words.saved}</Notice> : null}
      <div class="day">
        <h1>{title}</h1>
      </div>
      {items.length === 0 ? <p class="note">{view.none[lang]}</p> : null}
      <ul class="log">
        {items.map((item) => (
          <li>
            <Icon name="pen" />
            <div>
              <b>
                <a href={item.href}>
                  {item.name[lang]}
                  <span class="vh"> {words.change}</span>
                </a>
              </b>
              {item.note === undefined ? null : <p class="soft">{item.note[lang]}</p>}
              <p class="mini faint">
                <code class="code">{item.code}</code>
              </p>
            </div>
          </li>
        ))}
      </ul>
      <div class="note">
        {view.next === undefined ? null : <LinkButton href={view.next}>{words.nextPage}</LinkButton>}
        <LinkButton href={view.add.href} icon="plus">
          {view.add.text[lang]}
        </LinkButton>
      </div>
    </main>,
  );
}
