import { type Link, linkTypeIri } from '../domain/gs1/link.js';
import type { Lang, Text } from '../domain/text.js';
import { page } from './layout.js';
import { inLang, t } from './messages.js';
import { Icon, LinkButton } from './parts.js';
import { linkTypeWords, linkWords } from './words/links.js';

const linkText = inLang(linkWords);
const byIri: ReadonlyMap<string, Text> = new Map(
  Object.entries(linkTypeWords).map(([type, words]) => [linkTypeIri(type), words]),
);
/** A link type in words, where it has any; else as it was written. */
export const linkTypeText = (type: string, lang: Lang): string => byIri.get(linkTypeIri(type))?.[lang] ?? type;

/** The links of an identifier for a person: all that there are, or those that a request leaves to choose from. */
export function linksPage(
  frame: { lang: Lang; address: string; host: string },
  why: 'choose' | 'all',
  levels: readonly { readonly anchor: string; readonly links: readonly Link[] }[],
): string {
  const { lang } = frame;
  const words = linkText(lang);
  const title = why === 'choose' ? words.chooseTitle : words.allTitle;
  return page(
    { ...frame, title, hidden: true },
    <main class="wrap" id="main">
      <section class="sec">
        <h1 class="found">{title}</h1>
        <p>{why === 'choose' ? words.chooseLine : words.allLine}</p>
      </section>
      {levels
        .filter(({ links }) => links.length > 0)
        .map(({ anchor, links }, i) => (
          <section class="sec" aria-labelledby={`a${i}`}>
            <h2 id={`a${i}`}>
              <code class="code">{anchor}</code>
            </h2>
            <ul class="rows">
              {links.map((link) => (
                <li>
                  <Icon name="go" />
                  <div>
                    <a href={link.href} rel="noreferrer">
                      <b>{link.title}</b>
                    </a>
                    <p>
                      {linkTypeText(link.rel, lang)} · {words.leads(new URL(link.href).host)}
                      {link.isDefault ? ` · ${words.standard}` : ''}
                    </p>
                  </div>
                </li>
              ))}
            </ul>
          </section>
        ))}
      <section class="sec btns" aria-label={t(lang).actions}>
        <LinkButton href="/" icon="back">
          {t(lang).home}
        </LinkButton>
      </section>
    </main>,
  );
}
