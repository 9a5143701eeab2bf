import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Text } from '../domain/text.js';
import type { LotBundle } from '../ledger/bundleForm.js';
import { checkBundle, type CheckedBundle } from '../ledger/bundleCheck.js';
import { witnessesOf } from '../ledger/cosignature.js';
import { nodeCrypto, sha256 } from '../ledger/node.js';
import { cosigned, readNote, readVkey } from '../ledger/note.js';
import { checkReceipt, readReceipt } from '../ledger/proof.js';
import { followKeys } from '../ledger/rotation.js';
import type { Trust } from '../ledger/trust.js';
import { Unproven } from '../ledger/unproven.js';
import { unprovenText } from '../ledger/unprovenWords.js';
import { describe } from './settings.js';
import { Stop } from './stop.js';
import { both } from './words.js';

/** What a check came to: 0 it holds, 1 it does not, 2 it only agrees with itself, since no key was given. */
export interface Verdict {
  readonly code: 0 | 1 | 2;
  readonly text: Text;
}

/** What a verifier may bring beside the key. */
export interface Brought {
  /** What `/log/keys` answered, when the key may have changed since. */
  readonly keys?: Uint8Array;
  /** Witnesses whose cosignatures are asked for, and how many of them; all when left out. */
  readonly witness?: readonly string[];
  readonly quorum?: number;
}

/** Checks a receipt (with its entry inside) or the bundle of a lot, without any network, by the ledger's key or one that it had before. */
export function verify(file: Uint8Array, vkey: string | undefined, brought: Brought = {}): Verdict {
  try {
    const trust = vkey === undefined ? undefined : trustOf(vkey, brought);
    const text = utf8(file);
    return text.trimStart().startsWith('{') ? bundleVerdict(text, trust) : receiptVerdict(text, trust);
  } catch (error) {
    if (!(error instanceof Unproven)) throw error;
    const { zh, en } = unprovenText(error);
    return { code: 1, text: { zh: `不成立：${zh}`, en: `Does not hold: ${en}` } };
  }
}

function trustOf(vkey: string, { keys, witness = [], quorum = witness.length }: Brought): Trust {
  const known = readVkey(sha256, vkey);
  const trust = keys === undefined ? known : followKeys(nodeCrypto, parsed(utf8(keys)), known);
  if (witness.length === 0) return trust;
  return { ...trust, witnesses: { keys: witness.map((vkey) => readVkey(sha256, vkey, cosigned)), quorum } };
}

/** Who cosigned, when somebody was asked for. */
function witnessText(note: string, trust: Trust | undefined): Text {
  if (!trust?.witnesses) return { zh: '', en: '' };
  const found = witnessesOf(nodeCrypto, readNote(note), trust.witnesses).map(({ key }) => key.name);
  return { zh: `，见证人 ${found.join('、')}`, en: `, cosigned by ${found.join(', ')}` };
}

function receiptVerdict(text: string, trust: Trust | undefined): Verdict {
  const { extra, checkpoint: note } = readReceipt(text);
  if (!extra) throw new Unproven('entry');
  const { index, checkpoint, signed } = checkReceipt(nodeCrypto, text, extra, trust);
  const { origin, size } = checkpoint;
  const by = witnessText(note, trust);
  return verdict(signed, {
    zh: `第 ${index} 条在账本 ${origin} 的前 ${size} 条里${by.zh}`,
    en: `entry ${index} stands among the first ${size} of the ledger ${origin}${by.en}`,
  });
}

function bundleVerdict(text: string, trust: Trust | undefined): Verdict {
  const bundle = parsed(text);
  const { item, checkpoint, entries, signed }: CheckedBundle = checkBundle(nodeCrypto, bundle, trust);
  const by = witnessText((bundle as LotBundle).checkpoint, trust);
  const numbers = entries.map(({ n }) => n);
  const { origin, size } = checkpoint;
  return verdict(signed, {
    zh: `${item} 的 ${entries.length} 条记录（第 ${numbers.join('、')} 条）一条扣一条，都在账本 ${origin} 的前 ${size} 条里${by.zh}；其后有无新记录，这份文件不能证明`,
    en: `the ${entries.length} entries of ${item} (${numbers.join(', ')}) follow each other without a gap and stand among the first ${size} of the ledger ${origin}${by.en}; that none follows them, this file cannot show`,
  });
}

const verdict = (signed: boolean, { zh, en }: Text): Verdict =>
  signed
    ? { code: 0, text: { zh: `成立：${zh}`, en: `Holds: ${en}` } }
    : {
        code: 2,
        text: {
          zh: `只能说自身一致：${zh}。没有给出公钥（--key），不知道是谁签的`,
          en: `Consistent with itself only: ${en}. No key was given (--key), so who signed it is not known`,
        },
      };

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Unproven('form');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unproven('form');
  }
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new Stop({ zh: `读不到文件 ${file}`, en: `The file ${file} cannot be read` }, error);
  }
}

function quorumOf(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw notQuorum();
  return Number(text);
}

const notQuorum = (): Stop =>
  new Stop({
    zh: '--quorum 应是 1 到 --witness 个数之间的整数',
    en: '--quorum is a whole number from 1 to the number of --witness keys',
  });

const keyNeeded = (): Stop =>
  new Stop({ zh: '还要用 --key 给出账本的公钥', en: "The ledger's own key is needed, too: give it with --key" });

/** `suyuan verify FILE --key vkey`. */
export const verifyCommand = (): Command =>
  new Command('verify')
    .argument(
      '<file>',
      describe(
        '回执（.tlog-proof）或批次证明（?view=proof）；- 为标准输入',
        'a receipt (.tlog-proof) or the proof of a lot (?view=proof); - for standard input',
      ),
    )
    .description(describe('离线核对回执或批次证明', 'check a receipt or the proof of a lot, offline'))
    .option(
      '--key <vkey>',
      describe('账本的公钥（/log/vkey），应从别处得来', "the ledger's public key (/log/vkey), from somewhere else than the file"),
    )
    .option(
      '--keys <file>',
      describe('账本换过钥匙：它的 /log/keys，存成的文件', 'where the key may have changed: what /log/keys answered, in a file'),
    )
    .option(
      '--witness <vkey...>',
      describe('检查点上须有其签名的见证人的公钥', 'keys of witnesses who must have cosigned the checkpoint'),
    )
    .option('--quorum <number>', describe('其中至少几个；不写为全部', 'at least so many of them; all when left out'), quorumOf)
    .action((file: string, options: Omit<Brought, 'keys'> & { key?: string; keys?: string }) => {
      if ((options.witness || options.keys !== undefined) && options.key === undefined) throw keyNeeded();
      if (options.quorum !== undefined && options.quorum > (options.witness?.length ?? 0)) throw notQuorum();
      const { key, keys, ...others } = options;
      const { code, text } = verify(read(file), key, { ...others, ...(keys !== undefined && { keys: read(keys) }) });
      (code === 0 ? console.log : console.error)(both(text));
      process.exitCode = code;
    });
