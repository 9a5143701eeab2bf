import type { ComponentChildren } from 'preact';
import type { Lang, Text } from '../domain/text.js';
import { fieldT } from './field-words.js';
import { clock, day, machineTime, number, shortDay } from './format.js';
import { isIcon } from './icons.js';
import { type Frame, page } from './layout.js';
import { Icon, Notice } from './parts.js';

export interface Tile {
  readonly name: string;
  readonly title: Text;
  readonly icon: string;
}

/** One entry of the journal. Whatever the server shows is in the ledger: all three squares are full. */
export interface Entry {
  readonly seq: number;
  /** Unix milliseconds of the event. */
  readonly time: number;
  readonly title: Text;
  readonly icon: string;
  /** What it was about, in one line: lots, amounts, place. */
  readonly line: Text;
  /** Whether a rule has locked what it is about. */
  readonly held?: boolean;
  /** Where its lot can be seen. */
  readonly href?: string;
}

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

const icon = (name: string) => <Icon name={isIcon(name) ? name : 'pen'} />;
const forParty = (id: string | undefined) => (id === undefined ? '' : `?for=${encodeURIComponent(id)}`);

/** Three squares: on the phone, sent, in the ledger. */
const InLedger = ({ seq, lang }: { seq: number; lang: Lang }) => (
  <p class="way way--in">
    <svg viewBox="0 0 52 16" aria-hidden="true">
      {[1, 19, 37].map((x) => (
        <rect class="on" x={x} y="2" width="12" height="12" />
      ))}
    </svg>
    {fieldT(lang).inLedger(number(seq))}
  </p>
);

const weekdays = {
  zh: ['日', '一', '二', '三', '四', '五', '六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const weekday = (at: number, lang: Lang) => {
  const name = weekdays[lang][new Date(at + 8 * 3_600_000).getUTCDay()];
  return lang === 'zh' ? `星期${name}` : name;
};

const Entries = ({ entries, lang, fresh, dated }: { entries: readonly Entry[]; lang: Lang; fresh?: number; dated?: boolean }) => (
  <ol class="log">
    {entries.map((entry) => (
      <li id={`entry-${entry.seq}`} class={entry.seq === fresh ? 'fresh' : undefined}>
        {icon(entry.icon)}
        <div>
          <b>
            {entry.title[lang]}
            <time datetime={machineTime(entry.time)}>
              {dated ? `${shortDay(entry.time, lang)} ` : ''}
              {clock(entry.time)}
            </time>
          </b>
          <p class="soft">{entry.href === undefined ? entry.line[lang] : <a href={entry.href}>{entry.line[lang]}</a>}</p>
          {entry.held ? <p>{fieldT(lang).held}</p> : null}
          <InLedger seq={entry.seq} lang={lang} />
        </div>
      </li>
    ))}
  </ol>
);

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

const frame = (view: { lang: Lang; address: string; host: string; party: string }, title: string): Frame => ({
  lang: view.lang,
  title: `${title} · ${view.party}`,
  address: view.address,
  host: view.host,
  theme: 'field',
  hidden: true,
  brand: { text: view.party, href: '/field' },
  skip: { to: 'do', text: fieldT(view.lang).toEntry },
  foot: <span class="wrap">{fieldT(view.lang).squares}</span>,
});

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
          { href: '/account', icon: 'person', text: words.account },
        ]}
      />
    </main>,
  );
}

const Menu = ({ lang, links }: { lang: Lang; links: readonly { href: string; icon: string; text: string }[] }) => (
  <nav aria-label={fieldT(lang).more}>
    <ul class="menu">
      {links.map((link) => (
        <li>
          <a href={link.href}>
            {icon(link.icon)}
            {link.text}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

/** What was recorded before today, a page at a time. */
export function earlierPage(
  view: Pick<JournalView, 'lang' | 'address' | 'host' | 'party' | 'entries' | 'earlier'> & { readonly back: string },
): string {
  const words = fieldT(view.lang);
  return page(
    { ...frame(view, words.earlier), brand: { text: words.earlier, href: view.back, back: true }, skip: undefined },
    <main class="wrap" id="main">
      <div class="day">
        <h1>{words.earlier}</h1>
      </div>
      {view.entries.length === 0 ? (
        <p class="note">{words.earlierNone}</p>
      ) : (
        <Entries entries={view.entries} lang={view.lang} dated />
      )}
      <Menu
        lang={view.lang}
        links={[
          ...(view.earlier === undefined ? [] : [{ href: view.earlier, icon: 'list', text: words.earlier }]),
          { href: view.back, icon: 'back', text: words.later },
        ]}
      />
    </main>,
  );
}

/** Every activity that this account may record, by stage. */
export function allPage(view: {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  readonly party: string;
  readonly behalf?: string;
  readonly stages: readonly { readonly title: string; readonly tiles: readonly Tile[] }[];
}): string {
  const words = fieldT(view.lang);
  const query = forParty(view.behalf);
  const section = (stage: (typeof view.stages)[number]): ComponentChildren => (
    <section>
      <h2 class="stage">{stage.title}</h2>
      <ul class="menu">
        {stage.tiles.map((tile) => (
          <li>
            <a href={`/field/${tile.name}${query}`}>
              {icon(tile.icon)}
              {tile.title[view.lang]}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
  return page(
    { ...frame(view, words.record), brand: { text: words.record, href: `/field${query}`, back: true }, skip: undefined },
    <main class="wrap" id="main">
      <div class="day">
        <h1>{words.all}</h1>
      </div>
      {view.stages.map(section)}
    </main>,
  );
}
