import { join } from 'node:path';
import type { JsonObject } from '../../src/domain/record.js';
import { draftOf, type Draft } from '../../src/ledger/draft.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { traceItems } from '../../src/queries/trace.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import { removeFolder, temporaryFolder } from './children.js';
import { rounded, table } from './table.js';

/**
 * What traces cost. The ledger is filled with supply chains: a raw lot becomes batches of 25 boxes' lots; the lots of a batch go on one
 * pallet, which is shipped to a shop, received and opened there, and each lot is sold in part. So a chain that reaches n lots has about
 * 1.2 n events and goes through four hands. Chains reach 100 lots; one reaches 10,000 and one 100,000, where so many events were asked for.
 */
export interface TraceFigures {
  readonly events: number;
  readonly filledPerSecond: number;
  readonly rows: readonly TraceRow[];
}

interface TraceRow {
  readonly what: string;
  readonly reach: number;
  readonly p50: number;
  readonly p99: number;
  readonly microsecondsPerLot: number;
  readonly rss: number;
}

const perBatch = 25;
const lotOf = (chain: string, n: number | string): string => `https://id.gs1.org/01/09520131000102/10/${chain}-${n}`;
const plant = 'urn:suyuan:party:00000000-0000-4000-8000-000000000001';
const shopOf = (n: number): string => `urn:suyuan:party:00000000-0000-4000-8000-${String(1000 + (n % 500)).padStart(12, '0')}`;

function sscc(n: number): string {
  const digits = `09520131${String(n).padStart(9, '0')}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return `https://id.gs1.org/00/${digits}${(10 - (sum % 10)) % 10}`;
}

/** Makes the events of chains in the order of what happens. */
class Generator {
  private minute = 0;
  private pallet = 0;
  private id = 0;

  private draft(by: string, event: JsonObject): Draft {
    const id = `urn:uuid:00000000-0000-7000-8000-${String(++this.id).padStart(12, '0')}`;
    const eventTime = new Date(Date.UTC(2020, 0, 1) + ++this.minute * 1000).toISOString();
    return draftOf(
      { v: 1, kind: 'event', id, by, body: { eventID: id, eventTime, eventTimeZoneOffset: '+08:00', ...event } },
      { role: 'producer', fresh: true },
    );
  }

  *chain(name: string, lots: number): Events {
    const object = (action: string, bizStep: string, more: JsonObject): JsonObject => ({
      type: 'ObjectEvent',
      action,
      bizStep,
      ...more,
    });
    const kilos = (n: number): JsonObject => ({ epcClass: lotOf(name, 'raw'), quantity: n, uom: 'KGM' });
    yield this.draft(plant, object('ADD', 'commissioning', { quantityList: [kilos(lots)] }));
    for (let from = 0; from < lots; from += perBatch) {
      const made = Array.from({ length: Math.min(perBatch, lots - from) }, (_, i) => lotOf(name, from + i));
      const [pallet, shop] = [sscc(++this.pallet), shopOf(this.pallet)];
      const boxes = made.map((epcClass): JsonObject => ({ epcClass, quantity: 40, uom: 'H87' }));
      yield this.draft(plant, {
        type: 'TransformationEvent',
        inputQuantityList: [kilos(made.length)],
        outputQuantityList: boxes,
      });
      yield this.draft(plant, {
        type: 'AggregationEvent',
        action: 'ADD',
        bizStep: 'packing',
        parentID: pallet,
        childQuantityList: boxes,
      });
      const destinationList = [{ type: 'possessing_party', destination: shop }];
      yield this.draft(plant, object('OBSERVE', 'shipping', { epcList: [pallet], destinationList }));
      yield this.draft(shop, object('OBSERVE', 'receiving', { epcList: [pallet] }));
      yield this.draft(shop, {
        type: 'AggregationEvent',
        action: 'DELETE',
        bizStep: 'unpacking',
        parentID: pallet,
        childQuantityList: boxes,
      });
      for (const epcClass of made)
        yield this.draft(shop, object('DELETE', 'retail_selling', { quantityList: [{ epcClass, quantity: 15, uom: 'H87' }] }));
    }
  }
}
type Events = globalThis.Generator<Draft>;

async function fill(ledger: Ledger, events: number): Promise<{ chains: Map<number, string[]>; filled: number }> {
  const generator = new Generator();
  const chains = new Map<number, string[]>();
  let filled = 0;
  const tell = async (name: string, lots: number): Promise<void> => {
    chains.set(lots, [...(chains.get(lots) ?? []), name]);
    let batch: Draft[] = [];
    const send = async (): Promise<void> => {
      for (const outcome of await ledger.submit(batch)) if (!('recorded' in outcome)) throw new Error(JSON.stringify(outcome));
      filled += batch.length;
      batch = [];
    };
    for (const draft of generator.chain(name, lots)) if (batch.push(draft) === 500) await send();
    if (batch.length > 0) await send();
  };
  for (const lots of [10_000, 100_000]) if (events >= lots * 2) await tell(`w${lots}`, lots);
  for (let n = 0; filled < events; n++) await tell(`c${n}`, 100);
  return { chains, filled };
}

export async function measureTrace({ events }: { readonly events: number }, say: (line: string) => void): Promise<TraceFigures> {
  const folder = temporaryFolder();
  const store = await openSqlite(join(folder, 'data'));
  const ledger = await openLedger(store, { clock: () => Date.now() });
  try {
    say(`${events} events of supply chains`);
    const start = performance.now();
    const { chains, filled } = await fill(ledger, events);
    const filledPerSecond = rounded((filled * 1000) / (performance.now() - start));
    const rows: TraceRow[] = [];
    for (const [lots, names] of [...chains].sort(([a], [b]) => a - b)) {
      const rounds = lots > 1000 ? 5 : 40;
      const forward = async (i: number) => traceItems(store, [lotOf(names[(i * 7) % names.length]!, 'raw')], 'forward');
      rows.push(await timed(`forward, reaches ${lots}`, rounds, forward));
      if (lots === 100) {
        const back = async (i: number) => traceItems(store, [lotOf(names[(i * 7) % names.length]!, i % 100)], 'back');
        rows.push(await timed(`back, from a chain of ${lots}`, rounds, back));
      }
    }
    return { events: filled, filledPerSecond, rows };
  } finally {
    await ledger.close();
    await store.close();
    removeFolder(folder);
  }
}

async function timed(
  what: string,
  rounds: number,
  trace: (round: number) => Promise<{ lots: readonly unknown[] }>,
): Promise<TraceRow> {
  const times: number[] = [];
  let reach = 0;
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    reach = (await trace(i)).lots.length;
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  return {
    what,
    reach,
    p50: rounded(at(0.5), 1),
    p99: rounded(at(0.99), 1),
    microsecondsPerLot: rounded((at(0.5) * 1000) / reach),
    rss: rounded(process.memoryUsage().rss / 1e6),
  };
}

export const traceTable = ({ events, filledPerSecond, rows }: TraceFigures): string =>
  `  ${events} events, filled at ${filledPerSecond} a second\n` +
  table(
    ['trace', 'lots', 'p50 ms', 'p99 ms', 'µs a lot', 'rss MB'],
    rows.map(({ what, reach, p50, p99, microsecondsPerLot, rss }) => [what, reach, p50, p99, microsecondsPerLot, rss]),
  );
