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
 * Empty if there is none. Sums only grow, so in each row the ends of sequences that sum to one move on with their beginning.
 */
export function shareColumns(rows: readonly TableRow[], candidates: readonly number[]): readonly number[] {
  const stride = Math.max(1, Math.floor(rows.length / SAMPLE));
  const sampled = rows.filter((_row, index) => index % stride === 0);
  const ends = sampled.map((row) => endsOf(runningSums(row, candidates)));
  const needed = Math.max(1, MIN_RATIO * ends.length);
  let [best, width] = [0, 1];
  for (let from = 0; from + width < candidates.length; from += 1) {
    const to = lastEnd(
      ends.map((next) => next()),
      needed,
    );
    if (to - from > width) [best, width] = [from, to - from];
  }
  return width < 2 ? [] : candidates.slice(best, best + width);
}

/** The ends of the sequences that begin with one column and sum to one: those from `first` on and before `behind`. */
type Ends = { readonly first: number; readonly behind: number };

/** The ends of one row for the first column, then for each next one. */
function endsOf(sums: readonly number[]): () => Ends {
  let [from, first, behind] = [0, 0, 0];
  const over = (to: number) => (sums[to] ?? NaN) - (sums[from] ?? NaN) - 1;
  return () => {
    while (over(first) < -TOLERANCE) first += 1;
    behind = Math.max(behind, first);
    while (over(behind) <= TOLERANCE) behind += 1;
    from += 1;
    return { first, behind };
  };
}

/** The last end that as many rows have as are needed; zero if there is none. */
function lastEnd(ends: readonly Ends[], needed: number): number {
  const firsts = ends.map(({ first }) => first).toSorted((left, right) => right - left);
  const behinds = ends.map(({ behind }) => behind).toSorted((left, right) => right - left);
  let later = 0;
  for (const [at, behind] of behinds.entries()) {
    while ((firsts[later] ?? 0) >= behind) later += 1;
    if (at + 1 - later >= needed) return behind - 1;
  }
  return 0;
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
