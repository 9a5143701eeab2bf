import type { Lot } from '../domain/lot.js';
import { Recent } from '../domain/recent.js';
import type { Store } from '../store/port.js';
import { streamOf, type Head } from './entry.js';
import { sha256 } from './node.js';
import { Edge } from './tiles.js';

/** What the writer knows of the durable ledger: the tree's right edge, the last record time, and lately used lots and heads. */
export class State {
  private constructor(
    private readonly store: Store,
    public edge: Edge,
    public time: number,
  ) {}

  /** `undefined` is remembered too: what is not there need not be asked again, since nobody else writes. */
  private readonly lots = new Recent<string, Lot | undefined>(10_000);
  private readonly heads = new Recent<string, Head | undefined>(50_000);
  /** Values of the top-level resources that are in the store already: those of an event together, under each reader. */
  readonly values = new Recent<string, true>(50_000);

  private readonly streams = new Recent<string, string>(50_000);

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

  /** The stream of a URI: parties come up in every record, a lot in several that follow each other. */
  streamOf(uri: string): string {
    let stream = this.streams.get(uri);
    if (stream === undefined) this.streams.set(uri, (stream = streamOf(sha256, uri)));
    return stream;
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
