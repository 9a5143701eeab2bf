import { within, type Reader } from '../domain/reader.js';
import type { Direction } from '../domain/trace/sweep.js';
import type { Trace, TracedLot } from '../domain/trace/trace.js';
import type { Store } from '../store/port.js';
import { chainTouches } from './desk.js';
import { statementsAt } from './statements.js';
import { mostEvents, traceItems, type TraceOptions } from './trace.js';

/** Events that a party's question may go through: it is shown one step, so its own business is narrow. */
const mostOfParty = 200_000;

export type Traces = { readonly [D in Direction]?: Trace };

export interface TraceAsked extends TraceOptions {
  readonly directions: readonly Direction[];
}

/**
 * The trace of a lot as far as a reader may see it (model.md, "Who may do what"): an inspector the whole chain of any lot that touched
 * the jurisdiction, a party that had it in its hands one step back and one step forward through its own steps and deliveries. Undefined
 * for everybody else, as if the lot did not exist.
 */
export async function traceFor(store: Store, item: string, reader: Reader, asked: TraceAsked): Promise<Traces | undefined> {
  const { directions, ...options } = asked;
  const through = async (wanted: readonly Direction[], most: number): Promise<Traces> =>
    Object.fromEntries(
      await Promise.all(
        wanted.map(async (direction) => [direction, await traceItems(store, [item], direction, { most, ...options })]),
      ),
    ) as Traces;
  if (reader.role === 'inspector') {
    const { division } = reader;
    if (division === undefined) return undefined;
    if (await chainTouches(store, item, reader)) return through(directions, mostEvents);
    // Whoever asks for one direction is judged by the whole chain.
    const whole = await through(['back', 'forward'], mostEvents);
    if (!(await touches(store, whole, division))) return undefined;
    return Object.fromEntries(directions.map((direction) => [direction, whole[direction]])) as Traces;
  }
  const { party, role } = reader;
  if (party === undefined || (role !== 'producer' && role !== 'operator')) return undefined;
  const whole = await through(directions, mostOfParty);
  const cut = Object.entries(whole).map(([direction, trace]) => [direction, ofParty(trace, party)] as const);
  if (cut.some(([, trace]) => trace === undefined)) return undefined;
  return Object.fromEntries(cut) as Traces;
}

/** Whether any hand or place of the chain lies in the division. */
async function touches(store: Store, traces: Traces, division: string): Promise<boolean> {
  const lots = Object.values(traces).flatMap((trace) => trace.lots);
  const subjects = new Set(
    lots.flatMap(({ parties, places, producer }) => [...parties, ...places, ...(producer === undefined ? [] : [producer])]),
  );
  for (const { body } of (await statementsAt(store, subjects)).values())
    if (typeof body.division === 'string' && within(body.division, division)) return true;
  return false;
}

/** One step back and one step forward, as the party's own records tell it: nobody else's customers, suppliers, stock or amounts. */
function ofParty(trace: Trace, party: string): Trace | undefined {
  const roots = new Set(trace.roots);
  const had = (lot: TracedLot): boolean => lot.producer === party || lot.parties.includes(party);
  if (!trace.lots.some((lot) => roots.has(lot.item) && had(lot))) return undefined;
  const edges = trace.edges.filter((edge) => edge.party === party && (roots.has(edge.from) || roots.has(edge.to)));
  const kept = new Set([...roots, ...edges.flatMap(({ from, to }) => [from, to])]);
  const handovers = trace.handovers.filter(({ item, from, to }) => roots.has(item) && (from === party || to === party));
  const lots = trace.lots
    .filter(({ item }) => kept.has(item))
    .map((lot): TracedLot => {
      const own = lot.producer === party;
      const { share, ...rest } = lot;
      return {
        ...rest,
        ...(own && share && { share }),
        touched: own ? lot.touched : [],
        now: lot.now.filter((hand) => hand.party === party || hand.transit?.to === party),
        gone: [],
        parties: lot.parties.filter((each) => each === party || handovers.some(({ from, to }) => from === each || to === each)),
        places: [],
      };
    });
  const own = trace.lots.some((lot) => roots.has(lot.item) && lot.producer === party);
  const { total, ...rest } = trace;
  return { ...rest, ...(own && total && { total }), lots, edges, handovers };
}
