import { alsoAbout } from '../domain/about.js';
import { decide, decideAgain, type Asked, type Decision } from '../domain/decide.js';
import { erasedBy } from '../domain/erasure.js';
import type { Happening, Lot } from '../domain/lot.js';
import type { Finding } from '../domain/text.js';
import type { CollectionName, Row } from '../store/collections.js';
import type { Batch, Store } from '../store/port.js';
import { statedOf } from '../domain/corrections.js';
import { connected, type Known } from './connected.js';
import type { Draft } from './draft.js';
import { eventRows, valueKey } from './eventRows.js';
import { entryText, linksOf, linksText, type Head } from './entry.js';
import type { Outcome } from './ledger.js';
import { hex, leafHash } from './merkle.js';
import { sha256 } from './node.js';
import type { State } from './state.js';
import type { Edge } from './tiles.js';
import { lotRows } from './views.js';

type Rows = { [N in CollectionName]?: Row<N>[] };

/** What one append will write: built record by record, each seeing the effect of those before it. */
export class Assembly {
  private lots = new Map<string, Lot | undefined>();
  private heads = new Map<string, Head>();
  private pending: Known[] = [];
  private ids = new Map<string, { content: string; seq: number }[]>();
  private said = new Set<string>();
  private leaves: Uint8Array[] = [];
  private rows: Rows = {};
  private time: number;

  constructor(
    private readonly store: Store,
    private readonly state: State,
    private readonly now: number,
  ) {
    this.time = state.time;
  }

  private get seq(): number {
    return this.state.edge.size + this.leaves.length;
  }

  /** Reads what is stored under the ids of a whole batch at once; `add` takes only drafts that came by here, or are fresh. */
  async recall(drafts: readonly Draft[]): Promise<void> {
    const asked = new Map(drafts.filter(({ event, fresh }) => event && !fresh).map((draft) => [idOf(draft), draft.record]));
    if (asked.size === 0) return;
    const rows = await this.store.ranges(
      'ids',
      [...asked.values()].map(({ id, by }) => [id, by]),
      100,
    );
    [...asked.keys()].forEach((key, i) => this.ids.set(key, rows[i] as Row<'ids'>[]));
  }

  async add(drafts: readonly Draft[], together: boolean): Promise<Outcome[]> {
    const undo = together ? this.mark() : undefined;
    const first = this.seq;
    const outcomes: Outcome[] = [];
    for (const draft of drafts) outcomes.push(await this.one(draft));
    if (!undo || !outcomes.some((o) => 'refused' in o || 'conflict' in o)) return outcomes;
    undo();
    // What repeated or contradicted a record of this very group did so for nothing.
    const gone = (o: Outcome): boolean => 'recorded' in o || ('duplicate' in o && o.duplicate >= first);
    return outcomes.map((o) => (gone(o) ? { refused: [] } : o));
  }

  /** Remembers where the assembly is; the function given back returns to it. */
  private mark(): () => void {
    const { lots, heads, pending, ids, said, leaves, time, rows } = this;
    this.lots = new Map(lots);
    this.heads = new Map(heads);
    this.pending = [...pending];
    this.ids = new Map([...ids].map(([id, known]) => [id, [...known]]));
    this.said = new Set(said);
    this.leaves = [...leaves];
    this.rows = Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, [...list]]));
    return () => Object.assign(this, { lots, heads, pending, ids, said, leaves, time, rows });
  }

  private async one(draft: Draft): Promise<Outcome> {
    if (draft.record.kind === 'erasure') return this.erasure(draft);
    if (!draft.event) return this.statement(draft);
    const known = this.ids.get(idOf(draft)) ?? [];
    const same = known.find((k) => k.content === contentOf(draft));
    if (same) return { duplicate: same.seq };
    const other = known.find((k) => k.content.startsWith('e:'));
    if (other && !draft.event.errorDeclaration) return { conflict: other.seq };

    const decision = await this.decide(draft);
    if ('refused' in decision) return decision;
    for (const [item, lot] of decision.lots) this.lots.set(item, lot);
    return this.record(draft, decision.findings);
  }

  private async decide(draft: Draft): Promise<Decision> {
    const event = draft.event as NonNullable<Draft['event']>;
    const happening: Happening = {
      event,
      seq: this.seq,
      time: draft.time as number,
      party: draft.record.behalf ?? draft.record.by,
    };
    const lots = await this.lotsWithContents(draft.streams);
    const known = await this.partiesNamed(lots);
    const asked: Asked = {
      happening,
      role: draft.role,
      now: this.now,
      knows: (party) => known.has(party),
      ...(draft.instead && { instead: new Set(draft.instead) }),
    };
    const late = [...lots.values()].some((lot) => lot.time > happening.time);
    if (!late && !event.errorDeclaration && !draft.instead) return decide(asked, lots);

    const { happenings, whole, takenBack, placeOf } = await connected(
      this.store,
      draft.streams.filter((s) => s !== draft.record.by && s !== draft.record.behalf),
      this.pending,
    );
    const voided = takenBack(statedOf(draft.record));
    if (draft.takesBack !== undefined && !voided.includes(draft.takesBack))
      return { refused: [takenBackBefore(draft.takesBack)] };
    const order = draft.instead && placeOf({ ...happening, ...statedOf(draft.record), event });
    const placed = order === undefined ? asked : { ...asked, happening: { ...happening, order } };
    const decision = decideAgain(placed, happenings, new Set(voided));
    if ('refused' in decision) return decision;
    return { ...decision, lots: new Map([...decision.lots].filter(([item]) => whole.has(item))) };
  }

  /** The present state of the items and of everything packed in them, at any depth. */
  private async lotsWithContents(items: readonly string[]): Promise<Map<string, Lot>> {
    const found = new Map<string, Lot>();
    for (let wanted = items; wanted.length > 0;) {
      const stored = await this.state.lotsOf(wanted.filter((item) => !this.lots.has(item)));
      const inner: string[] = [];
      for (const item of wanted) {
        const lot = this.lots.has(item) ? this.lots.get(item) : stored.get(item);
        if (!lot) continue;
        found.set(item, lot);
        inner.push(...lot.contents.map((c) => c.item), ...lot.holdings.flatMap((h) => h.in ?? []));
      }
      wanted = [...new Set(inner)].filter((item) => !found.has(item));
    }
    return found;
  }

  /** Which of the parties that goods are on the way to are known to this ledger. */
  private async partiesNamed(lots: ReadonlyMap<string, Lot>): Promise<Set<string>> {
    const named = new Set([...lots.values()].flatMap((lot) => lot.holdings.flatMap((h) => h.transit?.to ?? [])));
    const known = new Set<string>();
    for (const party of named)
      if ((await this.store.range('statements', { prefix: [party], limit: 1 })).length > 0) known.add(party);
    return known;
  }

  /** Master data: only the party that made the first statement about a subject changes it, or the registry. */
  private async statement(draft: Draft): Promise<Outcome> {
    const { id, behalf } = draft.record;
    // A statement on behalf is the entrusting party's: listed with its own, and open to its own changes.
    const by = behalf ?? draft.record.by;
    const first =
      (this.rows.statements ?? []).find((row) => row.item === id) ??
      (await this.store.range('statements', { prefix: [id], limit: 1 }))[0];
    const allowed = !first || first.by === by || id === by || draft.role === 'admin' || draft.role === 'system';
    if (!allowed) return { refused: [notOwner(id)] };
    const outcome = await this.record(draft, []);
    const { kind } = draft.record;
    this.put('statements', { item: id, seq: this.seq - 1, kind, by, time: this.time });
    for (const subject of alsoAbout(draft.record)) this.put('about', { subject, kind, seq: this.seq - 1, item: id });
    return outcome;
  }

  /** Takes hidden values away in the same append that says so; what is gone already, or was never there, cannot be erased. */
  private async erasure(draft: Draft): Promise<Outcome> {
    const wanted = erasedBy(draft.record);
    const stored = await this.store.getMany(
      'disclosures',
      wanted.map(({ seq, digest }) => [seq, digest]),
    );
    const erased = keysOf(this.rows.erased);
    const here = keysOf(this.rows.disclosures);
    const there = wanted.every((one, i) => !erased.has(keyOf(one)) && (stored[i] !== undefined || here.has(keyOf(one))));
    if (!there) return { refused: [gone] };
    const outcome = await this.record(draft, []);
    const [erasure, reason] = [this.seq - 1, String(draft.record.body.reason)];
    for (const { seq, digest, mark, field } of wanted)
      this.put('erased', { seq, digest, mark, field, reason, erasure, time: this.time });
    this.put('statements', { item: draft.record.id, seq: erasure, kind: 'erasure', by: draft.record.by, time: this.time });
    return outcome;
  }

  private async record(draft: Draft, findings: readonly Finding[]): Promise<Outcome> {
    const { record, digest, text, seed, streams, disclosures } = draft;
    const seq = this.seq;
    this.time = Math.max(this.time, draft.recordedAt ?? this.now);
    const stored = await this.state.headsOf(streams.filter((uri) => !this.heads.has(uri)));
    const links = linksOf(
      streams.map((uri) => ({ stream: this.state.streamOf(uri), head: this.heads.get(uri) ?? stored.get(uri) })),
    );
    const entry = entryText(sha256, { kind: record.kind, time: this.time, digest }, links);
    const leaf = leafHash(sha256, entry);
    for (const uri of streams)
      this.heads.set(uri, { count: ((this.heads.get(uri) ?? stored.get(uri))?.count ?? 0) + 1, hash: leaf });

    this.leaves.push(leaf);
    this.put('records', {
      seq,
      kind: record.kind,
      time: this.time,
      by: record.by,
      entry,
      body: text,
      seed,
      links: linksText(links),
    });
    for (const item of streams) this.put('touches', { item, time: draft.time ?? this.time, seq });
    for (const d of disclosures) this.put('disclosures', { seq, digest: d.digest, mark: d.mark, text: d.text });
    if (draft.event) this.happened(draft, seq);
    return { recorded: { seq, time: this.time, id: record.id, digest, leaf: hex(leaf), findings } };
  }

  private happened(draft: Draft, seq: number): void {
    const { record, event, time } = draft;
    const content = contentOf(draft);
    const key = idOf(draft);
    this.ids.set(key, [...(this.ids.get(key) ?? []), { content, seq }]);
    this.put('ids', { id: record.id, by: record.by, content, seq });
    const { happenings, values } = eventRows(record, event as Happening['event'], time as number, seq, this.isNew);
    for (const row of happenings) this.put('happenings', row);
    for (const row of values) this.put('values', row);
    if (event?.type === 'TransformationEvent' && event.transformationID !== undefined)
      this.put('runs', { run: event.transformationID, time: time as number, seq });
    this.pending.push({ ...statedOf(record), event: event as Happening['event'], seq, time: time as number });
  }

  /** Whether these values of a reader have never been together in an event before. */
  private isNew = (values: string): boolean => !this.state.values.has(values) && this.said.size < this.said.add(values).size;

  private put<N extends CollectionName>(collection: N, row: Row<N>): void {
    const rows = this.rows as Record<string, Row<N>[]>;
    (rows[collection] ??= []).push(row);
  }

  /** The whole append, and what to do when it is durable. `attached` are side rows that go with it. */
  async finish(attached: readonly Batch[]): Promise<{ batch: Batch; edge: Edge; absorb: () => void }> {
    const edge = this.state.edge.fork();
    for (const tile of edge.append(this.leaves)) this.put('tiles', { ...tile });
    for (const [item, { count, hash }] of this.heads) this.put('heads', { item, count, head: hash });
    const before = await this.state.lotsOf([...this.lots.keys()]);
    const batch: Record<string, { put?: unknown[]; delete?: unknown[] }> = {};
    const into = (name: string, kind: 'put' | 'delete', rows: readonly unknown[]): void => {
      if (rows.length > 0) ((batch[name] ??= {})[kind] ??= []).push(...rows);
    };
    for (const [item, after] of this.lots) {
      const { lot, holdings, gone } = lotRows(item, before.get(item), after);
      if (lot) into('lots', 'put', [lot]);
      else into('lots', 'delete', [[item]]);
      into('holdings', 'put', holdings);
      into('holdings', 'delete', gone);
    }
    const values = new Map((this.rows.values ?? []).map((row) => [valueKey(row), row]));
    if (values.size > 0) this.rows.values = [...values.values()];
    const erased = keysOf(this.rows.erased);
    for (const [name, rows] of Object.entries(this.rows))
      // Deletes come before puts: what was disclosed and erased in one batch is not written at all.
      into(name, 'put', name === 'disclosures' ? (rows as Row<'disclosures'>[]).filter((row) => !erased.has(keyOf(row))) : rows);
    into(
      'disclosures',
      'delete',
      (this.rows.erased ?? []).map(({ seq, digest }) => [seq, digest]),
    );
    for (const [name, { put = [], delete: gone = [] }] of attached.flatMap((side) => Object.entries(side))) {
      into(name, 'put', put);
      into(name, 'delete', gone);
    }
    return {
      batch: batch as Batch,
      edge,
      absorb: () => this.state.absorb(edge, this.time, this.lots, this.heads, this.said),
    };
  }
}

/** Content of an event under its id; of an error declaration told apart, since it reuses the id of its original. */
const contentOf = ({ content, event }: Draft): string => `${event?.errorDeclaration ? 'd' : 'e'}:${content}`;

/** Ids are scoped to who recorded them. */
const idOf = ({ record }: Draft): string => `${record.id}\n${record.by}`;

const keyOf = ({ seq, digest }: { seq: number; digest: string }): string => `${seq} ${digest}`;
const keysOf = (rows: readonly { seq: number; digest: string }[] = []): Set<string> => new Set(rows.map(keyOf));

const gone: Finding = {
  rule: 'erasure',
  severity: 'refuse',
  lots: [],
  message: { zh: '要删的内容已经不在了', en: 'what should be erased is not there any more' },
};

const takenBackBefore = (seq: number): Finding => ({
  rule: 'correction',
  severity: 'refuse',
  lots: [],
  message: { zh: `第 ${seq} 条已经更正过`, en: `Entry ${seq} was corrected before` },
});

const notOwner = (subject: string): Finding => ({
  rule: 'owner',
  severity: 'refuse',
  lots: [],
  message: {
    zh: `${subject} 由别的主体登记，不能改`,
    en: `${subject} was registered by another party and cannot be changed by this one`,
  },
});
