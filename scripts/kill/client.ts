import type { Acknowledged, Answered } from './acknowledged.js';
import type { Order, Orders } from './order.js';

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

interface Job {
  readonly running: boolean;
  readonly success: boolean;
  readonly events: readonly { readonly outcome: string; readonly entry?: number }[];
}

/** An accepted capture is done within so many milliseconds. */
const patience = 30_000;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A client that behaves as it should: one write after the other, and one whose answer did not come is asked for again, in the same
 * bytes, until there is an answer.
 */
export class Client {
  /** Asked for, and not answered yet. */
  private open: Order | undefined;
  /** A capture that was accepted, and whose result was not read yet. */
  private job: { readonly path: string; readonly order: Order } | undefined;

  constructor(
    private readonly secret: string,
    private readonly next: Orders,
    private readonly acknowledged: Acknowledged,
  ) {}

  /** Writes until the service is gone. */
  async work(url: string): Promise<void> {
    while (await this.settle(url)) this.open = this.next();
  }

  /** Gets the answer that is still due; false when the service is gone again. */
  async settle(url: string): Promise<boolean> {
    if (this.open && !(await this.ask(url, this.open))) return false;
    return this.job === undefined || this.follow(url, this.job);
  }

  private async ask(url: string, order: Order): Promise<boolean> {
    const answer = await send(url, this.secret, order);
    if (!answer) return false;
    if (answer.status === 503) {
      await pause(50);
      return this.ask(url, order);
    }
    this.open = undefined;
    this.take(order, answer);
    return true;
  }

  private take(order: Order, { status, text, headers }: Answer): void {
    const due = order.kind === 'capture' ? 202 : 201;
    if (status !== due) {
      this.acknowledged.faults.push(`${order.path} ${order.body} was answered ${status} ${text}`);
      return;
    }
    if (order.kind === 'capture') this.job = { path: headers.get('location') ?? '', order };
    if (order.kind === 'event') this.acknowledged.event(order.events[0] as string, undefined);
    if (order.kind !== 'activity') return;
    const { id, entry } = JSON.parse(text) as { id: string; entry: number };
    this.acknowledged.event(id, entry);
    this.acknowledged.answers.push({ order, secret: this.secret, status, body: text });
  }

  /** Reads what became of a capture until it is done. Its events are acknowledged with it. */
  private async follow(url: string, { path, order }: NonNullable<Client['job']>): Promise<boolean> {
    for (const late = Date.now() + patience; ;) {
      const answer = await send(url, this.secret, { ...order, path, body: '' }, 'GET');
      if (!answer) return false;
      if (Date.now() > late) {
        this.acknowledged.faults.push(`capture ${path} was accepted and is not done after ${patience / 1000} s`);
        this.job = undefined;
        return true;
      }
      const job = answer.status === 200 ? (JSON.parse(answer.text) as Job) : undefined;
      if (job?.running || answer.status === 503) {
        await pause(20);
        continue;
      }
      this.job = undefined;
      if (!job?.success)
        this.acknowledged.faults.push(`capture ${path} was accepted and came to ${answer.status} ${answer.text}`);
      for (const [n, { entry }] of (job?.events ?? []).entries()) this.acknowledged.event(order.events[n] as string, entry);
      return true;
    }
  }
}

/** The answer, or nothing when the service went away before there was a whole one. */
async function send(url: string, secret: string, order: Order, method = 'POST'): Promise<Answer | undefined> {
  try {
    const answer = await fetch(url + order.path, {
      method,
      headers: { ...order.headers, authorization: `Bearer ${secret}` },
      ...(method === 'POST' && { body: order.body }),
    });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Asks again for what was answered before under an Idempotency-Key, and says what is not the same to the letter. */
export async function repeat(url: string, { order, secret, status, body }: Answered): Promise<string[]> {
  const answer = await send(url, secret, order);
  if (answer?.status === status && answer.text === body && answer.headers.get('idempotency-replayed') === 'true') return [];
  return [`${order.path} was answered ${status} ${body} and now ${answer?.status ?? 'nothing'} ${answer?.text ?? ''}`];
}
