import type { Lang } from '../domain/text.js';
import { type Entry, Entries, forParty, frame, icon, Menu, type Tile } from './field-parts.js';
import { fieldT } from './field-words.js';
import { day, shortDay } from './format.js';
import { page } from './layout.js';
import { Notice } from './parts.js';

export interface JournalView {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  /** Name of the party whose journal it is. */
  readonly party: string;
  /** Unix milliseconds. */
  readonly now: number;
  readonly tiles: readonly Tile[];
  /** Newest first; of the day shown. */
  readonly entries: readonly Entry[];
  /** The last day before this one with entries, when there are none here. */
  readonly before?: { readonly at: number; readonly count: number };
  readonly earlier?: string;
  /** Number of the entry just made, and whether it had been made before. */
  readonly saved?: { readonly seq: number; readonly again: boolean };
  /** Deliveries that wait to be received. */
  readonly incoming: number;
  /** Crops that may not be harvested yet. */
  readonly waiting: readonly { readonly name: string; readonly from: number }[];
  /** Whose journal an operator may keep, and whose this one is. */
  readonly behalf?: { readonly id?: string; readonly choices: readonly { readonly id: string; readonly name: string }[] };
}

const weekdays = {
  zh: ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const weekday = (at: number, lang: Lang) => {
  const name = weekdays[lang][new Date(at + 8 * 3_600_000).getUTCDay()];
  return lang === 'zh' ? `星期${name}` : name;
};

/** For whom an operator writes: plain links, since switching changes nothing. */
const Behalf = ({ behalf, lang }: { behalf: NonNullable<JournalView['behalf']>; lang: Lang }) => {
  const words = fieldT(lang);
  return (
    <nav class="note" aria-label={words.behalf}>
      <form method="get" action="/field" class="unit">
        <label>
          <span class="small">{words.behalf}</span>
          <select class="input" name="for">
            <option value="">{words.behalfOwn}</option>
            {behalf.choices.map((choice) => (
              <option value={choice.id} selected={choice.id === behalf.id}>
                {choice.name}
              </option>
            ))}
          </select>
        </label>
        <button class="btn">{words.switch}</button>
      </form>
    </nav>
  );
};

/** The producer's journal: what to record, what needs the person, what was recorded today. */
export function journalPage(view: JournalView): string {
  const { lang, entries } = view;
  const words = fieldT(lang);
  const query = forParty(view.behalf?.id);
  return page(
    frame(view, words.journal),
    <main class="wrap" id="main">
      {view.saved === undefined ? null : (
        <Notice icon="check">
          <a href={`#entry-${view.saved.seq}`}>{view.saved.again ? words.alreadySaved : words.saved}</a>
        </Notice>
      )}
      <div class="day" id="do">
        <h1>{words.justDid}</h1>
        <p class="soft">
          <time datetime={day(view.now)}>
            {shortDay(view.now, lang)} {weekday(view.now, lang)}
          </time>
        </p>
      </div>
      {view.behalf === undefined ? null : <Behalf behalf={view.behalf} lang={lang} />}
      <nav class="tiles" aria-label={words.record}>
        {view.tiles.map((tile) => (
          <a class="tile" href={`/field/${tile.name}${query}`}>
            {icon(tile.icon)}
            {tile.title[lang]}
          </a>
        ))}
        <a class="tile" href={`/field/all${query}`}>
          {icon('pen')}
          {words.other}
        </a>
      </nav>
      <section aria-labelledby="l">
        <div class="day">
          <h2 id="l">{entries.length === 0 ? words.noneToday : words.today(entries.length)}</h2>
        </div>
        {entries.length === 0 ? (
          <p class="note">
            {words.noneYet}
            {view.before === undefined ? null : words.before(view.before.count, shortDay(view.before.at, lang))}
          </p>
        ) : null}
        {view.incoming === 0 && view.waiting.length === 0 ? null : (
          <ul class="log">
            {view.incoming === 0 ? null : (
              <li class="fix">
                {icon('in')}
                <div>
                  <b>{words.toReceive(view.incoming)}</b>
                  <a class="btn" href={`/incoming${query}`}>
                    {words.look}
                  </a>
                </div>
              </li>
            )}
            {view.waiting.map((crop) => (
              <li>
                {icon('clock')}
                <div>
                  <b>{words.notYet}</b>
                  <p class="soft">
                    {crop.name}
                    {words.comma}
                    {words.from(shortDay(crop.from, lang))}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        )}
        <Entries entries={entries} lang={lang} fresh={view.saved?.seq} />
      </section>
      <Menu
        lang={lang}
        links={[
          ...(view.earlier === undefined ? [] : [{ href: view.earlier, icon: 'list', text: words.earlier }]),
          { href: `/field/lots${query}`, icon: 'box', text: words.lots },
          { href: `/field/places${query}`, icon: 'pin', text: words.places },
          { href: `/field/products${query}`, icon: 'sprout', text: words.products },
          { href: `/field/links${query}`, icon: 'go', text: words.links },
          { href: '/account', icon: 'person', text: words.account },
        ]}
      />
    </main>,
  );
}
