import type { Line } from './story.js';

/**
 * The obvious way, told by lines and not by events: whole numbers of kilograms, every hand a heap of single kilograms. It keeps the list
 * of heaps and of what went from heap to heap, for the slow bounds; and it plays one possible truth, drawing kilograms by chance.
 */
export interface Kilo {
  readonly lot: string;
  /** Kilograms, of any lot before, that are in it; and those that it alone counts for. */
  readonly within: ReadonlySet<Kilo>;
  readonly counts: readonly Kilo[];
}

export interface Heap {
  readonly lot: string;
  readonly party: string;
  readonly box?: string;
  readonly transit?: { readonly to?: string; readonly line: number };
  kilos: Kilo[];
}

export type Step =
  | { readonly kind: 'out' | 'in'; readonly heap: Heap; readonly part: number; readonly size: number; readonly fresh?: true }
  | { readonly kind: 'mix'; readonly from: readonly number[]; readonly to: readonly number[] };

export class Model {
  readonly heaps: Heap[] = [];
  readonly steps: Step[] = [];
  readonly parts: { readonly lot: string; readonly size: number }[] = [];
  /** Every kilogram that ever was, by lot. */
  readonly made = new Map<string, Kilo[]>();
  private live: Heap[] = [];

  constructor(private readonly chance: (below: number) => number) {}

  amount(lot: string, party: string): number {
    return this.live.find((h) => h.lot === lot && h.party === party && h.box === undefined && !h.transit)?.kilos.length ?? 0;
  }

  play(line: Line, n: number): void {
    const { by } = line;
    if (line.make) this.put({ lot: line.make[0], party: by }, this.fresh(line.make[0], line.make[1]!), undefined);
    if (line.sell) this.take(this.loose(line.sell[0], by), line.sell[1]!);
    if (line.step) this.mix(line, by);
    if (line.pack)
      for (const [lot, size = 0] of line.pack.lots) this.shift(this.loose(lot, by), size, { lot, party: by, box: line.pack.box });
    if (line.unpack)
      for (const heap of this.live.filter((h) => h.box === line.unpack!.box && h.party === by && !h.transit))
        this.shift(heap, heap.kilos.length, { lot: heap.lot, party: by });
    if (line.ship)
      for (const [lot, size = 0] of line.ship.lots) {
        const transit = { ...(line.ship.to && { to: line.ship.to }), line: n };
        if (!lot.startsWith('box')) this.shift(this.loose(lot, by), size, { lot, party: by, transit });
        else
          for (const heap of this.inBox(lot))
            this.shift(heap, heap.kilos.length, { lot: heap.lot, party: by, box: lot, transit });
      }
    for (const [lot, size = 0] of line.receive ?? []) {
      if (lot.startsWith('box')) {
        for (const heap of this.inBox(lot)) this.shift(heap, heap.kilos.length, { lot: heap.lot, party: by, box: lot });
        continue;
      }
      let left = size;
      // What was sent comes to whom it was sent, or back to who sent it.
      const coming = (h: Heap): boolean => h.transit !== undefined && (h.transit.to === by || h.party === by);
      for (const heap of this.live.filter((h) => h.lot === lot && h.box === undefined && coming(h))) {
        const part = Math.min(left, heap.kilos.length);
        if (part > 0) this.shift(heap, part, { lot, party: by });
        left -= part;
      }
    }
    this.live = this.live.filter(({ kilos }) => kilos.length > 0);
  }

  private inBox = (box: string): Heap[] => this.live.filter((h) => h.box === box);

  private loose(lot: string, party: string): Heap {
    return this.live.find((h) => h.lot === lot && h.party === party && h.box === undefined && !h.transit)!;
  }

  private fresh(lot: string, size: number): Kilo[] {
    return Array.from({ length: size }, () => this.kilo(lot, new Set(), []));
  }

  private kilo(lot: string, within: ReadonlySet<Kilo>, counts: readonly Kilo[]): Kilo {
    const kilo: Kilo = { lot, within, counts };
    const list = this.made.get(lot) ?? [];
    list.push(kilo);
    this.made.set(lot, list);
    return kilo;
  }

  private take(heap: Heap, size: number): { kilos: Kilo[]; part: number } {
    const kilos = Array.from({ length: size }, () => heap.kilos.splice(this.chance(heap.kilos.length), 1)[0]!);
    const part = this.parts.push({ lot: heap.lot, size }) - 1;
    this.steps.push({ kind: 'out', heap, part, size });
    return { kilos, part };
  }

  private put(where: Omit<Heap, 'kilos'>, kilos: Kilo[], part: number | undefined): void {
    let heap = this.live.find(
      (h) => h.lot === where.lot && h.party === where.party && h.box === where.box && h.transit?.line === where.transit?.line,
    );
    if (!heap) {
      heap = { ...where, kilos: [] };
      this.live.push(heap);
      this.heaps.push(heap);
    }
    heap.kilos.push(...kilos);
    const fresh = part === undefined;
    const number = part ?? this.parts.push({ lot: where.lot, size: kilos.length }) - 1;
    this.steps.push({ kind: 'in', heap, part: number, size: kilos.length, ...(fresh && { fresh: true as const }) });
  }

  private shift(heap: Heap, size: number, to: Omit<Heap, 'kilos'>): void {
    const { kilos, part } = this.take(heap, size);
    this.put(to, kilos, part);
  }

  /** Each kilogram that comes out has one that went in, by chance; what is over is in any of them, what is too few in several. */
  private mix({ step }: Line, by: string): void {
    const taken = step!.in.map(([lot, size = 0]) => this.take(this.loose(lot, by), size));
    const rest = taken.flatMap(({ kilos }) => kilos);
    const all = [...rest];
    const draw = (): Kilo | undefined => rest.splice(this.chance(Math.max(1, rest.length)), 1)[0];
    const out = step!.out.map(([lot, size = 0]) => ({
      lot,
      got: Array.from({ length: size }, () => [draw()].filter((k) => k !== undefined)),
    }));
    const places = out.flatMap(({ got }) => got);
    while (rest.length > 0) places[this.chance(places.length)]!.push(draw()!);
    const to: number[] = [];
    const made = out.map(({ lot, got }) => ({
      lot,
      kilos: got.map((counted) => {
        const from = counted.length > 0 ? counted : [all[this.chance(all.length)]!];
        const within = new Set(from.flatMap((k) => [k, ...k.within]));
        return this.kilo(lot, within, counted);
      }),
    }));
    for (const { lot, kilos } of made) to.push(this.parts.push({ lot, size: kilos.length }) - 1);
    this.steps.push({ kind: 'mix', from: taken.map(({ part }) => part), to });
    made.forEach(({ lot, kilos }, i) => this.put({ lot, party: by }, kilos, to[i]));
  }
}

/** At least and at most: kilograms touched, and kilograms of the suspect in them; `loose` by how much more these may be. */
interface Bound {
  low: number;
  high: number;
  min: number;
  max: number;
  loose: number;
}
const nothing = (): Bound => ({ low: 0, high: 0, min: 0, max: 0, loose: 0 });
const join = (a: Bound, b: Bound): Bound => ({
  low: a.low + b.low,
  high: a.high + b.high,
  min: a.min + b.min,
  max: a.max + b.max,
  loose: a.loose + b.loose,
});

/** What a draw of `size` out of `all` can hold, by looking at what the rest can hold. */
function drawn(of: Bound, all: number, size: number): Bound {
  if (size === 0 || of.high === 0) return nothing();
  if (size === all) return of;
  const most = (n: number): number => (n === 0 ? 0 : Math.min(of.max, n + of.loose));
  const rest = all - size;
  return {
    low: Math.max(0, of.low - rest),
    high: Math.min(size, of.high),
    min: Math.max(0, of.min - most(Math.min(rest, of.high))),
    max: most(Math.min(size, of.high)),
    loose: of.loose,
  };
}

/** Bounds of every lot, through the whole history, heap by heap: no reach, no short cut. */
export function bounds(
  model: Model,
  root: string,
  back: boolean,
): Map<string, { low: number; high: number; min: number; max: number }> {
  const heaps = new Map<Heap, Bound>();
  const size = new Map<Heap, number>(model.heaps.map((heap) => [heap, back ? heap.kilos.length : 0]));
  const parts = new Map<number, Bound>();
  const lots = new Map<string, Bound>();
  const whole = (n: number): Bound => ({ low: n, high: n, min: n, max: n, loose: 0 });
  const note = (lot: string, b: Bound): void => void (b.high > 0 && lots.set(lot, join(lots.get(lot) ?? nothing(), b)));
  for (const step of back ? [...model.steps].reverse() : model.steps) {
    if (step.kind === 'mix') {
      const [from, to] = back ? [step.to, step.from] : [step.from, step.to];
      const sum = from.map((p) => parts.get(p) ?? nothing()).reduce(join, nothing());
      const [inside, outside] = [from, to].map((side) => side.reduce((n, p) => n + model.parts[p]!.size, 0)) as [number, number];
      const lost = Math.max(0, inside - outside);
      const all = from.every((p) => (parts.get(p)?.low ?? 0) === model.parts[p]!.size);
      for (const p of to) {
        const { lot, size: own } = model.parts[p]!;
        const others = outside - own;
        const loose = sum.loose + lost;
        const made: Bound = {
          low: all ? own : Math.min(own, Math.max(0, sum.low - others - lost)),
          high: own,
          min: to.length === 1 ? sum.min : Math.max(0, sum.min - others - loose * (to.length - 1)),
          max: Math.min(sum.max, own + loose),
          loose,
        };
        const bound = sum.high === 0 ? nothing() : made;
        parts.set(p, bound);
        if (lot !== root) note(lot, bound);
      }
      continue;
    }
    const { heap, part, kind } = step;
    const before = heaps.get(heap) ?? nothing();
    const entering = (kind === 'in') !== back;
    if (entering) {
      if (step.fresh && heap.lot === root) parts.set(part, whole(step.size));
      heaps.set(heap, join(before, parts.get(part) ?? nothing()));
      size.set(heap, size.get(heap)! + step.size);
    } else {
      const all = size.get(heap)!;
      parts.set(part, heap.lot === root ? whole(step.size) : drawn(before, all, step.size));
      heaps.set(heap, drawn(before, all, all - step.size));
      size.set(heap, all - step.size);
    }
  }
  return lots;
}
