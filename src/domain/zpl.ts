import type { Correction } from './qr.js';

/** What a label says, for printers and sheets alike. */
export interface LabelText {
  readonly name: string;
  readonly by: string;
  /** Label and value: lot, dates. */
  readonly lines: readonly (readonly [label: string, value: string])[];
  /** What the code carries. */
  readonly address: string;
  /** Human-readable GS1 text, or the identifier. */
  readonly text: string;
}

/** Characters that command a printer, and control characters, as `_hh` of their UTF-8 bytes (field hexadecimal, ^FH). */
const field = (text: string): string =>
  [...new TextEncoder().encode(text)]
    .map((byte) =>
      byte < 0x20 || byte === 0x7f || '^~_\\'.includes(String.fromCharCode(byte))
        ? hex(byte)
        : byte < 0x80
          ? String.fromCharCode(byte)
          : hex(byte),
    )
    .join('');
const hex = (byte: number) => `_${byte.toString(16).padStart(2, '0').toUpperCase()}`;

/** Dots a millimetre of the usual thermal heads: 203, 300 and 600 dots an inch. */
export const dotsPerMm = { 203: 8, 300: 12, 600: 24 } as const;
export type Dpi = keyof typeof dotsPerMm;

/** Fits a text into a width by a smaller size, down to two thirds; Chinese characters are square, others about half. */
function sizeFor(text: string, width: number, wanted: number): number {
  const ems = [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? 1 : 0.55), 0);
  return Math.max(Math.floor((wanted * 2) / 3), Math.min(wanted, Math.floor(width / Math.max(1, ems))));
}

/**
 * One label of 90 x 50 mm in ZPL II, printed `copies` times. Text is UTF-8 (^CI28) in the printer's own scalable font, which must hold
 * Chinese (`^CWZ` names it: a SimSun or Noto font on the printer as E:CN.TTF).
 */
export function zplLabel(
  label: LabelText,
  { dpi, correction, modules, copies }: { dpi: Dpi; correction: Correction; modules: number; copies: number },
): string {
  const dots = dotsPerMm[dpi];
  const at = (mm: number) => Math.round(mm * dots);
  const text = (x: number, y: number, height: number, value: string, width: number) => {
    const size = sizeFor(value, at(width), at(height));
    return `^FO${at(x)},${at(y)}^AZN,${size},${size}^FB${at(width)},2,0,L^FH^FD${field(value)}^FS`;
  };
  // The module nearest to 0.68 mm whose code, with its quiet zone, fits into 30 mm.
  const module = Math.max(2, Math.min(10, Math.round(0.68 * dots), Math.floor(at(30) / (modules + 8))));
  const side = (module * (modules + 8)) / dots;
  return (
    [
      '^XA',
      '^CI28',
      '^CWZ,E:CN.TTF',
      `^PW${at(90)}`,
      `^LL${at(50)}`,
      '^LH0,0',
      text(4, 3, 5, label.name, 52),
      text(4, 14.5, 2.6, label.by, 52),
      ...label.lines.flatMap(([name, value], i) => [
        text(4, 22 + i * 4.6, 2.6, name, 20),
        text(25, 21.6 + i * 4.6, 3.4, value, 31),
      ]),
      `^FO${at(88 - side) + 4 * module},${at(6) + 4 * module}^BQN,2,${module}^FH^FD${correction}A,${field(label.address)}^FS`,
      `^FO${at(4)},${at(43)}^GB${at(82)},2,2^FS`,
      text(4, 44.2, 2.8, label.text, 82),
      `^PQ${copies}`,
      '^XZ',
    ].join('\n') + '\n'
  );
}
