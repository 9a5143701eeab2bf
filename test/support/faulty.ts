import { StoreUnavailable, type Batch, type Store } from '../../src/store/port.js';

/** When a call tells its error: before anything is done, while it is being done, or after. */
export type Moment = 'before' | 'during' | 'after';

/** What strikes one call of a store. */
export interface Fault {
  readonly method: Exclude<keyof Store, 'close'>;
  /** Of puts, deletes and reads: only those of this collection. */
  readonly collection?: string;
  readonly moment: Moment;
  /**
   * Whether the write is in the store in the end. An error that is told `before` or `during` it may be of one that then takes place,
   * a moment later. What is not persisted `during` the write was begun and undone. What is not persisted `after` was acknowledged
   * and lost: a disk that lies.
   */
  readonly persisted: boolean;
  /** So many calls that it fits pass unharmed before. */
  readonly skip?: number;
}

export interface FaultyStore extends Store {
  /** Lets one call come to harm; resolves when it has. */
  strike(fault: Fault): Promise<void>;
  /** Takes back what has not struck yet. */
  quiet(): void;
  /** Waits for writes that took place after their error was told. */
  settled(): Promise<void>;
}

interface Armed extends Fault {
  left: number;
  readonly struck: () => void;
}

type Call = (...args: unknown[]) => Promise<unknown>;

/** A store in front of another one, which it passes everything on to until it is told to strike. */
export function faulty(store: Store): FaultyStore {
  let armed: readonly Armed[] = [];
  const late = new Set<Promise<unknown>>();

  /** The fault that this call comes to, if there is one. */
  const met = (name: string, [first]: unknown[]): Armed | undefined => {
    const waiting = armed.filter(({ method, collection }) => method === name && (collection ?? first) === first);
    const fault = waiting.find(({ left }) => left === 0);
    for (const each of waiting) each.left--;
    armed = armed.filter((each) => each !== fault);
    fault?.struck();
    return fault;
  };
  const behind = (work: Promise<unknown>): void => {
    const done: Promise<unknown> = work.catch(() => undefined).finally(() => late.delete(done));
    late.add(done);
  };

  const struckBy = async ({ method, moment, persisted }: Armed, call: Call, args: unknown[]): Promise<unknown> => {
    const error = new StoreUnavailable(`injected ${moment} ${method}, ${persisted ? '' : 'not '}persisted`);
    if (moment === 'after' && persisted) await call(...args);
    if (moment === 'after' && !persisted) return undefined;
    if (moment === 'during' && persisted) behind(call(...args));
    if (moment === 'during' && !persisted && method === 'append') await undone(call, args as [Batch, number]);
    if (moment === 'before' && persisted) behind(new Promise((resolve) => setTimeout(resolve, 20)).then(() => call(...args)));
    throw error;
  };

  const settled = async (): Promise<void> => {
    while (late.size > 0) await Promise.all(late);
  };

  const own: Record<string, unknown> = {
    strike: (fault: Fault) =>
      new Promise<void>((resolve) => {
        armed = [...armed, { ...fault, left: fault.skip ?? 0, struck: resolve }];
      }),
    quiet: () => (armed = []),
    settled,
    close: () => (late.size === 0 ? store.close() : settled().then(() => store.close())),
  };
  return new Proxy(store as FaultyStore, {
    get: (_, name: string) => {
      if (name in own) return own[name];
      const method = Reflect.get(store, name) as Call;
      if (typeof method !== 'function') return method;
      return (...args: unknown[]) => {
        const fault = met(name, args);
        return fault ? struckBy(fault, (...given) => method.apply(store, given), args) : method.apply(store, args);
      };
    },
  });
}

/** Begins the append and lets the store undo it: its last record has a number that cannot be. */
async function undone(call: Call, [batch, expectedSize]: [Batch, number]): Promise<void> {
  const { records, ...others } = batch;
  const put = records?.put ?? [];
  const last = put.at(-1);
  if (!last) return;
  const wrong = { ...last, seq: last.seq + 2 };
  await call({ ...others, records: { put: [...put, wrong] } }, expectedSize).then(
    () => {
      throw new Error('the store took a record out of turn');
    },
    () => undefined,
  );
}
