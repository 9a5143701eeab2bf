import { checkBundle } from './bundleCheck.js';
import { openCheckpoint } from './checkpoint.js';
import { openNote, readNote, readVkey, vkeyText, type Crypto, type NoteKey } from './note.js';
import { keyAt, type Successor, type Trust } from './trust.js';
import { Unproven } from './unproven.js';

/** The subject of statements about the ledger itself. */
export const logUri = (origin: string): string => `urn:suyuan:log:${encodeURIComponent(origin)}`;

const title = 'suyuan.example/log-key@v1';

/** That one key takes the place of another, as a text that both sign. A checkpoint it cannot be: its second line is no size. */
export const rotationText = (before: NoteKey, after: NoteKey): string =>
  `${title}\norigin ${before.name}\nold ${vkeyText(before)}\nnew ${vkeyText(after)}\n`;

/** The two keys of such a note, both of whose signatures it has. Throws Unproven `rotation`. */
export function readRotation(crypto: Crypto, note: string): { before: NoteKey; after: NoteKey } {
  try {
    const [, , old = '', next = ''] = readNote(note).text.split('\n');
    const [before, after] = [old.replace(/^old /, ''), next.replace(/^new /, '')].map((vkey) => readVkey(crypto.sha256, vkey));
    if (!before || !after || readNote(note).text !== rotationText(before, after) || before.name !== after.name)
      throw new Unproven('rotation');
    for (const key of [before, after]) openNote(crypto, note, key);
    return { before, after };
  } catch (error) {
    throw error instanceof Unproven ? new Unproven('rotation', error.where) : error;
  }
}

/** What the ledger's own statements about its keys come to, for whoever trusts one of them: each entry and its note, in order. */
export function successorsOf(crypto: Crypto, key: NoteKey, notes: readonly { entry: number; note: string }[]): Successor[] {
  const found: Successor[] = [];
  let last = key;
  for (const { entry, note } of notes) {
    const { before, after } = readRotation(crypto, note);
    if (vkeyText(before) === vkeyText(last)) found.push({ key: (last = after), entry });
    // Changes before the key that is trusted came into use say nothing to who trusts it; one after it must follow from it.
    else if (found.length > 0) throw new Unproven('rotation', String(entry));
  }
  return found;
}

/**
 * Follows a key by the bundle of the ledger's own statements (`/log/keys`), which must hold under the newest key: what to hold other
 * checkpoints against. Throws Unproven.
 */
export function followKeys(crypto: Crypto, bundle: unknown, key: NoteKey): Trust {
  const { item, entries } = checkBundle(crypto, bundle, undefined);
  if (item !== logUri(key.name)) throw new Unproven('rotation', item.slice(0, 80));
  const notes = entries.filter(({ kind }) => kind === 'key').map(({ n, record }) => ({ entry: n, note: noteOf(record.body) }));
  const trust: Trust = { ...key, successors: successorsOf(crypto, key, notes) };
  openCheckpoint(crypto, (bundle as { checkpoint: string }).checkpoint, trust);
  return trust;
}

/** The note in the body of a `key` record. */
export function noteOf(body: unknown): string {
  const note = typeof body === 'object' && body !== null && 'note' in body ? body.note : undefined;
  if (typeof note !== 'string') throw new Unproven('rotation');
  return note;
}

/** The key that signs now. */
export const newestKey = (trust: Trust): NoteKey => keyAt(trust, Number.POSITIVE_INFINITY);
