import type { Row } from '../../src/store/collections.js';

/** Rows for the contract: plausible, and different for different numbers. */
export const lot = (n: number) => `https://id.gs1.org/01/09520123456788/10/LOT${n}`;
export const party = (n: number) => `https://id.gs1.org/417/952012345${String(n).padStart(4, '0')}`;

export const record = (seq: number, change: Partial<Row<'records'>> = {}): Row<'records'> => ({
  seq,
  kind: 'event',
  time: 1_760_000_000_000 + seq,
  by: party(seq % 3),
  entry: `{"digest":"${seq}"}`,
  body: `{"action":"OBSERVE","n":${seq}}`,
  seed: Uint8Array.from({ length: 16 }, (_, at) => seq + at),
  links: '[]',
  ...change,
});

export const touch = (item: string, time: number, seq: number): Row<'touches'> => ({ item, time, seq });

export const lotRow = (n: number, change: Partial<Row<'lots'>> = {}): Row<'lots'> => ({
  item: lot(n),
  product: 'https://id.gs1.org/01/09520123456788',
  producer: party(1),
  number: `L${n}`,
  time: n,
  body: `{"n":${n}}`,
  ...change,
});

export const job = (id: string, change: Partial<Row<'jobs'>> = {}): Row<'jobs'> => ({
  id,
  version: 1,
  party: party(1),
  time: 1,
  expires: 1000,
  body: '{}',
  ...change,
});

export const bytes = (length: number, seed = 1) => Uint8Array.from({ length }, (_, at) => (at * 31 + seed) % 256);

/** What a promise rejected with; fails when it did not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('it should have been rejected');
}
