import { v7 } from 'uuid';
import { random16 } from './ledger/random.js';

/** A new UUID version 7 (RFC 9562 section 5.7): in the order of time, so that indexes over it grow at their end. */
export const uuidv7 = (): string => v7({ random: random16() });
