import type { Lang } from '../domain/text.js';
import type { ItemView } from '../queries/itemView.js';
import { inLang } from './messages.js';
import { scanWords } from './words/scan.js';

export const scanText = inLang(scanWords);

/** What every part of the scan page is given. */
export interface Part {
  readonly item: ItemView;
  readonly lang: Lang;
}
export const lotOf = (item: ItemView) => item.asked.keys.find(({ ai }) => ai === '10')?.value;
