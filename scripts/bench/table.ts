/** A table for a terminal: numbers to the right, words to the left. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const text = [head, ...rows].map((row) => row.map(String));
  const width = head.map((_, column) => Math.max(...text.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[], at: number): string =>
    row
      .map((cell, column) =>
        at > 0 && typeof rows[at - 1]?.[column] === 'string'
          ? cell.padEnd(width[column] ?? 0)
          : cell.padStart(width[column] ?? 0),
      )
      .join('  ');
  const [first = [], ...rest] = text;
  const heading = first
    .map((cell, column) =>
      typeof rows[0]?.[column] === 'string' ? cell.padEnd(width[column] ?? 0) : cell.padStart(width[column] ?? 0),
    )
    .join('  ');
  return [heading, width.map((w) => '-'.repeat(w)).join('  '), ...rest.map((row, i) => line(row, i + 1))]
    .map((l) => `  ${l.trimEnd()}`)
    .join('\n');
}

export const rounded = (value: number, digits = 0): number => Number(value.toFixed(digits));

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
