import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from './node.js';
import { noteKey, type NoteKey } from './note.js';
import { LedgerRefused } from './refused.js';

/** The key that signs checkpoints, under the name of its ledger. */
export interface LogKey {
  readonly public: NoteKey;
  /** Ed25519 over the UTF-8 of a note's text. */
  sign(text: string): Uint8Array;
}

export const keyFile = (folder: string): string => join(folder, 'log.key');

/** PKCS #8 (RFC 8410) before the 32 bytes of an Ed25519 private key. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The key of a ledger: `secret` when it is given (PEM of PKCS #8, or base64 of the 32 bytes), else `log.key` of the folder, which is
 * made, readable by its owner only, when there is none. Throws LedgerRefused.
 */
export function openLogKey(folder: string, origin: string, secret?: string): LogKey {
  const key = secret === undefined || secret === '' ? readOrMake(keyFile(folder)) : given(secret);
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return {
    public: noteKey(sha256, origin, Buffer.from(x, 'base64url')),
    sign: (text) => sign(null, Buffer.from(text), key),
  };
}

function readOrMake(file: string): KeyObject {
  if (!existsSync(file)) return make(file);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new LedgerRefused({
      zh: `${file} 别人也能读：请先执行 chmod 600 ${file}`,
      en: `${file} can be read by others: run chmod 600 ${file} first`,
    });
  return ed25519(() => createPrivateKey(readFileSync(file, 'utf8')), file);
}

function make(file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  // Whole or not at all: a start that was cut short makes another.
  const part = `${file}.part`;
  const descriptor = openSync(part, 'w', 0o600);
  try {
    chmodSync(part, 0o600);
    writeSync(descriptor, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(part, file);
  return privateKey;
}

function given(secret: string): KeyObject {
  const bytes = Buffer.from(secret, 'base64');
  const pem = secret.includes('-----BEGIN');
  return ed25519(
    () =>
      pem
        ? createPrivateKey(secret.replaceAll('\\n', '\n'))
        : createPrivateKey({ key: Buffer.concat([pkcs8, bytes]), format: 'der', type: 'pkcs8' }),
    'SUYUAN_LOG_KEY',
  );
}

function ed25519(read: () => KeyObject, from: string): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, without a word of what stands there.
  }
  throw new LedgerRefused({ zh: `${from} 里不是 Ed25519 私钥`, en: `${from} does not hold an Ed25519 private key` });
}
