import type { Lang } from '../domain/text.js';
import type { SprayView } from '../queries/itemView.js';
import { shortDay } from './format.js';
import { inLang } from './messages.js';
import { scanWords } from './words/scan.js';

const scanText = inLang(scanWords);

/** The wait between the last spray and the harvest, drawn to scale. */
export function Spray({ spray, lang }: { spray: SprayView; lang: Lang }) {
  const words = scanText(lang);
  const comma = lang === 'zh' ? '，' : '; ';
  const stop = lang === 'zh' ? '。' : '.';
  return (
    <section class="sec" aria-labelledby="g">
      <h2 id="g">
        {spray.kind === 'medicine' ? words.medicineTitle : words.sprayTitle} <span>{spray.product}</span>
      </h2>
      <p>
        <b>{spray.kind === 'medicine' ? words.medicineWaited(spray.waited) : words.sprayWaited(spray.waited)}</b>
        {comma}
        {spray.interval === undefined ? words.sprayUnasked : words.sprayAsked(spray.interval)}
        {stop}
      </p>
      {spray.interval === undefined ? null : <Wait spray={spray} interval={spray.interval} lang={lang} />}
    </section>
  );
}

const [left, right] = [4, 336];

function Wait({ spray, interval, lang }: { spray: SprayView; interval: number; lang: Lang }) {
  const words = scanText(lang);
  const extra = spray.waited - interval;
  const all = Math.max(spray.waited, interval, 1);
  const x = (days: number) => left + ((right - left) * days) / all;
  const over = Math.round(x(interval) * 10) / 10;
  const end = Math.round(x(spray.waited) * 10) / 10;
  const medicine = spray.kind === 'medicine';
  const sprayed = (medicine ? words.medicated : words.sprayed)(shortDay(spray.at, lang));
  const picked = (medicine ? words.taken : words.picked)(shortDay(spray.harvested, lang));
  const rest = extra < 0 ? words.waitShort(-extra) : words.waitExtra(extra);
  // The word under the end of the wait keeps clear of the word at the right edge.
  const mid = Math.min(Math.max(over, 50), 215);
  return (
    <svg class="gap" viewBox="0 0 340 62" role="img" aria-label={`${sprayed}, ${words.waitOver(interval)}, ${picked}`}>
      <path class={extra < 0 ? 'f-red' : 'f-green'} d={`M${left} 22H${Math.min(over, end)}v14H${left}z`} />
      {extra === 0 ? null : (
        <path
          class={extra < 0 ? 's-edge dash' : 's-green'}
          d={`M${Math.min(over, end)} 22.7H${Math.max(over, end)}v12.6H${Math.min(over, end)}z`}
        />
      )}
      <path class="s-ink" d={`M4.7 16v26M${end - 0.7} 16v26`} />
      <text class="k" x={left} y="10">
        {sprayed}
      </text>
      <text x={mid} y="54" class="m">
        {words.waitOver(interval)}
      </text>
      <text class="k e" x={right} y="10">
        {picked}
      </text>
      <text class={extra < 0 ? 'r e' : 'e'} x={right} y="54">
        {rest}
      </text>
    </svg>
  );
}
