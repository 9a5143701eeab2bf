import type { Store } from '../store/port.js';
import type { Mandate as MandateBody } from '../types.gen.js';
import { statementsAt } from './statements.js';

/** The registry's own statements are made under this name. */
const registry = 'urn:suyuan:registry';

/** Mandates looked through at most: far more than operators of one server have. */
const most = 2000;

export interface Mandate {
  readonly uri: string;
  /** The party that entrusts, and the one entrusted. */
  readonly from: string;
  readonly to: string;
  /** Unix milliseconds. */
  readonly since: number;
  readonly until?: number;
  readonly revoked: boolean;
  /** Who made the statement: the party that entrusts, or the registry. */
  readonly by: string;
}

/** Every mandate by its newest statement. */
export async function mandates(store: Store): Promise<Mandate[]> {
  const rows = await store.range('statements', { index: 'kind', prefix: ['mandate'], limit: most });
  const statements = await statementsAt(
    store,
    rows.map(({ item }) => item),
  );
  // Only the party that entrusts, or the registry for one that cannot sign in, makes a mandate.
  const made = [...statements.values()].filter(({ by, body }) => by === body.from || by === registry);
  return made.map(({ uri, by, body }) => {
    const { from, to, since, until, revoked = false } = body as unknown as MandateBody;
    return { uri, by, from, to, since: Date.parse(since), ...(until !== undefined && { until: Date.parse(until) }), revoked };
  });
}

/** The parties that entrust this one at a time (Unix milliseconds): whose entries it may make. */
export async function entrusting(store: Store, to: string, at: number): Promise<string[]> {
  const valid = (await mandates(store)).filter(
    (mandate) => mandate.to === to && !mandate.revoked && mandate.since <= at && (mandate.until ?? Infinity) > at,
  );
  return [...new Set(valid.map(({ from }) => from))];
}
