import { requireFinite } from './require-finite.ts';

/** An inverse with larger entries multiplies every error by as much, and says nothing any more. */
const LARGEST_ENTRY = 20;

/**
 * The inverse of a small square matrix by Gauss-Jordan elimination with row pivots, or undefined where it has
 * entries above 20: rows that are nearly equal cannot be told apart. Fault `not_finite` where an entry is no number.
 */
export function inverse(matrix: readonly (readonly number[])[]): number[][] | undefined {
  for (const row of matrix) requireFinite('an inverse', row);
  const size = matrix.length;
  const rows = matrix.map((row, index) => [...row, ...unit(size, index)]);
  for (let column = 0; column < size; column++) {
    let best = column;
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[best]![column]!)) best = row;
    [rows[column], rows[best]] = [rows[best]!, rows[column]!];
    const pivot = rows[column]![column]!;
    if (pivot === 0) return undefined;
    rows[column] = rows[column]!.map((value) => value / pivot);
    for (let row = 0; row < size; row++) {
      const factor = rows[row]![column]!;
      if (row !== column && factor !== 0)
        rows[row] = rows[row]!.map((value, at) => value - factor * rows[column]![at]!);
    }
  }
  const result = rows.map((row) => row.slice(size));
  return result.flat().every((value) => Math.abs(value) <= LARGEST_ENTRY) ? result : undefined;
}

const unit = (size: number, index: number): number[] =>
  Array.from({ length: size }, (_, at) => (at === index ? 1 : 0));
