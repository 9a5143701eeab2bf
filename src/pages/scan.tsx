import type { Lang } from '../domain/text.js';
import type { ItemView } from '../queries/itemView.js';
import type { Mentions } from '../queries/mentions.js';
import { minute } from './format.js';
import { Corrections } from './corrections.js';
import { Journey } from './journey.js';
import { page } from './layout.js';
import { Mentioned } from './mentions.js';
import { t } from './messages.js';
import { Icon, Verdict } from './parts.js';
import { Spray } from './spray.js';
import { scanText } from './scan-part.js';
import { Producer, Product, Promise } from './scan-product.js';
import { Proof } from './scan-proof.js';
import { Tests } from './scan-tests.js';
import { Orders, Reasons, Stamp, verdictWords } from './scan-verdict.js';

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
