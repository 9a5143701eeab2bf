import type { App } from '../app.js';
import { pathOf } from '../domain/gs1/digitalLink.js';
import { labelText, type Identifier } from '../domain/gs1/identify.js';
import { fullSize, qrMatrix, qrSvg, type Correction, type QrMatrix } from '../domain/qr.js';
import { zplLabel, type Dpi } from '../domain/zpl.js';
import { Problem } from '../errors.js';
import { day } from '../pages/format.js';
import { labelsPage, type LabelView } from '../pages/labels.js';
import { scanText } from '../pages/scan-part.js';
import { entrusting } from '../queries/mandates.js';
import { recorded } from '../queries/item.js';
import type { ItemView } from '../queries/itemView.js';
import { lotState } from '../queries/search.js';
import { html, type Answer, type Call } from './call.js';
import { identified, identifiedByPath, viewOf } from './item-view.js';
import { qrPng } from './png.js';
import { addressOf, hostOf } from './scan.js';

const refused = (pointer: string, zh: string, en: string) =>
  new Problem('bad-values', { faults: [{ pointer, message: { zh, en } }] });

/** The link that a code carries: the public address and the Digital Link path, which must answer for as long as the label lasts. */
const linkOf = (app: App, { uri }: Identifier): string => app.config.publicUrl + pathOf(uri);

function matrixOf(text: string, correction: Correction): QrMatrix {
  try {
    return qrMatrix(text, correction);
  } catch {
    throw new Problem('bad-identifier', { detail: { zh: '太长，二维码装不下', en: 'too long for a QR code' } });
  }
}

/**
 * GET /qr/{digital link path}.svg or .png: `mm` is the printed width with the quiet zone (5 to 300), or `module` that of one square
 * (0.1 to 10); `ecc` L, M, Q or H; `text=1` puts the human-readable GS1 text and the domain below (SVG).
 */
export function serveQr(app: App, call: Call): Answer {
  const [, path, format] = /^\/qr(\/.*)\.(svg|png)$/.exec(call.path) ?? [];
  if (path === undefined) throw new Problem('not-found');
  const identifier = identifiedByPath(path);
  const link = linkOf(app, identifier);
  const matrix = matrixOf(link, (call.query.ecc ?? 'M') as Correction);
  const mm = widthOf(call, matrix);
  const headers = { 'cache-control': 'public, max-age=86400', 'access-control-allow-origin': '*' };
  if (format === 'svg') {
    const lines = call.query.text === '1' ? [labelText(identifier.uri), hostOf(app)] : [];
    return { status: 200, type: 'image/svg+xml', headers, body: qrSvg(matrix, { mm, label: link, lines }) };
  }
  // About 600 dots an inch, in whole pixels a square so that every edge is sharp.
  const wanted = Math.round((mm / fullSize(matrix) / 25.4) * 600);
  const pixels = Math.max(3, Math.min(24, wanted));
  return { status: 200, type: 'image/png', headers, body: qrPng(matrix, { pixels, mm }) };
}

function widthOf({ query }: Call, matrix: QrMatrix): number {
  const { mm, module } = query;
  if (mm !== undefined && module !== undefined) throw refused('/module', '和 mm 只能给一个', 'cannot be given together with mm');
  const width = module === undefined ? Number(mm ?? 30) : Number(module) * fullSize(matrix);
  if (!(width >= 5 && width <= 300))
    throw refused(
      module === undefined ? '/mm' : '/module',
      '打印宽度应在 5 到 300 毫米之间',
      'the printed width must be 5 to 300 mm',
    );
  return width;
}

/** GET /labels?lot=: a sheet of labels to print, or ZPL for a thermal printer; for the lot's maker and those who hold it. */
export async function serveLabels(app: App, call: Call): Promise<Answer> {
  const { lot = '', copies = '10', format = 'html', dpi = '203', ecc = 'M' } = call.query;
  const identifier = identified(lot.startsWith('/') ? `https://id.gs1.org${lot}` : lot);
  const view = (await mine(app, call, identifier)) ? await viewOf(app, identifier) : undefined;
  if (view === undefined || view.asked.keys.length === 0) throw new Problem('not-found');
  const count = Number(copies);
  const label = labelOf(app, identifier, view, ecc as Correction);
  if (format === 'html')
    return html(200, labelsPage({ lang: call.lang, address: addressOf(call), host: hostOf(app), count }, label), {
      vary: 'accept-language, cookie',
    });
  const lines = label.lines.map(({ zh, value }) => [zh, value] as const);
  const text = { name: label.name, by: label.by ?? '', lines, address: label.address, text: label.text };
  const zpl = zplLabel(text, {
    dpi: Number(dpi) as Dpi,
    correction: ecc as Correction,
    modules: label.matrix.size,
    copies: count,
  });
  return {
    status: 200,
    type: 'text/plain; charset=utf-8',
    headers: { 'content-disposition': 'attachment; filename="labels.zpl"' },
    body: zpl,
  };
}

/** The account's party, or one that entrusted it, made the lot or holds some of it. */
async function mine(app: App, call: Call, identifier: Identifier): Promise<boolean> {
  const { party, role } = call.account ?? {};
  const item = await recorded(app.store, identifier);
  if (party === undefined || item === undefined) return false;
  const lot = await lotState(app.store, item);
  if (lot === undefined) return false;
  const parties = new Set([party, ...(role === 'operator' ? await entrusting(app.store, party, app.clock()) : [])]);
  return (
    (lot.producer !== undefined && parties.has(lot.producer)) || lot.holdings.some((h) => parties.has(h.party) && !h.transit)
  );
}

function labelOf(app: App, identifier: Identifier, view: ItemView, ecc: Correction): LabelView {
  const [zh, en] = [scanText('zh'), scanText('en')];
  const key = (ai: string) => view.asked.keys.find((each) => each.ai === ai)?.value;
  const line = (
    name: 'lot' | 'serial' | 'sscc' | 'bestBefore' | NonNullable<ItemView['begin']>['what'],
    value: string | undefined,
  ) => (value === undefined ? [] : [{ zh: zh[name], en: en[name], value }]);
  const { product, producer, begin, expiry, promise } = view;
  const address = linkOf(app, identifier);
  const by = [producer?.name.zh, producer?.region?.zh.replace(/^.*?[市州盟](?=.)/, '')]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
  return {
    name: product?.name.zh ?? zh.noProduct,
    lines: [
      ...line('lot', key('10')),
      ...line('serial', key('21')),
      ...line('sscc', key('00')),
      ...(begin ? line(begin.what, day(begin.at)) : []),
      ...line('bestBefore', expiry && day(expiry.at)),
    ],
    address,
    text: labelText(identifier.uri),
    matrix: matrixOf(address, ecc),
    ...(product && product.name.en !== product.name.zh && { nameEn: product.name.en }),
    ...(by !== '' && { by }),
    ...(promise && { over: zh.promise }),
  };
}
