/** Roles of model.md, "Who may do what". `anyone` is nobody's account. */
export const roles = ['producer', 'operator', 'laboratory', 'inspector', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who is calling: a person by session, or a machine by key. */
export interface Account {
  /** Sign-in name of a person, or the id of a key. */
  readonly name: string;
  readonly role: Role;
  /** URI of the party that it acts for; none for inspectors without one and admins. */
  readonly party?: string;
  /** Division code (GB/T 2260, 6 digits) of an inspector: sees that division and below. */
  readonly division?: string;
  readonly via: 'session' | 'key';
  /** What a key may do, when it is narrower than its role: names of route scopes. */
  readonly scopes?: readonly string[];
}
