import type { Lang, Text } from '../domain/text.js';
import { correctionT } from './corrections.js';
import { fieldT } from './field-words.js';
import { quantity } from './format.js';
import { page } from './layout.js';
import { Hold, Icon } from './parts.js';

export interface HeldView {
  readonly href: string;
  readonly product: Text;
  readonly number: Text;
  readonly left: readonly { readonly quantity: string; readonly unit: string }[];
  readonly growing: boolean;
  readonly place?: Text;
}

const isShort = ({ quantity: amount }: HeldView['left'][number]): boolean => amount.startsWith('-');
const leftWords = (amount: HeldView['left'][number], lang: Lang): string =>
  isShort(amount)
    ? correctionT(lang).missing(quantity(amount.quantity.slice(1), amount.unit, lang))
    : quantity(amount.quantity, amount.unit, lang);

/** The lots in a party's hands, each a way to its own page. */
export function lotsPage(view: {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  readonly back: string;
  readonly lots: readonly HeldView[];
}): string {
  const { lang, lots } = view;
  const words = fieldT(lang);
  return page(
    {
      lang,
      title: words.lots,
      address: view.address,
      host: view.host,
      theme: 'field',
      hidden: true,
      brand: { text: words.lots, href: view.back, back: true },
    },
    <main class="wrap" id="main">
      <div class="day">
        <h1>{words.lots}</h1>
      </div>
      {lots.length === 0 ? <p class="note">{words.nothingHeld}</p> : null}
      <ul class="log">
        {lots.map((lot) => (
          <li>
            <Icon name={lot.growing ? 'sprout' : 'box'} />
            <div>
              <b>
                <a href={lot.href}>{lot.product[lang]}</a>
              </b>
              <p class="soft">
                {words.lotNumber} <code class="nb">{lot.number[lang]}</code>
                {lot.place === undefined ? null : words.comma + lot.place[lang]}
              </p>
              <p>
                {lot.left.map((amount) => leftWords(amount, lang)).join(words.comma)}
                {lot.left.length === 0 && lot.growing ? words.growing : null}
              </p>
              {lot.left.some(isShort) ? <Hold>{correctionT(lang).missingLine}</Hold> : null}
            </div>
          </li>
        ))}
      </ul>
    </main>,
  );
}
