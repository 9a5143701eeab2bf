import type { IncomingMessage } from 'node:http';
import { longNumbers } from '../domain/epcis/plain.js';
import type { Fault } from '../domain/text.js';
import { Problem } from '../errors.js';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** The whole body as bytes, at most `limit` of them. Reading stops at the limit; the rest of the request is not taken. */
export function readBytes(req: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = Number(req.headers['content-length'] ?? 0);
  if (announced > limit) return Promise.reject(tooLarge(limit));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        req.pause();
        reject(tooLarge(limit));
      } else chunks.push(chunk);
    });
    req.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    req.on('error', () => reject(new Problem('bad-request')));
    req.on('aborted', () => reject(new Problem('bad-request')));
  });
}

const tooLarge = (limit: number): Problem =>
  new Problem('too-large', {
    detail: { zh: `最多 ${limit} 字节`, en: `at most ${limit} bytes are taken` },
    headers: { connection: 'close' },
  });

export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new Problem('bad-encoding');
  }
}

/**
 * JSON of a request (RFC 8259): nesting up to 64 levels, no `__proto__` member, no null character and no lone surrogate in a text
 * (neither can be stored and hashed the same everywhere), no number of more than 15 significant digits (readers would round it).
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))?.[1];
    throw new Problem('bad-json', at === undefined ? {} : { detail: { zh: `第 ${at} 个字符处`, en: `at character ${at}` } });
  }
  const faults: Fault[] = [];
  if (deeper(value, maxDepth))
    throw new Problem('bad-json', { detail: { zh: `嵌套超过 ${maxDepth} 层`, en: `nested deeper than ${maxDepth} levels` } });
  // Plain text has none of these; only then is every string looked at.
  if (/\\u|\0|__proto__/.test(text) || !text.isWellFormed()) look(value, '', faults);
  for (const number of longNumbers(text).slice(0, 10))
    faults.push({
      pointer: '',
      message: {
        zh: `${number.slice(0, 40)} 超过 15 位有效数字`,
        en: `${number.slice(0, 40)} has more than 15 significant digits`,
      },
    });
  if (faults.length > 0) throw new Problem('bad-values', { faults });
  return value;
}

const maxDepth = 64;

function deeper(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (left === 0) return true;
  for (const member of Object.values(value)) if (deeper(member, left - 1)) return true;
  return false;
}

function look(value: unknown, pointer: string, faults: Fault[]): void {
  if (typeof value === 'string') {
    const fault = textFault(value);
    if (fault) faults.push({ pointer, message: fault });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const fault =
        textFault(name) ?? (name === '__proto__' ? { zh: '不接受这个名字', en: 'is not a name that is taken' } : undefined);
      if (fault) faults.push({ pointer: at, message: fault });
      look(member, at, faults);
    }
  }
}

export function textFault(text: string): Fault['message'] | undefined {
  if (text.includes('\0')) return { zh: '含有空字符', en: 'contains a null character' };
  if (!text.isWellFormed()) return { zh: '含有半个字符', en: 'contains half a character (a lone surrogate)' };
  return undefined;
}

/** Fields of a posted form: a name that comes more than once becomes a list. */
export function parseForm(text: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  const faults: Fault[] = [];
  for (const [name, value] of new URLSearchParams(text)) {
    const fault = textFault(value) ?? textFault(name);
    if (fault) faults.push({ pointer: `/${name}`, message: fault });
    const before = fields[name];
    fields[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  if (faults.length > 0) throw new Problem('bad-values', { faults });
  return fields;
}
