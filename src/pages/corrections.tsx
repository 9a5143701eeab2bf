import type { Lang } from '../domain/text.js';
import type { CorrectionView } from '../queries/itemView.js';
import { number } from './format.js';
import { inLang } from './messages.js';
import { Day, Hold, Minute } from './parts.js';
import { correctionWords } from './words/corrections.js';

export const correctionT = inLang(correctionWords);

/** Why something was declared in error, in words; nothing for a reason of another vocabulary. */
export const reasonText = (reason: string | undefined, lang: Lang): string | undefined =>
  reason === 'did_not_occur' || reason === 'incorrect_data' ? correctionT(lang)[reason] : undefined;

/** What was corrected of a lot, folded away: what, who, when, why, and both entry numbers. */
export const Corrections = ({
  corrections,
  short,
  lang,
}: {
  corrections: readonly CorrectionView[];
  short?: boolean;
  lang: Lang;
}) => {
  if (corrections.length === 0 && !short) return null;
  const words = correctionT(lang);
  return (
    <section class="sec" aria-label={words.corrected(corrections.length)}>
      {short ? <Hold>{words.short}</Hold> : null}
      <details>
        <summary>{words.corrected(corrections.length)}</summary>
        <ul class="rows rows--plain">
          {corrections.map((one) => (
            <li>
              <div>
                <b>
                  {one.title[lang]} <Day at={one.at} />
                </b>
                <p>
                  {[one.who?.[lang], reasonText(one.reason, lang)].filter((part) => part !== undefined).join(words.comma)}
                  {one.who === undefined && one.reason === undefined ? null : <br />}
                  {words.correctedAt} <Minute at={one.time} />
                  <br />
                  {words.wrongEntry(number(one.entry))}
                  {words.comma}
                  {one.corrective.length > 0
                    ? words.rightEntry(one.corrective.map((entry) => number(entry)).join(words.comma))
                    : words.takenBackBy(number(one.declared))}
                </p>
              </div>
            </li>
          ))}
        </ul>
        <p class="small soft">{words.stays}</p>
      </details>
    </section>
  );
};
