import type { Fault, Lang } from '../domain/text.js';
import { page } from './layout.js';
import { t } from './messages.js';
import { Err, Icon, LinkButton, Verdict } from './parts.js';

export interface ErrorView {
  readonly lang: Lang;
  readonly status: number;
  /** Path and query that was asked for. */
  readonly address: string;
  readonly host: string;
  /** From the catalogue of errors; the status's own words when left out. */
  readonly title?: string;
  readonly detail?: string;
  readonly faults?: readonly Fault[];
  /** Request id: also in the log line. */
  readonly id?: string;
}

/** What went wrong, in the same dress as everything: says what to do, never a stack. */
export function errorPage(view: ErrorView): string {
  const words = t(view.lang);
  const titles: Record<number, string> = {
    400: words.error400,
    401: words.error401,
    404: words.error404,
    413: words.error413,
    429: words.error429,
    500: words.error500,
    503: words.error503,
  };
  const says: Record<number, string> = { 400: words.say400, 404: words.say404, 500: words.say500, 503: words.say503 };
  const title = view.title ?? titles[view.status] ?? words.errorOther;
  const say = says[view.status];
  // What is wrong with the whole stands in the verdict's line already.
  const faults = (view.faults ?? []).filter(({ pointer }) => pointer !== '' || view.detail === undefined);
  return page(
    {
      lang: view.lang,
      title,
      address: view.address,
      host: view.host,
      hidden: true,
      skip: { to: 'answer', text: words.skipAnswer },
    },
    <main class="wrap" id="answer">
      <Verdict kind="doubt" title={title} line={view.detail ?? say ?? ''} />
      {view.detail !== undefined && say !== undefined ? <section class="sec">{say}</section> : null}
      {faults.length === 0 ? null : (
        <section class="sec">
          {faults.map((fault) => (
            <Err>
              {fault.pointer === '' ? '' : <code>{fault.pointer} </code>}
              {fault.message[view.lang]}
            </Err>
          ))}
        </section>
      )}
      <section class="sec">
        <form class="find" action="/search" role="search">
          <label class="small soft" for="q">
            {words.searchLabel}
          </label>
          <input class="input" id="q" name="q" autocomplete="off" autocapitalize="characters" spellcheck={false} />
          <button class="btn btn--main">
            <Icon name="search" />
            <span>{words.search}</span>
          </button>
        </form>
      </section>
      <section class="sec btns" aria-label={words.actions}>
        <LinkButton href="/" icon="back">
          {words.home}
        </LinkButton>
      </section>
      {view.id === undefined || view.status < 500 ? null : (
        <p class="sec mini faint">
          {words.requestId}: <code class="code">{view.id}</code>
        </p>
      )}
    </main>,
  );
}
