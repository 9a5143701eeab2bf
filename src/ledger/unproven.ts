/** At which step a check failed; the words for it are in unprovenWords.ts. */
export type Step =
  | 'form'
  | 'note'
  | 'checkpoint'
  | 'key'
  | 'unsigned'
  | 'signature'
  | 'origin'
  | 'cosignature'
  | 'witnesses'
  | 'rotation'
  | 'receipt'
  | 'index'
  | 'inclusion'
  | 'consistency'
  | 'entry'
  | 'digest'
  | 'disclosure'
  | 'stream'
  | 'gap'
  | 'order'
  | 'tail';

/** What was to be checked does not hold, or cannot be read. `where` names the place: a line, an entry number. */
export class Unproven extends Error {
  constructor(
    readonly step: Step,
    readonly where = '',
  ) {
    super(where === '' ? step : `${step}: ${where}`);
  }
}
