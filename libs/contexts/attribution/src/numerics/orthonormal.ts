import { dotProduct } from './least-squares.ts';
import { requireNumbers } from './require-finite.ts';

/**
 * What is left of a column, relative to its spread around the mean, below which the columns before it span it. Amounts that
 * are recorded twice, planned and realised, differ by less than this.
 */
const SPANNED = 0.01;

/** The column minus its projection on the basis; twice, so that rounding leaves nothing of it (Giraud and others 2005). */
export function residualOf(column: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const left = Float64Array.from(column);
  for (let pass = 0; pass < 2; pass++) {
    for (const axis of basis) {
      const along = dotProduct(axis, left);
      for (let row = 0; row < left.length; row++) left[row]! -= along * axis[row]!;
    }
  }
  return left;
}

/**
 * An orthonormal basis of a constant, of `basis` and of the columns, in their order (modified Gram-Schmidt). Columns that
 * are spanned by those before them add nothing. All columns have `rows` values. Throws Fault `not_finite` where one is NaN.
 */
export function orthonormal(
  rows: number,
  columns: readonly Float64Array[],
  basis: readonly Float64Array[] = [new Float64Array(rows).fill(1 / Math.sqrt(rows))],
): Float64Array[] {
  const all = [...basis];
  for (const column of columns) {
    requireNumbers('an orthonormal basis', column);
    const around = Math.sqrt(sumOfSquares(residualOf(column, all.slice(0, 1))));
    const left = residualOf(column, all);
    const length = Math.sqrt(sumOfSquares(left));
    if (length > SPANNED * around && length > 0) all.push(left.map((value) => value / length));
  }
  return all;
}

export const sumOfSquares = (values: Float64Array): number => dotProduct(values, values);

/** Part of the squares of `values` that the basis does not span, of those that are left by `before`; zero of nothing. */
export function unexplained(
  values: Float64Array,
  basis: readonly Float64Array[],
  before: readonly Float64Array[],
): number {
  const whole = sumOfSquares(residualOf(values, before));
  return whole > 0 ? sumOfSquares(residualOf(values, basis)) / whole : whole;
}
