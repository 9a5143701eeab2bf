/**
 * Text with NUL: the driver reads text up to its first NUL. So U+0000 is stored as U+0001 U+0001 and U+0001 as U+0001 U+0002,
 * which keeps every string exact and the order by UTF-8 bytes. JCS bodies never hold either.
 */
// oxlint-disable-next-line no-control-regex
const special = /[\u0000\u0001]/;

export function storedText(text: string): string {
  if (!special.test(text)) return text;
  return text.replaceAll('\u0001', '\u0001\u0002').replaceAll('\u0000', '\u0001\u0001');
}

export function plainText(stored: string): string {
  if (!stored.includes('\u0001')) return stored;
  // oxlint-disable-next-line no-control-regex
  return stored.replace(/\u0001([\u0001\u0002])/g, (_, mark) => (mark === '\u0001' ? '\u0000' : '\u0001'));
}

/** Whether the text has a UTF-8 form: a lone surrogate has none. */
export const wellFormed = (text: string) => (text as string & { isWellFormed(): boolean }).isWellFormed();
