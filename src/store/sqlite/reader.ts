import type { Cell } from '../collections.js';
import type { Key, Range } from '../port.js';
import { keyCells, rowOf } from './cells.js';
import type { Connection } from './connection.js';
import { rangeQuery } from './range.js';
import { get, getMany, ranges } from './sql.js';
import type { Table } from './table.js';
import { storedText } from './text.js';
import { Uris } from './uris.js';

type AnyRow = Record<string, Cell>;
/** Fewer keys than this are asked for one by one. */
const fewKeys = 8;

/** All reads, on a connection of their own. Each sees what was committed before it began. */
export class Reader {
  readonly #uris: Uris;
  readonly #gets = new Map<Table, string>();
  constructor(private readonly connection: Connection) {
    this.#uris = new Uris(connection);
  }

  size(): number {
    const [size] = this.connection.statement('SELECT coalesce(max(seq) + 1, 0) FROM records').get() as [number];
    return size;
  }

  get(table: Table, key: Key): AnyRow | undefined {
    const cells = keyCells(table, table.key, key);
    for (const [place, column] of table.key.entries()) {
      if (column.type !== 'uri') continue;
      const id = this.#uris.id(cells[place] as string);
      if (id === undefined) return undefined;
      cells[place] = id;
    }
    const row = this.connection.statement(this.#getSql(table)).get(...cells) as Cell[] | undefined;
    return row && rowOf(table, this.#uris, row);
  }

  getMany(table: Table, keys: readonly Key[]): (AnyRow | undefined)[] {
    if (table.key.length > 1 || keys.length < fewKeys) return this.#snapshot(() => keys.map((key) => this.get(table, key)));
    const isUri = table.key[0]!.type === 'uri';
    const cells = keys
      .map((key) => keyCells(table, table.key, key)[0]!)
      .map((cell) => (isUri ? storedText(cell as string) : cell));
    const answer: (AnyRow | undefined)[] = Array.from({ length: keys.length });
    for (const row of this.connection.statement(getMany(table)).all(JSON.stringify(cells)) as [number, ...Cell[]][]) {
      answer[row[0]] = rowOf(table, this.#uris, row, 1);
    }
    return answer;
  }

  range(table: Table, range: Range): AnyRow[] {
    const query = rangeQuery(table, range, (uri) => this.#uris.id(uri));
    if (!query) return [];
    const rows = this.connection.statement(query.sql).all(...query.binds) as Cell[][];
    return rows.map((row) => rowOf(table, this.#uris, row));
  }

  ranges(table: Table, prefixes: readonly Key[], limit: number): AnyRow[][] {
    const oneByOne = () => this.#snapshot(() => prefixes.map((prefix) => this.range(table, { prefix, limit })));
    const held = prefixes[0]?.length ?? 0;
    if (prefixes.length < fewKeys || held === 0 || prefixes.some(({ length }) => length !== held)) return oneByOne();
    const columns = table.key.slice(0, held);
    const asked = prefixes.map((prefix) =>
      // No URI has the id 0, so nothing lies under one that was never seen.
      keyCells(table, columns, prefix).map((cell, c) =>
        columns[c]!.type === 'uri' ? (this.#uris.id(cell as string) ?? 0) : cell,
      ),
    );
    const most = prefixes.length * limit;
    const rows = this.connection.statement(ranges(table, held)).all(JSON.stringify(asked), most) as [number, ...Cell[]][];
    // One prefix may have used up what was meant for those behind it.
    if (rows.length === most) return oneByOne();
    const found = prefixes.map((): AnyRow[] => []);
    for (const row of rows) if (found[row[0]]!.length < limit) found[row[0]]!.push(rowOf(table, this.#uris, row, 1));
    return found;
  }

  close(): void {
    this.connection.close();
  }

  #getSql(table: Table): string {
    let sql = this.#gets.get(table);
    if (sql === undefined) this.#gets.set(table, (sql = get(table)));
    return sql;
  }

  /** Several statements that see the same state. */
  #snapshot<T>(work: () => T): T {
    this.connection.db.exec('BEGIN');
    try {
      return work();
    } finally {
      if (this.connection.db.isTransaction) this.connection.db.exec('COMMIT');
    }
  }
}
