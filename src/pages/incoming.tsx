import type { Lang, Text } from '../domain/text.js';
import { fieldT } from './field-words.js';
import { machineTime, number, quantity, shortDay, unitName } from './format.js';
import { page } from './layout.js';
import { Err, Icon, LinkButton, Notice } from './parts.js';

export interface DeliveryView {
  readonly item: string;
  readonly from: string;
  readonly product: Text;
  readonly number: Text;
  readonly sender: Text;
  readonly since: number;
  readonly amount?: { readonly quantity: string; readonly unit: string };
  readonly contents: number;
  /** Of this very form: sent twice, it receives once. */
  readonly token: string;
  /** What was typed, and what is wrong with it. */
  readonly typed?: string;
  readonly fault?: Text;
}

export interface IncomingView {
  readonly lang: Lang;
  readonly address: string;
  readonly host: string;
  readonly back: string;
  readonly behalf?: string;
  readonly deliveries: readonly DeliveryView[];
  readonly places: readonly { readonly item: string; readonly name: Text }[];
  readonly received?: string;
  readonly already?: string;
}

const Delivery = ({ delivery, view, index }: { delivery: DeliveryView; view: IncomingView; index: number }) => {
  const { lang, places } = view;
  const words = fieldT(lang);
  const { amount } = delivery;
  const id = `d${index}`;
  return (
    <li>
      <Icon name="truck" />
      <form method="post" action="/incoming">
        <h2>
          {delivery.product[lang]} <code class="nb">{delivery.number[lang]}</code>
        </h2>
        <p class="soft">
          {words.sentBy(delivery.sender[lang])}
          {words.comma}
          <time datetime={machineTime(delivery.since)}>{shortDay(delivery.since, lang)}</time>
          {amount === undefined ? null : words.comma}
          {amount === undefined ? null : words.shipped(quantity(amount.quantity, amount.unit, lang))}
          {delivery.contents > 0 ? words.comma + words.packed(number(delivery.contents)) : null}
        </p>
        <input type="hidden" name="item" value={delivery.item} />
        <input type="hidden" name="from" value={delivery.from} />
        <input type="hidden" name="token" value={delivery.token} />
        {view.behalf === undefined ? null : <input type="hidden" name="for" value={view.behalf} />}
        {amount === undefined ? null : (
          <div class="inner">
            <label class="small" for={id}>
              {words.arrived}
            </label>
            <div class="unit">
              <input
                class="input input--big"
                id={id}
                name="quantity"
                inputmode="decimal"
                autocomplete="off"
                value={delivery.typed ?? amount.quantity}
                aria-invalid={delivery.fault === undefined ? undefined : 'true'}
                aria-describedby={delivery.fault === undefined ? undefined : `${id}-error`}
              />
              <span class="nb">{unitName(amount.unit, lang)}</span>
            </div>
          </div>
        )}
        {delivery.fault === undefined ? null : <Err id={`${id}-error`}>{delivery.fault[lang]}</Err>}
        {places.length === 1 ? (
          <input type="hidden" name="place" value={places[0]?.item} />
        ) : (
          <div class="inner">
            <label class="small" for={`${id}-place`}>
              {words.atPlace}
            </label>
            <select class="input" id={`${id}-place`} name="place" required>
              {places.map((place) => (
                <option value={place.item}>{place.name[lang]}</option>
              ))}
            </select>
          </div>
        )}
        <button class="btn inner">
          <Icon name="check" />
          {words.receive}
          <span class="vh">
            {delivery.product[lang]} {delivery.number[lang]}
          </span>
        </button>
      </form>
    </li>
  );
};

/** What was shipped to a party: received in one tap, with the quantity that differs. */
export function incomingPage(view: IncomingView): string {
  const { lang, deliveries, places } = view;
  const words = fieldT(lang);
  return page(
    {
      lang,
      title: words.incoming,
      address: view.address,
      host: view.host,
      theme: 'field',
      hidden: true,
      brand: { text: words.incoming, href: view.back, back: true },
    },
    <main class="wrap" id="main">
      {view.received === undefined ? null : <Notice icon="check">{words.received(view.received)}</Notice>}
      {view.already === undefined ? null : <Notice icon="info">{words.already(view.already)}</Notice>}
      <div class="day">
        <h1>{words.incoming}</h1>
      </div>
      {deliveries.length === 0 ? <p class="note">{words.incomingNone}</p> : <p class="note">{words.incomingNote}</p>}
      {deliveries.length > 0 && places.length === 0 ? (
        <div class="note">
          <p>{words.nonePlaces}</p>
          <LinkButton href="/field/places/new" icon="plus">
            {words.newPlace}
          </LinkButton>
        </div>
      ) : (
        <ul class="log">
          {deliveries.map((delivery, index) => (
            <Delivery delivery={delivery} view={view} index={index} />
          ))}
        </ul>
      )}
    </main>,
  );
}
