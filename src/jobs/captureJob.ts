import type { Json } from '../domain/record.js';
import type { Batch, Store } from '../store/port.js';
import type { Row } from '../store/collections.js';
import type { Behaviour, CaptureResult, EventOutcome } from './capture.js';

/** A capture job as its party sees it. Times in Unix milliseconds. */
export interface CaptureJob {
  readonly id: string;
  readonly party: string;
  readonly created: number;
  readonly finished?: number;
  readonly behaviour: Behaviour;
  readonly events: number;
  /** Elements of master data in the document's header: they are not recorded. */
  readonly vocabulary: number;
  readonly success: boolean;
  readonly outcomes: readonly EventOutcome[];
}

/** What an accepted job needs to be carried out after a restart. */
export interface PendingCapture {
  readonly job: string;
  /** Who asked: the author that its records are made under. */
  readonly author: Json;
  readonly document: unknown;
}

/** A job can be asked about this long: 90 days, in milliseconds. */
const kept = 90 * 86_400_000;
/** A pending row has no end of its own: it goes when its job is done. */
const never = Number.MAX_SAFE_INTEGER;
/** Pending rows stand under no party, so that nobody lists them and a start finds them. */
const pendingParty = 'urn:suyuan:pending';

const rowOf = (job: CaptureJob): Row<'jobs'> => ({
  id: job.id,
  version: job.finished === undefined ? 1 : 2,
  party: job.party,
  time: job.created,
  expires: job.created + kept,
  body: JSON.stringify(job),
});

export const finishedJob = (job: CaptureJob, { success, outcomes }: CaptureResult, now: number): CaptureJob => ({
  ...job,
  finished: now,
  success,
  outcomes,
});

/** The side rows that say that a job is done, to be written with its last events. */
export const finishing = (job: CaptureJob): Batch => ({
  jobs: { put: [rowOf(job)], delete: [[`pending:${job.id}`]] },
});

/** Accepts a job: after this it is carried out, whatever happens to the process. */
export async function acceptJob(store: Store, job: CaptureJob, pending: PendingCapture): Promise<void> {
  await store.put('jobs', {
    id: `pending:${job.id}`,
    version: 1,
    party: pendingParty,
    time: job.created,
    expires: never,
    body: JSON.stringify(pending),
  });
  await store.put('jobs', rowOf(job));
}

/** Puts a job that is done where nothing was written that its rows could have gone with. */
export async function putFinished(store: Store, job: CaptureJob): Promise<void> {
  await store.put('jobs', rowOf(job));
  await store.delete('jobs', [`pending:${job.id}`]);
}

/** A job of a party; another party's is as if there were none. */
export async function jobOf(store: Store, id: string, party: string): Promise<CaptureJob | undefined> {
  const row = await store.get('jobs', [id]);
  return row === undefined || row.party !== party ? undefined : (JSON.parse(row.body) as CaptureJob);
}

/** Jobs of a party, newest first, behind the one that `after` names. */
export async function jobsOf(
  store: Store,
  party: string,
  limit: number,
  after?: readonly [time: number, id: string],
): Promise<CaptureJob[]> {
  const rows = await store.range('jobs', {
    index: 'party',
    prefix: [party],
    reverse: true,
    limit,
    ...(after && { after: [party, ...after] }),
  });
  return rows.map(({ body }) => JSON.parse(body) as CaptureJob);
}

/**
 * Jobs that were accepted and are not done: what a start has to go on with, oldest first. What was never accepted (the process
 * died between the two writes of `acceptJob`, and nobody was answered) is thrown away.
 */
export async function pendingJobs(store: Store): Promise<{ job: CaptureJob; pending: PendingCapture }[]> {
  const found: { job: CaptureJob; pending: PendingCapture }[] = [];
  for (const { id, body } of await store.range('jobs', { index: 'party', prefix: [pendingParty], limit: 10_000 })) {
    const pending = JSON.parse(body) as PendingCapture;
    const row = await store.get('jobs', [pending.job]);
    if (row === undefined) await store.delete('jobs', [id]);
    else found.push({ job: JSON.parse(row.body) as CaptureJob, pending });
  }
  return found;
}
