import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Text } from '../domain/text.js';
import { checkBundle, type CheckedBundle } from '../ledger/bundleCheck.js';
import { nodeCrypto, sha256 } from '../ledger/node.js';
import { readVkey, type NoteKey } from '../ledger/note.js';
import { checkReceipt, readReceipt } from '../ledger/proof.js';
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

/** Checks a receipt (with its entry inside) or the bundle of a lot, without any network. */
export function verify(file: Uint8Array, vkey: string | undefined): Verdict {
  try {
    const key = vkey === undefined ? undefined : readVkey(sha256, vkey);
    const text = utf8(file);
    return text.trimStart().startsWith('{') ? bundleVerdict(text, key) : receiptVerdict(text, key);
  } catch (error) {
    if (!(error instanceof Unproven)) throw error;
    const { zh, en } = unprovenText(error);
    return { code: 1, text: { zh: `不成立：${zh}`, en: `Does not hold: ${en}` } };
  }
}

function receiptVerdict(text: string, key: NoteKey | undefined): Verdict {
  const { extra } = readReceipt(text);
  if (!extra) throw new Unproven('entry');
  const { index, checkpoint, signed } = checkReceipt(nodeCrypto, text, extra, key);
  const { origin, size } = checkpoint;
  return verdict(signed, {
    zh: `第 ${index} 条在账本 ${origin} 的前 ${size} 条里`,
    en: `entry ${index} stands among the first ${size} of the ledger ${origin}`,
  });
}

function bundleVerdict(text: string, key: NoteKey | undefined): Verdict {
  const { item, checkpoint, entries, signed }: CheckedBundle = checkBundle(nodeCrypto, parsed(text), key);
  const numbers = entries.map(({ n }) => n);
  const { origin, size } = checkpoint;
  return verdict(signed, {
    zh: `${item} 的 ${entries.length} 条记录（第 ${numbers.join('、')} 条）一条扣一条，都在账本 ${origin} 的前 ${size} 条里；其后有无新记录，这份文件不能证明`,
    en: `the ${entries.length} entries of ${item} (${numbers.join(', ')}) follow each other without a gap and stand among the first ${size} of the ledger ${origin}; that none follows them, this file cannot show`,
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
    .action((file: string, options: { key?: string }) => {
      const { code, text } = verify(read(file), options.key);
      (code === 0 ? console.log : console.error)(both(text));
      process.exitCode = code;
    });
