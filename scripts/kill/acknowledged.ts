import type { Audited } from '../../test/support/audit/audit.js';
import type { JsonObject } from '../../src/domain/record.js';
import { keyOf, type Order } from './order.js';

/** A whole answer that has to be given again, word for word. */
export interface Answered {
  readonly order: Order;
  /** The key under which it was asked for. */
  readonly secret: string;
  readonly status: number;
  readonly body: string;
}

/** Everything that the service has acknowledged, over all its lives. */
export class Acknowledged {
  /** Events by key: the entry number where the answer named it. */
  readonly events = new Map<string, number | undefined>();
  readonly answers: Answered[] = [];
  readonly faults: string[] = [];

  event(key: string, entry: number | undefined): void {
    const before = this.events.get(key);
    if (before !== undefined && entry !== undefined && before !== entry)
      this.faults.push(`${key} was acknowledged as entry ${before} and later as ${entry}`);
    this.events.set(key, entry ?? before);
  }

  /**
   * Holds the ledger against what was acknowledged: each exactly once, with its number. To be asked when every client has had its
   * answer: then a record that nobody was told of was recorded twice or for nobody.
   */
  heldBy({ records }: Audited): string[] {
    const found = new Map<string, number[]>();
    for (const { seq, record } of records) {
      if (record.kind !== 'event') continue;
      const key = keyOf({ ...(record.body as JsonObject), eventID: record.id });
      found.set(key, [...(found.get(key) ?? []), seq]);
    }
    const faults = [...this.faults];
    for (const [key, entry] of this.events) {
      const seqs = found.get(key) ?? [];
      if (seqs.length === 0) faults.push(`lost: ${key} was acknowledged${entry === undefined ? '' : ` as entry ${entry}`}`);
      if (seqs.length > 1) faults.push(`recorded twice: ${key} stands in the entries ${seqs.join(', ')}`);
      if (entry !== undefined && seqs.length > 0 && !seqs.includes(entry))
        faults.push(`moved: ${key} was acknowledged as entry ${entry} and is ${seqs.join(', ')}`);
    }
    for (const [key, seqs] of found)
      if (!this.events.has(key)) faults.push(`never asked for, or twice: ${key} in the entries ${seqs.join(', ')}`);
    return faults;
  }
}
