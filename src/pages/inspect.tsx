import type { Lang, Text } from '../domain/text.js';
import type { Search } from '../queries/desk-search.js';
import { deskT } from './field-words.js';
import { number } from './format.js';
import { type Frame, page } from './layout.js';
import { Icon, Minute } from './parts.js';

/** What every page of an inspector shows of who is looking. */
export interface Desk {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  /** Sign-in name, and the division that is overseen. */
  readonly who: string;
  readonly division: string;
}

/** The frame of an inspector's pages. */
export const frame = ({ lang, address, host, who }: Desk, title: string): Frame => ({
  lang,
  title,
  address,
  host,
  theme: 'desk',
  hidden: true,
  nav: [
    { text: deskT(lang).trace, href: '/inspect', here: true },
    { text: deskT(lang).account, href: '/account' },
  ],
  who,
});

/** Where the file of a lot is. */
export const fileOf = (item: string) => `/inspect/lot?id=${encodeURIComponent(item)}`;

const SearchForm = ({ lang, asked }: { lang: Lang; asked: string }) => (
  <form class="find" action="/inspect" role="search">
    <label class="small soft" for="q">
      {deskT(lang).findLabel}
    </label>
    <input class="input" id="q" name="q" value={asked} autocomplete="off" spellcheck={false} maxlength={300} />
    <button class="btn btn--main">
      <Icon name="search" />
      <span>{deskT(lang).find}</span>
    </button>
  </form>
);

const Lots = ({ lots, lang, title }: { lots: Search['lots']; lang: Lang; title: string }) => {
  const words = deskT(lang);
  const heads = [words.lot, words.product, words.producer, words.newest];
  return (
    <section class="panel">
      <h2>
        {title} <span>{number(lots.length)}</span>
      </h2>
      <div class="scroll">
        <table class="stack" role="table">
          <thead role="rowgroup">
            <tr role="row">
              {heads.map((head) => (
                <th role="columnheader" scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {lots.map((lot) => (
              <tr role="row">
                <th role="rowheader" scope="row">
                  <a href={fileOf(lot.item)}>
                    <code>{lot.number[lang]}</code>
                  </a>
                </th>
                <td role="cell" data-l={heads[1]}>
                  {lot.product[lang]}
                </td>
                <td role="cell" data-l={heads[2]}>
                  {lot.producer?.[lang] ?? words.unknown}
                </td>
                <td role="cell" data-l={heads[3]}>
                  <Minute at={lot.time} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};

const Named = ({ items, lang, title, ask }: { items: Search['products']; lang: Lang; title: string; ask: string }) =>
  items.length === 0 ? null : (
    <section class="panel">
      <h2>{title}</h2>
      <ul>
        {items.map((item) => (
          <li>
            <a href={`/inspect?${ask}=${encodeURIComponent(item.item)}`}>{item.name[lang]}</a>{' '}
            <code class="code mini faint">{item.item}</code>
          </li>
        ))}
      </ul>
    </section>
  );

export interface SearchView extends Desk {
  readonly asked: string;
  readonly found?: Search;
  /** Lots of one product or party that was chosen. */
  readonly about?: { readonly name: Text; readonly lots: Search['lots'] };
}

/** Where an inspector begins: a box to search with, and what was found in the jurisdiction. */
export function searchDesk(view: SearchView): string {
  const { lang, found, about } = view;
  const words = deskT(lang);
  const nothing = found !== undefined && found.lots.length + found.products.length + found.parties.length === 0;
  return page(
    frame(view, words.findTitle),
    <main id="main">
      <div class="desk-head">
        <h1>{words.findTitle}</h1>
      </div>
      <section class="panel">
        <SearchForm lang={lang} asked={view.asked} />
        <p class="mini soft">{words.jurisdiction(view.division)}</p>
        {nothing ? <p role="status">{words.nothing}</p> : null}
        {found?.more ? <p role="status">{words.moreThere}</p> : null}
      </section>
      {found !== undefined && found.lots.length > 0 ? <Lots lots={found.lots} lang={lang} title={words.lots} /> : null}
      {about === undefined ? null : <Lots lots={about.lots} lang={lang} title={words.lotsOf(about.name[lang])} />}
      {found === undefined ? null : <Named items={found.products} lang={lang} title={words.products} ask="product" />}
      {found === undefined ? null : <Named items={found.parties} lang={lang} title={words.parties} ask="party" />}
    </main>,
  );
}
