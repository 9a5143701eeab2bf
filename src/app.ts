/** What handlers work with. */
export interface App {
  readonly placeholder?: never;
}
