import type { Lang, Text } from '../domain/text.js';
import type { Asked, ProductView } from '../queries/itemView.js';
import type { Mentions } from '../queries/mentions.js';
import { Drawing, drawingFor } from './draw.js';
import { day } from './format.js';
import { page } from './layout.js';
import { Mentioned } from './mentions.js';
import { inLang, t } from './messages.js';
import { Icon, LinkButton, NoSeal, Verdict } from './parts.js';
import { mentionWords } from './words/mentions.js';
import { scanWords } from './words/scan.js';

const scanText = inLang(scanWords);
const mentionText = inLang(mentionWords);

export interface UnknownView {
  readonly asked: Asked;
  /** The product is registered here, though the lot is not. */
  readonly product?: ProductView;
  /** What the code names is registered, but is no lot: a place or a party. */
  readonly subject?: { readonly kind: 'place' | 'party'; readonly name: Text; readonly region?: Text };
  /** A lot of the same product that differs by what is easily misread, and its path. */
  readonly meant?: { readonly value: string; readonly address: string };
  /** Newest lots of the product, when only the product was asked for. */
  readonly lots: readonly { readonly value: string; readonly address: string; readonly at: number }[];
  /** Events name it all the same: what kind of thing it is, the events, and where more of them are. */
  readonly told?: Mentions & { readonly kind: 'product' | 'place' | 'party' | 'relation' | 'item'; readonly more?: string };
}

/** A code that the ledger has no history of: what we know, what to try, and nothing that sounds like an accusation. */
export function unknownPage(frame: { lang: Lang; address: string; host: string }, view: UnknownView): string {
  const { lang } = frame;
  const words = scanText(lang);
  const { product, meant } = view;
  const wholeProduct = product !== undefined && !view.asked.keys.some(({ ai }) => ai === '10' || ai === '21' || ai === '235');
  const { subject } = view;
  const line = lineOf(view, wholeProduct, lang);
  const named = wholeProduct ? product?.name : subject?.name;
  const found = named !== undefined || view.told !== undefined;
  const title = named?.[lang] ?? titleOf(view, lang);
  return page(
    {
      lang,
      title,
      address: frame.address,
      host: frame.host,
      hidden: true,
      skip: { to: 'answer', text: t(lang).skipAnswer },
      foot: found ? undefined : words.notMeansNot,
    },
    <main class="wrap" id="answer">
      <Verdict kind="doubt" title={title} line={line}>
        <div>
          <p class="small soft">{words.askedFor}</p>
          <p>
            <code class="asked">
              {view.asked.keys.length === 0
                ? view.asked.address
                : view.asked.keys.map(({ ai, value }, i) => (
                    <>
                      {i === 0 ? null : <br />}({ai})
                      {meant !== undefined && (ai === '10' || ai === '21') ? <Slip given={value} meant={meant.value} /> : value}
                    </>
                  ))}
            </code>
          </p>
          {meant === undefined ? null : (
            <p class="small">
              {words.didYouMean}{' '}
              <a href={meant.address}>
                <code>{meant.value}</code>
              </a>
              {lang === 'zh' ? '？' : '?'}
            </p>
          )}
        </div>
        <NoSeal lang={lang} />
      </Verdict>
      {subject?.region === undefined ? null : (
        <section class="sec">
          <div class="who">
            <Icon name="pin" />
            <p>{subject.region[lang]}</p>
          </div>
        </section>
      )}
      {product === undefined ? null : (
        <section class="sec" aria-labelledby="p">
          <div class="prod">
            <div>
              <h2 id="p">{product.name[lang]}</h2>
              {product.note === undefined ? null : <p>{product.note[lang]}</p>}
            </div>
            <Drawing name={drawingFor(product.name.zh, product.sector)} />
          </div>
        </section>
      )}
      {view.lots.length === 0 ? null : (
        <section class="sec" aria-labelledby="l">
          <h2 id="l">{words.productLots}</h2>
          <ul class="rows">
            {view.lots.map((lot) => (
              <li>
                <Icon name="box" />
                <div>
                  <a href={lot.address}>
                    <b>{lot.value}</b>
                  </a>
                  <p>
                    <time datetime={day(lot.at)}>{day(lot.at)}</time>
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.told === undefined ? null : <Mentioned told={view.told} lang={lang} more={view.told.more} />}
      <section class="sec" aria-labelledby="r">
        <h2 id="r">{words.typeAgain}</h2>
        <form class="find" action="/search" role="search">
          <label class="small soft" for="q">
            {words.typeLot}
          </label>
          <input
            class="input"
            id="q"
            name="q"
            autocapitalize="characters"
            autocomplete="off"
            spellcheck={false}
            value={lotAsked(view)}
          />
          {product === undefined ? null : <input type="hidden" name="product" value={product.uri} />}
          <button class="btn btn--main">
            <Icon name="search" />
            <span>{t(lang).searchAgain}</span>
          </button>
        </form>
      </section>
      {found ? null : <Advice lang={lang} host={frame.host} />}
      <section class="sec btns" aria-label={t(lang).actions}>
        <LinkButton href="/" icon="search">
          {words.againButton}
        </LinkButton>
      </section>
    </main>,
  );
}

/** What it is called that has no name here. */
function titleOf({ told }: UnknownView, lang: Lang): string {
  const words = scanText(lang);
  if (told === undefined) return words.notFound;
  if (told.kind === 'item') return words.cannotConfirm;
  return told.kind === 'product' ? words.noProduct : mentionText(lang)[told.kind];
}

function lineOf({ product, subject, told }: UnknownView, wholeProduct: boolean, lang: Lang): string {
  const words = scanText(lang);
  if (told?.kind === 'item') return mentionText(lang).onlyErrors;
  if (told?.kind === 'relation') return mentionText(lang).lineRelation;
  if (told?.kind === 'product') return words.lineProduct;
  if (told !== undefined) return told.kind === 'place' ? words.linePlace : words.lineParty;
  if (subject !== undefined) return subject.kind === 'place' ? words.linePlace : words.lineParty;
  if (wholeProduct) return words.lineProduct;
  return product === undefined ? words.lineUnknown : words.lineNoLot;
}

/** What was asked for, with what differs from what was probably meant underlined. */
function Slip({ given, meant }: { given: string; meant: string }) {
  if (given.length !== meant.length) return <>{given}</>;
  return <>{[...given].map((char, i) => (char.toUpperCase() === meant[i]?.toUpperCase() ? char : <u>{char}</u>))}</>;
}

const lotAsked = (view: UnknownView) =>
  view.meant?.value ?? view.asked.keys.find(({ ai }) => ai === '10' || ai === '21')?.value ?? '';

function Advice({ lang, host }: { lang: Lang; host: string }) {
  const words = scanText(lang);
  const rows = [
    { icon: 'info', title: words.cases, line: words.casesLine },
    { icon: 'store', title: words.askShop, line: words.askShopLine },
    { icon: 'lock', title: words.seeAddress(host), line: words.seeAddressLine },
  ] as const;
  return (
    <section class="sec" aria-labelledby="y">
      <h2 id="y">{words.stillNot}</h2>
      <ul class="rows">
        {rows.map(({ icon, title, line }) => (
          <li>
            <span>
              <Icon name={icon} />
            </span>
            <div>
              <b>{title}</b>
              <p>{line}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
