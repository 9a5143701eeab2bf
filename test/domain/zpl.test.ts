import { expect } from 'chai';
import fc from 'fast-check';
import { zplLabel } from '../../src/domain/zpl.js';

const label = {
  name: '蒲江金艳猕猴桃',
  by: '青石坝',
  lines: [
    ['批号', 'A1'],
    ['采收', '2026-10-18'],
  ] as const,
  address: 'https://x.example/01/09520131000102/10/A1',
  text: '(01)09520131000102(10)A1',
};
const options = { dpi: 203, correction: 'M', modules: 33, copies: 2 } as const;

describe('a label for a thermal printer', () => {
  it('is one format of 90 x 50 mm, with its code and its number of copies', () => {
    const zpl = zplLabel(label, options);
    expect(zpl.match(/\^XA/g)).to.have.length(1);
    expect(zpl).to.include('^PW720').and.include('^LL400').and.include('^CI28').and.include('^PQ2').and.include('^BQN,2,5');
    expect(zpl).to.include(`^FDMA,${label.address}^FS`);
    expect(
      Buffer.from(
        zpl.replace(/_([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      ).toString('utf8'),
    ).to.include('蒲江金艳猕猴桃');
  });

  it('lets no text command the printer', () => {
    const count = (zpl: string, mark: string) => zpl.split(mark).length;
    const plain = zplLabel(label, options);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('^', '~', '_', '\\', 'X', 'Z', '\n', 'A', '中') }), (text) => {
        const zpl = zplLabel({ ...label, name: text, by: text, lines: [[text, text], label.lines[1]], text }, options);
        return ['^', '~', '^XZ', '\n'].every((mark) => count(zpl, mark) === count(plain, mark));
      }),
    );
  });

  it('keeps the whole code in its 30 mm, at every resolution', () => {
    for (const [dpi, dots] of [
      [203, 8],
      [300, 12],
      [600, 24],
    ] as const)
      for (const modules of [21, 33, 57]) {
        const module = Number(/\^BQN,2,(\d+)/.exec(zplLabel(label, { ...options, dpi, modules }))?.[1]);
        expect((module * (modules + 8)) / dots, `${dpi} ${modules}`).to.be.at.most(30.1);
      }
  });
});
