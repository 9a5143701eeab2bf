import type { Lang } from '../domain/text.js';
import type { ItemView, StopView } from '../queries/itemView.js';
import { day, degrees } from './format.js';
import { isIcon } from './icons.js';
import { inLang } from './messages.js';
import { Day, Icon, Minute } from './parts.js';
import { Spark } from './spark.js';
import { scanWords } from './words/scan.js';

const scanText = inLang(scanWords);

/** Stops from field to shelf, oldest first; what came before and is not known is said, not left out. */
export function Journey({ item, lang }: { item: ItemView; lang: Lang }) {
  const words = scanText(lang);
  const { origin, journey } = item;
  return (
    <section class="sec" aria-labelledby="j">
      <h2 id="j">
        {words.journeyTitle} {journey.length === 0 ? null : <span>{words.stops(journey.length)}</span>}
      </h2>
      {origin.unknown > 0 ? <p class="gone">{words.beginsHere(origin.unknown)}</p> : null}
      {origin.stopped ? <p class="gone">{words.walkStopped}</p> : null}
      {journey.length === 0 ? <p>{words.noEvents}</p> : null}
      <ol class="journey">
        {journey.map((stop, i) => (
          <Stop stop={stop} before={journey[i - 1]} lang={lang} />
        ))}
      </ol>
    </section>
  );
}

const placeOf = (stop: StopView | undefined, lang: Lang) =>
  [stop?.who?.[lang], stop?.where?.[lang]].filter((part) => part !== undefined).join(lang === 'zh' ? '，' : ', ');

function Stop({ stop, before, lang }: { stop: StopView; before: StopView | undefined; lang: Lang }) {
  const words = scanText(lang);
  const series = stop.temperature;
  const comma = lang === 'zh' ? '，' : ', ';
  const here = placeOf(stop, lang);
  const place = here !== '' && stop.where !== undefined && here === placeOf(before, lang) ? words.samePlace : here;
  const later = stop.until !== undefined && day(stop.until) !== day(stop.at);
  return (
    <li>
      <Icon name={isIcon(stop.icon) ? stop.icon : 'box'} />
      <h3>
        {stop.title[lang]}
        {stop.count > 1 ? ` ${lang === 'zh' ? '' : '· '}${words.times(stop.count)}` : ''}
        {stop.of === undefined ? null : <span class="of">{stop.of[lang]}</span>}
      </h3>
      {later ? <Day at={stop.at} /> : <Minute at={stop.at} />}
      {later && stop.until !== undefined ? (
        <>
          {' '}
          <span class="small soft">{words.until}</span> <Day at={stop.until} />
        </>
      ) : null}
      {place === '' ? null : <p>{place}</p>}
      {series === undefined ? null : (
        <>
          <p>
            {[
              words.rangeTo(degrees(series.min, lang), degrees(series.max, lang)),
              series.every > 0 ? words.everyMinutes(series.every) : undefined,
              series.gap > 0 ? words.gapMinutes(series.gap) : words.noGap,
            ]
              .filter((part) => part !== undefined)
              .join(comma)}
          </p>
          <Spark series={series} lang={lang} />
        </>
      )}
    </li>
  );
}
