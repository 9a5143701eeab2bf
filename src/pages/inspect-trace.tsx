import type { Lang } from '../domain/text.js';
import type { Span, Trace, TracedLot } from '../domain/trace/trace.js';
import type { Traces } from '../queries/traceFor.js';
import { number, quantity } from './format.js';
import { fileOf } from './inspect.js';
import { inLang } from './messages.js';
import { LinkButton } from './parts.js';
import { TraceGraph } from './trace-graph.js';
import { traceWords } from './words/trace.js';

const traceT = inLang(traceWords);
/** Lots of one list on the page; the table has all of them. */
const mostListed = 200;

export interface TraceView {
  /** None when it reaches too far to be worked out at once. */
  readonly traces?: Traces;
  readonly lang: Lang;
  readonly name: (uri: string) => string;
  /** Address of this lot's trace as a file, without the format. */
  readonly file: string;
}

/** The two-way trace of a lot: as a picture, and in words. */
export function TraceSection({ traces, lang, name, file }: TraceView) {
  const words = traceT(lang);
  return (
    <section class="panel" id="trace" aria-labelledby="h-trace">
      <h2 id="h-trace">{words.title}</h2>
      {traces === undefined ? (
        <p role="status">{words.wide}</p>
      ) : (
        <>
          <div class="trace">
            <TraceGraph traces={traces} name={name} lang={lang} href={fileOf} />
          </div>
          <p class="soft">{words.bounds}</p>
          <div class="btns">
            <LinkButton href={`${file}&format=csv`} icon="list">
              {words.csv}
            </LinkButton>
            <LinkButton href={`${file}&format=svg`} icon="list">
              {words.svg}
            </LinkButton>
          </div>
          {[traces.back, traces.forward].map((trace) =>
            trace === undefined ? null : <Reached trace={trace} lang={lang} name={name} />,
          )}
        </>
      )}
    </section>
  );
}

function Reached({ trace, lang, name }: { trace: Trace; lang: Lang; name: (uri: string) => string }) {
  const words = traceT(lang);
  const forward = trace.direction === 'forward';
  // Forwards the lot itself has hands, too; what only carried it stands apart.
  const lots = trace.lots.filter(({ root, carrier }) => !carrier && (forward || !root));
  const carriers = trace.lots.filter(({ carrier }) => carrier);
  const reached = trace.lots.filter(({ root, carrier }) => !carrier && !root).length;
  const shown = lots.slice(0, mostListed);
  const share = forward ? words.shareForward : words.shareBack;
  const heads = [words.lot, words.steps, words.touchedHere, share, words.now];
  return (
    <>
      <h3>
        {forward ? words.forward : words.back} <span>{words.lots(number(reached))}</span>
      </h3>
      {reached === 0 ? <p class="soft">{forward ? words.noneForward : words.noneBack}</p> : null}
      {shown.length < lots.length ? <p role="status">{words.first(number(shown.length), number(lots.length))}</p> : null}
      {lots.length === 0 ? null : (
        <div class="scroll">
          <table class="stack" role="table">
            <thead role="rowgroup">
              <tr role="row">
                {heads.map((head) => (
                  <th scope="col" role="columnheader">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {shown.map((lot) => (
                <tr role="row">
                  <th scope="row" role="rowheader">
                    <a href={fileOf(lot.item)}>{name(lot.item)}</a>
                    <br />
                    <small class="soft">{kinds(lot, words)}</small>
                  </th>
                  <td role="cell" data-l={words.steps}>
                    {lot.depth}
                  </td>
                  <td role="cell" data-l={words.touchedHere}>
                    {lot.touched.map((part) => amount(part, lang)).join(' ')}
                  </td>
                  <td role="cell" data-l={share}>
                    {lot.share === undefined ? '' : amount(lot.share, lang)}
                  </td>
                  <td role="cell" data-l={words.now}>
                    <Now lot={lot} lang={lang} name={name} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {carriers.length === 0 ? null : (
        <details>
          <summary>{words.carriers(number(carriers.length))}</summary>
          <p>
            {carriers.slice(0, mostListed).map(({ item }) => (
              <>
                <a href={fileOf(item)}>{name(item)}</a>{' '}
              </>
            ))}
          </p>
          {carriers.length > mostListed ? <p>{words.first(number(mostListed), number(carriers.length))}</p> : null}
        </details>
      )}
    </>
  );
}

const kinds = (lot: TracedLot, words: ReturnType<typeof traceT>): string =>
  [lot.root ? words.asked : lot.certain ? words.certain : words.possible, ...(lot.rework ? [words.rework] : [])].join(' · ');

function amount({ min, max, unit, of }: Span & { of?: string }, lang: Lang): string {
  const words = traceT(lang);
  const part = min === max ? quantity(max, unit, lang) : words.between(number(min), quantity(max, unit, lang));
  return of === undefined ? part : words.of(part, quantity(of, unit, lang));
}

function Now({ lot, lang, name }: { lot: TracedLot; lang: Lang; name: (uri: string) => string }) {
  const words = traceT(lang);
  const most = 12;
  const held = lot.now.map((hand) =>
    [
      name(hand.party),
      ...(hand.transit?.to === undefined ? [] : [words.transit(name(hand.transit.to))]),
      ...(hand.suspect === undefined
        ? hand.quantity === undefined || hand.unit === undefined
          ? []
          : [quantity(hand.quantity, hand.unit, lang)]
        : [amount(hand.suspect, lang)]),
    ].join(' '),
  );
  const gone = lot.gone.map(
    (part) => `${part.how === 'sold' ? words.sold : part.how === 'lost' ? words.lost : words.used} ${amount(part, lang)}`,
  );
  const all = [...held, ...gone];
  if (all.length === 0) return <span class="soft">{words.nowhere}</span>;
  return (
    <>
      {all.slice(0, most).map((line, i) => (
        <>
          {i === 0 ? null : <br />}
          {line}
        </>
      ))}
      {all.length > most ? <> … {number(all.length)}</> : null}
    </>
  );
}
