import { quantity } from './format.js';
import { Day, Icon, State } from './parts.js';
import { scanText, type Part } from './scan-part.js';

export function Tests({ item, lang }: Part) {
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
