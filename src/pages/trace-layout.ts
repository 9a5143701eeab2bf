import type { Trace, TracedLot, TraceEdge } from '../domain/trace/trace.js';
import type { Traces } from '../queries/traceFor.js';

/** Above this many lots those of one party, product and stage are drawn as one. */
const mostApart = 36;
/** Boxes of one column; what is beyond them is drawn as one more box. */
const mostInColumn = 40;

export interface Box {
  readonly key: string;
  /** The lots that it stands for. */
  readonly lots: readonly TracedLot[];
  /** Steps: sources below 0, what was asked for 0. */
  readonly column: number;
  readonly x: number;
  readonly y: number;
  readonly root: boolean;
}

export interface Line {
  readonly from: Box;
  readonly to: Box;
  readonly packed: boolean;
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
  readonly grouped: boolean;
}

export const size = { width: 208, height: 56, across: 76, down: 14 } as const;

/**
 * Places the lots of a trace: sources left of what was asked for, what was made of it right, one column a step, each box as near as
 * can be to those it is joined to. Many lots become one box by party, product and stage.
 */
export function layout(traces: Traces): Layout {
  const both = [traces.back, traces.forward].filter((trace) => trace !== undefined);
  const grouped = both.reduce((sum, trace) => sum + trace.lots.length, 0) > mostApart;
  const columns = new Map<number, Map<string, TracedLot[]>>();
  const keyOf = new Map<string, string>();
  for (const trace of both)
    for (const lot of trace.lots) {
      const column = lot.root ? 0 : trace.direction === 'back' ? -lot.depth : lot.depth;
      if (lot.root && keyOf.has(nameOf(trace, lot.item))) continue;
      const inside = columns.get(column) ?? new Map<string, TracedLot[]>();
      columns.set(column, inside);
      const own =
        grouped && !lot.root
          ? `${column} ${lot.producer ?? lot.parties[0] ?? ''} ${lot.product ?? lot.kind}`
          : `${column} ${lot.item}`;
      const key = inside.has(own) || inside.size < mostInColumn ? own : `${column} others`;
      keyOf.set(nameOf(trace, lot.item), key);
      const list = inside.get(key) ?? [];
      if (!list.some(({ item }) => item === lot.item)) list.push(lot);
      inside.set(key, list);
    }
  const joins = joined(both, keyOf);
  const boxes = place(columns, joins);
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const lines = joins.flatMap(({ from, to, packed }): Line[] => {
    const [a, b] = [byKey.get(from), byKey.get(to)];
    return a && b ? [{ from: a, to: b, packed }] : [];
  });
  const tallest = Math.max(1, ...[...columns.values()].map((inside) => inside.size));
  return {
    boxes,
    lines,
    width: columns.size * (size.width + size.across) - size.across + 2,
    height: tallest * (size.height + size.down) - size.down + 2,
    grouped,
  };
}

/** What is asked for is one box in both directions; any other lot may stand on both sides. */
const nameOf = (trace: Trace, item: string): string => (trace.roots.includes(item) ? item : `${trace.direction} ${item}`);

interface Join {
  readonly from: string;
  readonly to: string;
  readonly packed: boolean;
}

function joined(traces: readonly Trace[], keyOf: ReadonlyMap<string, string>): Join[] {
  const joins = new Map<string, Join>();
  for (const trace of traces)
    for (const { from, to, kind } of trace.edges as readonly TraceEdge[]) {
      const [a, b] = [keyOf.get(nameOf(trace, from)), keyOf.get(nameOf(trace, to))];
      if (a === undefined || b === undefined || a === b) continue;
      joins.set(`${a}\n${b}`, { from: a, to: b, packed: kind === 'packed' });
    }
  return [...joins.values()];
}

function place(columns: ReadonlyMap<number, ReadonlyMap<string, readonly TracedLot[]>>, joins: readonly Join[]): Box[] {
  const beside = new Map<string, string[]>();
  for (const { from, to } of joins)
    for (const [a, b] of [
      [from, to],
      [to, from],
    ] as const)
      beside.set(a, [...(beside.get(a) ?? []), b]);
  const numbers = [...columns.keys()].sort((a, b) => a - b);
  const tallest = Math.max(1, ...[...columns.values()].map((inside) => inside.size));
  const middle = (tallest * (size.height + size.down) - size.down) / 2;
  const placed = new Map<string, Box>();
  // From the middle outwards, so that every box is placed beside those that it is joined to.
  for (const column of [...numbers].sort((a, b) => Math.abs(a) - Math.abs(b))) {
    const inside = [...columns.get(column)!];
    const wish = ([key]: (typeof inside)[number]): number => {
      const ys = (beside.get(key) ?? []).flatMap((other) => placed.get(other)?.y ?? []);
      return ys.length === 0 ? middle : ys.reduce((sum, y) => sum + y, 0) / ys.length;
    };
    const ordered = inside.map((box) => ({ box, at: wish(box) })).sort((a, b) => a.at - b.at);
    const top = middle - (ordered.length * (size.height + size.down) - size.down) / 2;
    ordered.forEach(({ box: [key, lots] }, i) =>
      placed.set(key, {
        key,
        lots,
        column,
        x: 1 + numbers.indexOf(column) * (size.width + size.across),
        y: 1 + Math.round(top + i * (size.height + size.down)),
        root: lots.some(({ root }) => root === true),
      }),
    );
  }
  return [...placed.values()].sort((a, b) => a.x - b.x || a.y - b.y);
}
