import type { App } from '../app.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import { maySee, within, type Reader } from '../domain/reader.js';
import type { JsonObject, LedgerRecord } from '../domain/record.js';
import { seesAll, visible } from '../domain/visible.js';
import { Problem } from '../errors.js';
import { bundleMost, bundleOf, TooLong, type See, type Seen } from '../ledger/bundle.js';
import { divisionsOf } from '../queries/history.js';
import { json, type Answer, type Call } from './call.js';
import { readerOf } from './master.js';

/** `?view=proof` of an item: the bundle that `suyuan verify`, the scan page and others check without us. */
export async function answerProof(app: App, call: Call, item: string, headers: Answer['headers']): Promise<Answer> {
  try {
    const bundle = await bundleOf(app.store, app.checkpoints, item, seenBy(app, readerOf(call), item));
    if (!bundle) throw new Problem('not-found');
    return json(200, bundle, { ...headers, 'cache-control': 'no-store' });
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    throw new Problem('too-large', {
      detail: {
        zh: `有 ${bundleMost} 条以上的记录，请用 suyuan audit 核对`,
        en: `it has more than ${bundleMost} records: check it with suyuan audit`,
      },
    });
  }
}

/** Statements that everybody may read whole, their marked values apart. */
const openKinds: ReadonlySet<string> = new Set(['party', 'place', 'product', 'certificate', 'recall']);

/** What pages show this reader, record by record (queries/history.ts). */
const seenBy =
  (app: App, reader: Reader, item: string): See =>
  async (records) => {
    const events = records.map((record) => (record.kind === 'event' ? (record.body as unknown as EpcisEvent) : undefined));
    const isEvent = (event: EpcisEvent | undefined): event is EpcisEvent => event !== undefined;
    const found = reader.role === 'inspector' ? await divisionsOf(app.store, events.filter(isEvent)) : [];
    const divisions = events.map((event) => (event && found.shift()) ?? []);
    const { division } = reader;
    const chain = division !== undefined && divisions.flat().some((code) => within(code, division));
    return records.map((record, i): Seen => {
      const parties = [record.by, ...(record.behalf ? [record.behalf] : [])];
      const of = { ...markedOf(record), ...(divisions[i]?.[0] && { division: divisions[i][0] }) };
      const mark: Seen['mark'] = (each) => maySee(reader, each, of);
      const event = events[i];
      // That something was erased, and why, is for everybody; of which other entries, for those who said so.
      if (record.kind === 'erasure') return { whole: parties.includes(reader.party ?? ''), shown: reasonOf(record), mark };
      if (!event) return { whole: openKinds.has(record.kind) || parties.includes(reader.party ?? ''), mark };
      const context = { parties, divisions: divisions[i] ?? [], about: new Set([item]), chain };
      return { whole: seesAll(event, reader, context), shown: visible(event, reader, context), mark };
    });
  };

const reasonOf = ({ body }: LedgerRecord): JsonObject => ({ reason: body.reason ?? null });

const markedOf = ({ by, behalf, kind, id }: LedgerRecord): { by: string; behalf?: string; subject?: string } => ({
  by,
  ...(behalf && { behalf }),
  ...(kind !== 'event' && { subject: id }),
});
