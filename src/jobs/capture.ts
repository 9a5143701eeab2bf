import { withContext } from '../domain/epcis/context.js';
import type { CaptureDocument } from '../domain/epcis/document.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import { rebased } from '../domain/epcis/faults.js';
import { contentText, preHash } from '../domain/epcis/hash.js';
import { type Shape, validateEvent } from '../domain/epcis/validate.js';
import type { Fault, Finding } from '../domain/text.js';
import type { Batch } from '../store/port.js';

/** What happens to the rest when one event fails: all are rejected, or the others go in (GS1-Capture-Error-Behaviour). */
export type Behaviour = 'rollback' | 'proceed';

/** What the ledger says of one event that was submitted. */
export type Submitted =
  | { readonly recorded: { readonly seq: number; readonly time: number; readonly findings: readonly Finding[] } }
  | { readonly duplicate: number }
  | { readonly conflict: number }
  | { readonly refused: readonly Finding[] };

/** What became of one event of a document. `pointer`: where it stands; times in Unix milliseconds. */
export type EventOutcome = { readonly pointer: string; readonly id?: string } & (
  | { readonly outcome: 'recorded'; readonly entry: number; readonly time: number; readonly findings: readonly Finding[] }
  /** The same event of the same party was in the ledger already, as this entry: nothing was written. */
  | { readonly outcome: 'duplicate'; readonly entry: number }
  | { readonly outcome: 'invalid'; readonly faults: readonly Fault[] }
  /** The id is taken by another event of the same party, recorded as this entry. */
  | { readonly outcome: 'conflict'; readonly entry: number }
  | { readonly outcome: 'refused'; readonly findings: readonly Finding[] }
  /** Nothing is wrong with it: it was rejected together with the others. */
  | { readonly outcome: 'withheld' }
);

export interface CaptureResult {
  /** Every event is in the ledger. */
  readonly success: boolean;
  /** In the order of the document. */
  readonly outcomes: readonly EventOutcome[];
}

/** What capturing needs from the ledger; `D` is its form of a record ready to be written. */
export interface CaptureTools<D> {
  readonly shape: Shape;
  /** No event may claim a later time, Unix milliseconds. */
  readonly latest: number;
  /** Lower-case hexadecimal digest of a text in UTF-8. */
  readonly sha256: (text: string) => string;
  /** @param content digest of `contentText`: equal for repeated captures of one event */
  readonly draft: (event: EpcisEvent, id: string, content: string) => D;
  readonly submit: (
    drafts: readonly D[],
    options: { readonly together: boolean; readonly attach: (outcomes: readonly Submitted[]) => Batch },
  ) => Promise<readonly Submitted[]>;
}

interface Ready<D> {
  readonly at: number;
  readonly draft: D;
}

/** Events submitted at once where each stands for itself: as many as the ledger writes in one append. */
const chunk = 256;
/** Events prepared without a pause: other requests are answered in between. */
const turn = 100;

/**
 * Captures the events of a document: each is checked whole, gets its id (its own, else its event hash, CBV 2.0 section 8.9) and is
 * submitted. With `rollback` all of them are written in one append or none is; with `proceed` each stands for itself.
 * @param attach side rows to write in the same append as the last events, made from the result; `attached` says whether they were
 */
export async function captureDocument<D>(
  document: CaptureDocument,
  behaviour: Behaviour,
  tools: CaptureTools<D>,
  attach: (result: CaptureResult) => Batch = () => ({}),
): Promise<{ readonly result: CaptureResult; readonly attached: boolean }> {
  const outcomes: EventOutcome[] = [];
  const ready: Ready<D>[] = [];
  for (const [at, { event, pointer }] of document.events.entries()) {
    if (at % turn === turn - 1) await new Promise(setImmediate);
    const prepared = prepareEvent(event, document, tools);
    if ('faults' in prepared) outcomes.push({ pointer, outcome: 'invalid', faults: rebased(prepared.faults, pointer) });
    else {
      outcomes.push({ pointer, id: prepared.id, outcome: 'withheld' });
      ready.push({ at, draft: prepared.draft });
    }
  }
  const together = behaviour === 'rollback';
  const result = (): CaptureResult => ({ success: outcomes.every(isIn), outcomes });
  if (ready.length === 0 || (together && ready.length < outcomes.length)) return { result: result(), attached: false };

  const groups = together ? [ready] : chunked(ready);
  for (const [i, group] of groups.entries()) {
    const take = (submitted: readonly Submitted[]): void => {
      for (const [n, { at }] of group.entries()) outcomes[at] = told(outcomes[at]!, submitted[n]!, together);
    };
    const drafts = group.map(({ draft }) => draft);
    const last = (submitted: readonly Submitted[]): Batch => {
      if (i < groups.length - 1) return {};
      take(submitted);
      return attach(result());
    };
    take(await tools.submit(drafts, { together, attach: last }));
  }
  return { result: result(), attached: true };
}

const isIn = ({ outcome }: EventOutcome): boolean => outcome === 'recorded' || outcome === 'duplicate';

/** One event of a document checked whole, with its id and ready to be submitted; or its faults, pointers into the event. */
export function prepareEvent<D>(
  given: unknown,
  { prefixes, context }: CaptureDocument,
  { shape, latest, sha256, draft }: CaptureTools<D>,
): { id: string; draft: D } | { faults: Fault[] } {
  const faults = validateEvent(given, shape, { prefixes, latest });
  if (faults.length > 0) return { faults };
  const event = withContext(given as EpcisEvent, context);
  const text = preHash(event);
  const hash = sha256(text);
  const id = event.eventID ?? `ni:///sha-256;${hash}?ver=CBV2.0`;
  const content = event.errorDeclaration === undefined ? hash : sha256(contentText(event, text));
  return { id, draft: draft(event, id, content) };
}

function told({ pointer, id }: EventOutcome, submitted: Submitted, together: boolean): EventOutcome {
  const common = { pointer, ...(id !== undefined && { id }) };
  if ('recorded' in submitted) {
    const { seq, time, findings } = submitted.recorded;
    return { ...common, outcome: 'recorded', entry: seq, time, findings };
  }
  if ('duplicate' in submitted) return { ...common, outcome: 'duplicate', entry: submitted.duplicate };
  if ('conflict' in submitted) return { ...common, outcome: 'conflict', entry: submitted.conflict };
  // The ledger refuses what stood with a failed one without a reason of its own.
  if (together && submitted.refused.length === 0) return { ...common, outcome: 'withheld' };
  return { ...common, outcome: 'refused', findings: submitted.refused };
}

const chunked = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / chunk) }, (_, i) => list.slice(i * chunk, (i + 1) * chunk));
