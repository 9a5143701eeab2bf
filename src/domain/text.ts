/** Words for people, in both languages of the project (Chinese first). */
export interface Text {
  readonly zh: string;
  readonly en: string;
}
export type Lang = keyof Text;

/** One thing wrong with an input: where (JSON Pointer, RFC 6901, '' for the whole) and why. */
export interface Fault {
  readonly pointer: string;
  readonly message: Text;
}

/** What the rules say of a record (rules.md). `refuse`: nothing is written; `hold`: written and locked; `warn`: written and shown. */
export interface Finding {
  readonly rule: string;
  readonly severity: 'refuse' | 'hold' | 'warn';
  readonly lots: readonly string[];
  readonly message: Text;
  readonly evidence?: Readonly<Record<string, string | number>>;
}
