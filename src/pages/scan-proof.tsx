import type { ItemView } from '../queries/itemView.js';
import { number } from './format.js';
import { scanText } from './scan-part.js';
import type { ScanFrame } from './scan.js';

/** What client/verify.entry.ts needs to check the proof on the phone itself. */
function checkedHere({ entry, item, verdict }: ItemView, { proof }: ScanFrame): Record<string, string | number> {
  if (!entry || !proof || verdict.cause === 'entries-disagree') return {};
  return {
    'data-proof': proof.href,
    'data-vkey': proof.vkey,
    'data-item': item,
    'data-count': entry.count,
    'data-last': entry.last,
    'data-digest': entry.digest,
  };
}

export function Proof({ item, frame }: { item: ItemView; frame: ScanFrame }) {
  const { lang } = frame;
  const words = scanText(lang);
  const { entry } = item;
  if (entry === undefined) return null;
  const disagree = item.verdict.cause === 'entries-disagree';
  return (
    <section class="proof" aria-labelledby="e">
      <h2 id="e">{words.ledgerTitle}</h2>
      <p>
        <b class="entry">{words.entryNumber(number(entry.last))}</b>
        {words.entryIs(entry.count)}
      </p>
      <p class="small soft" aria-live="polite" {...checkedHere(item, frame)}>
        {entry.checked ? words.entryChecked : disagree ? words.entryDisagree : words.entryUnchecked}
      </p>
      <details>
        <summary>{words.howToCheck}</summary>
        <ol>
          <li>
            {words.check1} <code>{frame.host}</code>
            {lang === 'zh' ? '。' : '.'}
          </li>
          <li>
            {words.check2} <a href={`${frame.api}${frame.api.includes('?') ? '&' : '?'}view=history`}>{words.check2link}</a>
            {lang === 'zh' ? '。' : '.'}
          </li>
          <li>{words.check3}</li>
        </ol>
        <p class="mini faint">
          {words.digest}{' '}
          <code class="code">
            {entry.digest.slice(0, 8)} {entry.digest.slice(8, 16)} … {entry.digest.slice(-8)}
          </code>
        </p>
      </details>
    </section>
  );
}
