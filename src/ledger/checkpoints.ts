import type { Store } from '../store/port.js';
import { VersionConflict } from '../store/port.js';
import { checkpointText, openCheckpoint, type Checkpoint } from './checkpoint.js';
import { readCheckpointFile, writeCheckpointFile } from './checkpointFile.js';
import { draftOf, type Draft } from './draft.js';
import type { Ledger } from './ledger.js';
import { Keyring, signedBy, type KeyFacts } from './keyring.js';
import { fromHex } from './merkle.js';
import { nodeCrypto, sha256 } from './node.js';
import { vkeyText, type NoteKey } from './note.js';
import { equal } from './proof.js';
import { Prover } from './prove.js';
import { LedgerRefused } from './refused.js';
import { checkRightEdge } from './rightEdge.js';
import { Unproven } from './unproven.js';

export interface CheckpointsOptions {
  /** Where `log.key` and the file `checkpoint` lie. */
  readonly folder: string;
  /** Name of the ledger for ever; `asked`: somebody chose it, so that another one than before is refused. */
  readonly origin: string;
  readonly asked: boolean;
  /** The key, when it does not lie in the folder (SUYUAN_LOG_KEY); several with commas between (keyring.ts). */
  readonly secret?: string;
  /** Unix milliseconds; when a key that was changed stops to sign. */
  readonly clock?: () => number;
  /** Told when the last checkpoint could not be stored; it is tried again a second later. */
  readonly failed?: (error: unknown) => void;
  /** Puts the last checkpoint where it can be seen outside the database: the file `checkpoint`, unless a test says otherwise. */
  readonly publish?: typeof writeCheckpointFile;
  /** A store with less than was signed is taken as it is, and that is written into the ledger: the newest data is gone for good. */
  readonly acceptRollback?: boolean;
}

export interface SignedCheckpoint {
  readonly size: number;
  /** The signed note. */
  readonly note: string;
}

/** A checkpoint that witnesses cosigned; `enough`: as many as the operator wants before it is what the log serves. */
export interface CosignedCheckpoint extends SignedCheckpoint {
  readonly enough: boolean;
}

/** How often the last checkpoint is stored, in milliseconds. */
const pace = 1000;

/**
 * The signed heads of the ledger. `current()` signs what is durable when it is asked, once for each size; what was signed last is
 * stored in `meta` and in a file outside the database at most once a second, so that appends never wait for it.
 */
export class Checkpoints {
  private last: (SignedCheckpoint & { readonly signers: string }) | undefined;
  /** The newest one with cosignatures (witnesses.ts). */
  cosigned: CosignedCheckpoint | undefined;
  private saving: Promise<void> | undefined;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly store: Store,
    private readonly ledger: Ledger,
    readonly keys: Keyring,
    private readonly options: CheckpointsOptions,
    readonly prover: Prover,
    private saved: number,
  ) {
    this.timer = setInterval(() => {
      this.save().catch((error: unknown) => options.failed?.(error));
    }, pace).unref();
  }

  /**
   * Opens the signing end of a ledger: fixes origin and key at the first start, and refuses (LedgerRefused) a start with others, a
   * right edge that does not agree with its entries, and a store that is smaller or other than the last signed checkpoint says.
   */
  static async open(store: Store, ledger: Ledger, options: CheckpointsOptions): Promise<Checkpoints> {
    const row = await store.get('meta', ['log']);
    const known = row && (JSON.parse(row.body) as KeyFacts);
    if (known && options.asked && known.origin !== options.origin) throw otherOrigin(known.origin, options.origin);
    const now = (options.clock ?? Date.now)();
    const keys = Keyring.open(options.folder, known?.origin ?? options.origin, options.secret, known, now);

    const prover = new Prover(sha256, async (level, n) => (await store.get('tiles', [level, n]))?.hashes);
    await checkRightEdge(store, ledger.size);
    const inside = (await store.get('meta', ['checkpoint']))?.body;
    for (const note of [inside, await readCheckpointFile(options.folder)])
      if (note !== undefined) {
        const lost = await checkStored(note, keys.all, ledger.size, prover, options.acceptRollback ?? false);
        if (lost) await ledger.submit([rollback(note, lost.size, ledger.size)]);
      }
    if (!known) await store.put('meta', { name: 'log', version: 1, body: JSON.stringify(keys.facts) }, 0);
    return new Checkpoints(store, ledger, keys, options, prover, -1);
  }

  get origin(): string {
    return this.keys.public.name;
  }
  get vkey(): string {
    return vkeyText(this.keys.public);
  }

  /** The checkpoint over everything that is durable now. */
  current(): SignedCheckpoint {
    const { size } = this.ledger;
    const keys = this.keys.signers((this.options.clock ?? Date.now)());
    const signers = keys.map((key) => key.public.keyId).join();
    if (this.last?.size === size && this.last.signers === signers) return this.last;
    const text = checkpointText({ origin: this.origin, size, root: fromHex(this.ledger.root()) });
    this.last = { size, signers, note: `${text}\n${signedBy(keys, text)}` };
    return this.last;
  }

  /** What the log serves: the newest checkpoint that has cosignatures enough, or else the newest. */
  published(): SignedCheckpoint {
    const { cosigned } = this;
    return cosigned && (cosigned.enough || cosigned.size === this.ledger.size) ? cosigned : this.current();
  }

  /** The checkpoint to prove entries under that number with: one with cosignatures when there is one so large, or else the newest. */
  covering(size: number): SignedCheckpoint {
    return this.cosigned && this.cosigned.size >= size ? this.cosigned : this.current();
  }

  /** Stores the present checkpoint where the next start looks for it, if the ledger has grown. */
  save(): Promise<void> {
    this.saving ??= this.keep().finally(() => (this.saving = undefined));
    return this.saving;
  }

  private async keep(): Promise<void> {
    const { size, note } = this.current();
    if (size === this.saved) return;
    await (this.options.publish ?? writeCheckpointFile)(this.options.folder, note);
    const row = await this.store.get('meta', ['checkpoint']);
    try {
      await this.store.put('meta', { name: 'checkpoint', version: (row?.version ?? 0) + 1, body: note }, row?.version ?? 0);
    } catch (error) {
      // Another process stored its own meanwhile: that one is as new.
      if (!(error instanceof VersionConflict)) throw error;
    }
    this.saved = size;
  }

  /** Stores the last checkpoint; to be called when the ledger takes no more and the store is still open. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.saving?.catch(() => undefined);
    // Every record is durable without it, so a full disk does not spoil the end.
    await this.save().catch((error: unknown) => this.options.failed?.(error));
  }
}

/** The record that says what was lost: the checkpoint of it, and how many entries were left. */
const rollback = (note: string, signed: number, left: number): Draft =>
  draftOf(
    {
      v: 1,
      kind: 'rollback',
      id: `urn:suyuan:rollback:${left}`,
      by: 'urn:suyuan:registry',
      body: { checkpoint: note, signed, left },
    },
    { role: 'system' },
  );

/**
 * A checkpoint that was signed before must be of this key, and its tree the beginning of the present one. Answers it when the store has
 * less than it says and that is accepted.
 */
async function checkStored(
  note: string,
  keys: readonly NoteKey[],
  size: number,
  prover: Prover,
  accept: boolean,
): Promise<Checkpoint | undefined> {
  const before = openOwn(note, keys);
  if (before.size > size) {
    if (accept) return before;
    throw rolledBack(before.size, size);
  }
  if (!equal(await prover.root(before.size), before.root)) throw forked(before.size);
  return undefined;
}

/** Opens a checkpoint that one of the keys signed. Throws LedgerRefused. */
function openOwn(note: string, keys: readonly NoteKey[]): Checkpoint {
  for (const key of keys) {
    try {
      return openCheckpoint(nodeCrypto, note, key);
    } catch (error) {
      if (!(error instanceof Unproven)) throw error;
    }
  }
  throw new LedgerRefused({
    zh: '存下的检查点不是这本账的钥匙签的，或已残缺：请换回原来的 checkpoint 文件和钥匙',
    en: 'The stored checkpoint was not signed by the key of this ledger or is damaged: put back its own checkpoint file and key',
  });
}

const otherOrigin = (is: string, asked: string): LedgerRefused =>
  new LedgerRefused({
    zh: `账本的名字在首次启动时定为 ${is}，不能改为 ${asked}：请设 SUYUAN_LOG_ORIGIN=${is}，网址照样可以换`,
    en: `The ledger was named ${is} at its first start and cannot become ${asked}: set SUYUAN_LOG_ORIGIN=${is}; its address may still change`,
  });

const rolledBack = (before: number, now: number): LedgerRefused =>
  new LedgerRefused({
    zh: `账本曾签名到 ${before} 条，现在只有 ${now} 条：数据被换成了旧的。请换回最新的数据；确实只有旧的，用 suyuan restore --accept-rollback 把此事记入账本`,
    en: `The ledger was signed up to ${before} entries and has ${now} now: older data was put in its place. Put back the newest data; if there is none, suyuan restore --accept-rollback writes that into the ledger`,
  });

const forked = (size: number): LedgerRefused =>
  new LedgerRefused({
    zh: `账本的前 ${size} 条与签过名的检查点不符：历史被改过。请换回原来的数据`,
    en: `The first ${size} entries are not those of the signed checkpoint: history was changed. Put back the original data`,
  });
