import { existsSync } from 'node:fs';
import { givenKeys, keyFile, keyFiles, laterKeyFile, makeLaterKey, openKeyFile, type LogKey } from './logKey.js';
import { sha256 } from './node.js';
import { readVkey, signatureLine, vkeyText, type NoteKey } from './note.js';
import { LedgerRefused } from './refused.js';

/** What `meta` says of the keys of this ledger. */
export interface KeyFacts {
  readonly origin: string;
  /** Of the key that signs. */
  readonly vkey: string;
  /** Keys that signed before, oldest first, and until when (Unix milliseconds) each still signs beside the newer. */
  readonly retired?: readonly { readonly vkey: string; readonly until: number }[];
}

interface Retired {
  readonly vkey: string;
  readonly until: number;
  /** None when its file is gone, or its time was over at the start. */
  readonly key?: LogKey | undefined;
}

/** The keys that sign for a ledger: the present one, and for a while those before it. */
export class Keyring {
  /** The key that is about to take over; it signs already, so that no larger tree is ever without its signature. */
  private next: LogKey | undefined;
  private changing = false;

  private constructor(
    private readonly folder: string,
    private readonly given: readonly LogKey[] | undefined,
    private current: LogKey,
    private retired: readonly Retired[],
    private readonly other: readonly NoteKey[] = [],
  ) {}

  /**
   * Opens the keys that the facts name; at the first start there are none yet. `secrets`: keys that do not lie in the folder, with
   * commas between (SUYUAN_LOG_KEY). Throws LedgerRefused.
   */
  static open(folder: string, origin: string, secrets: string | undefined, facts: KeyFacts | undefined, now: number): Keyring {
    const given = secrets ? givenKeys(secrets, origin) : undefined;
    const inFolder = (file: string): LogKey | undefined => (existsSync(file) ? openKeyFile(file, origin) : undefined);
    const find = (vkey: string): LogKey | undefined => {
      const { keyId } = readVkey(sha256, vkey);
      const found = given ?? [inFolder(laterKeyFile(folder, keyId)) ?? inFolder(keyFile(folder))];
      return found.find((key) => key !== undefined && vkeyText(key.public) === vkey);
    };
    if (!facts) return new Keyring(folder, given, given?.[0] ?? openKeyFile(keyFile(folder), origin), []);
    const current = find(facts.vkey);
    if (!current) throw otherKey(facts.vkey, given?.[0] ?? inFolder(keyFile(folder)));
    const retired = (facts.retired ?? []).map((each) => (each.until > now ? { ...each, key: find(each.vkey) } : each));
    // Of a rotation that an older copy of the data knows nothing of.
    const other = keyFiles(folder).map((file) => openKeyFile(file, origin).public);
    return new Keyring(folder, given, current, retired, other);
  }

  get public(): NoteKey {
    return this.current.public;
  }
  get facts(): KeyFacts {
    const retired = this.retired.map(({ vkey, until }) => ({ vkey, until }));
    return { origin: this.public.name, vkey: vkeyText(this.public), ...(retired.length > 0 && { retired }) };
  }
  /** Every key that this ledger ever had, the present one first, and others that lie in its folder. */
  get all(): NoteKey[] {
    return [this.public, ...this.retired.map(({ vkey }) => readVkey(sha256, vkey)).reverse(), ...this.other];
  }

  /** Who signs at this time: the present key, the coming one, and those before whose time is not over. */
  signers(now: number): LogKey[] {
    if (!this.next && this.retired.length === 0) return [this.current];
    const before = this.retired.filter(({ until }) => now < until).map(({ key }) => key);
    return [this.current, this.next, ...before].filter((key) => key !== undefined);
  }

  /** The public key that is about to take over, if any is. */
  get coming(): NoteKey | undefined {
    return this.next?.public;
  }

  /** Does one change of the key at a time. Throws LedgerRefused while another is under way. */
  async alone<T>(change: () => Promise<T>): Promise<T> {
    if (this.changing) throw underWay();
    this.changing = true;
    return change().finally(() => (this.changing = false));
  }

  /**
   * Takes a key that the ledger never had: a new one in a file beside the others, or one given with them. Answers the two that sign
   * the change. Throws LedgerRefused.
   */
  begin(): readonly [LogKey, LogKey] {
    const used = new Set(this.all.map(vkeyText));
    const key = this.given
      ? this.given.find(({ public: each }) => !used.has(vkeyText(each)))
      : makeLaterKey(this.folder, this.public.name);
    if (!key) throw noSpare();
    this.next = key;
    return [this.current, key];
  }

  /** What is to be stored for the key that is about to take over. */
  factsAfter(until: number): KeyFacts {
    const { origin, vkey, retired = [] } = this.facts;
    return { origin, vkey: vkeyText((this.next as LogKey).public), retired: [...retired, { vkey, until }] };
  }

  /** The coming key takes over, as it is stored. */
  turn(until: number): void {
    this.retired = [...this.retired, { vkey: vkeyText(this.public), until, key: this.current }];
    this.current = this.next as LogKey;
    this.next = undefined;
  }

  /** The coming key does not come. */
  drop(): void {
    this.next = undefined;
  }

  /** Where the private key lies; undefined when it was given from outside the folder. */
  fileOf({ keyId }: Pick<NoteKey, 'keyId'>): string | undefined {
    if (this.given) return undefined;
    return [laterKeyFile(this.folder, keyId), keyFile(this.folder)].find((file) => existsSync(file));
  }
}

/** The signature lines of these keys under a text. */
export const signedBy = (keys: readonly LogKey[], text: string): string =>
  keys.map((key) => signatureLine(key.public, key.sign(text))).join('');

const otherKey = (is: string, now: LogKey | undefined): LedgerRefused =>
  new LedgerRefused({
    zh: `签名的钥匙不是这本账的：账本的公钥是 ${is}，现在${now ? `的是 ${vkeyText(now.public)}` : '没有钥匙'}。请放回原来的钥匙文件（或 SUYUAN_LOG_KEY）`,
    en: `This is not the key of this ledger: its public key is ${is}, the present one is ${now ? vkeyText(now.public) : 'missing'}. Put back its key file (or SUYUAN_LOG_KEY)`,
  });

const noSpare = (): LedgerRefused =>
  new LedgerRefused({
    zh: '钥匙来自 SUYUAN_LOG_KEY：请把新钥匙用逗号接在旧钥匙后面，重启后再换',
    en: 'The key comes from SUYUAN_LOG_KEY: put the new key behind the old one with a comma between, restart, and try again',
  });

const underWay = (): LedgerRefused =>
  new LedgerRefused({ zh: '正在换钥匙，请稍候', en: 'The key is being changed already: wait a moment' });
