import type { Lang } from '../domain/text.js';
import type { ItemView } from '../queries/itemView.js';
import { day } from './format.js';
import { Icon, NoSeal, Seal } from './parts.js';
import { lotOf, scanText, type Part } from './scan-part.js';

export function verdictWords(item: ItemView, lang: Lang): { title: string; line: string } {
  const words = scanText(lang);
  const never = item.product?.food === false ? words.doNotUse : words.doNotEat;
  const expiry = item.expiry === undefined ? '' : day(item.expiry.at);
  switch (item.verdict.cause) {
    case 'none':
      return { title: words.ok, line: item.expiry === undefined ? words.notRecalled : words.inDate };
    case 'recalled':
      return { title: never, line: words.lineRecalled };
    case 'test-failed':
      return { title: never, line: words.lineTestFailed };
    case 'stopped':
      return { title: never, line: words.lineStopped };
    case 'destroyed':
      return { title: never, line: words.lineDestroyed };
    case 'waited-too-short':
      return { title: never, line: words.lineShort };
    case 'expired':
      return { title: words.outOfDate, line: expiry === '' ? words.lineStopped : words.lineExpired(expiry) };
    case 'entries-disagree':
      return { title: words.cannotConfirm, line: words.lineDisagree };
    case 'short':
      return { title: words.cannotConfirm, line: words.lineShortage };
    case 'source-recalled':
      return { title: words.cannotConfirm, line: words.lineSourceRecalled };
    case 'source-test-failed':
      return { title: words.cannotConfirm, line: words.lineSourceFailed };
    case 'source-stopped':
      return { title: words.cannotConfirm, line: words.lineSourceStopped };
    case 'withdrawn':
      return { title: words.cannotConfirm, line: words.lineWithdrawn };
    case 'only-mentioned':
      return { title: words.cannotConfirm, line: words.lineMentioned };
  }
}

/** The seal only beside a good answer that was recomputed; the empty frame where nothing is vouched for; else neither. */
export function Stamp({ item, lang }: Part) {
  const { kind, cause } = item.verdict;
  if (kind === 'stop' || cause.startsWith('source')) return null;
  return kind === 'ok' && item.entry?.checked ? <Seal lang={lang} /> : <NoSeal lang={lang} />;
}

/** What the record shows in its favour; a tick stands only beside what was earned. */
export function Reasons({ item, lang }: Part) {
  const words = scanText(lang);
  const passed = item.tests.filter((test) => test.passed === true);
  const items = passed.reduce((sum, test) => sum + (test.items ?? 0), 0);
  const from = [item.producer?.region?.[lang], item.producer?.name[lang]]
    .filter((part) => part !== undefined)
    .join(lang === 'zh' ? '，' : ', ');
  const tick = (earned: boolean, title: string, line: string) => (
    <li class={earned ? undefined : 'unsaid'}>
      <Icon name={earned ? 'check' : 'none'} />
      <span>
        <b>{title}</b>
        <br />
        <span class="small soft">{line}</span>
      </span>
    </li>
  );
  const wrong =
    item.verdict.cause === 'source-test-failed' ? item.tests.find((test) => test.passed === false && test.of) : undefined;
  return (
    <ul class="ticks">
      {wrong?.of === undefined ? null : (
        <li class="unsaid">
          <Icon name="alert" />
          <span>
            <b>{wrong.of[lang]}</b>
            <br />
            <span class="small soft">
              {[wrong.name[lang], ...(wrong.failed ?? []).map(({ what }) => what)].join(lang === 'zh' ? '，' : ', ')}
              {lang === 'zh' ? '：' : ': '}
              {words.fail}
            </span>
          </span>
        </li>
      )}
      {passed.length > 0 ? tick(true, words.tickTests, words.tickTestsLine(passed.length, items)) : null}
      {item.producer === undefined ? tick(false, words.tickOriginParts, words.noProducer) : null}
      {item.producer !== undefined && item.origin.complete ? tick(true, words.tickOrigin, from) : null}
      {item.producer !== undefined && !item.origin.complete
        ? tick(
            false,
            words.tickOriginParts,
            item.origin.unknown > 0 ? words.tickOriginParted(item.origin.unknown) : words.walkStopped,
          )
        : null}
      {item.entry?.checked ? tick(true, words.tickEntries, words.tickEntriesLine) : null}
    </ul>
  );
}

/** What to do with what is in the hand, in order. */
export function Orders({ item, lang }: Part) {
  const words = scanText(lang);
  const lot = lotOf(item);
  const failed = item.tests.find((test) => test.passed === false);
  return (
    <ol class="todo">
      <li>
        <span>
          <b>{item.product?.food === false ? words.stop1use : words.stop1}</b>
          {failed === undefined ? null : <span class="small soft">{failed.name[lang]}</span>}
        </span>
      </li>
      <li>
        <span>
          <b>{words.stop2}</b>
          {lot === undefined ? null : (
            <span class="small soft">
              {words.stop2lot} <code class="nb">{lot}</code>
            </span>
          )}
        </span>
      </li>
      <li>
        <span>
          <b>{words.stop3}</b>
          <span class="small soft">{words.stop3line}</span>
        </span>
      </li>
    </ol>
  );
}
