import { itemsOf, type EpcisEvent } from '../domain/epcis/event.js';
import type { Lot } from '../domain/lot.js';
import { within, type Reader } from '../domain/reader.js';
import type { JsonObject } from '../domain/record.js';
import type { Text } from '../domain/text.js';
import type { Store } from '../store/port.js';
import type { Erased } from './erased.js';
import { namesOf, recordsOf } from './named.js';
import { lotsOf } from './picks.js';
import { statementsAt } from './statements.js';

/** Limits of one page; a page that reaches one says so. */
const mostEvents = 500;
/** Lots looked through for one in the jurisdiction, along the chain of the one that was asked for. */
const mostChain = 200;

/** An entry about a lot, whole, as an inspector sees it. */
export interface DeskEntry {
  readonly seq: number;
  /** Id of the record: the eventID, or the hash that stands for it. */
  readonly id: string;
  /** When it was entered, and when it happened; Unix milliseconds. */
  readonly entered: number;
  readonly time: number;
  readonly by: string;
  readonly behalf?: string;
  readonly event: EpcisEvent;
  /** Personal and confidential values that were not erased. */
  readonly hidden: JsonObject;
  readonly erased: readonly Erased[];
}

export interface LotFile {
  readonly lot: Lot;
  /** In the order of what happened. */
  readonly entries: readonly DeskEntry[];
  /** There are more entries than these. */
  readonly more: boolean;
  /** What it was made of, and what was made of it. */
  readonly parents: readonly string[];
  readonly children: readonly string[];
  /** Names of every party, place and product that the file speaks of. */
  readonly names: ReadonlyMap<string, Text>;
}

/**
 * Everything that is recorded of a lot, for an inspector whose division it, or a lot of its chain, touched (model.md, "Who may
 * do what"). Undefined for any other lot, as if it did not exist.
 */
export async function lotFile(store: Store, item: string, reader: Reader): Promise<LotFile | undefined> {
  const [lot] = await lotsOf(store, [item]);
  if (lot === undefined || !(await chainTouches(store, item, reader))) return undefined;
  const { entries, more } = await entriesOf(store, item, reader);
  const relatives = entries.map(({ event }) => relativesOf(event, item));
  const parents = [...new Set(relatives.flatMap(({ inputs }) => inputs))];
  const children = [...new Set(relatives.flatMap(({ outputs }) => outputs))];
  const spoken = [
    ...partiesOf(lot),
    ...entries.flatMap(({ by, behalf, event }) => [by, behalf ?? by, ...placesOf(event), ...endsOf(event)]),
    ...lot.holdings.flatMap(({ place, transit }) => [place, transit?.place, transit?.carrier].flatMap((uri) => uri ?? [])),
    ...[item, ...parents, ...children, ...entries.flatMap(({ event }) => itemsOf(event).map(({ uri }) => uri))].flatMap(
      productOf,
    ),
  ];
  return { lot, entries, more, parents, children, names: await namesOf(store, [...new Set(spoken)], reader) };
}

const entriesOf = async (store: Store, item: string, reader: Reader): Promise<{ entries: DeskEntry[]; more: boolean }> => {
  const rows = await store.range('touches', { prefix: [item], limit: mostEvents + 1 });
  const times = new Map(rows.map(({ seq, time }) => [seq, time]));
  const seqs = rows.slice(0, mostEvents).map(({ seq }) => seq);
  const reads = await recordsOf(store, seqs, () => reader.role === 'inspector');
  const entries = reads.flatMap(({ seq, time, record, erased }): DeskEntry[] => {
    if (record.kind !== 'event') return [];
    const event = record.body as unknown as EpcisEvent;
    return [
      {
        seq,
        id: record.id,
        entered: time,
        time: times.get(seq) ?? time,
        by: record.by,
        ...(record.behalf && { behalf: record.behalf }),
        event,
        hidden: record.hidden ?? {},
        erased,
      },
    ];
  });
  return { entries, more: rows.length > mostEvents };
};

/** The lots on the other side of a transformation, as this lot sees it. */
const relativesOf = (event: EpcisEvent, item: string): { inputs: string[]; outputs: string[] } => {
  const items = itemsOf(event);
  const uris = (role: string): string[] => items.filter((one) => one.role === role).map(({ uri }) => uri);
  const [inputs, outputs] = [uris('input'), uris('output')];
  return { inputs: outputs.includes(item) ? inputs : [], outputs: inputs.includes(item) ? outputs : [] };
};

/** Whether a lot, or one that it came from or went into, was in a hand or at a place of the inspector's division. */
export const chainTouches = async (store: Store, item: string, reader: Reader): Promise<boolean> => {
  const seen = new Set([item]);
  const queue = [item];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { touches, relatives } = await surroundings(store, next, reader);
    if (touches) return true;
    for (const relative of relatives) {
      if (seen.has(relative) || seen.size >= mostChain) continue;
      seen.add(relative);
      queue.push(relative);
    }
  }
  return false;
};

export const surroundings = async (
  store: Store,
  item: string,
  reader: Reader,
): Promise<{ touches: boolean; relatives: string[] }> => {
  const [[lot], { entries }] = await Promise.all([lotsOf(store, [item]), entriesOf(store, item, {})]);
  const places = [
    ...entries.flatMap(({ event }) => placesOf(event)),
    ...(lot?.holdings.flatMap(({ place }) => place ?? []) ?? []),
  ];
  const parties = [
    ...(lot === undefined ? [] : partiesOf(lot)),
    ...entries.flatMap(({ by, behalf, event }) => [behalf ?? by, ...endsOf(event)]),
  ];
  const said = await statementsAt(store, [...places, ...parties]);
  const touches = [...said.values()].some(({ body }) => isWithin(body, reader));
  return {
    touches,
    relatives: entries.flatMap(({ event }) => [...relativesOf(event, item).inputs, ...relativesOf(event, item).outputs]),
  };
};

export const isWithin = (body: JsonObject, { division }: Reader): boolean =>
  division !== undefined && typeof body.division === 'string' && within(body.division, division);

const partiesOf = (lot: Lot): string[] =>
  [lot.producer, ...lot.holdings.flatMap(({ party, transit }) => [party, transit?.to])].flatMap((uri) => uri ?? []);

const placesOf = ({ readPoint, bizLocation }: EpcisEvent): string[] => [readPoint?.id, bizLocation?.id].flatMap((id) => id ?? []);

const endsOf = ({ sourceList = [], destinationList = [] }: EpcisEvent): string[] => [
  ...sourceList.map(({ source }) => source),
  ...destinationList.map(({ destination }) => destination),
];

export const productOf = (uri: string): string[] => /^https:\/\/id\.gs1\.org\/01\/\d{14}(?=\/|$)/.exec(uri)?.slice(0, 1) ?? [];
