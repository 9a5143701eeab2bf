import { hash } from 'node:crypto';
import type { App } from '../app.js';
import type { CaptureDocument } from '../domain/epcis/document.js';
import { readDocument } from '../domain/epcis/document.js';
import { type Shape, schemaOf } from '../domain/epcis/validate.js';
import type { Json, JsonObject } from '../domain/record.js';
import type { Faulty } from '../domain/gs1/gs1Error.js';
import { type CaptureTools, captureDocument } from '../jobs/capture.js';
import { type CaptureJob, finishedJob, finishing, pendingJobs, putFinished } from '../jobs/captureJob.js';
import { draftOf, type Draft } from '../ledger/draft.js';
import { Busy } from '../ledger/ledger.js';
import { errorShape } from '../log.js';
import { StoreUnavailable } from '../store/port.js';
import type { Author } from './recording.js';

/** Clocks of others may be this far ahead of ours, milliseconds. */
const ahead = 86_400_000;
/** A busy ledger is asked again after so many milliseconds, and so often, before a job waits for the next start. */
const patience = { every: 1000, times: 600 };

const sha256 = (text: string): string => hash('sha256', text, 'hex');

export const shapeBy =
  ({ schemas }: App): Shape =>
  (type, event) =>
    schemas.check(schemaOf[type])(event);

/** Takes a capture document apart, or says why it is none. */
export const documentOf = (app: App, value: unknown): CaptureDocument | Faulty =>
  readDocument(value, app.schemas.check('epcis/document.json'));

/** What captures under an author's name: the same for HTTP, for the command line and for resumed jobs. */
export function captureTools(app: App, { by, behalf, role, story }: Author): CaptureTools<Draft> {
  return {
    shape: shapeBy(app),
    latest: (story?.time ?? app.clock()) + ahead,
    sha256,
    draft: (event, id, content) => {
      const body = event as unknown as JsonObject;
      const record = { v: 1, kind: 'event', id, by, ...(behalf !== undefined && { behalf }), body } as const;
      return draftOf(story ? { ...record, demo: true } : record, { role, content, ...(story && { recordedAt: story.time }) });
    },
    submit: (drafts, options) => app.ledger.submit(drafts, options),
  };
}

/** Carries a job out and stores what became of it: in the same append as its last events where it has any. */
export async function runJob(app: App, job: CaptureJob, author: Author, document: CaptureDocument): Promise<CaptureJob> {
  const done = await captureDocument(document, job.behaviour, captureTools(app, author), (result) =>
    finishing(finishedJob(job, result, app.clock())),
  );
  const finished = finishedJob(job, done.result, app.clock());
  if (!done.attached) await putFinished(app.store, finished);
  return finished;
}

/** Carries a job out behind the answer. While the ledger is busy it waits; when the service stops, the next start goes on with it. */
export async function runBehind(app: App, job: CaptureJob, author: Author, document: CaptureDocument): Promise<void> {
  for (let tried = 0; tried < patience.times; tried++) {
    try {
      await runJob(app, job, author, document);
      return;
    } catch (error) {
      if (!(error instanceof Busy || error instanceof StoreUnavailable)) {
        app.log.error({ job: job.id, error: errorShape(error) }, 'capture job');
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, patience.every).unref());
    }
  }
}

/** Goes on with the jobs that a stop interrupted, one after the other. What they recorded before is recognised and not repeated. */
export async function resumeJobs(app: App): Promise<void> {
  const found = await pendingJobs(app.store).catch((error: unknown) => {
    app.log.error({ error: errorShape(error) }, 'capture jobs');
    return [];
  });
  for (const { job, pending } of found) {
    const document = documentOf(app, pending.document);
    // It was one when the job was accepted.
    if ('faults' in document) continue;
    app.log.info({ job: job.id }, 'capture job resumed');
    await runBehind(app, job, pending.author as unknown as Author, document);
  }
}

export const authorAsJson = (author: Author): Json => ({ ...author }) as unknown as Json;
