import type { Store } from '../store/port.js';
import { VersionConflict } from '../store/port.js';
import { checkpointText, openCheckpoint } from './checkpoint.js';
import { readCheckpointFile, writeCheckpointFile } from './checkpointFile.js';
import type { Ledger } from './ledger.js';
import { openLogKey, type LogKey } from './logKey.js';
import { fromHex } from './merkle.js';
import { nodeCrypto, sha256 } from './node.js';
import { signatureLine, vkeyText } from './note.js';
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
  /** The key, when it does not lie in the folder (SUYUAN_LOG_KEY). */
  readonly secret?: string;
  /** Told when the last checkpoint could not be stored; it is tried again a second later. */
  readonly failed?: (error: unknown) => void;
  /** Puts the last checkpoint where it can be seen outside the database: the file `checkpoint`, unless a test says otherwise. */
  readonly publish?: typeof writeCheckpointFile;
}

export interface SignedCheckpoint {
  readonly size: number;
  /** The signed note. */
  readonly note: string;
}

/** How often the last checkpoint is stored, in milliseconds. */
const pace = 1000;

/**
 * The signed heads of the ledger. `current()` signs what is durable when it is asked, once for each size; what was signed last is
 * stored in `meta` and in a file outside the database at most once a second, so that appends never wait for it.
 */
export class Checkpoints {
  private last: SignedCheckpoint | undefined;
  private saving: Promise<void> | undefined;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly store: Store,
    private readonly ledger: Ledger,
    private readonly key: LogKey,
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
    const known = row && (JSON.parse(row.body) as { origin: string; vkey: string });
    if (known && options.asked && known.origin !== options.origin) throw otherOrigin(known.origin, options.origin);
    const key = openLogKey(options.folder, known?.origin ?? options.origin, options.secret);
    const vkey = vkeyText(key.public);
    if (known && known.vkey !== vkey) throw otherKey(known.vkey, vkey);

    const prover = new Prover(sha256, async (level, n) => (await store.get('tiles', [level, n]))?.hashes);
    await checkRightEdge(store, ledger.size);
    const inside = (await store.get('meta', ['checkpoint']))?.body;
    for (const note of [inside, await readCheckpointFile(options.folder)])
      if (note !== undefined) await checkStored(note, key, ledger.size, prover);
    const body = JSON.stringify({ origin: key.public.name, vkey });
    if (!known) await store.put('meta', { name: 'log', version: 1, body }, 0);
    return new Checkpoints(store, ledger, key, options, prover, -1);
  }

  get origin(): string {
    return this.key.public.name;
  }
  get vkey(): string {
    return vkeyText(this.key.public);
  }

  /** The checkpoint over everything that is durable now. */
  current(): SignedCheckpoint {
    const { size } = this.ledger;
    if (this.last?.size === size) return this.last;
    const text = checkpointText({ origin: this.origin, size, root: fromHex(this.ledger.root()) });
    this.last = { size, note: `${text}\n${signatureLine(this.key.public, this.key.sign(text))}` };
    return this.last;
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

/** A checkpoint that was signed before must be of this key, and its tree the beginning of the present one. */
async function checkStored(note: string, key: LogKey, size: number, prover: Prover): Promise<void> {
  const before = open(note, key);
  if (before.size > size) throw rolledBack(before.size, size);
  if (!equal(await prover.root(before.size), before.root)) throw forked(before.size);
}

function open(note: string, key: LogKey): ReturnType<typeof openCheckpoint> {
  try {
    return openCheckpoint(nodeCrypto, note, key.public);
  } catch (error) {
    if (!(error instanceof Unproven)) throw error;
    throw new LedgerRefused({
      zh: '存下的检查点不是这本账的钥匙签的，或已残缺：请换回原来的 checkpoint 文件和 log.key',
      en: 'The stored checkpoint was not signed by the key of this ledger or is damaged: put back its own checkpoint file and log.key',
    });
  }
}

const otherOrigin = (is: string, asked: string): LedgerRefused =>
  new LedgerRefused({
    zh: `账本的名字在首次启动时定为 ${is}，不能改为 ${asked}：请设 SUYUAN_LOG_ORIGIN=${is}，网址照样可以换`,
    en: `The ledger was named ${is} at its first start and cannot become ${asked}: set SUYUAN_LOG_ORIGIN=${is}; its address may still change`,
  });

const otherKey = (is: string, now: string): LedgerRefused =>
  new LedgerRefused({
    zh: `签名的钥匙不是这本账的：账本的公钥是 ${is}，现在的是 ${now}。请放回原来的 log.key（或 SUYUAN_LOG_KEY）`,
    en: `This is not the key of this ledger: its public key is ${is}, the present one is ${now}. Put back its log.key (or SUYUAN_LOG_KEY)`,
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
