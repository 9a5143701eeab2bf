import type { App } from '../app.js';
import { isFaulty } from '../domain/gs1/gs1Error.js';
import { identify, type Identifier } from '../domain/gs1/identify.js';
import { Problem } from '../errors.js';
import { sha256 } from '../ledger/node.js';
import { streamAgrees } from '../ledger/stream.js';
import { itemView } from '../queries/item.js';
import type { ItemView } from '../queries/itemView.js';
import type { Call } from './call.js';

/** What a text identifies. Throws `bad-identifier` naming every fault. */
export function identified(text: string): Identifier {
  const found = identify(text);
  if (!isFaulty(found)) return found;
  const { faults } = found;
  throw new Problem('bad-identifier', {
    faults,
    detail: { zh: faults.map((f) => f.message.zh).join('；'), en: faults.map((f) => f.message.en).join('; ') },
  });
}

/** What the path of a Digital Link identifies, on whatever domain it came: `/01/.../10/...` as it was sent. A slash at its end is passed over. */
export const identifiedByPath = (path: string): Identifier => identified(`https://id.gs1.org${path.replace(/\/+$/, '')}`);

/** As of this event time, and as known at this record time (Unix milliseconds); now when left out. */
export interface Times {
  readonly at?: number;
  readonly known?: number;
}

/** `?at=` and `?known=` as Unix milliseconds. */
export function timesOf(call: Call): Times {
  const read = (name: 'at' | 'known') => {
    const time = call.query[name] === undefined ? undefined : Date.parse(call.query[name]);
    if (time !== undefined && Number.isNaN(time)) {
      throw new Problem('bad-values', {
        faults: [{ pointer: `/${name}`, message: { zh: '不是有效的时间', en: 'is not a time' } }],
      });
    }
    return time;
  };
  const [at, known] = [read('at'), read('known')];
  return { ...(at !== undefined && { at }), ...(known !== undefined && { known }) };
}

/** The page's view of an item, its entries recomputed; undefined when the ledger has no history of it. */
export async function viewOf(app: App, identifier: Identifier, times: Times = {}): Promise<ItemView | undefined> {
  return itemView(app.store, identifier, {
    ...times,
    now: app.clock(),
    activities: app.activities,
    verify: (item, rows, head) => streamAgrees(sha256, item, rows, head),
  });
}
