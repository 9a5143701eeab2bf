import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

/** A new UUID version 7 (RFC 9562 section 5.7): in the order of time, so that indexes over it grow at their end. */
export const uuidv7 = (): string => v7({ random: random16() });

/** 16 random bytes from a pool: asking for them one by one costs more than making the rest of the UUID. */
function random16(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.slice(used - 16, used);
}
const pool = new Uint8Array(4096);
let used = pool.length;
