import type { Json, JsonObject } from './record.js';
import type { Text } from './text.js';

/**
 * A story of the demonstration data (seeds/README.md): who and what there is, and what happens, at times relative to the day of
 * the first start. `@name` stands for the URI that one of the files gives to the name, `{-36d}` for a day.
 */
export interface StoryFile {
  readonly name: string;
  /** Place among the stories, ascending. */
  readonly order: number;
  /** Left out in a file that only introduces what several stories share. */
  readonly title?: Text;
  readonly about?: Text;
  /** The lot or item whose scan page tells the story. */
  readonly example?: string;
  /** When its master data is recorded. */
  readonly begins: string;
  readonly parties?: Readonly<Record<string, Introduction & { readonly role?: Role }>>;
  readonly places?: Readonly<Record<string, Introduction>>;
  readonly products?: Readonly<Record<string, Introduction>>;
  /** Names for lots, pallets and loggers. */
  readonly ids?: Readonly<Record<string, string>>;
  readonly accounts?: readonly DemoAccount[];
  readonly steps?: readonly StoryStep[];
}

interface Introduction {
  readonly id: string;
  /** The party that says it; a party says itself, a place its party, when left out. */
  readonly by?: string;
  readonly body: JsonObject;
}

export type Role = 'producer' | 'operator' | 'laboratory' | 'inspector';

export interface DemoAccount {
  readonly name: string;
  readonly role: Role | 'admin';
  readonly party?: string;
  readonly division?: string;
  /** Whom it is for, where there is no party to name. */
  readonly of?: Text;
}

interface StoryStep {
  /** When it is recorded; also when it happened, unless the values say a `time`. */
  readonly at: string;
  readonly by: string;
  readonly activity?: string;
  readonly values?: JsonObject;
  /** A statement instead of an activity: a change of master data, a mandate. */
  readonly kind?: 'party' | 'place' | 'product' | 'mandate';
  readonly id?: string;
  readonly body?: JsonObject;
  /** The step is done once for each of these, a minute apart, `@it` being the one in hand. */
  readonly each?: readonly string[];
}

export type ReplayStep = {
  readonly story: string;
  /** Unix milliseconds; steps never go back. */
  readonly time: number;
  /** URI of the party whose act it is, and in which role it acts. */
  readonly by: string;
  readonly role: Role;
} & (
  | { readonly kind: 'event'; readonly activity: string; readonly values: JsonObject }
  | { readonly kind: 'party' | 'place' | 'product' | 'mandate'; readonly id: string; readonly body: JsonObject }
);

export interface Replay {
  readonly steps: readonly ReplayStep[];
  readonly stories: readonly { readonly name: string; readonly title: Text; readonly about: Text; readonly example: string }[];
  readonly accounts: readonly DemoAccount[];
}

const day = 86_400_000;
/** The country keeps one time, UTC+8. */
const zone = { offset: '+08:00', milliseconds: 8 * 3_600_000 };

/**
 * All stories as one list of steps in the order of time.
 * @param start Unix milliseconds of the first start: day 0 is its calendar day at UTC+8
 * @throws Error when a name is given twice or not at all, or a time cannot be read
 */
export function replayOf(files: readonly StoryFile[], start: number): Replay {
  const zero = Math.floor((start + zone.milliseconds) / day) * day - zone.milliseconds;
  const names = namesOf(files);
  const roles = new Map(
    files.flatMap(({ parties }) => Object.values(parties ?? {}).map(({ id, role }) => [id, role ?? 'producer'] as const)),
  );
  const tell = teller(names, zero);
  const steps = files.flatMap((file) =>
    [...introductions(file), ...(file.steps ?? []).flatMap(repeated)].map((step): ReplayStep => {
      const by = tell.text(step.by);
      const at = { story: file.name, time: momentOf(step.at, zero), by, role: roles.get(by) ?? 'producer' };
      if (step.activity !== undefined) {
        return { ...at, kind: 'event', activity: step.activity, values: tell.all(step.values ?? {}) as JsonObject };
      }
      const body = tell.all(step.body ?? {}) as JsonObject;
      if (step.kind === undefined || step.id === undefined)
        throw new Error(`${file.name} ${step.at}: neither an activity nor a statement`);
      return { ...at, kind: step.kind, id: tell.text(step.id), body };
    }),
  );
  return {
    steps: steps.sort((a, b) => a.time - b.time),
    stories: files.flatMap(({ name, title, about, example }) =>
      title && about && example ? [{ name, title, about, example: tell.text(example) }] : [],
    ),
    accounts: files.flatMap(({ accounts }) =>
      (accounts ?? []).map(({ party, ...rest }) => ({ ...rest, ...(party === undefined ? {} : { party: tell.text(party) }) })),
    ),
  };
}

function namesOf(files: readonly StoryFile[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const file of files) {
    const introduced = [file.parties, file.places, file.products].flatMap((each) =>
      Object.entries(each ?? {}).map(([name, { id }]) => [name, id] as const),
    );
    for (const [name, id] of [...introduced, ...Object.entries(file.ids ?? {})]) {
      if (names.has(name)) throw new Error(`${file.name}: the name ${name} is given twice`);
      names.set(name, id);
    }
  }
  return names;
}

function introductions({ begins, parties, places, products }: StoryFile): StoryStep[] {
  const of = (kind: 'party' | 'place' | 'product', introduced: Readonly<Record<string, Introduction>> | undefined): StoryStep[] =>
    Object.entries(introduced ?? {}).map(([name, { by, body }]) => ({
      at: begins,
      by: by ?? (kind === 'place' ? String(body.party) : `@${name}`),
      kind,
      id: `@${name}`,
      body,
    }));
  return [...of('party', parties), ...of('place', places), ...of('product', products)];
}

function repeated({ each, ...step }: StoryStep): StoryStep[] {
  if (!each) return [step];
  return each.map((it, n) => {
    const [, days, hours, minutes] = written.exec(step.at) ?? [];
    const total = Number(hours) * 60 + Number(minutes) + n;
    const at = `${days}d ${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
    return { ...(JSON.parse(JSON.stringify(step).replaceAll('"@it"', JSON.stringify(it))) as StoryStep), at };
  });
}

const written = /^([+-]\d+)d (\d\d):(\d\d)$/;

/** Unix milliseconds of `-36d 07:40`: 36 days before day 0, at twenty to eight. */
function momentOf(at: string, zero: number): number {
  const [, days, hours, minutes] = written.exec(at) ?? [];
  if (days === undefined) throw new Error(`not a time of a story: ${at}`);
  return zero + Number(days) * day + (Number(hours) * 60 + Number(minutes)) * 60_000;
}

const iso = (time: number): string => new Date(time + zone.milliseconds).toISOString().slice(0, 19);

/** Puts URIs in for names and dates in for days, in texts and in whole values. */
function teller(
  names: ReadonlyMap<string, string>,
  zero: number,
): { text: (text: string) => string; all: (value: Json) => Json } {
  const dated = (text: string): string =>
    text.replace(/\{([+-]\d+)d(?: (\d\d:\d\d|yymmdd|yymm|yyyy))?\}/g, (_, days: string, form: string | undefined) => {
      if (form?.includes(':')) return iso(momentOf(`${days}d ${form}`, zero)) + zone.offset;
      const date = iso(zero + Number(days) * day).slice(0, 10);
      if (form === 'yyyy') return date.slice(0, 4);
      return form === undefined ? date : date.replaceAll('-', '').slice(2, form.length + 2);
    });
  const text = (raw: string, depth = 0): string => {
    const name = /^@(\w+)/.exec(raw)?.[1];
    if (name === undefined) return dated(raw);
    const uri = names.get(name);
    if (uri === undefined || depth > 5) throw new Error(`no story names @${name}`);
    return text(uri, depth + 1) + dated(raw.slice(name.length + 1));
  };
  const all = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(all);
    if (typeof value !== 'object' || value === null) return value;
    if (typeof value.every === 'number' && Array.isArray(value.celsius)) return series(value as unknown as Series, zero);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, all(member)]));
  };
  return { text: (raw) => text(raw), all };
}

/** Readings in short: from when, every how many minutes, the values; a null is a reading that was not taken. */
interface Series {
  readonly from: string;
  readonly every: number;
  readonly celsius: readonly (number | null)[];
  readonly humidity?: readonly (number | null)[];
}

function series({ from, every, celsius, humidity }: Series, zero: number): Json[] {
  const start = momentOf(from, zero);
  return celsius.flatMap((value, n): Json[] => {
    if (value === null) return [];
    const humid = humidity?.[n];
    return [
      {
        time: iso(start + n * every * 60_000) + zone.offset,
        celsius: value,
        ...(humid === null || humid === undefined ? {} : { humidity: humid }),
      },
    ];
  });
}
