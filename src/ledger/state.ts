import type { Lot } from '../domain/lot.js';
import type { Store } from '../store/port.js';
import type { Head } from './entry.js';
import { sha256 } from './node.js';
import { Edge } from './tiles.js';

/** The newest values of a map that the writer read or wrote; the oldest fall out. */
export class Recent<V> {
  private readonly map = new Map<string, V>();
  constructor(private readonly limit: number) {}

  get(key: string): V | undefined {
    return this.map.get(key);
  }
  has(key: string): boolean {
    return this.map.has(key);
  }
  set(key: string, value: V): void {
    this.map.delete(key);
    this.map.set(key, value);
    if (this.map.size > this.limit) this.map.delete(this.map.keys().next().value as string);
  }
}

/** What the writer knows of the durable ledger: the tree's right edge, the last record time, and lately used lots and heads. */
export class State {
  private constructor(
    private readonly store: Store,
    public edge: Edge,
    public time: number,
  ) {}

  /** `undefined` is remembered too: what is not there need not be asked again, since nobody else writes. */
  private readonly lots = new Recent<Lot | undefined>(20_000);
  private readonly heads = new Recent<Head | undefined>(100_000);
  /** Values of the top-level resources that are in the store already. */
  readonly values = new Recent<true>(100_000);

  static async load(store: Store): Promise<State> {
    const size = await store.size();
    const edge = await Edge.load(sha256, size, async (level, n) => (await store.get('tiles', [level, n]))?.hashes);
    const last = size === 0 ? undefined : await store.get('records', [size - 1]);
    return new State(store, edge, last?.time ?? 0);
  }

  /** Takes in the lots and heads of a whole batch at once, so that its records find them here one by one. */
  async read(items: readonly string[]): Promise<void> {
    const named = [...new Set(items)];
    await this.lotsOf(named);
    await this.headsOf(named);
  }

  async lotsOf(items: readonly string[]): Promise<Map<string, Lot | undefined>> {
    const unknown = items.filter((item) => !this.lots.has(item));
    const found = new Map<string, Lot | undefined>();
    if (unknown.length > 0) {
      const rows = await this.store.getMany(
        'lots',
        unknown.map((item) => [item]),
      );
      unknown.forEach((item, i) => found.set(item, rows[i] && (JSON.parse(rows[i].body) as Lot)));
    }
    const all = new Map(items.map((item) => [item, found.has(item) ? found.get(item) : this.lots.get(item)]));
    for (const [item, lot] of found) this.lots.set(item, lot);
    return all;
  }

  async headsOf(items: readonly string[]): Promise<Map<string, Head | undefined>> {
    const unknown = items.filter((item) => !this.heads.has(item));
    const found = new Map<string, Head | undefined>();
    if (unknown.length > 0) {
      const rows = await this.store.getMany(
        'heads',
        unknown.map((item) => [item]),
      );
      unknown.forEach((item, i) => found.set(item, rows[i] && { count: rows[i].count, hash: rows[i].head }));
    }
    const all = new Map(items.map((item) => [item, found.has(item) ? found.get(item) : this.heads.get(item)]));
    for (const [item, head] of found) this.heads.set(item, head);
    return all;
  }

  /** Takes over what an append made durable. */
  absorb(
    edge: Edge,
    time: number,
    lots: ReadonlyMap<string, Lot | undefined>,
    heads: ReadonlyMap<string, Head>,
    values: Iterable<string>,
  ): void {
    this.edge = edge;
    this.time = time;
    for (const [item, lot] of lots) this.lots.set(item, lot);
    for (const [item, head] of heads) this.heads.set(item, head);
    for (const key of values) this.values.set(key, true);
  }
}
