import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { sha256 } from './node.js';
import { noteKey, plain, type NoteKey, type SignatureType } from './note.js';
import { LedgerRefused } from './refused.js';

/** A key that signs, under a name. */
export interface LogKey {
  readonly public: NoteKey;
  /** Ed25519 over the UTF-8 of a text. */
  sign(text: string): Uint8Array;
}

/** The first key of a ledger. */
export const keyFile = (folder: string): string => join(folder, 'log.key');
/** A key that took the place of another. */
export const laterKeyFile = (folder: string, keyId: string): string => join(folder, `log-${keyId}.key`);

/** Every file of the folder that holds a key of the ledger: what a copy needs to go on as this ledger. */
export const keyFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^log(-[0-9a-f]{8})?\.key$/.test(name))
        .sort()
        .map((name) => join(folder, name))
    : [];

/** PKCS #8 (RFC 8410) before the 32 bytes of an Ed25519 private key. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The key of a file, which is made, readable by its owner only, when there is none. Throws LedgerRefused. */
export const openKeyFile = (file: string, name: string, type: SignatureType = plain): LogKey =>
  named(existsSync(file) ? read(file) : write(file, generateKeyPairSync('ed25519').privateKey), name, type);

/** A new key in a file of its own. */
export function makeLaterKey(folder: string, name: string): LogKey & { readonly file: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = named(privateKey, name, plain);
  const file = laterKeyFile(folder, key.public.keyId);
  write(file, privateKey);
  return { ...key, file };
}

/** Keys given as text, with commas between: PEM of PKCS #8, or base 64 of the 32 bytes. Throws LedgerRefused. */
export const givenKeys = (secrets: string, name: string): LogKey[] =>
  secrets.split(',').map((secret) => named(given(secret), name, plain));

function named(key: KeyObject, name: string, type: SignatureType): LogKey {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return {
    public: noteKey(sha256, name, Buffer.from(x, 'base64url'), type),
    sign: (text) => sign(null, Buffer.from(text), key),
  };
}

function read(file: string): KeyObject {
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new LedgerRefused({
      zh: `${file} 别人也能读：请先执行 chmod 600 ${file}`,
      en: `${file} can be read by others: run chmod 600 ${file} first`,
    });
  return ed25519(() => createPrivateKey(readFileSync(file, 'utf8')), file);
}

function write(file: string, key: KeyObject): KeyObject {
  // Whole or not at all: a start that was cut short makes another.
  const part = `${file}.part`;
  const descriptor = openSync(part, 'w', 0o600);
  try {
    chmodSync(part, 0o600);
    writeSync(descriptor, key.export({ type: 'pkcs8', format: 'pem' }) as string);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(part, file);
  syncNames(dirname(file));
  return key;
}

/** Makes the name of a new file durable: a ledger that is signed by a key must not lose it. */
function syncNames(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function given(secret: string): KeyObject {
  const bytes = Buffer.from(secret, 'base64');
  const pem = secret.includes('-----BEGIN');
  return ed25519(
    () =>
      pem
        ? createPrivateKey(secret.trim().replaceAll('\\n', '\n'))
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
