import { expect } from 'chai';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import { PNG } from 'pngjs';
import { corrections, fullSize, qrMatrix, qrPath, qrSvg } from '../../src/domain/qr.js';
import { qrPng } from '../../src/http/png.js';

type Read = (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null;
const jsQR = createRequire(import.meta.url)('jsqr') as Read;
const read = (png: Buffer) => {
  const { data, width, height } = PNG.sync.read(png);
  return jsQR(new Uint8ClampedArray(data), width, height)?.data;
};

describe('a code', () => {
  const address = 'https://trace.example/01/09520123456788/10/ABC-123';

  it('as PNG is read back as what was put in, at every error correction', () => {
    for (const correction of corrections) {
      const matrix = qrMatrix(address, correction);
      expect(read(qrPng(matrix, { pixels: 4, mm: 30 }))).to.equal(address);
    }
  });

  it('carries any text that a Digital Link may hold', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[!-~]{1,120}$/),
        (text) => read(qrPng(qrMatrix(text, 'M'), { pixels: 3, mm: 30 })) === text,
      ),
      { numRuns: 25 },
    );
  });

  it('keeps a quiet zone of four modules and says its printed size', () => {
    const matrix = qrMatrix(address, 'M');
    const png = qrPng(matrix, { pixels: 5, mm: 25.4 });
    const { width, data } = PNG.sync.read(png);
    expect(width).to.equal((matrix.size + 8) * 5);
    for (let x = 0; x < width; x++) expect(data[(19 * width + x) * 4]).to.equal(255);
    expect(data[(20 * width + 20) * 4]).to.equal(0);
    const at = png.indexOf('pHYs');
    expect(png.readUInt32BE(at + 4)).to.equal(Math.round((width / 25.4) * 1000));
  });

  it('as SVG has the same dark modules, its size in millimetres and its text escaped', () => {
    const matrix = qrMatrix(address, 'Q');
    const drawn = new Set<string>();
    for (const [, x, y, run] of qrPath(matrix).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
      for (let i = 0; i < Number(run); i++) drawn.add(`${Number(y) - 4},${Number(x) - 4 + i}`);
    for (let row = 0; row < matrix.size; row++)
      for (let column = 0; column < matrix.size; column++)
        expect(drawn.has(`${row},${column}`)).to.equal(matrix.dark(row, column));
    const svg = qrSvg(matrix, { mm: 28.5, label: address, lines: ['(01)1<&>"'] });
    expect(svg)
      .to.include('width="28.5mm"')
      .and.include(`viewBox="0 0 ${fullSize(matrix)} `)
      .and.include('(01)1&lt;&amp;&gt;&quot;</text>');
  });

  it('that would not fit says so', () => {
    expect(() => qrMatrix('x'.repeat(5000), 'H')).to.throw(RangeError);
  });
});
