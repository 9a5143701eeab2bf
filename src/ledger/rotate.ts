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
    await settle(store, keys);
    const before = keys.public;
    const signing = keys.begin();
    const after = keys.coming as NoteKey;
    const text = rotationText(before, after);
    const note = `${text}\n${signedBy(signing, text)}`;
    const version = (await store.get('meta', ['log']))?.version ?? 0;
    const facts = { name: 'log', version: version + 1, body: JSON.stringify(keys.factsAfter(until)) };
    const record: LedgerRecord = { v: 1, kind: 'key', id: logUri(origin), by, body: { note } };
    const attach = ([outcome]: readonly Outcome[]): Batch => (outcome && 'recorded' in outcome ? { meta: { put: [facts] } } : {});
    await ledger.submit([draftOf(record, { role: 'system' })], { attach }).then(
      () => settle(store, keys),
      // It may be stored though the answer was an error.
      async (error: unknown) => {
        if (!(await settle(store, keys))) throw error;
      },
    );
    if (keys.public !== after) throw new Error('the change of the key was not recorded');
    // Tried again within a second by the checkpoints themselves.
    await checkpoints.save().catch(() => undefined);
    const [last] = await store.range('statements', { prefix: [logUri(origin)], reverse: true, limit: 1 });
    return {
      entry: last?.seq ?? ledger.size - 1,
      before: vkeyText(before),
      after: vkeyText(after),
      beforeFile: keys.fileOf(before),
      afterFile: keys.fileOf(after),
    };
  });
}

/**
 * Makes the keys those that are stored, after a change that may or may not have come to its end; answers whether the coming one took
 * over. While the store cannot be asked, both sign.
 */
async function settle(store: Store, keys: Keyring): Promise<boolean> {
  if (!keys.coming) return false;
  const stored = JSON.parse((await store.get('meta', ['log']))?.body ?? '{}') as Partial<KeyFacts>;
  const last = stored.vkey === vkeyText(keys.coming) ? stored.retired?.at(-1) : undefined;
  if (last) keys.turn(last.until);
  else keys.drop();
  return last !== undefined;
}
