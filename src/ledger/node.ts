import { createPublicKey, hash, verify } from 'node:crypto';
import type { Hiding } from '../domain/disclosure.js';
import type { Sha256 } from './merkle.js';
import type { Crypto, VerifyEd25519 } from './note.js';
import { random16 } from './random.js';

/**
 * Node's SHA-256 in one call (20.12 and later), which is twice as fast for short inputs as a hash object. Asked for a buffer it makes
 * one with memory of its own, which costs four times the hash: so it gives a byte a character, and the buffer comes from the pool.
 */
export const sha256: Sha256 = (bytes) => Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');

/** Salted digests of hidden values (RFC 9901) from Node's randomness. */
export const hiding: Hiding = {
  digest: (ascii) => hash('sha256', ascii, 'base64url'),
  salt: () => Buffer.from(random16()).toString('base64url'),
  encode: (text) => Buffer.from(text, 'utf8').toString('base64url'),
};

export const decodeBase64url = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

/** Ed25519 as RFC 8032 has it; false for anything that is no key or no signature. */
export const verifyEd25519: VerifyEd25519 = (signature, message, publicKey) => {
  try {
    const x = Buffer.from(publicKey).toString('base64url');
    return verify(null, message, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }), signature);
  } catch {
    return false;
  }
};

export const nodeCrypto: Crypto = { sha256, verifyEd25519 };
