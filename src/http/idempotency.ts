import { createHash } from 'node:crypto';
import type { App } from '../app.js';
import { Problem } from '../errors.js';
import { Repeated, type Outcome } from '../ledger/ledger.js';
import type { Draft } from '../ledger/draft.js';
import type { Route } from '../route.js';
import type { Batch } from '../store/port.js';
import type { Answer, Call } from './call.js';

/** How long a first answer is kept (interfaces.md): 90 days, in milliseconds. */
const kept = 90 * 86_400_000;

interface Held {
  readonly key: string;
  readonly body: string;
  /** Set when the answer went into the ledger's own append. */
  stored: boolean;
}

/** Calls under an Idempotency-Key that this process is working on. */
const running = new Map<string, Held>();
const heldBy = new WeakMap<Call, Held>();

/**
 * Answers a write once per account, route and `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a retry gets the first
 * answer, another body under the same key 422, one that is still being worked on 409. Problems are not kept: they may be retried.
 */
export async function once(
  app: App,
  route: Route,
  call: Call,
  bytes: Uint8Array | undefined,
  work: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const given = call.headers['idempotency-key'];
  if (route.method === 'GET' || typeof given !== 'string' || !call.account) return work();
  if (given.length > 255 || given === '')
    throw new Problem('bad-request', {
      detail: { zh: 'Idempotency-Key 应为 1 到 255 个字符', en: 'Idempotency-Key takes 1 to 255 characters' },
    });
  const held: Held = {
    key: digest(`${call.account.name}\n${route.method} ${call.path}\n${given}`),
    // Keyed with what only the client knows, so that a short personal value cannot be guessed from it.
    body: createHash('sha256')
      .update(`${given}\n`)
      .update(bytes ?? '')
      .digest('base64url'),
    stored: false,
  };
  const first = await app.store.get('answers', [held.key]);
  if (first) return replay(JSON.parse(first.body) as Stored, held);
  const other = running.get(held.key);
  if (other) throw new Problem(other.body === held.body ? 'still-running' : 'key-reused');
  running.set(held.key, held);
  heldBy.set(call, held);
  try {
    const answer = await work();
    if (!held.stored && answer.status < 400) await app.store.put('answers', row(app, held, answer));
    return answer;
  } finally {
    running.delete(held.key);
  }
}

/** Submits drafts and keeps the call's first answer in the same append, so that a crash between the two cannot repeat the write. */
export async function submitOnce(
  app: App,
  call: Call,
  drafts: readonly Draft[],
  together: boolean,
  answerOf: (outcomes: readonly Outcome[]) => Answer,
): Promise<Answer> {
  const held = heldBy.get(call);
  const attach = (outcomes: readonly Outcome[]): Batch => {
    if (!held || !outcomes.some((o) => 'recorded' in o)) return {};
    const answer = answerOf(outcomes);
    return answer.status < 400 ? { answers: { put: [row(app, held, answer)] } } : {};
  };
  const first = () => (held ? app.store.get('answers', [held.key]) : undefined);
  const repeated = async () => (await first()) !== undefined;
  let outcomes: Outcome[];
  try {
    outcomes = await app.ledger.submit(drafts, { together, attach, ...(held && { repeated }) });
  } catch (error) {
    const before = error instanceof Repeated ? await first() : undefined;
    if (!held || !before) throw error;
    held.stored = true;
    return replay(JSON.parse(before.body) as Stored, held);
  }
  if (held && outcomes.some((o) => 'recorded' in o)) held.stored = true;
  return answerOf(outcomes);
}

interface Stored {
  readonly body: string;
  readonly answer: Answer;
}

function replay(stored: Stored, held: Held): Answer {
  if (stored.body !== held.body) throw new Problem('key-reused');
  return { ...stored.answer, headers: { ...stored.answer.headers, 'idempotency-replayed': 'true' } };
}

const row = (app: App, held: Held, answer: Answer) => ({
  key: held.key,
  version: 1,
  expires: app.clock() + kept,
  body: JSON.stringify({ body: held.body, answer } satisfies Stored),
});

const digest = (input: string | Uint8Array): string => createHash('sha256').update(input).digest('base64url');
