import { crc32, deflateSync } from 'node:zlib';
import { fullSize, quietZone, type QrMatrix } from '../domain/qr.js';

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/**
 * A QR code as PNG (W3C PNG, third edition), one bit a pixel, quiet zone included. `pixels` squares a module; `mm` is the printed
 * width, written as the physical size (pHYs) so that programs place it at that size.
 */
export function qrPng(matrix: QrMatrix, { pixels, mm }: { pixels: number; mm: number }): Buffer {
  const side = fullSize(matrix) * pixels;
  const stride = 1 + Math.ceil(side / 8);
  const raw = Buffer.alloc(stride * side);
  for (let y = 0; y < side; y++) {
    const row = Math.floor(y / pixels) - quietZone;
    for (let x = 0; x < side; x++) {
      const column = Math.floor(x / pixels) - quietZone;
      const inside = row >= 0 && column >= 0 && row < matrix.size && column < matrix.size;
      // Grey of one bit: 1 is white. The first byte of a row is its filter, none.
      if (!inside || !matrix.dark(row, column)) raw[y * stride + 1 + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const size = Buffer.alloc(9);
  const perMetre = Math.round((side / mm) * 1000);
  size.writeUInt32BE(perMetre, 0);
  size.writeUInt32BE(perMetre, 4);
  size[8] = 1;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('pHYs', size),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
