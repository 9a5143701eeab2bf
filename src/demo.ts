import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addAccount } from './accounts/accounts.js';
import { setPassword } from './accounts/changes.js';
import { chance } from './accounts/secret.js';
import type { App } from './app.js';
import { demoFile, type DemoSheet } from './cli/demo.js';
import { pathOf } from './domain/gs1/digitalLink.js';
import { replayOf, type DemoAccount, type Replay, type ReplayStep, type StoryFile } from './domain/story.js';
import type { Text } from './domain/text.js';
import { draftActivity, draftStatement } from './http/recording.js';
import type { Draft } from './ledger/draft.js';
import { statementAt } from './queries/statements.js';

const folder = fileURLToPath(new URL('../../seeds/stories', import.meta.url));

/** The story files of the project, in the order in which they are told. */
export const storyFiles = (): StoryFile[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as StoryFile)
    .sort((a, b) => a.order - b.order);

/** What the ledger remembers of its demonstration data. */
interface Remembered {
  /** Unix milliseconds of the first start: day 0 of the stories. */
  readonly start: number;
  readonly done: boolean;
  /** The lots whose pages tell the stories: the home page shows them. */
  readonly examples?: readonly string[];
}

/**
 * The demonstration data of a data folder: replayed when the ledger is empty, continued when an earlier start was cut short. Answers
 * what to show of it, or nothing for a ledger without it.
 */
export async function openDemo(app: App): Promise<DemoSheet | undefined> {
  const row = await app.store.get('meta', ['demo']);
  const before = row && (JSON.parse(row.body) as Remembered);
  if (before?.done) return readSheet(app);
  if (!before && (!app.config.demo || app.ledger.size > 0)) return undefined;
  const start = before?.start ?? app.clock();
  if (!before) await remember(app, { start, done: false }, 0);
  const replay = replayOf(storyFiles(), start);
  await replayStories(app, replay);
  const sheet = (await readSheet(app)) ?? (await writeSheet(app, await sheetOf(app, replay)));
  await openAccounts(app, replay.accounts, sheet);
  await remember(app, { start, done: true, examples: replay.stories.map(({ example }) => example) }, 1);
  return sheet;
}

const remember = (app: App, remembered: Remembered, version: number): Promise<void> =>
  app.store.put('meta', { name: 'demo', version: version + 1, body: JSON.stringify(remembered) }, version);

/**
 * Records the steps that the ledger does not have yet (each step is one record, in order), through the same checks as any record.
 * Throws Error with the step when one is refused: a story must be right.
 */
export async function replayStories(app: App, { steps }: Replay): Promise<void> {
  let waiting: { step: ReplayStep; draft: Draft }[] = [];
  const flush = async (): Promise<void> => {
    const outcomes = await app.ledger.submit(
      waiting.map(({ draft }) => draft),
      { together: true },
    );
    const failed = waiting.flatMap(({ step }, n) => {
      const outcome = outcomes[n]!;
      // One that is refused without a finding only fell with the others.
      return 'recorded' in outcome || ('refused' in outcome && outcome.refused.length === 0)
        ? []
        : [`${tellStep(step)}: ${JSON.stringify(outcome)}`];
    });
    if (failed.length > 0) throw new Error(`the demo stories were refused: ${failed.join('; ')}`);
    waiting = [];
  };
  for (const step of steps.slice(app.ledger.size)) {
    // An activity is checked against the places and products that are recorded.
    const needsRecorded = step.kind === 'event' && waiting.some(({ step: { kind } }) => kind !== 'event');
    if (needsRecorded || waiting.length >= 250) await flush();
    waiting.push({ step, draft: await draftStep(app, step) });
  }
  if (waiting.length > 0) await flush();
}

const tellStep = (step: ReplayStep): string =>
  `${step.story} ${new Date(step.time).toISOString()} ${step.kind === 'event' ? step.activity : `${step.kind} ${step.id}`}`;

async function draftStep(app: App, step: ReplayStep): Promise<Draft> {
  const author = { by: step.by, role: step.role, story: { time: step.time } };
  if (step.kind !== 'event') return draftStatement(app, author, step.kind, step.id, step.body);
  const activity = app.activities.get(step.activity);
  if (!activity) throw new Error(`${tellStep(step)}: there is no such activity`);
  return draftActivity(app, author, activity, step.values).catch((error: unknown) => {
    throw new Error(`${tellStep(step)} was refused: ${JSON.stringify(error)}`, { cause: error });
  });
}

async function sheetOf(app: App, { stories, accounts }: Replay): Promise<DemoSheet> {
  const signIns = await Promise.all(
    accounts.map(async ({ name, role, party, of }) => {
      const statement = party === undefined ? undefined : await statementAt(app.store, party);
      const who = statement?.body.name as Partial<Text> | undefined;
      const words = roleWords[role];
      const more = { zh: who?.zh ?? of?.zh ?? '', en: who?.en ?? of?.en ?? '' };
      const told: Text = { zh: `${words.zh} ${more.zh}`.trim(), en: `${words.en} ${more.en}`.trim() };
      return { as: role, role: told, name, password: newPassword() };
    }),
  );
  return { scans: stories.map(({ title, example }) => ({ title, path: pathOf(example) })), signIns };
}

const roleWords: Readonly<Record<DemoAccount['role'], Text>> = {
  producer: { zh: '生产经营者', en: 'producer' },
  operator: { zh: '代办员', en: 'operator' },
  laboratory: { zh: '检测机构', en: 'laboratory' },
  inspector: { zh: '监管员', en: 'inspector' },
  admin: { zh: '管理员', en: 'admin' },
};

/** Sixteen letters and digits that are not taken for each other, 80 bits of chance. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
const newPassword = (): string =>
  [...chance(16)].map((byte, n) => (n > 0 && n % 4 === 0 ? '-' : '') + alphabet[byte % alphabet.length]!).join('');

async function openAccounts(app: App, accounts: readonly DemoAccount[], { signIns }: DemoSheet): Promise<void> {
  await Promise.all(
    accounts.map(async ({ name, role, party, division }) => {
      const password = signIns.find((each) => each.name === name)?.password ?? newPassword();
      const added = await addAccount(app.store, { name, role, party, division, password }, app.clock());
      // Left by a start that was cut short: the sheet is what its owner reads.
      if ('faults' in added) await setPassword(app.store, name, password);
    }),
  );
}

async function readSheet(app: App): Promise<DemoSheet | undefined> {
  const text = await readFile(demoFile(app.config.data), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as DemoSheet);
}

async function writeSheet(app: App, sheet: DemoSheet): Promise<DemoSheet> {
  const path = demoFile(app.config.data);
  await writeFile(`${path}.new`, `${JSON.stringify(sheet, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return sheet;
}
