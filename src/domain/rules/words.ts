import type { Text } from '../text.js';

/** A lot as people call it: its lot or serial number, else its whole identifier. */
export function lotWords(uri: string): Text {
  const match = /\/(10|21|00)\/([^/?]+)$/.exec(uri);
  const code = match ? decodeURIComponent(match[2] as string) : uri;
  switch (match?.[1]) {
    case '10':
      return { zh: `批号 ${code} `, en: `Lot ${code}` };
    case '21':
      return { zh: `序号 ${code} `, en: `Item ${code}` };
    case '00':
      return { zh: `箱（托盘）${code} `, en: `Unit ${code}` };
    default:
      return { zh: `${code} `, en: code };
  }
}

const units: Readonly<Record<string, Text>> = {
  KGM: { zh: '千克', en: 'kg' },
  LTR: { zh: '升', en: 'l' },
  H87: { zh: '件', en: 'pieces' },
};

export const unitWords = (unit: string): Text => units[unit] ?? { zh: unit, en: unit };
