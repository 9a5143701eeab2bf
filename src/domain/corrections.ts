import type { EpcisEvent } from './epcis/event.js';
import type { LedgerRecord } from './record.js';

/** What tells corrections apart: an event with its id and who stands for it. */
export interface Stated {
  /** Id of its record: the eventID, or the hash that stands for it. */
  readonly id: string;
  /** Who recorded it, and the party whose act it is. */
  readonly by: string;
  readonly party: string;
  readonly event: Pick<EpcisEvent, 'errorDeclaration'>;
}

export const statedOf = ({ id, by, behalf, body }: LedgerRecord): Stated => ({
  id,
  by,
  party: behalf ?? by,
  event: body as unknown as EpcisEvent,
});

const declares = ({ event }: Stated): boolean => event.errorDeclaration !== undefined;

/**
 * Whether an error declaration takes an event back (EPCIS 2.0 section 7.4.1.4: it has the same id): only the recording party, or
 * one entrusted, corrects (rules.md), so both have the same recorder, or are the act of the same party. Ids are scoped to parties.
 */
export const takesBack = (declaration: Stated, original: Stated): boolean =>
  declares(declaration) &&
  !declares(original) &&
  declaration.id === original.id &&
  (declaration.by === original.by || declaration.party === original.party);

/** Which of these are declarations, and for each event that was taken back its first declaration. Keeps the order given. */
export function corrected<T extends Stated>(events: readonly T[]): Map<T, T> {
  const declarations = new Map<string, T[]>();
  for (const event of events) {
    if (!declares(event)) continue;
    const same = declarations.get(event.id);
    if (same) same.push(event);
    else declarations.set(event.id, [event]);
  }
  const found = new Map<T, T>();
  if (declarations.size === 0) return found;
  for (const event of events) {
    const declaration = declarations.get(event.id)?.find((one) => takesBack(one, event));
    if (declaration) found.set(event, declaration);
  }
  return found;
}

/** An effective event, and its place among those of one time when it stands in for another: that one's entry number. */
export type Effective<T> = T & { readonly order?: number };

/**
 * The effective ones: no declarations, and none that a declaration among them takes back. What a declaration names as corrective takes
 * the place of what it takes back: it was entered later, but came before whatever else was said to happen at the same time.
 */
export function effective<T extends Stated & { readonly seq: number }>(events: readonly T[]): Effective<T>[] {
  const gone = corrected(events);
  if (gone.size === 0) return events.filter((event) => !declares(event));
  const places = new Map<string, number>();
  const place = (event: T): number =>
    places.get(`${event.party} ${event.id}`) ?? places.get(`${event.by} ${event.id}`) ?? event.seq;
  for (const [original, declaration] of [...gone].sort(([, a], [, b]) => a.seq - b.seq))
    for (const id of declaration.event.errorDeclaration?.correctiveEventIDs ?? [])
      for (const who of [declaration.party, declaration.by]) places.set(`${who} ${id}`, place(original));
  return events
    .filter((event) => !declares(event) && !gone.has(event))
    .map((event) => (place(event) === event.seq ? event : { ...event, order: place(event) }));
}
