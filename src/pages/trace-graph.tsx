import { render } from 'preact-render-to-string';
import type { Lang } from '../domain/text.js';
import type { Traces } from '../queries/traceFor.js';
import { number, quantity } from './format.js';
import { inLang } from './messages.js';
import { layout, size, type Box, type Line } from './trace-layout.js';
import { traceWords } from './words/trace.js';

const traceT = inLang(traceWords);

export interface GraphView {
  readonly traces: Traces;
  /** Product and number of a lot, name of a party. */
  readonly name: (uri: string) => string;
  readonly lang: Lang;
  /** Address of a lot's file; boxes of one lot link to it. */
  readonly href?: (item: string) => string;
  /** A file of its own: it brings its styles, and a white ground to print on. */
  readonly alone?: boolean;
}

const style =
  'text{font:12.5px system-ui,sans-serif;fill:#1e1a15}rect{fill:#fffefa;stroke:#7d7363}.lot rect{stroke:#1e1a15;stroke-width:2}.hot rect{fill:#f8e6de;stroke:#b3261a;stroke-width:2}path{fill:none;stroke:#7d7363}.k{font-weight:600}';

/** The picture of a trace: sources left, the lot in the middle, what was made of it right. What it says stands in words beside it. */
export function TraceGraph(view: GraphView) {
  const { boxes, lines, width, height } = layout(view.traces);
  const pad = view.alone ? 16 : 0;
  return (
    <svg
      {...(view.alone && { xmlns: 'http://www.w3.org/2000/svg', width: width + 2 * pad, height: height + 2 * pad })}
      viewBox={`${-pad} ${-pad} ${width + 2 * pad} ${height + 2 * pad}`}
      role="img"
      aria-label={traceT(view.lang).title}
    >
      {view.alone ? <style>{style}</style> : null}
      {view.alone ? (
        <rect x={-pad} y={-pad} width={width + 2 * pad} height={height + 2 * pad} style="fill:#fff;stroke:none" />
      ) : null}
      {lines.map((line) => (
        <path class="w" d={curve(line)} {...(line.packed && { 'stroke-dasharray': '5 3' })} />
      ))}
      {boxes.map((box) => (
        <LotBox box={box} view={view} />
      ))}
    </svg>
  );
}

/** As a document of its own. */
export const traceGraph = (view: GraphView): string => render(<TraceGraph {...view} />);

function LotBox({ box, view }: { box: Box; view: GraphView }) {
  const { lots, root } = box;
  const { lang, name, href } = view;
  const [lot] = lots;
  if (lot === undefined) return null;
  const words = traceT(lang);
  const holder = lot.producer ?? lot.parties[0];
  const who = lots.length > 1 && box.key.endsWith(' others') ? '' : holder === undefined ? '' : name(holder);
  const title =
    lots.length === 1
      ? name(lot.item)
      : words.group(lot.product === undefined ? words.lot : name(lot.product), number(lots.length));
  const lastly = root ? words.asked : lot.carrier ? words.carrier : lot.certain ? words.certain : words.possible;
  const amount = lots.length === 1 ? lot.touched.map(({ max, unit }) => quantity(max, unit, lang)).join(' ') : '';
  const drawn = (
    <g class={root ? 'lot' : lot.certain && !lot.carrier ? 'hot' : 'maybe'} transform={`translate(${box.x} ${box.y})`}>
      <rect width={size.width} height={size.height} rx="3" />
      <text class="k" x="9" y="17">
        {short(title, 27)}
      </text>
      <text x="9" y="33">
        {short(who, 30)}
      </text>
      <text x="9" y="49">
        {short([lastly, amount].filter((part) => part !== '').join(' · '), 32)}
      </text>
    </g>
  );
  return href === undefined || lots.length > 1 ? drawn : <a href={href(lot.item)}>{drawn}</a>;
}

/** As much of a text as fits; a Chinese character takes the room of two others. */
function short(text: string, room: number): string {
  let used = 0;
  let kept = '';
  for (const sign of text) {
    used += /[\u2e80-\uffef]/.test(sign) ? 1.8 : 1;
    if (used > room) return `${kept}…`;
    kept += sign;
  }
  return kept;
}

function curve({ from, to }: Line): string {
  const [x1, y1] = [from.x + size.width, from.y + size.height / 2];
  const [x2, y2] = [to.x, to.y + size.height / 2];
  const bend = Math.max(30, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
