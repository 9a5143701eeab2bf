import { createKey } from '../../src/accounts/keys.js';
import type { App } from '../../src/app.js';
import type { Activity } from '../../src/domain/activities.js';
import { draftActivity, draftStatement, type Author } from '../../src/http/recording.js';
import type { Draft } from '../../src/ledger/draft.js';
import { box, chainLength, fruit, partyOf, placeOf, stepOf } from './chain.js';

/** Producers that take turns. */
export const producers = 8;
const division = '510131';
const products = [
  [fruit, '猕猴桃（金艳）', 'KGM'],
  [box, '猕猴桃（金艳）1.3 千克盒装', 'H87'],
] as const;
const authorOf = (n: number): Author => ({ by: partyOf(n), role: 'producer' });

/** Registers the producers and their places, and answers a key for each. */
export async function people(app: App): Promise<string[]> {
  const drafts = Array.from({ length: producers }, (_, n) => [
    draftStatement(app, authorOf(n), 'party', partyOf(n), {
      type: 'household',
      name: { zh: `第 ${n + 1} 户` },
      division,
      roles: ['producer'],
    }),
    draftStatement(app, authorOf(n), 'place', placeOf(n), {
      kind: 'plot',
      name: { zh: `第 ${n + 1} 块地` },
      division,
      party: partyOf(n),
    }),
  ]).flat();
  for (const [uri, zh, unit] of products)
    drafts.push(draftStatement(app, authorOf(0), 'product', uri, { name: { zh }, sector: 'fruit', unit }));
  for (const outcome of await app.ledger.submit(drafts)) if (!('recorded' in outcome)) throw new Error(JSON.stringify(outcome));
  const keys: string[] = [];
  for (let n = 0; n < producers; n++) {
    const made = await createKey(app.store, { role: 'producer', party: partyOf(n) }, app.clock());
    if (!('secret' in made)) throw new Error(JSON.stringify(made.faults));
    keys.push(made.secret);
  }
  return keys;
}

/** Milliseconds that the parts of a fill took. */
export interface Filled {
  readonly events: number;
  readonly drafting: number;
  readonly recording: number;
}

/**
 * Records `events` events of whole chains (12 each), in batches of `batch`, through the same drafting and the same ledger as the
 * routes. Chains are numbered from 0 behind `label`; the same arguments make the same events (their ids and salts apart).
 */
export async function fill(app: App, events: number, batch: number, label = '', end = app.clock() - 3_600_000): Promise<Filled> {
  let drafting = 0;
  let recording = 0;
  let pending: Promise<void> = Promise.resolve();
  const submit = async (drafts: Draft[]): Promise<void> => {
    const outcomes = await app.ledger.submit(drafts);
    for (const outcome of outcomes) if (!('recorded' in outcome)) throw new Error(JSON.stringify(outcome));
  };
  let drafts: Draft[] = [];
  for (let n = 0; n < events; n++) {
    const chain = Math.floor(n / chainLength);
    const producer = chain % producers;
    const begun = performance.now();
    const { activity, values } = stepOf(n % chainLength, `${label}${chain}`, producer, end);
    drafts.push(await draftActivity(app, authorOf(producer), app.activities.get(activity) as Activity, values));
    drafting += performance.now() - begun;
    if (drafts.length < batch && n < events - 1) continue;
    const sent = performance.now();
    await pending;
    pending = submit(drafts);
    recording += performance.now() - sent;
    drafts = [];
  }
  const sent = performance.now();
  await pending;
  return { events, drafting, recording: recording + performance.now() - sent };
}
