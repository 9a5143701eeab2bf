import type { ComponentChildren } from 'preact';
import type { Lang } from '../domain/text.js';
import type { JournalView } from './field.js';
import { Entries, forParty, frame, icon, Menu, type Tile } from './field-parts.js';
import { fieldT } from './field-words.js';
import { page } from './layout.js';

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
