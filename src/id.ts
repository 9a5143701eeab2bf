import { v7 } from 'uuid';

/** A new UUID version 7 (RFC 9562 section 5.7): in the order of time, so that indexes over it grow at their end. */
export const uuidv7 = (): string => v7();
