/**
 * The one answer of a scan page. It never claims what the record does not show: the good answer is "no problem found".
 * Reasons are ordered by weight; the first one decides.
 */
export type Cause =
  | 'recalled'
  | 'test-failed'
  | 'stopped'
  | 'destroyed'
  | 'waited-too-short'
  | 'expired'
  | 'entries-disagree'
  | 'short'
  | 'source-recalled'
  | 'source-test-failed'
  | 'source-stopped'
  | 'only-mentioned'
  | 'withdrawn'
  | 'none';

export interface Verdict {
  /** `ok`: no problem found; `stop`: do not eat or use; `doubt`: cannot confirm. */
  readonly kind: 'ok' | 'stop' | 'doubt';
  readonly cause: Cause;
}

export interface VerdictInput {
  /** Now, Unix milliseconds. */
  readonly now: number;
  /** Disposition and persistent dispositions of the lot, bare CBV words. */
  readonly dispositions: readonly string[];
  /** Whether the newest test of each kind failed. */
  readonly testFailed: boolean;
  /** Whole days waited between the last pesticide and the harvest, and the days asked for. */
  readonly wait?: { readonly waited: number; readonly asked: number };
  /** Moment after which it is out of date, Unix milliseconds. */
  readonly expiry?: number;
  /** Whether digests and links of its entries agreed; undefined when they were not recomputed. */
  readonly entriesAgree?: boolean;
  /** After a correction more of it was given away than there was. */
  readonly short?: boolean;
  /** What holds of the lots that it came from. */
  readonly sources: { readonly recalled: boolean; readonly testFailed: boolean; readonly stopped: boolean };
  /** Nobody here made or received it: it only stands in somebody's event. */
  readonly onlyMentioned: boolean;
}

/** Everything that was said of it was declared to be in error. */
export const withdrawn: Verdict = { kind: 'doubt', cause: 'withdrawn' };

/** Dispositions (CBV 2.0, section 7.2) that take goods out of sale. */
const off: Readonly<Record<string, Cause>> = {
  recalled: 'recalled',
  non_sellable_other: 'stopped',
  non_conformant: 'stopped',
  quarantined: 'stopped',
  stolen: 'stopped',
  damaged: 'stopped',
  disposed: 'destroyed',
  destroyed: 'destroyed',
  expired: 'expired',
  non_sellable_expired: 'expired',
};

export function verdictOf(input: VerdictInput): Verdict {
  const said = new Set(input.dispositions.map((word) => off[word]));
  const stop = (cause: Cause): Verdict => ({ kind: 'stop', cause });
  const doubt = (cause: Cause): Verdict => ({ kind: 'doubt', cause });

  if (said.has('recalled')) return stop('recalled');
  if (input.testFailed) return stop('test-failed');
  if (said.has('stopped')) return stop('stopped');
  if (said.has('destroyed')) return stop('destroyed');
  if (input.wait && input.wait.waited < input.wait.asked) return stop('waited-too-short');
  if (said.has('expired') || (input.expiry !== undefined && input.now > input.expiry)) return stop('expired');
  if (input.entriesAgree === false) return doubt('entries-disagree');
  if (input.short) return doubt('short');
  if (input.sources.recalled) return doubt('source-recalled');
  if (input.sources.testFailed) return doubt('source-test-failed');
  if (input.sources.stopped) return doubt('source-stopped');
  if (input.onlyMentioned) return doubt('only-mentioned');
  return { kind: 'ok', cause: 'none' };
}
