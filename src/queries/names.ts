import { regionOf } from '../domain/divisions.js';
import type { JsonObject, LedgerRecord } from '../domain/record.js';
import type { Text } from '../domain/text.js';
import type { Store } from '../store/port.js';

/** Master data of the subjects of a history, as strangers see it: hidden members are absent. */
export class Names {
  private constructor(private readonly said: ReadonlyMap<string, readonly { time: number; body: JsonObject }[]>) {}

  /** Reads what was said of these subjects: a range each, side by side, and all records at once. */
  static async read(store: Store, uris: Iterable<string>): Promise<Names> {
    const wanted = [...new Set(uris)];
    const rows = await Promise.all(wanted.map((uri) => store.range('statements', { prefix: [uri], reverse: true, limit: 20 })));
    const records = await store.getMany(
      'records',
      rows.flat().map((row) => [row.seq]),
    );
    const bodies = new Map(
      records.flatMap((row) => (row ? [[row.seq, (JSON.parse(row.body) as LedgerRecord).body] as const] : [])),
    );
    const said = wanted.map((uri, i): [string, { time: number; body: JsonObject }[]] => [
      uri,
      (rows[i] ?? []).flatMap((row) => {
        const body = bodies.get(row.seq);
        return body ? [{ time: row.time, body }] : [];
      }),
    ]);
    return new Names(new Map(said));
  }

  /** What held at a time (Unix milliseconds); the oldest we have when it was registered later. Newest first inside. */
  at(uri: string | undefined, time: number): JsonObject | undefined {
    const all = uri === undefined ? undefined : this.said.get(uri);
    return (all?.find((one) => one.time <= time) ?? all?.at(-1))?.body;
  }

  name(uri: string | undefined, time: number): Text | undefined {
    return textOf(this.at(uri, time)?.name);
  }

  /** Province to township (or to county); `from` 2 leaves the province out. */
  region(uri: string | undefined, time: number, from: 0 | 2 = 0, town = true): Text | undefined {
    const body = this.at(uri, time);
    return typeof body?.division === 'string' ? regionOf(body.division, town ? stringOf(body.town) : undefined, from) : undefined;
  }
}

export const stringOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** `{ zh, en? }` of a statement as words: the other language where one is missing. */
export function textOf(value: unknown): Text | undefined {
  const { zh, en } = (value ?? {}) as { zh?: unknown; en?: unknown };
  const [chinese, english] = [stringOf(zh), stringOf(en)];
  if (chinese === undefined && english === undefined) return undefined;
  return { zh: chinese ?? english ?? '', en: english ?? chinese ?? '' };
}
