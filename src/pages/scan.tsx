import type { Lang } from '../domain/text.js';
import type { ItemView } from '../queries/itemView.js';
import type { Mentions } from '../queries/mentions.js';
import { day, minute, number, quantity } from './format.js';
import { Corrections } from './corrections.js';
import { Drawing, drawingFor } from './draw.js';
import { Journey } from './journey.js';
import { page } from './layout.js';
import { Mentioned } from './mentions.js';
import { inLang, t } from './messages.js';
import { Day, Icon, NoSeal, Seal, State, Verdict } from './parts.js';
import { Spray } from './spray.js';
import { scanWords } from './words/scan.js';

export const scanText = inLang(scanWords);

export interface ScanFrame {
  readonly lang: Lang;
  /** Path and query as asked. */
  readonly address: string;
  readonly host: string;
  /** Where a machine gets the same: `/api/items/...`. */
  readonly api: string;
  /** Where the proof of the history is, and the key that it is signed with: the page checks it by itself. */
  readonly proof?: { readonly href: string; readonly vkey: string };
  /** The history was asked for as of this time (Unix milliseconds). */
  readonly at?: number;
  /** Where no stop is told (it only went into something else): the events that name it, and where more of them are. */
  readonly told?: Mentions & { readonly more?: string };
  /** Whether somebody is signed in who may print labels of it. */
  readonly labels?: string;
}

/** The page that a scanned code opens: the answer first, the proof below. */
export function scanPage(frame: ScanFrame, item: ItemView): string {
  const { lang } = frame;
  const words = scanText(lang);
  const said = verdictWords(item, lang);
  const name = item.product?.name[lang] ?? words.noProduct;
  return page(
    {
      lang,
      title: `${said.title} · ${name}`,
      address: frame.address,
      host: frame.host,
      skip: { to: 'answer', text: t(lang).skipAnswer },
      ...(frame.proof && { scripts: ['verify.js'] }),
      foot: (
        <>
          {item.demo ? <>{words.footDemo} </> : null}
          {words.footNoApp}{' '}
          {item.asked.keys.map(({ ai, value }) => (
            <>
              <code class="nb">
                ({ai}){value}
              </code>{' '}
            </>
          ))}
        </>
      ),
    },
    <main class="wrap" id="answer">
      <Verdict kind={item.verdict.kind} title={said.title} line={said.line}>
        {item.verdict.kind === 'stop' ? <Orders item={item} lang={lang} /> : <Reasons item={item} lang={lang} />}
        <Stamp item={item} lang={lang} />
      </Verdict>
      {frame.at === undefined ? null : <p class="sec soft">{words.stateAt(minute(frame.at))}</p>}
      <Product item={item} lang={lang} name={name} />
      <Producer item={item} lang={lang} />
      <Promise item={item} lang={lang} />
      <Tests item={item} lang={lang} />
      {item.spray === undefined ? null : <Spray spray={item.spray} lang={lang} />}
      <Journey item={item} lang={lang} />
      <Corrections corrections={item.corrections} short={item.short} lang={lang} />
      {frame.told === undefined ? null : <Mentioned told={frame.told} lang={lang} more={frame.told.more} />}
      <Proof item={item} frame={frame} />
      {frame.labels === undefined ? null : (
        <section class="sec btns no-print" aria-label={t(lang).actions}>
          <a class="btn" href={frame.labels}>
            <Icon name="print" />
            {t(lang).printLabels}
          </a>
        </section>
      )}
    </main>,
  );
}

function verdictWords(item: ItemView, lang: Lang): { title: string; line: string } {
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

interface Part {
  readonly item: ItemView;
  readonly lang: Lang;
}
const lotOf = (item: ItemView) => item.asked.keys.find(({ ai }) => ai === '10')?.value;

/** The seal only beside a good answer that was recomputed; the empty frame where nothing is vouched for; else neither. */
function Stamp({ item, lang }: Part) {
  const { kind, cause } = item.verdict;
  if (kind === 'stop' || cause.startsWith('source')) return null;
  return kind === 'ok' && item.entry?.checked ? <Seal lang={lang} /> : <NoSeal lang={lang} />;
}

/** What the record shows in its favour; a tick stands only beside what was earned. */
function Reasons({ item, lang }: Part) {
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
function Orders({ item, lang }: Part) {
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

function Product({ item, lang, name }: Part & { name: string }) {
  const words = scanText(lang);
  const { storage } = item;
  const range =
    storage?.min !== undefined && storage.max !== undefined
      ? `${storage.min}–${storage.max} ${lang === 'zh' ? '℃' : '°C'}`
      : undefined;
  const fact = (label: string, value: string | undefined) =>
    value === undefined ? null : (
      <div>
        <dt>{label}</dt>
        <dd>
          <code>{value}</code>
        </dd>
      </div>
    );
  const key = (ai: string) => item.asked.keys.find((k) => k.ai === ai)?.value;
  return (
    <section class="sec" aria-labelledby="p">
      <div class="prod">
        <div>
          <h2 id="p">{name}</h2>
          {item.product?.note === undefined ? null : <p>{item.product.note[lang]}</p>}
        </div>
        <Drawing name={drawingFor(item.product?.name.zh, item.product?.sector)} />
      </div>
      <dl class="facts">
        {item.begin === undefined ? null : (
          <div>
            <dt>{words[item.begin.what]}</dt>
            <dd>
              <Day at={item.begin.at} />
            </dd>
          </div>
        )}
        {item.expiry === undefined ? null : (
          <div>
            <dt>
              {words.bestBefore} {range === undefined ? null : <span class="nb">{range}</span>}
            </dt>
            <dd>
              <Day at={item.expiry.at} />
            </dd>
          </div>
        )}
        {fact(words.lot, key('10'))}
        {fact(words.serial, key('21'))}
        {fact(words.sscc, key('00'))}
      </dl>
    </section>
  );
}

function Producer({ item, lang }: Part) {
  const words = scanText(lang);
  const what = item.begin?.what ?? 'seen';
  const grown = what === 'harvested' || what === 'planted';
  const raised = ['collected', 'stocked', 'caught'].includes(what);
  const title = grown ? words.whoGrew : raised ? words.whoRaised : words.whoMade;
  const { producer } = item;
  return (
    <section class="sec" aria-labelledby="w">
      <h2 id="w">{title}</h2>
      {producer === undefined ? (
        <p>{words.noProducer}</p>
      ) : (
        <div class="who">
          <Icon name={grown || raised ? 'sprout' : 'plant'} />
          <p>
            <b>{producer.name[lang]}</b>
            {producer.code === undefined ? null : (
              <>
                <br />
                <code class="small">{producer.code}</code>
              </>
            )}
          </p>
          {producer.region === undefined ? null : (
            <>
              <Icon name="pin" />
              <p>{producer.region[lang]}</p>
            </>
          )}
          {producer.phone === undefined ? null : (
            <>
              <Icon name="tel" />
              <p>
                <a href={`tel:${producer.phone.replace(/[^+\d]/g, '')}`}>{producer.phone}</a>
              </p>
            </>
          )}
        </div>
      )}
    </section>
  );
}

function Promise({ item, lang }: Part) {
  const words = scanText(lang);
  const { promise } = item;
  if (promise === undefined) return null;
  return (
    <section class="sec">
      <article class="cert">
        <h2>{words.promise}</h2>
        <dl>
          <dt>{words.promiseName}</dt>
          <dd>{promise.product[lang]}</dd>
          {promise.quantity === undefined ? null : (
            <>
              <dt>{words.promiseQuantity}</dt>
              <dd>{quantity(promise.quantity.value, promise.quantity.unit, lang)}</dd>
            </>
          )}
          {promise.region === undefined ? null : (
            <>
              <dt>{words.promiseRegion}</dt>
              <dd>{promise.region[lang]}</dd>
            </>
          )}
          <dt>{words.promiseIssued}</dt>
          <dd>
            <Day at={promise.issued} />
          </dd>
          <dt>{words.promiseParty}</dt>
          <dd>
            {promise.party[lang]}
            {promise.code === undefined ? null : (
              <>
                <br />
                <code>{promise.code}</code>
              </>
            )}
          </dd>
          {promise.phone === undefined ? null : (
            <>
              <dt>{words.promisePhone}</dt>
              <dd>{promise.phone}</dd>
            </>
          )}
          {promise.basis.length === 0 ? null : (
            <>
              <dt>{words.promiseBasis}</dt>
              <dd>{promise.basis.map((basis) => basis[lang]).join(lang === 'zh' ? '、' : ', ')}</dd>
            </>
          )}
          {promise.number === undefined ? null : (
            <>
              <dt>{words.promiseNumber}</dt>
              <dd>
                <code>{promise.number}</code>
              </dd>
            </>
          )}
        </dl>
        <blockquote>{words.promiseText}</blockquote>
      </article>
    </section>
  );
}

function Tests({ item, lang }: Part) {
  const words = scanText(lang);
  if (item.tests.length + item.certificates.length === 0) return null;
  const comma = lang === 'zh' ? '，' : ', ';
  return (
    <section class="sec" aria-labelledby="t">
      <h2 id="t">{words.testsTitle}</h2>
      <ul class="rows">
        {item.tests.map((test) => (
          <li>
            <span class={test.passed === false ? 'bad' : test.passed ? 'good' : 'soft'}>
              <Icon name="flask" />
            </span>
            <div>
              <State kind={test.passed === undefined ? undefined : test.passed ? 'ok' : 'stop'}>
                {test.passed === undefined ? words.unsaid : test.passed ? words.pass : words.fail}
              </State>
              <b>
                {test.name[lang]}
                {test.items === undefined
                  ? ''
                  : lang === 'zh'
                    ? ` ${words.testItems(test.items)}`
                    : ` (${words.testItems(test.items)})`}
              </b>
              {test.failed?.map((one) => (
                <p class="bad">
                  {one.what}
                  {one.found === undefined ? '' : `: ${quantity(one.found, one.unit, lang)}`}
                  {one.limit === undefined ? '' : `${comma}${words.limit(quantity(one.limit, one.unit, lang))}`}
                </p>
              ))}
              <p>
                {test.of === undefined ? null : (
                  <>
                    {words.ofSource(test.of[lang])}
                    <br />
                  </>
                )}
                {test.laboratory === undefined ? '' : test.laboratory[lang] + comma}
                <Day at={test.at} />
                {test.report === undefined ? null : (
                  <>
                    <br />
                    {words.report} <code>{test.report}</code>
                  </>
                )}
              </p>
            </div>
          </li>
        ))}
        {item.certificates.map((certificate) => (
          <li>
            <span class={certificate.valid ? 'good' : 'soft'}>
              <Icon name="medal" />
            </span>
            <div>
              {certificate.valid ? <State kind="ok">{words.valid}</State> : <State>{words.ended}</State>}
              <b>{certificate.name[lang]}</b>
              <p>
                {certificate.issuer === undefined ? null : (
                  <>
                    {certificate.issuer[lang]}
                    <br />
                  </>
                )}
                {certificate.until === undefined ? null : (
                  <>
                    {words.validUntil} <Day at={certificate.until} />
                    <br />
                  </>
                )}
                {certificate.number === undefined ? null : <code>{certificate.number}</code>}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

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

function Proof({ item, frame }: { item: ItemView; frame: ScanFrame }) {
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
