import { hash, randomBytes } from 'node:crypto';

/** Bytes from a source of chance; tests pass their own. */
export type Chance = (bytes: number) => Uint8Array;
export const chance: Chance = (bytes) => randomBytes(bytes);

/** Session ids and keys are stored as this digest only (hex SHA-256): who reads the store cannot sign in with it. */
export const digestOf = (secret: string): string => hash('sha256', secret, 'hex');
