import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { itemsOf, type EpcisEvent } from '../../src/domain/epcis/event.js';
import { matches } from '../../src/domain/epcis/query/matches.js';
import { parseAddress } from '../../src/domain/epcis/query/parse.js';
import type { Query } from '../../src/domain/epcis/query.js';
import { whenOf } from '../../src/domain/epcis/time.js';
import type { Reader } from '../../src/domain/reader.js';
import type { JsonObject, LedgerRecord } from '../../src/domain/record.js';
import { seesAll, visible } from '../../src/domain/visible.js';
import { draftOf } from '../../src/ledger/draft.js';
import { indexEvents } from '../../src/ledger/indexEvents.js';
import type { Ledger } from '../../src/ledger/ledger.js';
import { openLedger } from '../../src/ledger/sequencer.js';
import { chainTouches } from '../../src/queries/desk.js';
import { namedOnes } from '../../src/queries/eventPlan.js';
import { type Cursor, queryEvents, QueryTooLarge } from '../../src/queries/eventQuery.js';
import { openSqlite } from '../../src/store/sqlite/open.js';
import type { Store } from '../../src/store/port.js';

const epc = (n: number): string => `https://id.gs1.org/01/09520123456788/21/S${n}`;
const lot = (n: number): string => `https://id.gs1.org/01/09520123456788/10/L${n}`;
const party = (n: number): string => `urn:suyuan:party:0000000${n}`;
const place = (n: number): string => `urn:suyuan:place:0000000${n}`;
const divisions = ['510131', '510100', '350100'];
const start = Date.parse('2026-03-04T00:00:00Z');
const steps = ['inspecting', 'storing', 'stocking', 'cycle_counting'];

const event = fc
  .record({
    eventTime: fc.integer({ min: 0, max: 12 }).map((hours) => new Date(start + hours * 3_600_000).toISOString()),
    bizStep: fc.option(fc.constantFrom(...steps), { nil: undefined }),
    epcs: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
    lots: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
    where: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
    to: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
    level: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
    value: fc.option(fc.integer({ min: -5, max: 30 }), { nil: undefined }),
    id: fc.boolean(),
    by: fc.integer({ min: 0, max: 2 }),
  })
  .map((made) => ({ ...made, epcs: made.epcs.length + made.lots.length === 0 ? [0] : made.epcs }));
type Made = ReturnType<typeof event.generate>['value'];

const eventOf = (made: Made, n: number): JsonObject =>
  JSON.parse(
    JSON.stringify({
      '@context': { ex: 'https://ns.example.org/' },
      type: 'ObjectEvent',
      ...(made.id && { eventID: idOf(made, n) }),
      eventTime: made.eventTime,
      eventTimeZoneOffset: '+08:00',
      action: 'OBSERVE',
      bizStep: made.bizStep,
      epcList: made.epcs.map(epc),
      quantityList: made.lots.map((l) => ({ epcClass: lot(l), quantity: 10 + l, uom: 'KGM' })),
      ...(made.where !== undefined && { readPoint: { id: place(made.where) } }),
      ...(made.to !== undefined && { destinationList: [{ type: 'possessing_party', destination: party(made.to) }] }),
      ...(made.level !== undefined && { 'ex:level': made.level }),
      ...(made.value !== undefined && {
        sensorElementList: [{ sensorReport: [{ type: 'Temperature', value: made.value, uom: 'CEL' }] }],
      }),
    }),
  ) as JsonObject;
const idOf = ({ id }: Made, n: number): string =>
  id ? `urn:uuid:00000000-0000-7000-8000-${String(n).padStart(12, '0')}` : `ni:///${n}`;

const hour = (n: number): string => new Date(start + n * 3_600_000).toISOString();
const all = fc.record({
  eventType: fc.constant('ObjectEvent'),
  GE_eventTime: fc.integer({ min: 0, max: 12 }).map(hour),
  LT_eventTime: fc.integer({ min: 0, max: 13 }).map(hour),
  GE_recordTime: fc.integer({ min: 0, max: 60 }).map((s) => new Date(noon + s * 1000).toISOString()),
  LT_recordTime: fc.integer({ min: 0, max: 60 }).map((s) => new Date(noon + s * 1000).toISOString()),
  EQ_bizStep: fc.subarray(steps, { minLength: 1 }).map((list) => list.join('|')),
  MATCH_anyEPC: fc.oneof(
    fc.subarray([0, 1, 2, 3].map(epc), { minLength: 1 }).map((list) => list.join('|')),
    fc.constantFrom('urn:epc:idpat:sgtin:9520123.045678.*', 'urn:epc:idpat:sgtin:*.*.*'),
  ),
  MATCH_epcClass: fc.subarray([0, 1, 2].map(lot), { minLength: 1 }).map((list) => list.join('|')),
  EQ_readPoint: fc.constantFrom(place(0), place(1)),
  'GE_ex:level': fc.integer({ min: 0, max: 5 }).map(String),
  GT_value_FAH: fc.integer({ min: 20, max: 80 }).map(String),
  EQ_quantity: fc.constantFrom('10', '11'),
  EXISTS_sensorElementList: fc.constantFrom('true', 'false'),
  EQ_type: fc.constantFrom('Temperature', 'Pressure'),
  EQ_eventID: fc
    .integer({ min: 0, max: 40 })
    .map((n) => `urn:uuid:00000000-0000-7000-8000-${String(n).padStart(12, '0')}|ni:///${n}`),
  orderBy: fc.constantFrom('eventTime', 'recordTime', 'https://ns.example.org/level'),
  orderDirection: fc.constantFrom('ASC', 'DESC'),
});
const ordering = ['orderBy', 'orderDirection'] as const;
/** Few parameters at a time, or nothing would be found. */
const parameters = all.chain((wanted) => {
  const names = (Object.keys(wanted) as (keyof typeof wanted)[]).filter((name) => !ordering.includes(name as 'orderBy'));
  return fc
    .tuple(fc.subarray(names, { maxLength: 2 }), fc.subarray([...ordering]))
    .map(([some, order]): Record<string, string> => Object.fromEntries([...some, ...order].map((name) => [name, wanted[name]])));
});
const reader = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((n): Reader => ({ role: 'producer', party: party(n) })),
  fc.constantFrom('510131', '510000', '350000').map((division): Reader => ({ role: 'inspector', division })),
);
const noon = Date.parse('2026-11-23T12:00:00+08:00');

describe('event queries of the store', () => {
  let folder: string;
  let store: Store;
  let ledger: Ledger;
  let now = noon;
  let count = 0;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'suyuan-'));
    store = await openSqlite(folder);
    ledger = await openLedger(store, { clock: () => (now += 100) });
    // Two places and a party lie in divisions; the third place and other parties are not registered.
    for (const [id, kind, division] of [
      [place(0), 'place', divisions[0]],
      [place(1), 'place', divisions[2]],
      [party(1), 'party', divisions[1]],
    ] as const)
      await ledger.submit([
        draftOf({ v: 1, kind, id, by: 'urn:suyuan:registry', body: { division: division! } }, { role: 'system' }),
      ]);
  });
  after(async () => {
    await ledger.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function record(list: readonly Made[]): Promise<void> {
    await ledger.submit(
      list.map((made) => {
        const n = count++;
        return draftOf(
          { v: 1, kind: 'event', id: idOf(made, n), by: party(made.by), body: eventOf(made, n) },
          { role: 'system', fresh: true },
        );
      }),
    );
  }

  /** What a query finds, by looking at everything: the entry numbers in order, with what is shown of each. */
  async function byLooking(query: Query, who: Reader, order: string, descending: boolean): Promise<[number, JsonObject][]> {
    const rows = await store.range('records', { index: 'kind', prefix: ['event'], limit: 100_000 });
    const about = new Set(namedOnes(query));
    const at: Readonly<Record<string, string>> = {
      [place(0)]: divisions[0]!,
      [place(1)]: divisions[2]!,
      [party(1)]: divisions[1]!,
    };
    const found: { seq: number; event: EpcisEvent; shown: JsonObject }[] = [];
    for (const row of rows) {
      const { id, by, body } = JSON.parse(row.body) as LedgerRecord;
      const whole = body as unknown as EpcisEvent;
      const codes = [whole.readPoint?.id ?? '', by].flatMap((uri) => at[uri] ?? []);
      const named = itemsOf(whole).filter(({ uri }) => about.has(uri));
      let chain = false;
      if (who.role === 'inspector') for (const { uri } of named) chain ||= await chainTouches(store, uri, who);
      const context = { parties: [by], divisions: codes, about, chain };
      const all = seesAll(whole, who, context);
      if (!all && about.size === 0) continue;
      const shown = visible(whole, who, context);
      const seen = all ? id : ((shown.eventID as string | undefined) ?? '');
      if (matches({ event: shown as unknown as EpcisEvent, id: seen, recorded: row.time }, query)) {
        found.push({ seq: row.seq, event: shown as unknown as EpcisEvent, shown });
      }
    }
    const key = ({ seq, event: one }: (typeof found)[number]): number[] => {
      const level = (one as unknown as Record<string, number | undefined>)['ex:level'];
      const sign = descending ? -1 : 1;
      const placed = [whenOf(one).time * sign, seq * sign];
      if (order === 'recordTime') return [seq * sign];
      return order === 'eventTime' ? placed : [level === undefined ? Infinity : level * sign, ...placed];
    };
    found.sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      const i = x.findIndex((value, n) => value !== y[n]);
      return i < 0 ? 0 : x[i]! < y[i]! ? -1 : 1;
    });
    return found.map(({ seq, shown }) => [seq, shown]);
  }

  it('find in pages, whatever arrives meanwhile, just what looking at everything finds', async function () {
    this.timeout(120_000);
    await record(fc.sample(event, { numRuns: 60, seed: 11 }));
    let nonempty = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 6 }),
        parameters,
        reader,
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom(2, 5, 1000),
        event,
        async (some, wanted, who, limit, effort, later) => {
          await record(some);
          const query = parseAddress(wanted);
          if (Array.isArray(query)) throw new Error(JSON.stringify(query));
          const asked = query as Query;
          const expected = await byLooking(asked, who, wanted.orderBy ?? 'eventTime', wanted.orderDirection !== 'ASC');
          const found: [number, JsonObject][] = [];
          let cursor: Cursor | undefined;
          let pages = 0;
          do {
            const page = await queryEvents(store, asked, who, { limit, effort, ...(cursor && { cursor }) });
            expect(page.events.length).to.be.at.most(limit);
            if (pages > 0 && effort === 1000) expect(page.events).not.to.be.empty;
            found.push(...page.events.map(({ seq, event: shown }): [number, JsonObject] => [seq, shown]));
            cursor = page.next;
            if (cursor && pages++ % 4 === 0) await record([later]);
          } while (cursor);
          expect(found.map(([seq]) => seq)).to.deep.equal(expected.map(([seq]) => seq));
          expect(found).to.deep.equal(expected);
          if (found.length > 0) nonempty++;
        },
      ),
      { numRuns: 80 },
    );
    expect(nonempty, 'queries that found something').to.be.greaterThan(20);
  });

  it('stop at the limit of events, and refuse more than is allowed', async () => {
    await record(fc.sample(event, { numRuns: 20, seed: 7 }).map((made) => ({ ...made, by: 0 })));
    const who: Reader = { role: 'producer', party: party(0) };
    const query = (more: Record<string, string>): Query => parseAddress({ orderBy: 'eventTime', ...more }) as Query;
    const first = await queryEvents(store, query({ eventCountLimit: '5' }), who, { limit: 3 });
    const second = await queryEvents(store, query({ eventCountLimit: '5' }), who, { limit: 3, cursor: first.next! });
    expect([first.events.length, second.events.length, second.next]).to.deep.equal([3, 2, undefined]);
    const failed = await queryEvents(store, query({ maxEventCount: '5' }), who, { limit: 3 }).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(QueryTooLarge);
    const enough = await queryEvents(store, query({ maxEventCount: '100000' }), who, { limit: 3 }).catch(
      (error: unknown) => error,
    );
    expect(enough).to.have.property('events').with.length(3);
  });

  it('find events of a ledger that was written before there was an index', async () => {
    const rows = await store.range('happenings', { prefix: [party(0)], limit: 100_000 });
    const all = await store.range('happenings', { prefix: ['urn:suyuan:everyone'], limit: 100_000 });
    const keys = [...rows, ...all].map(({ reader: who, seq }) => [who, seq]);
    await store.append({ happenings: { delete: keys } }, await store.size());
    await indexEvents(store);
    expect(await store.range('happenings', { prefix: [party(0)], limit: 100_000 })).to.deep.equal(rows);
    expect(await store.range('happenings', { prefix: ['urn:suyuan:everyone'], limit: 100_000 })).to.deep.equal(all);
  });
});
