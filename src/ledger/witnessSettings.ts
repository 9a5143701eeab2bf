import type { Text } from '../domain/text.js';
import { sha256 } from './node.js';
import { cosigned, plain, readVkey, vkeyText, type NoteKey } from './note.js';
import { Unproven } from './unproven.js';

/** A witness that our checkpoints are sent to: where it takes them, and the key of its cosignatures. */
export interface WitnessAddress {
  /** Its submission prefix, without a slash at the end. */
  readonly url: string;
  readonly key: NoteKey;
}

type Read<T> = { readonly value: T } | Text;

/** The keys of logs, with commas or spaces between. */
export function readLogKeys(text: string): Read<readonly NoteKey[]> {
  const found = text.split(/[,\s]+/).filter((part) => part !== '');
  const keys = found.map((vkey) => keyOf(vkey, plain));
  const wrong = found[keys.indexOf(undefined)];
  return wrong === undefined ? { value: keys as NoteKey[] } : notKey(wrong);
}

/** Witnesses as `<url> <vkey>`, with commas between. */
export function readWitnesses(text: string): Read<readonly WitnessAddress[]> {
  const found: WitnessAddress[] = [];
  for (const part of text.split(',').map((each) => each.trim())) {
    if (part === '') continue;
    const [url = '', vkey = '', ...more] = part.split(/\s+/);
    const key = keyOf(vkey, cosigned);
    if (!isPrefix(url) || more.length > 0)
      return { zh: `${part.slice(0, 80)} 不是“网址 公钥”`, en: `has ${part.slice(0, 80)}, which is no "url vkey"` };
    if (!key) return notKey(vkey);
    if (found.some((each) => vkeyText(each.key) === vkey || each.key.publicKey.join() === key.publicKey.join()))
      return { zh: `${vkey} 写了两次`, en: `has ${vkey} twice` };
    found.push({ url: url.replace(/\/+$/, ''), key });
  }
  return { value: found };
}

function keyOf(vkey: string, type: typeof plain | typeof cosigned): NoteKey | undefined {
  try {
    return readVkey(sha256, vkey, type);
  } catch (error) {
    if (error instanceof Unproven) return undefined;
    throw error;
  }
}

function isPrefix(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, search, hash, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && search + hash + username + password === '';
}

const notKey = (text: string): Text => ({
  zh: `${text.slice(0, 80)} 不是这一种公钥（名字+编号+base64）`,
  en: `has ${text.slice(0, 80)}, which is no vkey of that kind (name+id+base64)`,
});
