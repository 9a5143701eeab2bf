import type { Lang } from '../domain/text.js';
import type { SeriesView } from '../queries/itemView.js';
import { clock, day, degrees, shortDay } from './format.js';
import { inLang } from './messages.js';
import { scanWords } from './words/scan.js';

const scanText = inLang(scanWords);
const [width, top, bottom] = [300, 14, 58];
const round = (value: number) => Math.round(value * 10) / 10;

/** A temperature curve: the band is what is allowed, a gap is drawn as a gap, the worst moment carries its value. */
export function Spark({ series, lang }: { series: SeriesView; lang: Lang }) {
  const words = scanText(lang);
  const floor = Math.min(series.min, series.low ?? series.min) - 0.5;
  const roof = Math.max(series.max, series.high ?? series.max) + 0.5;
  const x = (time: number) => round((width * (time - series.from)) / Math.max(1, series.to - series.from));
  const y = (value: number) => round(bottom - ((bottom - top) * (value - floor)) / (roof - floor));
  const runs = split(series.points);
  const over = series.high !== undefined && series.max > series.high;
  const under = series.low !== undefined && series.min < series.low;
  const worst = over ? series.max : under ? series.min : undefined;
  const at = worst === undefined ? undefined : series.points.find(([, value]) => value === worst)?.[0];
  const range =
    series.low !== undefined && series.high !== undefined
      ? `${series.low}–${series.high} ${lang === 'zh' ? '℃' : '°C'}`
      : undefined;
  const outside = series.outside > 0 ? words.outsideMinutes(series.outside) : undefined;
  const label = [words.rangeTo(degrees(series.min, lang), degrees(series.max, lang)), outside]
    .filter((part) => part !== undefined)
    .join(', ');
  const ends = day(series.from) === day(series.to) ? clock : (time: number) => `${shortDay(time, lang)} ${clock(time)}`;
  return (
    <svg class="spark" viewBox="0 0 300 74" role="img" aria-label={label}>
      {series.low === undefined || series.high === undefined ? null : (
        <path class="f-band" d={`M0 ${y(series.high)}h300V${y(series.low)}H0z`} />
      )}
      {gaps(series.points).map(([from, to]) => (
        <>
          <path class="s-edge dash" d={`M${x(from)} ${top}V${bottom}M${x(to)} ${top}V${bottom}`} />
          {x(to) - x(from) > 40 ? (
            <text class="m" x={(x(from) + x(to)) / 2} y={(top + bottom) / 2 + 4}>
              {words.gapWord}
            </text>
          ) : null}
        </>
      ))}
      {runs.map((run) => (
        <path class="s-green" d={run.map(([time, value], i) => `${i === 0 ? 'M' : 'L'}${x(time)} ${y(value)}`).join('')} />
      ))}
      {worst === undefined || at === undefined ? null : (
        <text class={x(at) < 60 ? 'k' : x(at) > 240 ? 'k e' : 'k m'} x={x(at)} y="9">
          {[degrees(worst, lang), outside].filter((part) => part !== undefined).join(lang === 'zh' ? '，' : ', ')}
        </text>
      )}
      <text x="0" y="72">
        {words.rangeTo(ends(series.from), ends(series.to))}
      </text>
      {range === undefined ? null : (
        <text class="e" x="300" y="72">
          {words.band(range)}
        </text>
      )}
    </svg>
  );
}

type Points = SeriesView['points'];

/** Unbroken runs of measurements. */
function split(points: Points): [number, number][][] {
  const runs: [number, number][][] = [[]];
  for (const [time, value] of points) {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push([time, value]);
  }
  return runs.filter((run) => run.length > 0);
}

/** From the last measurement before a gap to the first one after it. */
function gaps(points: Points): [number, number][] {
  return points.flatMap(([time, value], i): [number, number][] => {
    if (value !== null) return [];
    return [[points[i - 1]?.[0] ?? time, points[i + 1]?.[0] ?? time]];
  });
}
