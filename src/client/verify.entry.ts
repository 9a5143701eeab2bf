import { sha256 } from '@noble/hashes/sha2.js';
import { checkBundle } from '../ledger/bundleCheck.js';
import { readVkey, type Crypto } from '../ledger/note.js';
import { Unproven } from '../ledger/unproven.js';
import { unprovenText } from '../ledger/unprovenWords.js';
import { verifyEd25519 } from './ed25519.js';

/**
 * The scan page's own check: fetches the proof of the lot and checks it here, by the server's own proof code, over plain http too. The
 * element with `data-proof` names the proof's address, the key, and what the page showed; its line of text becomes the answer.
 */
const crypto: Crypto = { sha256, verifyEd25519 };

const words = {
  holds: {
    zh: (n: number, of: number) =>
      `这部手机刚刚自己核对过：这一批的 ${n} 条记录一条扣一条，都在签过名的账里（共 ${of} 条）。没有核对到的：最后一条之后有没有新记录；也还没有第三方见证。`,
    en: (n: number, of: number) =>
      `This phone has just checked by itself: the ${n} ${n === 1 ? 'entry' : 'entries'} of this lot follow each other without a gap and stand in the signed ledger (${of} entries). Not checked: whether anything follows the last one; and there is no outside witness yet.`,
  },
  fails: {
    zh: (why: string) => `这部手机核对不通过：${why}。请不要凭这一页作判断。`,
    en: (why: string) => `The check on this phone failed: ${why}. Do not rely on this page.`,
  },
  changed: { zh: '签名的钥匙和这部手机上次看到的不同', en: 'the signing key is not the one this phone saw before' },
  other: { zh: '证明和这一页写的不是一回事', en: 'the proof is not about what this page shows' },
  away: { zh: '这部手机没有核对：取不到证明。', en: 'Not checked on this phone: the proof could not be fetched.' },
} as const;

class Failed extends Error {
  constructor(readonly words: { readonly zh: string; readonly en: string }) {
    super(words.en);
  }
}

/** The key that this phone saw first is the one it goes by. */
function firstSeen(vkey: string): string {
  const name = `suyuan key ${location.host}`;
  try {
    const seen = localStorage.getItem(name);
    if (seen === null) localStorage.setItem(name, vkey);
    return seen ?? vkey;
  } catch {
    return vkey;
  }
}

async function check(of: DOMStringMap): Promise<{ entries: number; size: number }> {
  const { proof = '', vkey = '', count, last, digest } = of;
  const response = await fetch(proof, { headers: { accept: 'application/json' }, cache: 'no-store' });
  if (!response.ok) throw new TypeError(String(response.status));
  const bundle: unknown = await response.json();
  if (firstSeen(vkey) !== vkey) throw new Failed(words.changed);
  const { entries, checkpoint, item } = checkBundle(crypto, bundle, readVkey(sha256, vkey));
  const shown = entries[Number(count) - 1];
  if (item !== of.item || String(shown?.n) !== last || shown?.digest !== digest) throw new Failed(words.other);
  return { entries: entries.length, size: checkpoint.size };
}

async function run(element: HTMLElement): Promise<void> {
  const lang = document.documentElement.lang.slice(0, 2) === 'en' ? 'en' : 'zh';
  const say = (text: string, state: string): void => {
    element.textContent = text;
    element.dataset.state = state;
  };
  try {
    const { entries, size } = await check(element.dataset);
    say(words.holds[lang](entries, size), 'holds');
  } catch (error) {
    const why = error instanceof Unproven ? unprovenText(error) : error instanceof Failed ? error.words : undefined;
    if (why) say(words.fails[lang](why[lang]), 'fails');
    else say(words.away[lang], 'away');
  }
}

for (const element of Array.from(document.querySelectorAll<HTMLElement>('[data-proof]'))) void run(element);
