import type { LedgerRecord } from '../domain/record.js';
import type { Batch, Store } from '../store/port.js';
import type { Checkpoints } from './checkpoints.js';
import { draftOf } from './draft.js';
import { signedBy, type KeyFacts, type Keyring } from './keyring.js';
import type { Ledger, Outcome } from './ledger.js';
import { vkeyText, type NoteKey } from './note.js';
import { logUri, rotationText } from './rotation.js';

export interface RotateOptions {
  /** URI of the party that states it. */
  readonly by: string;
  /** Until when the key before signs, too; Unix milliseconds. */
  readonly until: number;
}

export interface Rotated {
  /** Number of the entry that says so. */
  readonly entry: number;
  readonly before: string;
  readonly after: string;
  /** Where the private keys lie; undefined when they were given from outside the data folder. */
  readonly beforeFile: string | undefined;
  readonly afterFile: string | undefined;
}

/**
 * Puts a new key in the place of the present one: a record of kind `key`, signed by both, in the same append as the fact that the new
 * one signs from now on. Rejects like `Ledger.submit`, and with LedgerRefused when there is no other key or one is being changed.
 */
export async function rotateKey(
  store: Store,
  ledger: Ledger,
  checkpoints: Checkpoints,
  { by, until }: RotateOptions,
): Promise<Rotated> {
  const { keys, origin } = checkpoints;
  return keys.alone(async () => {
    // One that ended in an error may be stored all the same: then it is the one that is asked for again.
    if (!(await taken(store, keys))) {
      keys.drop();
      await change(store, ledger, checkpoints, by, until);
    }
    // Tried again within a second by the checkpoints themselves.
    await checkpoints.save().catch(() => undefined);
    const [last] = await store.range('statements', { prefix: [logUri(origin)], reverse: true, limit: 1 });
    const [after, before] = keys.all as [NoteKey, NoteKey];
    return {
      entry: last?.seq ?? ledger.size - 1,
      before: vkeyText(before),
      after: vkeyText(after),
      beforeFile: keys.fileOf(before),
      afterFile: keys.fileOf(after),
    };
  });
}

/** Writes the statement. After an error both keys sign until the next attempt or start finds out what is stored. */
async function change(store: Store, ledger: Ledger, { keys, origin }: Checkpoints, by: string, until: number): Promise<void> {
  const before = keys.public;
  const signing = keys.begin();
  const text = rotationText(before, keys.coming as NoteKey);
  const body = { note: `${text}\n${signedBy(signing, text)}` };
  const version = (await store.get('meta', ['log']))?.version ?? 0;
  const facts = { name: 'log', version: version + 1, body: JSON.stringify(keys.factsAfter(until)) };
  const record: LedgerRecord = { v: 1, kind: 'key', id: logUri(origin), by, body };
  const attach = ([outcome]: readonly Outcome[]): Batch => (outcome && 'recorded' in outcome ? { meta: { put: [facts] } } : {});
  try {
    await ledger.submit([draftOf(record, { role: 'system' })], { attach });
  } catch (error) {
    if (!(await taken(store, keys).catch(() => false))) throw error;
    return;
  }
  if (!(await taken(store, keys))) throw new Error('the change of the key was not recorded');
}

/** Whether the store says that the coming key has taken over; then it does. */
async function taken(store: Store, keys: Keyring): Promise<boolean> {
  if (!keys.coming) return false;
  const stored = JSON.parse((await store.get('meta', ['log']))?.body ?? '{}') as Partial<KeyFacts>;
  const last = stored.vkey === vkeyText(keys.coming) ? stored.retired?.at(-1) : undefined;
  if (last) keys.turn(last.until);
  return last !== undefined;
}
