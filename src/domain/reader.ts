import type { Mark } from './record.js';

/** Who is looking: decides what is shown (model.md, "Who may do what"). Nobody signed in is the empty reader. */
export interface Reader {
  readonly role?: 'producer' | 'operator' | 'laboratory' | 'inspector' | 'admin';
  readonly party?: string;
  /** Division code of an inspector. */
  readonly division?: string;
}

export const nobody: Reader = {};

/** Whether a division lies inside another one: GB/T 2260 codes end in 0000 for a province, in 00 for a prefecture. */
export function within(division: string, jurisdiction: string): boolean {
  const prefix = jurisdiction.replace(/(00)+$/, '');
  return division.startsWith(prefix);
}

/**
 * Whether a hidden value of a statement is shown: to the party that it is about or that said it, and to an inspector in whose
 * jurisdiction it lies. Trading partners see confidential values of a transaction they are part of (`partners`).
 */
export function maySee(
  reader: Reader,
  mark: Mark,
  of: { by: string; behalf?: string; subject?: string; partners?: readonly string[]; division?: string },
): boolean {
  const { role, party } = reader;
  if (party !== undefined && (party === of.by || party === of.subject || party === of.behalf)) return true;
  if (role === 'inspector' && reader.division !== undefined)
    return of.division === undefined || within(of.division, reader.division);
  return mark === 'confidential' && party !== undefined && (of.partners ?? []).includes(party);
}
