import type { Lang } from '../domain/text.js';
import { fullSize, qrPath, type QrMatrix } from '../domain/qr.js';
import { page } from './layout.js';
import { inLang } from './messages.js';
import { Icon } from './parts.js';
import { homeWords } from './words/home.js';

const homeText = inLang(homeWords);

/** A label as it is printed: Chinese first, English under it where there is room. */
export interface LabelView {
  readonly name: string;
  readonly nameEn?: string;
  readonly by?: string;
  /** Label in Chinese and English, and the value; the lot number is the first and largest. */
  readonly lines: readonly { readonly zh: string; readonly en: string; readonly value: string }[];
  /** Title of the document that the code stands for, over the code: 承诺达标合格证 where one was issued. */
  readonly over?: string;
  readonly address: string;
  readonly text: string;
  readonly matrix: QrMatrix;
}

/** Chinese characters are about twice as wide as others. */
const widthOf = (text: string) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 1 : 0.5), 0);

/** `count` labels of 90 x 50 mm on sheets of ten (A4), always black on white. */
export function labelsPage(frame: { lang: Lang; address: string; host: string; count: number }, label: LabelView): string {
  const words = homeText(frame.lang);
  const sheets = Array.from({ length: Math.ceil(frame.count / 10) }, (_, i) => Math.min(10, frame.count - i * 10));
  return page(
    {
      lang: frame.lang,
      title: `${words.labelsTitle} · ${label.name}`,
      address: frame.address,
      host: frame.host,
      theme: 'labels',
      skip: { to: 'sheet' },
      hidden: true,
    },
    <main id="sheet">
      <h1 class="vh">{words.labelsTitle}</h1>
      <p class="notice no-print">
        <Icon name="print" />
        {words.labelsPrint(frame.count)}
      </p>
      {sheets.map((n) => (
        <div class="sheet">
          {Array.from({ length: n }, () => (
            <Label label={label} host={frame.host} scan={homeText('zh').labelScan} />
          ))}
        </div>
      ))}
    </main>,
  );
}

function Label({ label, host, scan }: { label: LabelView; host: string; scan: string }) {
  const [first] = label.lines;
  const long =
    widthOf(label.name) > 10 || (first?.value.length ?? 0) > 12 || label.lines.length > 4 || widthOf(label.by ?? '') > 24;
  const side = fullSize(label.matrix);
  return (
    <article class={long ? 'label label--long' : 'label'} lang="zh-CN">
      <div>
        <h2>{label.name}</h2>
        <p class="by">
          {label.by}
          {label.nameEn === undefined ? null : (
            <>
              <br />
              <span lang="en">{label.nameEn}</span>
            </>
          )}
        </p>
        <dl>
          {label.lines.map((line, i) => (
            <>
              <dt>
                {line.zh} <span lang="en">{line.en}</span>
              </dt>
              <dd class={i === 0 ? 'lotno' : undefined}>{line.value}</dd>
            </>
          ))}
        </dl>
      </div>
      <div class="qr">
        <p>{label.over ?? '\u00a0'}</p>
        <svg viewBox={`0 0 ${side} ${side}`} role="img" aria-label={`QR ${label.address}`} shape-rendering="crispEdges">
          <path d={qrPath(label.matrix)} />
        </svg>
        <p>{host}</p>
      </div>
      <p class="gs1">
        <span>{label.text}</span>
        <span>{scan}</span>
      </p>
    </article>
  );
}
