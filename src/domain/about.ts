import type { LedgerRecord } from './record.js';

/**
 * Canonical URIs of what a statement is about besides its own subject (model.md, "Record kinds"): it stands in their streams, too, and
 * is found by them. Of an event none: what it names are its items.
 */
export function alsoAbout({ kind, body }: Pick<LedgerRecord, 'kind' | 'body'>): string[] {
  return kind === 'link' && typeof body.anchor === 'string' ? [body.anchor] : [];
}
