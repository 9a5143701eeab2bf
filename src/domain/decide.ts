import type { Case } from './case.js';
import { itemsOf, type EpcisEvent } from './epcis/event.js';
import type { Shortage, World } from './fold/act.js';
import { apply, replay } from './fold/fold.js';
import { cbvWord, type Happening, type Lot } from './lot.js';
import { rules } from './rules/table.js';
import type { Finding } from './text.js';

/** An event that asks to be recorded. */
export interface Asked {
  readonly happening: Happening;
  readonly role: Case['role'];
  readonly now: number;
  readonly knows: Case['knows'];
  readonly instead?: Case['instead'];
}

/** What became of it: refused, or the lots that it changes (`undefined`: no effective event speaks of it any more). */
export type Decision =
  | { readonly refused: readonly Finding[] }
  | { readonly findings: readonly Finding[]; readonly lots: ReadonlyMap<string, Lot | undefined> };

/** Decides one event that is the newest of all the lots it touches: `lots` is their present state, contents included. */
export function decide(asked: Asked, lots: ReadonlyMap<string, Lot>): Decision {
  const before: World = new Map(lots);
  const after: World = new Map(lots);
  const shortages = apply(after, asked.happening);
  return judged(asked, before, after, shortages, false);
}

/**
 * Decides an event that comes late (before a later state that exists already), or one that declares others in error: the lots are
 * replayed with and without it. `known` are the effective events of all connected lots, without this one; `voided` those that it
 * takes back.
 */
export function decideAgain(asked: Asked, known: readonly Happening[], voided: ReadonlySet<number>): Decision {
  const correction = asked.happening.event.errorDeclaration !== undefined;
  const { time, order = Infinity } = asked.happening;
  const then = replay(known.filter((h) => h.time < time || (h.time === time && (h.order ?? h.seq) < order)));
  const old = replay(known);
  const kept = known.filter((h) => !voided.has(h.seq));
  const renewed = replay(correction ? kept : [...kept, asked.happening]);
  const seen = new Set(old.shortages.map((s) => JSON.stringify(s)));
  const caused = renewed.shortages.filter((s) => !seen.has(JSON.stringify(s)));
  return judged(asked, then.world, renewed.world, caused, correction, old.world);
}

function judged(
  asked: Asked,
  before: World,
  after: World,
  shortages: readonly Shortage[],
  correction: boolean,
  present: World = before,
): Decision {
  const { happening, role, now, knows, instead } = asked;
  const event = happening.event;
  const activity = (event as EpcisEvent & { 'suyuan:activity'?: unknown })['suyuan:activity'];
  const given: Case = {
    event,
    items: itemsOf(event),
    step: cbvWord(event.bizStep) ?? '',
    party: happening.party,
    role,
    time: happening.time,
    now,
    ...(typeof activity === 'string' && { activity }),
    before,
    after,
    shortages,
    correction,
    knows,
    ...(instead && { instead }),
  };
  const findings: Finding[] = [];
  // Who may not speak of a lot is not told what is left of it.
  const refusedLots = new Set<string>();
  for (const rule of rules) {
    const found = rule(given).filter((f) => !f.lots.some((lot) => refusedLots.has(lot)));
    findings.push(...found);
    for (const f of found) if (f.severity === 'refuse') for (const lot of f.lots) refusedLots.add(lot);
  }
  const refused = findings.filter((f) => f.severity === 'refuse');
  if (refused.length > 0) return { refused };
  const lots = new Map<string, Lot | undefined>();
  for (const [item, lot] of after) if (present.get(item) !== lot) lots.set(item, lot);
  for (const item of present.keys()) if (!after.has(item)) lots.set(item, undefined);
  return { findings, lots };
}
