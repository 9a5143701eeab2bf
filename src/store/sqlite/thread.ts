import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../port.js';
import type { ConnectionOptions } from './connection.js';
import { fromMessage } from './errors.js';
import type { Call, Reply } from './message.js';

interface Waiting {
  readonly resolve: (value: number) => void;
  readonly reject: (error: Error) => void;
}

/** The writer's thread, seen from the main one: a promise a call. */
export class WriterThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #gone: Error | undefined;

  private constructor(file: string, folder: string, options: ConnectionOptions) {
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: { file, folder, options }, name: 'store' });
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', () => this.#fail(undefined));
  }

  /** Starts the thread and waits until the file is open and in shape. */
  static async start(file: string, folder: string, options: ConnectionOptions): Promise<WriterThread> {
    const thread = new WriterThread(file, folder, options);
    try {
      await thread.#wait(0);
    } catch (error) {
      await thread.#worker.terminate();
      throw error;
    }
    return thread;
  }

  call(call: Call): Promise<number> {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = ++this.#last;
    this.#worker.postMessage({ ...call, id });
    return this.#wait(id);
  }

  /** Lets what was asked before finish, closes the file and ends the thread. */
  async close(): Promise<void> {
    if (this.#gone) return;
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve));
    await this.call({ call: 'close' });
    // The answer let go of the thread; its end is still waited for.
    this.#worker.ref();
    await ended;
  }

  #wait(id: number): Promise<number> {
    // A store that is idle does not keep its process alive; one at work does.
    if (this.#waiting.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #settle({ id, value, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (error) waiting?.reject(fromMessage(error));
    else waiting?.resolve(value ?? 0);
  }

  #fail(cause: unknown): void {
    this.#gone ??= new StoreUnavailable(
      'the writer of the store has ended; whether its last write took place shows when it is opened again',
      cause,
    );
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
  }
}
