import { quantity } from './format.js';
import { Drawing, drawingFor } from './draw.js';
import { Day, Icon } from './parts.js';
import { scanText, type Part } from './scan-part.js';

export function Product({ item, lang, name }: Part & { name: string }) {
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

export function Producer({ item, lang }: Part) {
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

export function Promise({ item, lang }: Part) {
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
