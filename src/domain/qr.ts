import { create } from 'qrcode';

/** Error correction of a QR code (ISO/IEC 18004): about 7, 15, 25 and 30 % of the code may be lost. */
export const corrections = ['L', 'M', 'Q', 'H'] as const;
export type Correction = (typeof corrections)[number];

/** Empty modules on every side (ISO/IEC 18004 section 9.1). */
export const quietZone = 4;

/** The dark and light squares of a code, without the quiet zone. */
export interface QrMatrix {
  /** Modules on a side: 21 to 177. */
  readonly size: number;
  dark(row: number, column: number): boolean;
}

/** The smallest QR code that carries the text. Throws RangeError when the text is too long for any (about 2,900 bytes at L). */
export function qrMatrix(text: string, correction: Correction): QrMatrix {
  try {
    const { modules } = create(text, { errorCorrectionLevel: correction });
    return { size: modules.size, dark: (row, column) => Boolean(modules.data[row * modules.size + column]) };
  } catch (cause) {
    throw new RangeError('too much text for a QR code', { cause });
  }
}

/** The dark modules as SVG path data, quiet zone included: one unit a module, runs of a row joined. */
export function qrPath(matrix: QrMatrix): string {
  let path = '';
  for (let row = 0; row < matrix.size; row++) {
    for (let column = 0; column < matrix.size; column++) {
      if (!matrix.dark(row, column)) continue;
      let run = 1;
      while (column + run < matrix.size && matrix.dark(row, column + run)) run++;
      path += `M${column + quietZone} ${row + quietZone}h${run}v1h-${run}z`;
      column += run;
    }
  }
  return path;
}

/** Modules on a side with the quiet zone. */
export const fullSize = (matrix: QrMatrix): number => matrix.size + 2 * quietZone;

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);
const trim = (value: number) => String(Math.round(value * 1000) / 1000);

export interface QrPicture {
  /** Width in millimetres, quiet zone included. */
  readonly mm: number;
  /** What the code carries, for those who do not see it. */
  readonly label: string;
  /** Lines of human-readable text below the code. */
  readonly lines?: readonly string[];
}

/** The code as an SVG document of this printed size, black on white. */
export function qrSvg(matrix: QrMatrix, { mm, label, lines = [] }: QrPicture): string {
  const side = fullSize(matrix);
  // As large as the longest line allows: digits of a monospaced font are 0.6 of its size wide.
  const font = Math.min(3.5, (side - 2) / (0.62 * Math.max(1, ...lines.map((line) => line.length))));
  const height = side + lines.length * font * 1.35;
  const text = lines.map(
    (line, i) =>
      `<text x="${trim(side / 2)}" y="${trim(side + font * (0.4 + 1.35 * i))}" font-size="${trim(font)}" text-anchor="middle" font-family="ui-monospace,Menlo,Consolas,monospace">${escape(line)}</text>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${trim(mm)}mm" height="${trim((mm * height) / side)}mm" viewBox="0 0 ${side} ${trim(height)}" role="img" aria-label="${escape(label)}">` +
    `<path fill="#fff" d="M0 0h${side}v${trim(height)}H0z"/><path shape-rendering="crispEdges" d="${qrPath(matrix)}"/>${text.join('')}</svg>\n`
  );
}
