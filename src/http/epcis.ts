import type { App } from '../app.js';
import type { JsonObject } from '../domain/record.js';
import type { Finding, Lang, Text } from '../domain/text.js';
import { Problem } from '../errors.js';
import { uuidv7 } from '../id.js';
import { type EventOutcome, prepareEvent } from '../jobs/capture.js';
import { acceptJob, type CaptureJob, jobOf, jobsOf } from '../jobs/captureJob.js';
import { eventsById } from '../queries/events.js';
import type { ApiCaptureJob } from '../types.gen.js';
import { json, type Answer, type Call } from './call.js';
import { authorAsJson, captureTools, documentOf, runBehind, runJob } from './capture.js';
import { behaviourOf, checkVersions, epcisException } from './epcisHeaders.js';
import { givenOut, queryDocument } from './epcisQuery.js';
import { submitOnce } from './idempotency.js';
import { readerOf } from './master.js';
import { authorOf, refusalOf } from './recording.js';

/** A document of so many events is done before the answer; a larger one is answered first. */
const small = 500;

/** POST /epcis/capture: 202 with a job. */
export async function capture(app: App, call: Call): Promise<Answer> {
  checkVersions(call);
  const behaviour = behaviourOf(call);
  const document = documentOf(app, call.body);
  if ('faults' in document) throw new Problem('bad-values', { faults: document.faults });
  const events = document.events.length;
  if (events > app.config.captureEvents)
    throw new Problem('too-large', {
      detail: {
        zh: `一次最多 ${app.config.captureEvents} 个事件`,
        en: `at most ${app.config.captureEvents} events are taken at once`,
      },
    });
  const author = await authorOf(app, call);
  const { vocabulary } = document;
  const party = author.by;
  const job: CaptureJob = {
    id: uuidv7(),
    party,
    created: app.clock(),
    behaviour,
    events,
    vocabulary,
    success: true,
    outcomes: [],
  };
  if (events <= small) await runJob(app, job, author, document);
  else {
    await acceptJob(app.store, job, { job: job.id, author: authorAsJson(author), document: call.body });
    void runBehind(app, job, author, document);
  }
  return { status: 202, headers: { location: `/epcis/capture/${job.id}` } };
}

/** GET /epcis/capture/{id}: one of the party's own jobs. */
export async function showJob(app: App, call: Call): Promise<Answer> {
  checkVersions(call);
  const job = await jobOf(app.store, call.params.id ?? '', partyOf(call));
  if (job === undefined) throw new Problem('not-found');
  return json(200, told(job, call.lang));
}

/** GET /epcis/capture: the party's own jobs, newest first, by pages. */
export async function listJobs(app: App, call: Call): Promise<Answer> {
  checkVersions(call);
  const { perPage = '30', nextPageToken } = call.query;
  const limit = Number(perPage);
  const jobs = await jobsOf(
    app.store,
    partyOf(call),
    limit + 1,
    nextPageToken === undefined ? undefined : placeOf(nextPageToken),
  );
  const page = jobs.slice(0, limit);
  const last = page.at(-1);
  const next = jobs.length > limit && last ? `/epcis/capture?perPage=${limit}&nextPageToken=${tokenOf(last)}` : undefined;
  return json(
    200,
    page.map((job) => told(job, call.lang)),
    next === undefined ? undefined : { link: `<${next}>; rel="next"` },
  );
}

/** POST /epcis/events: captures one event, 201 with its address; a repeated capture is answered as the first one was. */
export async function captureOne(app: App, call: Call): Promise<Answer> {
  checkVersions(call);
  const document = documentOf(app, call.body);
  if ('faults' in document) throw new Problem('bad-values', { faults: document.faults });
  if (document.events.length !== 1 || document.context !== undefined)
    throw new Problem('bad-values', {
      faults: [
        {
          pointer: '/type',
          message: { zh: '这里只接受单个事件', en: 'one event is taken here; documents go to /epcis/capture' },
        },
      ],
    });
  const author = await authorOf(app, call);
  const prepared = prepareEvent(call.body, document, captureTools(app, author));
  if ('faults' in prepared) throw new Problem('bad-values', { faults: prepared.faults });
  const { id, draft } = prepared;
  return submitOnce(app, call, [draft], false, ([outcome]) => {
    if (outcome === undefined || 'refused' in outcome) throw refusalOf(outcome?.refused ?? [], call.lang);
    if ('conflict' in outcome) throw new Problem('same-id-other-content', { more: { entry: outcome.conflict } });
    return json(201, { ...draft.record.body, eventID: id }, { location: `/epcis/events/${encodeURIComponent(id)}` });
  });
}

/** GET /epcis/events/{id}: the event and its error declarations, as far as the reader may read them whole. */
export async function showEvent(app: App, call: Call): Promise<Answer> {
  checkVersions(call);
  const found = await eventsById(app.store, call.params.id ?? '', readerOf(call));
  if (found.length === 0) throw new Problem('not-found');
  const given = found.map(({ event, id, time }) => givenOut({ event: event as unknown as JsonObject, id, recorded: time }));
  return json(200, queryDocument(given, app.clock(), 'SimpleEventQuery'));
}

/** Own jobs only: a person or machine without a party has none. */
function partyOf({ account }: Call): string {
  if (account?.party === undefined) throw new Problem('not-found');
  return account.party;
}

const tokenOf = ({ created, id }: CaptureJob): string => Buffer.from(`${created} ${id}`).toString('base64url');

function placeOf(token: string): [number, string] {
  const [, time, id] = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(token, 'base64url').toString('latin1')) ?? [];
  if (time === undefined || id === undefined)
    throw new Problem('bad-values', {
      faults: [{ pointer: '/nextPageToken', message: { zh: '不是有效的翻页标记', en: 'is not a page token of this service' } }],
    });
  return [Number(time), id];
}

/** A job as the standard shows it, and what became of each event. */
function told(job: CaptureJob, lang: Lang): ApiCaptureJob {
  const failed = job.outcomes.filter(({ outcome }) => outcome !== 'recorded' && outcome !== 'duplicate');
  return {
    captureID: job.id,
    createdAt: new Date(job.created).toISOString(),
    ...(job.finished !== undefined && { finishedAt: new Date(job.finished).toISOString() }),
    running: job.finished === undefined,
    success: job.success,
    captureErrorBehaviour: job.behaviour,
    errors: failed.flatMap((outcome) => errorsOf(outcome, lang)),
    ...(job.vocabulary > 0 && { masterData: { elements: job.vocabulary, recorded: 0 } }),
    events: job.outcomes.map((outcome) => ({
      pointer: outcome.pointer,
      ...(outcome.id !== undefined && { eventID: outcome.id }),
      outcome: outcome.outcome,
      ...('entry' in outcome && { entry: outcome.entry }),
    })),
  };
}

const words: Readonly<Record<'invalid' | 'conflict' | 'refused' | 'withheld', Text>> = {
  invalid: { zh: '事件不合规范', en: 'The event is not valid' },
  conflict: { zh: '同一个编号已经记过别的内容', en: 'The id is already taken by another event' },
  refused: { zh: '与账上的情况不符', en: 'The event contradicts what the ledger holds' },
  withheld: { zh: '与有错的事件一起退回', en: 'Rejected together with the events that have errors' },
};

function errorsOf(outcome: EventOutcome, lang: Lang): ApiCaptureJob['errors'] {
  const { pointer } = outcome;
  const eventID = outcome.id === undefined ? {} : { eventID: outcome.id };
  const error = (
    code: 'bad-values' | 'same-id-other-content' | 'refused',
    title: Text,
    more: object,
  ): ApiCaptureJob['errors'][number] => ({
    type: epcisException(code) ?? 'about:blank',
    title: title[lang],
    status: code === 'bad-values' ? 400 : 409,
    pointer,
    ...eventID,
    ...more,
  });
  switch (outcome.outcome) {
    case 'invalid':
      return outcome.faults.map((fault) =>
        error('bad-values', words.invalid, { pointer: fault.pointer, detail: fault.message[lang] }),
      );
    case 'conflict':
      return [error('same-id-other-content', words.conflict, { entry: outcome.entry })];
    case 'refused':
      return outcome.findings.map((finding: Finding) =>
        error('refused', words.refused, { rule: finding.rule, detail: finding.message[lang] }),
      );
    default:
      return [];
  }
}
