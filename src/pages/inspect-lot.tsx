import type { Activity } from '../domain/activities.js';
import { corrected } from '../domain/corrections.js';
import type { Lang } from '../domain/text.js';
import type { LotFile } from '../queries/desk.js';
import type { Traces } from '../queries/traceFor.js';
import { DeskEvent, type EventContext } from './inspect-event.js';
import { type Desk, fileOf, frame } from './inspect.js';
import { deskT } from './field-words.js';
import { number, quantity } from './format.js';
import { TraceSection } from './inspect-trace.js';
import { page } from './layout.js';
import { Icon, LinkButton, State } from './parts.js';

export interface LotView extends Desk {
  readonly file: LotFile;
  readonly activities: ReadonlyMap<string, Activity>;
  /** Product and number of an item, or the name of a party or place. */
  readonly name: (uri: string) => string;
  readonly product: string;
  readonly number: string;
  /** What it came from and went into; none when that reaches too far to be worked out at once. */
  readonly traces?: Traces;
  /** Address of the trace as a file, without the format. */
  readonly traceFile: string;
  /** Where anyone sees the lot. */
  readonly scan?: string;
}

/** The file of a lot: what there is of it now, where it came from and went, and every entry about it. */
export function lotDesk(view: LotView): string {
  const { lang, file, name } = view;
  const { lot, entries } = file;
  const words = deskT(lang);
  const stated = entries.map((entry) => ({ ...entry, party: entry.behalf ?? entry.by }));
  const declared = new Set([...corrected(stated).keys()].map(({ seq }) => seq));
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
      <TraceSection lang={lang} name={name} file={view.traceFile} {...(view.traces && { traces: view.traces })} />
      <div class="desk-main">
        <section class="panel" id="history" aria-labelledby="h-history">
          <h2 id="h-history">
            {words.history} <span>{words.entries(number(entries.length))}</span>
          </h2>
          {file.more ? <p role="status">{words.cut}</p> : null}
          <ol class="entries">
            {entries.map((entry) => (
              <DeskEvent entry={entry} context={context} declared={declared.has(entry.seq)} />
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
