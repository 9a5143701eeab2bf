import type { Lang, Text } from '../domain/text.js';
import { Cards, Find, type LotCard } from './home.js';
import { page } from './layout.js';
import { inLang, t } from './messages.js';
import { Err, LinkButton, NoSeal, Verdict } from './parts.js';
import { homeWords } from './words/home.js';
import { scanWords } from './words/scan.js';

const homeText = inLang(homeWords);
const scanText = inLang(scanWords);

export interface SearchView {
  readonly asked: string;
  readonly cards: readonly LotCard[];
  readonly more: boolean;
  /** What is wrong with the code as it was typed. */
  readonly fault?: Text;
}

/** What a search found: several lots, or none and what to try. One hit goes straight to its page. */
export function searchPage(frame: { lang: Lang; address: string; host: string }, view: SearchView): string {
  const { lang } = frame;
  const words = homeText(lang);
  const found = view.cards.length > 0;
  return page(
    {
      lang,
      title: found ? words.foundTitle : scanText(lang).notFound,
      address: frame.address,
      host: frame.host,
      hidden: true,
      ...(found ? { wide: true } : { foot: scanText(lang).notMeansNot }),
      skip: { to: 'answer', text: t(lang).skipAnswer },
    },
    <main id="answer" class={found ? 'home' : 'wrap'}>
      {found ? (
        <section class="sec">
          <h1 class="found">
            {words.foundTitle} <span class="small soft">{words.foundMany(view.cards.length)}</span>
          </h1>
          <Cards cards={view.cards} lang={lang} />
          {view.more ? <p class="small soft">{words.foundMore}</p> : null}
        </section>
      ) : (
        <Verdict kind="doubt" title={scanText(lang).notFound} line={words.notFoundLine}>
          <div>
            <p class="small soft">{scanText(lang).askedFor}</p>
            <p>
              <code class="asked">{view.asked}</code>
            </p>
            {view.fault === undefined ? null : <Err>{view.fault[lang]}</Err>}
          </div>
          <NoSeal lang={lang} />
        </Verdict>
      )}
      <section class="sec">
        <Find lang={lang} value={view.asked} wrong={view.fault !== undefined} />
      </section>
      <section class="sec btns" aria-label={t(lang).actions}>
        <LinkButton href="/" icon="back">
          {t(lang).home}
        </LinkButton>
      </section>
    </main>,
  );
}
