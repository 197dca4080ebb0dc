import { numberIn } from '../files/untyped-values.ts';
import type { TableRow } from '../files/table.ts';

const SAMPLE = 200;
const MOST = 0.5;
const TOLERANCE = 0.01;

/** Whether at least half of the filled cells of a column are numbers. */
export function isNumeric(rows: readonly TableRow[], column: number): boolean {
  const filled = rows.map(({ cells }) => cells[column] ?? '').filter((cell) => cell !== '');
  const numbers = filled.filter((cell) => numberIn(cell) !== undefined);
  return filled.length > 0 && numbers.length >= MOST * filled.length;
}

/** The longest run of neighbouring candidates whose cells sum to about one in at least half of the rows, or none. */
export function shareColumns(rows: readonly TableRow[], candidates: readonly number[]): readonly number[] {
  const stride = Math.max(1, Math.floor(rows.length / SAMPLE));
  const sums = rows.filter((_row, index) => index % stride === 0).map((row) => runningSums(row, candidates));
  const sumsToOne = (from: number, to: number) => {
    const hits = sums.filter((sum) => Math.abs((sum[to] ?? NaN) - (sum[from] ?? NaN) - 1) <= TOLERANCE);
    return hits.length > 0 && hits.length >= MOST * sums.length;
  };
  for (let width = candidates.length; width >= 2; width -= 1) {
    for (let from = 0; from + width <= candidates.length; from += 1) {
      if (sumsToOne(from, from + width)) return candidates.slice(from, from + width);
    }
  }
  return [];
}

/** A cell that is no share makes every sum over it miss. */
function runningSums({ cells }: TableRow, columns: readonly number[]): number[] {
  const sums = [0];
  for (const column of columns) {
    const share = numberIn(cells[column] ?? '') ?? NaN;
    sums.push((sums.at(-1) ?? 0) + (share >= 0 ? share : NaN));
  }
  return sums;
}
