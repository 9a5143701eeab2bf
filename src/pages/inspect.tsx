import type { Activity } from '../domain/activities.js';
import type { Lang, Text } from '../domain/text.js';
import type { LotFile, Search } from '../queries/desk.js';
import { DeskEvent, type EventContext } from './inspect-event.js';
import { deskT } from './field-words.js';
import { number, quantity } from './format.js';
import { type Frame, page } from './layout.js';
import { Icon, LinkButton, Minute, State } from './parts.js';

interface Desk {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  /** Sign-in name, and the division that is overseen. */
  readonly who: string;
  readonly division: string;
}

const frame = ({ lang, address, host, who }: Desk, title: string): Frame => ({
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

const fileOf = (item: string) => `/inspect/lot?id=${encodeURIComponent(item)}`;

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

export interface LotView extends Desk {
  readonly file: LotFile;
  readonly activities: ReadonlyMap<string, Activity>;
  /** Product and number of an item, or the name of a party or place. */
  readonly name: (uri: string) => string;
  readonly product: string;
  readonly number: string;
  /** Where anyone sees the lot. */
  readonly scan?: string;
}

/** The file of a lot: what there is of it now, where it came from and went, and every entry about it. */
export function lotDesk(view: LotView): string {
  const { lang, file, name } = view;
  const { lot, entries } = file;
  const words = deskT(lang);
  const declared = new Set(entries.flatMap(({ event, by }) => (event.errorDeclaration ? [`${by} ${event.eventID}`] : [])));
  const context: EventContext = { lang, activities: view.activities, name, href: fileOf };
  return page(
    { ...frame(view, `${view.product} ${view.number}`), skip: { to: 'history', text: words.history } },
    <main id="main">
      <div class="desk-head">
        <h1>
          {view.product} <code>{view.number}</code>
        </h1>
        <State>{lot.ended !== undefined ? words.ended : lot.growing ? words.growing : words.alive}</State>
        {lot.producer === undefined ? null : <span class="soft">{name(lot.producer)}</span>}
        <div class="btns">
          {view.scan === undefined ? null : (
            <LinkButton href={view.scan} icon="scan">
              {words.scanPage}
            </LinkButton>
          )}
        </div>
      </div>
      <div class="desk-main">
        <section class="panel" id="history" aria-labelledby="h-history">
          <h2 id="h-history">
            {words.history} <span>{words.entries(number(entries.length))}</span>
          </h2>
          {file.more ? <p role="status">{words.cut}</p> : null}
          <ol class="entries">
            {entries.map((entry) => (
              <DeskEvent
                entry={entry}
                context={context}
                declared={!entry.event.errorDeclaration && declared.has(`${entry.by} ${entry.event.eventID}`)}
              />
            ))}
          </ol>
        </section>
        <aside aria-label={words.state}>
          <Hands file={file} lang={lang} name={name} />
          <Balance file={file} lang={lang} />
          <Relatives title={words.parents} none={words.noParents} items={file.parents} name={name} />
          <Relatives title={words.children} none={words.noChildren} items={file.children} name={name} />
          {lot.contents.length === 0 ? null : (
            <Relatives title={words.contents} none="" items={lot.contents.map(({ item }) => item)} name={name} />
          )}
        </aside>
      </div>
    </main>,
  );
}

/** In whose hands the lot is, part by part. */
const Hands = ({ file: { lot }, lang, name }: { file: LotFile; lang: Lang; name: LotView['name'] }) => {
  const words = deskT(lang);
  return (
    <section class="panel">
      <h2>{words.holdings}</h2>
      {lot.holdings.length === 0 ? <p class="soft">{words.nobody}</p> : null}
      <ul class="finds">
        {lot.holdings.map((part) => (
          <li>
            <Icon name={part.transit === undefined ? 'store' : 'truck'} />
            <div>
              <b>{name(part.party)}</b>
              <p class="soft">
                {[
                  ...(part.quantity === undefined ? [] : [quantity(part.quantity, part.unit, lang)]),
                  ...(part.place === undefined ? [] : [name(part.place)]),
                  ...(part.transit === undefined
                    ? []
                    : [words.onTheWay(part.transit.to === undefined ? words.unknown : name(part.transit.to))]),
                ].join(lang === 'zh' ? '，' : ', ')}
              </p>
              {part.in === undefined ? null : (
                <p>
                  {words.packedIn} <a href={fileOf(part.in)}>{name(part.in)}</a>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** What was made, received, shipped, sold, used and lost, in each unit. */
const Balance = ({ file: { lot }, lang }: { file: LotFile; lang: Lang }) => {
  const words = deskT(lang);
  const kinds = ['made', 'received', 'shipped', 'sold', 'used', 'lost'] as const;
  return (
    <section class="panel">
      <h2>{words.balance}</h2>
      {Object.keys(lot.totals).length === 0 ? <p class="soft">{words.uncounted}</p> : null}
      {Object.entries(lot.totals).map(([unit, totals]) => (
        <dl class="sum">
          {kinds.map((kind) => (
            <>
              <dt>{words[kind]}</dt>
              <dd>{quantity(totals[kind], unit, lang)}</dd>
            </>
          ))}
        </dl>
      ))}
    </section>
  );
};

const Relatives = ({
  title,
  none,
  items,
  name,
}: {
  title: string;
  none: string;
  items: readonly string[];
  name: LotView['name'];
}) => (
  <section class="panel">
    <h2>{title}</h2>
    {items.length === 0 ? <p class="soft">{none}</p> : null}
    <ul>
      {items.map((item) => (
        <li>
          <a href={fileOf(item)}>{name(item)}</a>
        </li>
      ))}
    </ul>
  </section>
);
