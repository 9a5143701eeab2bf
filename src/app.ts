import type { Logger } from 'pino';
import type { Config } from './config.js';
import type { Metrics } from './http/metrics.js';
import type { Activity } from './domain/activities.js';
import type { Checkpoints } from './ledger/checkpoints.js';
import type { Ledger } from './ledger/ledger.js';
import type { Witness } from './ledger/witness.js';
import type { Route } from './route.js';
import type { Schemas } from './schemas.js';
import type { Store } from './store/port.js';

/** What handlers work with. */
export interface App {
  readonly store: Store;
  readonly ledger: Ledger;
  /** The signed heads of the ledger, and proofs from its tiles. */
  readonly checkpoints: Checkpoints;
  /** We as a witness; none when no other log is to be witnessed. */
  readonly witness?: Witness;
  readonly schemas: Schemas;
  readonly activities: ReadonlyMap<string, Activity>;
  readonly config: Config;
  readonly log: Logger;
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** Told of every answered request: its line of the table, the status, milliseconds. */
  readonly observe?: (route: Route, status: number, ms: number) => void;
  /** What `/metrics` answers; none in tests. */
  readonly metrics?: Metrics;
}
