import type { Text } from '../domain/text.js';

/** The ledger must not go on like this; the text says why and what a person can do. */
export class LedgerRefused extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}
