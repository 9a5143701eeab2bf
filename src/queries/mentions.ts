import type { Activity } from '../domain/activities.js';
import type { EpcisEvent } from '../domain/epcis/event.js';
import { whenOf } from '../domain/epcis/time.js';
import { nobody } from '../domain/reader.js';
import type { Text } from '../domain/text.js';
import type { Store } from '../store/port.js';
import { historyOf, type HistoryLine } from './history.js';
import { titleOf } from './words.js';

/** An event that names something, as strangers see it. */
export interface Mention {
  readonly entry: number;
  readonly title: Text;
  readonly icon: string;
  /** When it happened, Unix milliseconds. */
  readonly at: number;
  /** It was declared in error, or is itself the declaration. */
  readonly error?: 'withdrawn' | 'declaration';
}

export interface Mentions {
  /** In order of what happened. */
  readonly lines: readonly Mention[];
  /** Give it back as `after` for the next page. */
  readonly next?: string;
}

interface Options {
  readonly activities: ReadonlyMap<string, Activity>;
  readonly at?: number;
  readonly known?: number;
  readonly after?: string;
}

/** Lines on one page, and how many records are looked at for them: what a party recorded stands in its stream, too. */
const perPage = 100;
const most = 2000;

/**
 * The events that name something which has no page of a lot's kind: a product as such, a place or a party as the thing that an
 * event is about, an item of which only corrected events exist. Empty when none of the first 2,000 records does.
 */
export async function mentionsOf(store: Store, item: string, { activities, after, ...times }: Options): Promise<Mentions> {
  const lines: Mention[] = [];
  let from = after;
  for (let read = 0; read < most; read += perPage) {
    const page = await historyOf(store, item, {
      ...times,
      reader: nobody,
      limit: perPage,
      ...(from !== undefined && { after: from }),
    });
    lines.push(...page.lines.flatMap((line) => mentionOf(line, activities)));
    from = page.next;
    if (from === undefined || lines.length > 0) break;
  }
  return { lines, ...(from !== undefined && { next: from }) };
}

function mentionOf({ entry, event: shown, effective }: HistoryLine, activities: ReadonlyMap<string, Activity>): Mention[] {
  if (shown === undefined) return [];
  const event = shown as unknown as EpcisEvent;
  const { title, icon } = titleOf(event, activities);
  const error = event.errorDeclaration ? 'declaration' : effective === false ? 'withdrawn' : undefined;
  return [{ entry, title, icon, at: whenOf(event).time, ...(error && { error }) }];
}
