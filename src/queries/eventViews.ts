import type { EpcisEvent } from '../domain/epcis/event.js';
import { itemsOf } from '../domain/epcis/event.js';
import { thingOrText } from '../domain/epcis/identifier.js';
import { gln, type MasterData, matches, type Members, namedIn } from '../domain/epcis/query/matches.js';
import type { Query } from '../domain/epcis/query.js';
import type { Reader } from '../domain/reader.js';
import type { Json, JsonObject, LedgerRecord } from '../domain/record.js';
import { seesAll, visible } from '../domain/visible.js';
import type { Store } from '../store/port.js';
import { chainTouches, productOf } from './desk.js';
import { namedOnes } from './eventPlan.js';

/** An event as a reader gets it: whole, or its public part. */
export interface FoundEvent {
  readonly seq: number;
  /** Record time, Unix milliseconds. */
  readonly recorded: number;
  /** None where the public part has none: an id that is a hash of the content could be guessed against. */
  readonly id?: string;
  readonly event: JsonObject;
}

/** A record of an event, as it lies in the store. */
export interface Candidate {
  readonly seq: number;
  readonly time: number;
  readonly record: LedgerRecord;
}

const eventOf = ({ record }: Candidate): EpcisEvent => record.body as unknown as EpcisEvent;

/**
 * Decides, for one query of one reader, which events it finds and what of them is shown (model.md, "Who may do what"). Whole events
 * are matched whole. Of other parties' events there is the public part, as on the page of a lot: only by the lot's name, and then the
 * query sees no more of it than the reader does, so that no parameter and no count tells what is hidden.
 */
export class EventViews {
  private readonly said = new Map<string, JsonObject | undefined>();
  private readonly chains = new Map<string, Promise<boolean>>();
  private readonly about: ReadonlySet<string>;
  private readonly asksMaster: boolean;

  constructor(
    private readonly store: Store,
    private readonly query: Query,
    private readonly reader: Reader,
  ) {
    this.about = new Set(namedOnes(query));
    this.asksMaster = query.conditions.some(
      (condition) => condition.kind === 'attribute' || (condition.kind === 'place' && condition.descendants),
    );
  }

  async found(candidates: readonly Candidate[]): Promise<(FoundEvent | undefined)[]> {
    if (this.asksMaster) await this.read(candidates.flatMap((candidate) => vocabulary(eventOf(candidate))));
    // What is not found when everything is looked at is not found in a part of it either: no parameter asks for an absence.
    const possible = candidates.filter((candidate) =>
      matches({ event: eventOf(candidate), id: candidate.record.id, recorded: candidate.time }, this.query, this.master),
    );
    if (this.reader.role === 'inspector')
      await this.read(possible.flatMap((candidate) => [actor(candidate), ...placesOf(eventOf(candidate))]));
    const views = new Map<Candidate, FoundEvent | undefined>();
    for (const candidate of possible) views.set(candidate, await this.view(candidate));
    return candidates.map((candidate) => views.get(candidate));
  }

  private async view(candidate: Candidate): Promise<FoundEvent | undefined> {
    const { seq, time: recorded, record } = candidate;
    const event = eventOf(candidate);
    const parties = [record.by, ...(record.behalf === undefined ? [] : [record.behalf])];
    const divisions = this.reader.role === 'inspector' ? this.divisions([...placesOf(event), actor(candidate)]) : [];
    const context = { parties, divisions, about: this.about };
    if (seesAll(event, this.reader, context) || (await this.inChain(event)))
      return { seq, recorded, id: record.id, event: record.body };
    if (this.about.size === 0) return undefined;
    const shown = visible(event, this.reader, context);
    if (!isEvent(shown)) return undefined;
    const id = typeof shown.eventID === 'string' ? shown.eventID : undefined;
    const seen = { event: shown as unknown as EpcisEvent, id: id ?? '', recorded };
    return matches(seen, this.query, this.master) ? { seq, recorded, ...(id !== undefined && { id }), event: shown } : undefined;
  }

  /** An inspector follows the whole chain of a lot that touched the division, when the lot is asked for by name. */
  private async inChain(event: EpcisEvent): Promise<boolean> {
    if (this.reader.role !== 'inspector' || this.reader.division === undefined) return false;
    for (const { uri } of itemsOf(event)) {
      if (!this.about.has(uri)) continue;
      const known = this.chains.get(uri) ?? chainTouches(this.store, uri, this.reader);
      this.chains.set(uri, known);
      if (await known) return true;
    }
    return false;
  }

  private divisions(uris: readonly string[]): string[] {
    return uris.flatMap((uri) => {
      const division = this.said.get(uri)?.division;
      return typeof division === 'string' ? [division] : [];
    });
  }

  /** What was last said of these subjects, as strangers see it: attributes that are hidden are hidden from queries, too. */
  private async read(uris: readonly string[]): Promise<void> {
    const wanted = [...new Set(uris)].filter((uri) => !this.said.has(uri));
    const rows = await Promise.all(
      wanted.map((uri) => this.store.range('statements', { prefix: [uri], reverse: true, limit: 1 })),
    );
    const newest = rows.flat();
    const records = await this.store.getMany(
      'records',
      newest.map(({ seq }) => [seq]),
    );
    for (const uri of wanted) this.said.set(uri, undefined);
    newest.forEach(({ item }, i) => {
      const row = records[i];
      if (row) this.said.set(item, (JSON.parse(row.body) as LedgerRecord).body);
    });
  }

  private readonly master: MasterData = {
    around: gln,
    attributes: (uri) => {
      const body = this.said.get(uri) ?? this.said.get(productOf(uri)[0] ?? '');
      if (body === undefined) return undefined;
      return new Map(
        Object.entries(body)
          .map(([name, value]): [string, string[]] => [`suyuan:${name}`, valuesOf(value)])
          .filter(([name, values]) => !name.endsWith(':_sd') && values.length > 0),
      );
    },
  };
}

/** Lists that an event of a type must have (EPCIS 2.0 section 7.4), one of each row. */
const required: Readonly<Record<string, readonly (readonly string[])[]>> = {
  TransactionEvent: [['bizTransactionList']],
  TransformationEvent: [
    ['inputEPCList', 'inputQuantityList', 'transformationID'],
    ['outputEPCList', 'outputQuantityList', 'transformationID'],
  ],
};

/** Whether a public part is still an event of the standard: a made-up list in place of what is hidden would be a lie. */
const isEvent = (part: JsonObject): boolean =>
  (required[String(part.type)] ?? []).every((lists) => lists.some((list) => part[list] !== undefined));

/** The party whose act an event is. */
const actor = ({ record }: Candidate): string => record.behalf ?? record.by;

const placesOf = ({ readPoint, bizLocation }: EpcisEvent): string[] =>
  [readPoint?.id, bizLocation?.id].flatMap((id) => (id === undefined ? [] : [thingOrText(id)]));

/** Every entry of a vocabulary in an event, and the products of its lots. */
function vocabulary(event: EpcisEvent): string[] {
  const classes = namedIn(event as Members, 'anyEPCClass').map(thingOrText);
  const ends = [
    ...(event.sourceList ?? []).map(({ source }) => source),
    ...(event.destinationList ?? []).map((one) => one.destination),
  ];
  return [...placesOf(event), ...classes, ...classes.flatMap(productOf), ...ends.map(thingOrText)];
}

/** The texts that an attribute of master data has, in whatever languages. */
function valuesOf(value: Json): string[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(valuesOf);
  return value === null ? [] : Object.entries(value).flatMap(([name, inside]) => (name === '_sd' ? [] : valuesOf(inside)));
}
