import type { Lang } from '../domain/text.js';
import type { Mentions } from '../queries/mentions.js';
import { number } from './format.js';
import { isIcon } from './icons.js';
import { inLang } from './messages.js';
import { Icon, LinkButton, Minute } from './parts.js';
import { mentionWords } from './words/mentions.js';

const mentionText = inLang(mentionWords);

/** The events that name what was asked for, and what of them was withdrawn. `more` is the address of the next ones. */
export function Mentioned({ told, lang, more }: { told: Mentions; lang: Lang; more?: string }) {
  const words = mentionText(lang);
  return (
    <section class="sec" aria-labelledby="m">
      <h2 id="m">
        {words.title} <span>{words.count(told.lines.length, told.next !== undefined)}</span>
      </h2>
      <ul class="rows">
        {told.lines.map((line) => (
          <li>
            <Icon name={line.error ? 'pen' : isIcon(line.icon) ? line.icon : 'box'} />
            <div>
              <b>{line.title[lang]}</b>
              <p>
                <Minute at={line.at} /> <span class="nb">{words.entry(number(line.entry))}</span>
              </p>
              {line.error === undefined ? null : <p>{words[line.error]}</p>}
            </div>
          </li>
        ))}
      </ul>
      {more === undefined ? null : <LinkButton href={more}>{words.more}</LinkButton>}
    </section>
  );
}
