import { fromBase64, toBase64 } from './base64.js';
import { hex, type Sha256 } from './merkle.js';
import { Unproven } from './unproven.js';

/** Signed notes (c2sp.org/signed-note): a text that ends in a newline, a blank line, signature lines. */
export interface Note {
  /** With its last newline, without the blank line. */
  readonly text: string;
  readonly signatures: readonly Signature[];
}

export interface Signature {
  readonly name: string;
  /** Four bytes as lower-case hex. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** What a key signs (signed-note, "Signature types"): 1 the text of a note, 4 a timed cosignature of a checkpoint. Both are Ed25519. */
export type SignatureType = typeof plain | typeof cosigned;
export const plain = 1;
export const cosigned = 4;

/** A public key that signatures of notes are held against. */
export interface NoteKey {
  readonly type: SignatureType;
  readonly name: string;
  readonly keyId: string;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
}

export type VerifyEd25519 = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean;

/** The two functions that every check takes: Node's on the server, small audited ones in a browser. */
export interface Crypto {
  readonly sha256: Sha256;
  readonly verifyEd25519: VerifyEd25519;
}

/** What a note may measure: 16 signatures of the largest kind fit many times. */
const limits = { length: 1_000_000, signatures: 100 };
const utf8 = new TextEncoder();
/** Any character below U+0020 but the newline. */
const control = /[^\n -\uffff]/;
const keyName = /^[^\s+]+$/u;

/** Key id = SHA-256(name ‖ 0x0A ‖ type ‖ public key)[:4], lower-case hex. */
export function keyIdOf(sha256: Sha256, name: string, publicKey: Uint8Array, type: SignatureType): string {
  const prefix = utf8.encode(`${name}\n`);
  const input = new Uint8Array(prefix.length + 1 + publicKey.length);
  input.set(prefix);
  input[prefix.length] = type;
  input.set(publicKey, prefix.length + 1);
  return hex(sha256(input).subarray(0, 4));
}

export const noteKey = (sha256: Sha256, name: string, publicKey: Uint8Array, type: SignatureType = plain): NoteKey => ({
  type,
  name,
  keyId: keyIdOf(sha256, name, publicKey, type),
  publicKey,
});

/** A key as text, `name+id+base64(type ‖ key)`: what is handed to verifiers. */
export const vkeyText = ({ type, name, keyId, publicKey }: NoteKey): string =>
  `${name}+${keyId}+${toBase64(Uint8Array.of(type, ...publicKey))}`;

/** Reads a vkey. Throws Unproven `key` when it is malformed, of another type, or its id is not that of its name and key. */
export function readVkey(sha256: Sha256, text: string, type: SignatureType = plain): NoteKey {
  const [, name = '', keyId = '', encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text.trim()) ?? [];
  const bytes = fromBase64(encoded);
  if (bytes?.length !== 33 || bytes[0] !== type) throw new Unproven('key');
  const key = noteKey(sha256, name, bytes.subarray(1), type);
  if (key.keyId !== keyId) throw new Unproven('key');
  return key;
}

/** Reads a note. Throws Unproven `note`. */
export function readNote(note: string): Note {
  if (note.length > limits.length || control.test(note) || !note.endsWith('\n')) throw new Unproven('note');
  const cut = note.lastIndexOf('\n\n');
  if (cut < 1) throw new Unproven('note');
  const lines = note.slice(cut + 2, -1).split('\n');
  if (lines.length > limits.signatures) throw new Unproven('note');
  return { text: note.slice(0, cut + 1), signatures: lines.map(readSignature) };
}

function readSignature(line: string): Signature {
  const parts = line.split(' ');
  const [dash, name = '', encoded = ''] = parts;
  const bytes = fromBase64(encoded);
  if (parts.length !== 3 || dash !== '—' || !keyName.test(name) || bytes === undefined || bytes.length < 5)
    throw new Unproven('note', line.slice(0, 80));
  return { name, keyId: hex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

/** One signature line, with its newline. */
export function signatureLine({ name, keyId }: Pick<NoteKey, 'name' | 'keyId'>, signature: Uint8Array): string {
  const id = [0, 2, 4, 6].map((at) => Number.parseInt(keyId.slice(at, at + 2), 16));
  return `— ${name} ${toBase64(Uint8Array.of(...id, ...signature))}\n`;
}

/**
 * Reads a note that the key signed. Signatures of other keys are passed over; one of this key that is wrong throws Unproven
 * `signature`, none of it `unsigned`.
 */
export function openNote({ verifyEd25519 }: Pick<Crypto, 'verifyEd25519'>, note: string, key: NoteKey): Note {
  const read = readNote(note);
  const own = signaturesOf(read, key);
  if (own.length === 0) throw new Unproven('unsigned', key.name);
  const message = utf8.encode(read.text);
  const right = own.every(({ signature }) => signature.length === 64 && verifyEd25519(signature, message, key.publicKey));
  if (!right) throw new Unproven('signature', key.name);
  return read;
}

/** The signatures that say they are of this key. */
export const signaturesOf = ({ signatures }: Note, key: NoteKey): Signature[] =>
  signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
