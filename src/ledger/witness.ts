import { join } from 'node:path';
import type { Text } from '../domain/text.js';
import { VersionConflict, type Store } from '../store/port.js';
import { readAddCheckpoint, type AddCheckpoint } from './addCheckpoint.js';
import { openCheckpoint, readCheckpoint, type Checkpoint } from './checkpoint.js';
import { cosignatureLine, cosignedText } from './cosignature.js';
import { openKeyFile, type LogKey } from './logKey.js';
import { nodeCrypto, sha256 } from './node.js';
import { cosigned, readNote, signaturesOf, vkeyText, type NoteKey } from './note.js';
import { consistent, equal } from './proof.js';
import { Unproven } from './unproven.js';
import { unprovenText } from './unprovenWords.js';

/** What a log gets for its checkpoint (c2sp.org/tlog-witness, "add-checkpoint"). */
export type WitnessAnswer =
  | { readonly told: 'cosigned'; readonly lines: string }
  /** The size that was cosigned last is another than the log thinks. */
  | { readonly told: 'size'; readonly size: number }
  | { readonly told: 'malformed'; readonly why: Text }
  | { readonly told: 'unknown' | 'untrusted' | 'inconsistent' | 'forked' };

export interface WitnessOptions {
  /** Where `witness.key` lies, which is made when there is none. */
  readonly folder: string;
  /** A name for this witness: a URL without its scheme. */
  readonly name: string;
  /** Keys of the logs that are witnessed; the name of a key is the origin of its log. */
  readonly logs: readonly NoteKey[];
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** Told of a log that signed two histories, with both of its checkpoints. */
  readonly alarm?: (evidence: { origin: string; before: string; now: string }) => void;
}

export const witnessKeyFile = (folder: string): string => join(folder, 'witness.key');

/** The witness that stands beside a ledger of this origin. */
export const witnessName = (origin: string): string => `${origin.replace(/\/log$/, '')}/witness`;

/** We as a witness of other logs: cosigns a checkpoint that continues the last one cosigned, and remembers it before it does. */
export class Witness {
  private constructor(
    private readonly store: Store,
    private readonly options: WitnessOptions,
    private readonly key: LogKey,
    private readonly keysOf: ReadonlyMap<string, readonly NoteKey[]>,
  ) {}

  /** Throws LedgerRefused when the key cannot be used. */
  static open(store: Store, options: WitnessOptions): Witness {
    const keysOf = new Map<string, NoteKey[]>();
    for (const key of options.logs) keysOf.set(key.name, [...(keysOf.get(key.name) ?? []), key]);
    return new Witness(store, options, openKeyFile(witnessKeyFile(options.folder), options.name, cosigned), keysOf);
  }

  get vkey(): string {
    return vkeyText(this.key.public);
  }

  async add(request: string): Promise<WitnessAnswer> {
    let asked: AddCheckpoint;
    let checkpoint: Checkpoint;
    try {
      asked = readAddCheckpoint(request);
      checkpoint = readCheckpoint(asked.checkpoint);
    } catch (error) {
      if (error instanceof Unproven) return { told: 'malformed', why: unprovenText(error) };
      throw error;
    }
    const keys = this.keysOf.get(checkpoint.origin);
    if (!keys) return { told: 'unknown' };
    if (!isSigned(asked.checkpoint, keys)) return { told: 'untrusted' };
    if (asked.old > checkpoint.size) return { told: 'malformed', why: tooOld };
    for (;;) {
      try {
        return await this.advance(asked, checkpoint);
      } catch (error) {
        // Another request moved the state between: what it is now decides.
        if (!(error instanceof VersionConflict)) throw error;
      }
    }
  }

  /** Holds a signed checkpoint against the last one of its log, stores it in its place, and cosigns it. Rejects with VersionConflict. */
  private async advance({ old, proof, checkpoint: note }: AddCheckpoint, next: Checkpoint): Promise<WitnessAnswer> {
    const { origin, size, root } = next;
    const last = await this.store.get('witnessed', [origin]);
    if (old !== (last?.size ?? 0)) return { told: 'size', size: last?.size ?? 0 };
    // Of a log that was never seen any tree is taken; one without entries has one root only.
    const before = last ?? { size: 0, root: sha256(new Uint8Array(0)) };
    if (last && old === size && !equal(last.root, root)) return this.refuse('forked', origin, last?.body, note);
    if (!consistent(sha256, before, next, proof)) return this.refuse('inconsistent', origin, last?.body, note);
    const time = Math.max(Math.floor(this.options.clock() / 1000), last?.time ?? 0);
    const version = last?.version ?? 0;
    await this.store.put('witnessed', { origin, version: version + 1, size, root, time, body: note }, version);
    const text = cosignedText(time, readNote(note).text);
    return { told: 'cosigned', lines: cosignatureLine(this.key.public, time, this.key.sign(text)) };
  }

  private refuse(told: 'forked' | 'inconsistent', origin: string, before: string | undefined, now: string): WitnessAnswer {
    if (before !== undefined) this.options.alarm?.({ origin, before, now });
    return { told };
  }
}

const tooOld: Text = { zh: 'old 比检查点还大', en: 'old is larger than the checkpoint' };

/** Whether a trusted key of the log signed it, and no signature that says it is of such a key is wrong. */
function isSigned(checkpoint: string, keys: readonly NoteKey[]): boolean {
  const note = readNote(checkpoint);
  const named = keys.filter((key) => signaturesOf(note, key).length > 0);
  try {
    for (const key of named) openCheckpoint(nodeCrypto, checkpoint, key);
  } catch (error) {
    if (error instanceof Unproven) return false;
    throw error;
  }
  return named.length > 0;
}
