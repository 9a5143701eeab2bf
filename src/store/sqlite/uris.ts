import { Recent } from '../../domain/recent.js';
import type { Connection } from './connection.js';
import { plainText, storedText } from './text.js';

/** The one table uri → id. Ids are given in order, never changed and never taken back once committed. */
export const createUris = 'CREATE TABLE _uris (id INTEGER PRIMARY KEY, uri TEXT NOT NULL UNIQUE) STRICT';

export class Uris {
  readonly #ids: Recent<string, number>;
  readonly #texts: Recent<number, string>;
  #given: string[] = [];

  constructor(
    private readonly connection: Connection,
    capacity = 32_768,
  ) {
    this.#ids = new Recent(capacity);
    this.#texts = new Recent(capacity);
  }

  /** The id of a URI, if it has one. */
  id(uri: string): number | undefined {
    const known = this.#ids.get(uri);
    if (known !== undefined) return known;
    const row = this.connection.statement('SELECT id FROM _uris WHERE uri = ?').get(storedText(uri)) as [number] | undefined;
    if (row) this.#ids.set(uri, row[0]);
    return row?.[0];
  }

  /** The id of a URI, given now if it has none. Only inside a write transaction, which ends with `keep` or `takeBack`. */
  intern(uri: string): number {
    const known = this.id(uri);
    if (known !== undefined) return known;
    const id = Number(this.connection.statement('INSERT INTO _uris (uri) VALUES (?)').run(storedText(uri)).lastInsertRowid);
    this.#ids.set(uri, id);
    this.#given.push(uri);
    return id;
  }

  text(id: number): string {
    const known = this.#texts.get(id);
    if (known !== undefined) return known;
    const row = this.connection.statement('SELECT uri FROM _uris WHERE id = ?').get(id) as [string] | undefined;
    if (!row) throw new Error(`no URI has the id ${id}`);
    const text = plainText(row[0]);
    this.#texts.set(id, text);
    return text;
  }

  /** What was given since the last `keep` is committed. */
  keep(): void {
    this.#given = [];
  }

  /** What was given since the last `keep` was rolled back: its ids will be given to others. */
  takeBack(): void {
    for (const uri of this.#given) this.#ids.delete(uri);
    this.#given = [];
  }
}
