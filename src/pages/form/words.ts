import type { Text } from '../../domain/text.js';

/** What a form says of what cannot be read. */
export const unreadable = {
  number: { zh: '写数字，例如 12.5', en: 'Write a number, for example 12.5' },
  whole: { zh: '写整数，例如 12', en: 'Write a whole number, for example 12' },
  time: { zh: '写日期和时间，例如 2026-11-23 14:05', en: 'Write a date and time, for example 2026-11-23 14:05' },
  date: { zh: '写日期，例如 2026-11-23', en: 'Write a date, for example 2026-11-23' },
  choice: { zh: '从列出的里面选一个', en: 'Choose one of those listed' },
} as const satisfies Record<string, Text>;

/** Puts the number of a line before what is wrong in it. */
export const inLine = (line: number, message: Text): Text => ({
  zh: `第 ${line} 行：${message.zh}`,
  en: `Line ${line}: ${message.en}`,
});

/** What a schema's check says of what is not there. */
export const isMissing = ({ en }: Text): boolean => en === 'is missing' || en === 'is empty';
/** Says of what is missing what to do. */
export const missingChoice: Text = { zh: '选一个', en: 'Choose one' };
export const missingLines: Text = { zh: '至少写一行', en: 'Fill in at least one line' };
export const missingText = ({ zh, en }: Text): Text => ({ zh: `写上“${zh}”`, en: `Fill in: ${en}` });

/** How several values are written into one box. */
export const onePerLine: Text = { zh: '一行一个，可以扫码', en: 'One a line; codes can be scanned in' };
export const seriesHint: Text = {
  zh: '一行一个读数，从表格里粘贴就行：2026-11-23 08:00，4.5，85',
  en: 'One reading a line, pasted from a table: 2026-11-23 08:00, 4.5, 85',
};
