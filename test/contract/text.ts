import { expect } from 'chai';
import fc from 'fast-check';
import { bytes, job, record, rejection, touch } from './rows.js';
import type { WithStore } from './store.js';

const strange = {
  empty: '',
  'NUL within and at the ends': '\u0000a\u0000\u0000b\u0000',
  'control characters': '\u0001\u0002\u0001\u0001\u001f\u007f\r\n\t',
  emoji: '🥝 👩‍🌾 🇨🇳',
  'rare ideographs': '𠮷野家 𪚥 龘',
  'the last code points of the planes': '\uffff\ufffe\u{10ffff}',
  'a byte order mark': '\ufefftext\ufeff',
  'composed and decomposed, kept apart': '\u00e9 e\u0301',
  'quotes and comments': `'"\`--/*;*/ " ' OR 1=1`,
  'what databases and patterns read': '$where $gt a.b.c %41 %_ \\ \\u0000 {"$ne":null}',
  'names of objects': '__proto__ constructor toString',
  'right-to-left': 'سلسلة \u202eabc',
} as const;

export function textContract(withStore: WithStore): void {
  describe('text and bytes', () => {
    for (const [what, text] of Object.entries(strange)) {
      it(`keeps ${what} in every place`, () =>
        withStore(async (store) => {
          const row = record(0, { body: text, entry: text, kind: text, by: text, links: text });
          await store.append(
            {
              records: { put: [row] },
              touches: { put: [touch(text, 1, 0)] },
              ids: { put: [{ id: text, by: text, seq: 0, content: text }] },
            },
            0,
          );
          await store.put('jobs', job(text, { party: text, body: text }), 0);
          expect(await store.get('records', [0])).to.deep.equal(row);
          expect(await store.range('records', { index: 'kind', prefix: [text], limit: 2 })).to.deep.equal([row]);
          expect(await store.range('touches', { prefix: [text], limit: 2 })).to.deep.equal([touch(text, 1, 0)]);
          expect(await store.range('ids', { prefix: [text, text], limit: 2 })).to.deep.equal([
            { id: text, by: text, seq: 0, content: text },
          ]);
          expect(await store.range('jobs', { index: 'party', prefix: [text], limit: 2 })).to.deep.equal([
            job(text, { party: text, body: text }),
          ]);
          const head = { item: text, count: 1, head: bytes(3) };
          await store.append({ heads: { put: [head] } }, 1);
          const many = Array.from({ length: 30 }, (_, n) => (n % 3 === 0 ? text : `${text}${n}`));
          const found = await store.getMany(
            'heads',
            many.map((item) => [item]),
          );
          expect(found).to.deep.equal(many.map((item) => (item === text ? head : undefined)));
          expect(await store.get('jobs', [`${text} `])).to.equal(undefined);
          await store.delete('jobs', [text]);
          expect(await store.get('jobs', [text])).to.equal(undefined);
        }));
    }

    it('keeps texts apart that differ little', () =>
      withStore(async (store) => {
        const names = ['a', 'A', 'a ', ' a', 'a\u0000', 'a\u0000\u0000', 'á', 'a\u0301', 'ａ', '1', '1.0', '01', '1 '];
        for (const name of names) await store.put('meta', { name, version: 1, body: name }, 0);
        for (const name of names) expect((await store.get('meta', [name]))?.body).to.equal(name);
      }));

    it('refuses lone surrogates, and keys with them', () =>
      withStore(async (store) => {
        for (const text of ['\ud800', 'a\udc00', '\udfff\ud800']) {
          expect(await rejection(store.put('jobs', job('a', { body: text })))).to.be.instanceOf(TypeError);
          expect(await rejection(store.put('jobs', job(text)))).to.be.instanceOf(TypeError);
          expect(await rejection(store.get('jobs', [text]))).to.be.instanceOf(TypeError);
        }
        expect(await store.range('jobs', { prefix: [], limit: 5 })).to.deep.equal([]);
      }));

    it('keeps a body of a megabyte', () =>
      withStore(async (store) => {
        const body = `{"text":"${'溯源🥝'.repeat(105_000)}"}`;
        expect(Buffer.byteLength(body)).to.be.greaterThan(1_000_000);
        await store.append({ records: { put: [record(0, { body })] } }, 0);
        expect((await store.get('records', [0]))?.body === body).to.equal(true);
      }));

    it('keeps bytes: none, few, a whole tile, and a view into a larger buffer', () =>
      withStore(async (store) => {
        const pool = bytes(100_000, 3);
        const hashes = [
          new Uint8Array(0),
          Uint8Array.of(0),
          bytes(255),
          bytes(8192),
          pool.subarray(70_000, 70_032),
          Buffer.from('pooled'),
        ];
        await store.append({ tiles: { put: hashes.map((cell, n) => ({ level: 0, n, hashes: cell })) } }, 0);
        const rows = await store.range('tiles', { prefix: [0], limit: 9 });
        expect(rows.map((row) => Array.from(row.hashes))).to.deep.equal(hashes.map((cell) => Array.from(cell)));
        for (const row of rows) expect(Object.getPrototypeOf(row.hashes)).to.equal(Uint8Array.prototype);
      }));

    it('keeps the ends of the safe integers', () =>
      withStore(async (store) => {
        const numbers = [Number.MIN_SAFE_INTEGER, -1, -0, 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER];
        await store.append({ touches: { put: numbers.map((time, seq) => touch('i', time, seq)) } }, 0);
        const rows = await store.range('touches', { prefix: ['i'], limit: 9 });
        expect(rows.map((row) => row.time)).to.deep.equal([
          Number.MIN_SAFE_INTEGER,
          -1,
          0,
          1,
          2 ** 31,
          2 ** 32,
          Number.MAX_SAFE_INTEGER,
        ]);
      }));

    it('gives back any text and any bytes (property)', () =>
      withStore(async (store) => {
        const text = fc.string({ unit: 'binary', maxLength: 60 });
        await fc.assert(
          fc.asyncProperty(text, text, fc.uint8Array({ maxLength: 300 }), async (name, body, hashes) => {
            await store.append(
              { meta: { put: [{ name, version: 1, body }] }, heads: { put: [{ item: name, count: 1, head: hashes }] } },
              0,
            );
            expect(await store.get('meta', [name])).to.deep.equal({ name, version: 1, body });
            expect(await store.get('heads', [name])).to.deep.equal({ item: name, count: 1, head: hashes });
          }),
          { numRuns: 150 },
        );
      }));
  });
}
