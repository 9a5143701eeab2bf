import type { Registered, Standing } from '../domain/gs1/registered.js';
import type { Lang, Text } from '../domain/text.js';
import { fieldT } from './field-words.js';
import { minute } from './format.js';
import { page } from './layout.js';
import { linkTypeText } from './links-found.js';
import { inLang } from './messages.js';
import { Icon, LinkButton, Notice, State } from './parts.js';
import type { SubjectFrame } from './subject.js';
import { linkWords } from './words/links.js';

const linkText = inLang(linkWords);

export interface LinkItem {
  readonly id: string;
  readonly link: Registered;
  /** The product or lot, as people call it, and its page. */
  readonly name: Text;
  readonly page: string;
  readonly standing: Standing;
}
export interface LinksView {
  readonly links: readonly LinkItem[];
  readonly add: string;
  readonly saved?: 'added' | 'withdrawn';
  readonly behalf?: string;
}

/** What a party has registered behind its codes: to withdraw, and to add to. */
export function fieldLinksPage(frame: SubjectFrame, view: LinksView): string {
  const { lang } = frame;
  const words = linkText(lang);
  const title = fieldT(lang).links;
  const now = view.links.filter(({ standing }) => standing === 'in-force' || standing === 'not-yet');
  const past = view.links.filter((item) => !now.includes(item));
  return page(
    { ...frame, title, hidden: true, brand: { text: title, href: frame.back, back: true as const } },
    <main class="wrap" id="main">
      {view.saved === undefined ? null : <Notice icon="check">{view.saved === 'added' ? words.saved : words.gone}</Notice>}
      <div class="day">
        <h1>{title}</h1>
      </div>
      <p class="note soft">{words.explain}</p>
      {now.length === 0 ? <p class="note">{words.none}</p> : null}
      <ul class="log">
        {now.map((item) => (
          <Item item={item} lang={lang} behalf={view.behalf} />
        ))}
      </ul>
      <div class="note">
        <LinkButton href={view.add} icon="plus">
          {words.add}
        </LinkButton>
      </div>
      {past.length === 0 ? null : (
        <details class="note">
          <summary>{words.past}</summary>
          <ul class="log">
            {past.map((item) => (
              <Item item={item} lang={lang} />
            ))}
          </ul>
        </details>
      )}
    </main>,
  );
}

/** One link; `behalf` is sent along when it may be withdrawn for another party. */
function Item({ item, lang, behalf }: { item: LinkItem; lang: Lang; behalf?: string }) {
  const words = linkText(lang);
  const { link, standing } = item;
  const title = lang === 'en' ? (link.title.en ?? link.title.zh) : link.title.zh;
  const times = [
    link.from === undefined ? undefined : words.from(minute(Date.parse(link.from))),
    link.until === undefined ? undefined : words.until(minute(Date.parse(link.until))),
  ].filter((time) => time !== undefined);
  const open = standing === 'in-force' || standing === 'not-yet';
  return (
    <li>
      <Icon name="go" />
      <div>
        <b>{title}</b>
        <p>
          <State kind={standing === 'in-force' ? 'ok' : undefined}>{words[standing]}</State> {linkTypeText(link.type, lang)}
        </p>
        <p class="soft">
          <a href={item.page}>{item.name[lang]}</a>
          {times.length === 0 ? null : ` · ${times.join(lang === 'zh' ? '，' : ', ')}`}
        </p>
        <p class="mini faint">
          <code class="code">{link.href}</code>
        </p>
        {open ? (
          <form method="post" action="/field/links">
            {behalf === undefined ? null : <input type="hidden" name="for" value={behalf} />}
            <button class="btn" name="withdraw" value={item.id} aria-label={words.withdrawWhat(title)}>
              {words.withdraw}
            </button>
          </form>
        ) : null}
      </div>
    </li>
  );
}
