import type { Lang, Text } from '../domain/text.js';
import { correctionT } from './corrections.js';
import { fieldT } from './field-words.js';
import { clock, machineTime, number, shortDay } from './format.js';
import { isIcon } from './icons.js';
import type { Frame } from './layout.js';
import { Icon, State } from './parts.js';

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
  /** Declared in error later: it does not count. */
  readonly corrected?: boolean;
  /** Where it can be seen whole. */
  readonly href?: string;
}

export const icon = (name: string) => <Icon name={isIcon(name) ? name : 'pen'} />;
export const forParty = (id: string | undefined) => (id === undefined ? '' : `?for=${encodeURIComponent(id)}`);

/** Three squares: on the phone, sent, in the ledger. */
export const InLedger = ({ seq, lang }: { seq: number; lang: Lang }) => (
  <p class="way way--in">
    <svg viewBox="0 0 52 16" aria-hidden="true">
      {[1, 19, 37].map((x) => (
        <rect class="on" x={x} y="2" width="12" height="12" />
      ))}
    </svg>
    {fieldT(lang).inLedger(number(seq))}
  </p>
);

export const Entries = ({
  entries,
  lang,
  fresh,
  dated,
}: {
  entries: readonly Entry[];
  lang: Lang;
  fresh?: number;
  dated?: boolean;
}) => (
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
          {entry.corrected ? (
            <p>
              <State>{correctionT(lang).isCorrected}</State>
            </p>
          ) : null}
          {entry.held ? <p>{fieldT(lang).held}</p> : null}
          <InLedger seq={entry.seq} lang={lang} />
        </div>
      </li>
    ))}
  </ol>
);

export const Menu = ({ lang, links }: { lang: Lang; links: readonly { href: string; icon: string; text: string }[] }) => (
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

export const frame = (view: { lang: Lang; address: string; host: string; party: string }, title: string): Frame => ({
  lang: view.lang,
  title: `${title} · ${view.party}`,
  address: view.address,
  host: view.host,
  theme: 'field',
  hidden: true,
  brand: { text: view.party, href: '/field' },
  skip: { to: 'do', text: fieldT(view.lang).toEntry },
  foot: <div class="wrap">{fieldT(view.lang).squares}</div>,
});
