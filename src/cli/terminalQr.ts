import { qrMatrix } from '../domain/qr.js';

/** Light modules around the code. The standard asks for four; phones read two from a screen, and a terminal is small. */
const quiet = 2;

/**
 * A QR code in half blocks, two rows of modules a line. With `colour`, black on white by ANSI codes, whatever the terminal's own
 * colours are; without, light modules are the blocks, which is right on a dark background.
 */
export function terminalQr(text: string, colour: boolean): string[] {
  const matrix = qrMatrix(text, 'L');
  const inside = (n: number) => n >= 0 && n < matrix.size;
  const light = (row: number, column: number) => !(inside(row) && inside(column) && matrix.dark(row, column));
  const lines: string[] = [];
  for (let row = -quiet; row < matrix.size + quiet; row += 2) {
    let line = '';
    for (let column = -quiet; column < matrix.size + quiet; column++)
      line += block(light(row, column), row + 1 < matrix.size + quiet && light(row + 1, column));
    // 97 on 40: bright white blocks on black.
    lines.push(colour ? `\u001b[97;40m${line}\u001b[0m` : line);
  }
  return lines;
}

const block = (upper: boolean, lower: boolean): string => (upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ');
