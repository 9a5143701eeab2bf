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
