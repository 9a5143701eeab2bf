import type { Lang, Text } from '../domain/text.js';
import type { Verdict } from '../domain/verdict.js';
import { Drawing, drawingFor } from './draw.js';
import { minute, number } from './format.js';
import { page } from './layout.js';
import { inLang, t } from './messages.js';
import { Icon, State } from './parts.js';
import { homeWords } from './words/home.js';
import { scanWords } from './words/scan.js';

const homeText = inLang(homeWords);
const scanText = inLang(scanWords);

/** A lot in a few words, as the home page and a search show it. */
export interface LotCard {
  readonly address: string;
  readonly name: Text;
  readonly sector?: string;
  /** Lot number, serial or the identifier itself. */
  readonly number: string;
  readonly by?: Text;
  /** None of a product as such. */
  readonly verdict?: Verdict;
}

export interface HomeView {
  readonly examples: readonly LotCard[];
  readonly entries: number;
  /** When the newest entry was made; none in an empty ledger. */
  readonly latest?: number;
  readonly demo: boolean;
}

interface At {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
}

export function homePage(frame: At, view: HomeView): string {
  const { lang } = frame;
  const words = homeText(lang);
  return page(
    {
      lang,
      title: words.title,
      address: frame.address,
      host: frame.host,
      wide: true,
      skip: { to: 'q', text: t(lang).skipSearch },
      foot: <div class="home">{now(view, lang)}</div>,
    },
    <main>
      <section class="hero">
        <h1>
          {words.heroLeft}
          {lang === 'zh' ? <span class="half">，</span> : ', '}
          {words.heroRight}
        </h1>
        <Find lang={lang} />
        <p class="scanlink small soft">
          <Icon name="scan" />
          <span>{words.orScan}</span>
        </p>
      </section>
      <div class="home">
        {view.examples.length === 0 ? null : (
          <section class="sec" aria-labelledby="h-e">
            <h2 id="h-e">{words.examples(view.examples.length)}</h2>
            <Cards cards={view.examples} lang={lang} />
          </section>
        )}
        <section class="sec" aria-labelledby="h-v">
          <h2 id="h-v">{words.vowsTitle}</h2>
          <ol class="vows">
            {(
              [
                ['vow1', 'vow1line'],
                ['vow2', 'vow2line'],
                ['vow3', 'vow3line'],
              ] as const
            ).map(([title, line]) => (
              <li>
                <b>{words[title]}</b>
                {words[line]}
              </li>
            ))}
          </ol>
        </section>
        <Doors lang={lang} />
      </div>
    </main>,
  );
}

function now(view: HomeView, lang: Lang) {
  const words = homeText(lang);
  const comma = lang === 'zh' ? '，' : ', ';
  const stop = lang === 'zh' ? '。' : '.';
  return (
    <>
      {view.latest === undefined
        ? words.ledgerEmpty
        : words.ledgerNow(number(view.entries)) + comma + words.ledgerLatest(minute(view.latest)) + stop}
      {view.demo ? ` ${scanText(lang).footDemo}` : ''}
    </>
  );
}

/** The one box: digits, a lot number, or any code. */
export function Find({ lang, value, wrong }: { lang: Lang; value?: string; wrong?: boolean }) {
  return (
    <form class="find" action="/search" role="search">
      <label for="q">{t(lang).searchLabel}</label>
      <input
        class="input"
        id="q"
        name="q"
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        maxlength={300}
        required
        placeholder="09520131000102"
        value={value}
        aria-invalid={wrong ? 'true' : undefined}
      />
      <button class="btn btn--main">
        <Icon name="search" />
        <span>{t(lang).search}</span>
      </button>
    </form>
  );
}

export const Cards = ({ cards, lang }: { cards: readonly LotCard[]; lang: Lang }) => (
  <div class="trio">
    {cards.map((card) => (
      <a href={card.address}>
        <Drawing name={drawingFor(card.name.zh, card.sector)} />
        <h3>{card.name[lang]}</h3>
        <p>
          {card.by === undefined ? '' : card.by[lang] + (lang === 'zh' ? '，' : ', ')}
          <code>{card.number}</code>
        </p>
        <p>{card.verdict === undefined ? null : <Short verdict={card.verdict} lang={lang} />}</p>
      </a>
    ))}
  </div>
);

function Short({ verdict, lang }: { verdict: Verdict; lang: Lang }) {
  const words = scanText(lang);
  if (verdict.kind === 'ok') return <State kind="ok">{words.ok}</State>;
  if (verdict.kind === 'doubt') return <State>{words.cannotConfirm}</State>;
  if (verdict.cause === 'recalled') return <State kind="stop">{homeText(lang).recalling}</State>;
  return <State kind="stop">{verdict.cause === 'expired' ? words.outOfDate : words.doNotEat}</State>;
}

function Doors({ lang }: { lang: Lang }) {
  const words = homeText(lang);
  const doors = [
    { href: '/field', icon: 'sprout', title: words.doorProducer, line: words.doorProducerLine },
    { href: '/inspect', icon: 'search', title: words.doorInspector, line: words.doorInspectorLine },
    { href: '/docs', icon: 'code', title: words.doorDeveloper, line: words.doorDeveloperLine },
  ] as const;
  return (
    <section class="sec" aria-labelledby="h-d">
      <h2 id="h-d">{words.youAre}</h2>
      <nav class="doors" aria-labelledby="h-d">
        {doors.map((door) => (
          <a href={door.href}>
            <Icon name={door.icon} />
            <b>{door.title}</b>
            <Icon name="go" />
            <p>{door.line}</p>
          </a>
        ))}
      </nav>
    </section>
  );
}
