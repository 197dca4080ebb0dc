import { numberIn } from '../files/untyped-values.ts';
import type { TableRow } from '../files/table.ts';

const SAMPLE = 200;
const MIN_RATIO = 0.5;
const TOLERANCE = 0.01;

/** Whether at least half of the non-empty cells of a column are numbers. */
export function isNumeric(rows: readonly TableRow[], column: number): boolean {
  const filled = rows.map(({ cells }) => cells[column] ?? '').filter((cell) => cell !== '');
  const numbers = filled.filter((cell) => numberIn(cell) !== undefined);
  return filled.length > 0 && numbers.length >= MIN_RATIO * filled.length;
}

/**
 * The longest sequence of candidate columns whose cells sum to one, within the tolerance, in at least half of the rows.
 * Empty if there is none.
 */
export function shareColumns(rows: readonly TableRow[], candidates: readonly number[]): readonly number[] {
  const stride = Math.max(1, Math.floor(rows.length / SAMPLE));
  const sums = rows.filter((_row, index) => index % stride === 0).map((row) => runningSums(row, candidates));
  const sumsToOne = (from: number, to: number) => {
    const hits = sums.filter((sum) => Math.abs((sum[to] ?? NaN) - (sum[from] ?? NaN) - 1) <= TOLERANCE);
    return hits.length > 0 && hits.length >= MIN_RATIO * sums.length;
  };
  for (let width = candidates.length; width >= 2; width -= 1) {
    for (let from = 0; from + width <= candidates.length; from += 1) {
      if (sumsToOne(from, from + width)) return candidates.slice(from, from + width);
    }
  }
  return [];
}

/** The running sums of a row. A cell that is not a share makes all later sums NaN. */
function runningSums({ cells }: TableRow, columns: readonly number[]): number[] {
  const sums = [0];
  for (const column of columns) {
    const share = numberIn(cells[column] ?? '') ?? NaN;
    sums.push((sums.at(-1) ?? 0) + (share >= 0 ? share : NaN));
  }
  return sums;
}
