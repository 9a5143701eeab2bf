import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted for Prometheus (exposition format 0.0.4). */
export interface Metrics {
  /** A request was answered. Routes by their pattern, so that no value of a path becomes a label. */
  answered(method: string, route: string, status: number, ms: number): void;
  /** Records were appended, in so many milliseconds. */
  appended(records: number, milliseconds: number): void;
  /** Shows this ledger's size and queue. */
  watch(ledger: { readonly size: number; readonly waiting: number }): void;
  readonly type: string;
  text(): Promise<string>;
}

/** Metrics of one service, in a registry of their own: two in one process (tests) do not add up. */
export function openMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'suyuan_http_request_seconds',
    help: 'Time to answer a request, by method, route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const appends = new Histogram({
    name: 'suyuan_append_seconds',
    help: 'Time of one durable append of the ledger.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers,
  });
  const appended = new Counter({ name: 'suyuan_appended_records_total', help: 'Records appended since the start.', registers });

  return {
    answered: (method, route, status, ms) => requests.observe({ method, route, status: String(status) }, ms / 1000),
    appended: (records, milliseconds) => {
      appends.observe(milliseconds / 1000);
      appended.inc(records);
    },
    watch: (ledger) => {
      const gauge = (name: string, help: string, read: () => number) =>
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read());
          },
        });
      gauge('suyuan_records', 'Records in the ledger.', () => ledger.size);
      gauge('suyuan_queue_records', 'Records that wait to be written.', () => ledger.waiting);
    },
    type: registry.contentType,
    text: () => registry.metrics(),
  };
}
