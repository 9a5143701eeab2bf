import type { Activity } from '../domain/activities.js';
import { corrected, statedOf } from '../domain/corrections.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import { whenOf } from '../domain/epcis/time.js';
import type { LedgerRecord } from '../domain/record.js';
import type { Row } from '../store/collections.js';
import type { Store } from '../store/port.js';
import { standingOf } from './corrections.js';
import { privatePerson } from './evidence.js';
import type { CorrectionView } from './itemView.js';
import { Names } from './names.js';
import type { Trunk } from './trunk.js';
import { titleOf } from './words.js';

/** What was corrected of an item, oldest first: folded away on its page, but there. `known`: as known at this record time. */
export async function correctionsOf(
  store: Store,
  { own, told }: Pick<Trunk, 'own' | 'told'>,
  activities: ReadonlyMap<string, Activity>,
  known?: number,
): Promise<CorrectionView[]> {
  const events = own.flatMap((row) => (row.kind === 'event' ? [stated(row)] : []));
  const found = [...corrected(events).keys()];
  if (found.length === 0) return [];
  const names = await Names.read(
    store,
    found.map(({ party }) => party),
  );
  // A shop is a customer: that it corrected something is public, its name is not.
  const makers = new Set(told.filter(({ event }) => makes(event)).map(({ party }) => party));
  const views = found.map(async ({ row, record, event, party }): Promise<CorrectionView[]> => {
    const { correctedBy } = await standingOf(store, { seq: row.seq, record }, known);
    if (correctedBy === undefined) return [];
    const { title, icon } = titleOf(event, activities);
    const { entry, at, reason, corrective } = correctedBy;
    const who = makers.has(party) || makes(event) ? (names.name(party, at) ?? privatePerson) : undefined;
    const happened = whenOf(event).time;
    return [
      {
        title,
        icon,
        at: happened,
        entry: row.seq,
        declared: entry,
        time: at,
        corrective,
        began: makes(event),
        ...(reason && { reason }),
        ...(who && { who }),
      },
    ];
  });
  return (await Promise.all(views)).flat().sort((a, b) => a.declared - b.declared);
}

const stated = (row: Row<'records'>) => {
  const record = JSON.parse(row.body) as LedgerRecord;
  return { ...statedOf(record), row, record, event: record.body as unknown as EpcisEvent };
};

const makes = (event: EpcisEvent): boolean =>
  event.type === 'TransformationEvent' || (event.type === 'ObjectEvent' && event.action === 'ADD');
