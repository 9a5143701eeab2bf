import type { Batch, Store } from '../store/port.js';
import { SizeConflict, StoreUnavailable } from '../store/port.js';
import { Assembly } from './assembly.js';
import type { Draft } from './draft.js';
import { Busy, Repeated, type Ledger, type LedgerOptions, type Outcome, type SubmitOptions } from './ledger.js';
import { indexEvents } from './indexEvents.js';
import { hex } from './merkle.js';
import { sha256 } from './node.js';
import { equal } from './proof.js';
import { Prover } from './prove.js';
import { edgeDisagrees } from './rightEdge.js';
import { State } from './state.js';
import { TileMissing } from './tiles.js';

interface Waiting {
  readonly drafts: readonly Draft[];
  readonly options: SubmitOptions;
  readonly resolve: (outcomes: Outcome[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Records in one append, about; a group that stands together is never split. */
const batchSize = 256;

/**
 * The one writer (ledger.md, "The sequencer"). Natural batching: commits what is waiting as soon as the last commit ends, no timer.
 */
export class Sequencer implements Ledger {
  private readonly queue: Waiting[] = [];
  private queued = 0;
  private spoken = 0;
  private running: Promise<void> | undefined;
  private closed = false;
  /** What is in memory may not be what is durable. */
  private stale = false;
  /** An append has failed in this process or lost to another writer: what was looked up before it may be out of date. */
  private failed = false;

  private constructor(
    private readonly store: Store,
    private readonly options: LedgerOptions,
    private state: State,
  ) {}

  static async open(store: Store, options: LedgerOptions): Promise<Sequencer> {
    return new Sequencer(store, options, await State.load(store));
  }

  get size(): number {
    return this.state.edge.size;
  }
  get time(): number {
    return this.state.time;
  }
  get told(): number {
    return this.spoken;
  }
  get waiting(): number {
    return this.queued;
  }
  root(): string {
    return hex(this.state.edge.root());
  }

  submit(drafts: readonly Draft[], options: SubmitOptions = {}): Promise<Outcome[]> {
    const limit = this.options.queueLimit ?? 10_000;
    // A group larger than the limit is let through alone: its size is bounded by the limits of the route.
    if (this.closed || (this.queued > 0 && this.queued + drafts.length > limit))
      return Promise.reject(new Busy('the queue is full'));
    return new Promise((resolve, reject) => {
      this.queue.push({ drafts, options, resolve, reject });
      this.queued += drafts.length;
      this.running ??= this.run();
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.running;
  }

  private async run(): Promise<void> {
    // What arrives in the same turn of the event loop goes into the same batch.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const batch = this.next();
      await this.settle(batch);
      for (const waiting of batch) this.queued -= waiting.drafts.length;
    }
    this.running = undefined;
  }

  /** Commits a batch and answers everybody in it. A fault of one group is its own: the others are then committed one by one. */
  private async settle(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.commit(batch);
    } catch (error) {
      this.stale = this.failed = true;
      // While the store is away this fails too, and is done before the next append.
      await this.reload().catch(() => undefined);
      const away = error instanceof StoreUnavailable || error instanceof SizeConflict;
      if (!away && batch.length > 1) {
        for (const waiting of batch) await this.settle([waiting]);
        return;
      }
      const told = away ? Object.assign(new Busy(error.message), { cause: error }) : error;
      for (const waiting of batch) waiting.reject(told);
    }
  }

  private next(): Waiting[] {
    const batch: Waiting[] = [];
    for (let records = 0; this.queue.length > 0 && records < batchSize;) {
      const waiting = this.queue.shift() as Waiting;
      batch.push(waiting);
      records += waiting.drafts.length;
    }
    return batch;
  }

  /** Decides and appends; when another writer was first, reloads and decides again (several processes on one database). */
  private async commit(asked: readonly Waiting[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      if (this.stale) await this.reload();
      const batch = this.failed ? await this.newOnes(asked) : asked;
      const all = batch.flatMap(({ drafts }) => drafts);
      await this.state.read(all.flatMap(({ streams }) => streams));
      const assembly = new Assembly(this.store, this.state, this.options.clock());
      await assembly.recall(all);
      const outcomes: Outcome[][] = [];
      for (const { drafts, options } of batch) outcomes.push(await assembly.add(drafts, options.together ?? false));
      const attached = batch.map(({ options }, i) => options.attach?.(outcomes[i] as Outcome[]));
      try {
        await this.append(assembly, attached);
      } catch (error) {
        if (!(error instanceof SizeConflict) || attempt === 20) throw error;
        this.stale = this.failed = true;
        continue;
      }
      batch.forEach(({ resolve }, i) => resolve(outcomes[i] as Outcome[]));
      return;
    }
  }

  /** Those that are not in the ledger already; the others are told. */
  private async newOnes(batch: readonly Waiting[]): Promise<Waiting[]> {
    const left: Waiting[] = [];
    for (const waiting of batch) {
      if (await waiting.options.repeated?.()) waiting.reject(new Repeated('recorded already'));
      else left.push(waiting);
    }
    return left;
  }

  private async append(assembly: Assembly, attached: readonly (Batch | undefined)[]): Promise<void> {
    const { batch, edge, absorb } = await assembly.finish(attached.filter((b) => b !== undefined));
    if (Object.keys(batch).length === 0) return;
    const start = performance.now();
    const before = this.state.edge.size;
    await this.store.append(batch, before);
    absorb();
    if (batch.statements) this.spoken++;
    this.options.observe?.(edge.size - before, performance.now() - start);
  }

  /**
   * After a failed append nothing in memory is trusted: what is durable is read again. A store that does not begin with what it had
   * acknowledged before is not written to, nor is a shorter or another tree ever signed over it: it may come back to its senses.
   */
  private async reload(): Promise<void> {
    this.spoken++;
    const found = await State.load(this.store);
    const { edge } = this.state;
    const prover = new Prover(sha256, async (level, n) => (await this.store.get('tiles', [level, n]))?.hashes);
    if (found.edge.size < edge.size || !equal(await prover.root(edge.size), edge.root()))
      throw new StoreUnavailable(`the store no longer has the ${edge.size} records that it acknowledged`);
    this.state = found;
    this.stale = false;
  }
}

/**
 * Opens the ledger that lies in a store: reads the right edge of its tree and starts the one writer. Throws LedgerRefused when a tile
 * of the edge is missing.
 */
export async function openLedger(store: Store, options: LedgerOptions): Promise<Ledger> {
  try {
    await indexEvents(store);
    return await Sequencer.open(store, options);
  } catch (error) {
    throw error instanceof TileMissing ? edgeDisagrees(`tile ${error.level}/${error.n}`) : error;
  }
}
