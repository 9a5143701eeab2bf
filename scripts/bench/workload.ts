import { createHash } from 'node:crypto';
import type { Row } from '../../src/store/collections.js';

/**
 * Rows as the sequencer makes them for one event on one lot: a body of 700 bytes, its entry and stream triples, the event id, four
 * items touched (lot, party, place, product), the lot's head and state, who holds it, and the tile of leaf hashes that grows.
 * A lot has five events; 40 parties, 80 places and 200 products take turns.
 */
export interface Appended {
  readonly records: Row<'records'>[];
  readonly ids: Row<'ids'>[];
  readonly touches: Row<'touches'>[];
  readonly heads: Row<'heads'>[];
  readonly lots: Row<'lots'>[];
  readonly holdings: Row<'holdings'>[];
  readonly tiles: Row<'tiles'>[];
}

const hash = (text: string) => createHash('sha256').update(text).digest();
const gtin = (n: number) => `https://id.gs1.org/01/0952012${String(n).padStart(7, '0')}`;
const pad = (text: string, length: number) => text + 'x'.repeat(Math.max(0, length - text.length));
const tileHashes = 256;

/** Makes batches in order; `tiles: false` leaves the leaf hashes out, which shows what they cost. */
export class Workload {
  #next = 0;
  #tile = Buffer.alloc(0);
  constructor(private readonly options: { readonly tiles: boolean } = { tiles: true }) {}

  get size(): number {
    return this.#next;
  }

  batch(count: number): Appended {
    const made: Appended = { records: [], ids: [], touches: [], heads: [], lots: [], holdings: [], tiles: [] };
    const heads = new Map<string, Row<'heads'>>();
    const tiles = new Map<number, Row<'tiles'>>();
    for (let k = 0; k < count; k++) this.#add(made, heads, tiles);
    made.heads.push(...heads.values());
    if (this.options.tiles) made.tiles.push(...tiles.values());
    return made;
  }

  #add(made: Appended, heads: Map<string, Row<'heads'>>, tiles: Map<number, Row<'tiles'>>): void {
    const seq = this.#next++;
    const time = 1_760_000_000_000 + seq * 7;
    const product = gtin(seq % 200);
    const item = `${gtin(Math.floor(seq / 5) % 200)}/10/LOT${Math.floor(seq / 5)}`;
    const party = `https://id.gs1.org/417/95201234${String(seq % 40).padStart(5, '0')}`;
    const place = `https://id.gs1.org/414/95201234${String(seq % 80).padStart(5, '0')}`;
    const id = `urn:uuid:${hash(String(seq))
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')}`;
    const leaf = hash(id);
    const triple = `["${leaf.toString('hex')}",${(seq % 5) + 1},"${leaf.toString('hex')}"]`;
    made.records.push({
      seq,
      kind: 'event',
      time,
      by: party,
      entry: pad(`{"digest":"${leaf.toString('hex')}","kind":"event","streams":{"count":4,"root":"`, 270),
      body: pad(`{"eventID":"${id}","item":"${item}","`, 720),
      seed: leaf,
      links: `[${[triple, triple, triple, triple].join(',')}]`,
    });
    made.ids.push({ id, by: party, seq, content: leaf.toString('hex') });
    for (const touched of [item, party, place, product]) made.touches.push({ item: touched, time, seq });
    heads.set(item, { item, count: (seq % 5) + 1, head: leaf });
    made.lots.push({
      item,
      product,
      producer: party,
      number: `LOT${Math.floor(seq / 5)}`,
      time,
      body: pad(`{"item":"${item}"`, 400),
    });
    made.holdings.push({ party, role: 'holds', time, item });
    const n = Math.floor(seq / tileHashes);
    this.#tile = seq % tileHashes === 0 ? Buffer.from(leaf) : Buffer.concat([this.#tile, leaf]);
    tiles.set(n, { level: 0, n, hashes: this.#tile });
  }
}
