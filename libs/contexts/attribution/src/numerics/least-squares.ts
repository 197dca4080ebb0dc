import { Fault } from '@tributary/kernel';
import { cholesky, inverse, solve } from './cholesky.ts';
import type { Cholesky } from './cholesky.ts';
import { allFinite } from './moments.ts';

export type LeastSquares = { readonly coefficients: Float64Array; readonly factor: Cholesky };

/** Ridge relative to the mean diagonal: constant terms do not make the system singular. */
const RIDGE = 1e-9;

/**
 * Weighted least squares by the normal equations with a negligible ridge and no intercept. `design` has a row for each
 * value. Throws Fault `not_finite` where a value that counts is NaN or infinite, or a product is.
 */
export function leastSquares(
  design: readonly Float64Array[],
  values: ArrayLike<number>,
  weights?: ArrayLike<number>,
  ridge = RIDGE,
): LeastSquares {
  const terms = design[0]?.length ?? 0;
  const { cross, right } = normalEquations(design, values, weights);
  let trace = 0;
  for (let term = 0; term < terms; term++) trace += cross[term * terms + term]!;
  const size = trace / terms || 1;
  const known = allFinite(cross) && allFinite(right);
  for (let lift = ridge; known && Number.isFinite(lift * size); lift *= 100) {
    const lifted = Float64Array.from(cross);
    for (let term = 0; term < terms; term++) lifted[term * terms + term]! += lift * size;
    const factor = cholesky(lifted, terms);
    if (factor) return { coefficients: solve(factor, right), factor };
  }
  throw new Fault('not_finite', 'least squares over values that are not finite, or whose products are not');
}

function normalEquations(
  design: readonly Float64Array[],
  values: ArrayLike<number>,
  weights?: ArrayLike<number>,
) {
  const terms = design[0]?.length ?? 0;
  const cross = new Float64Array(terms * terms);
  const right = new Float64Array(terms);
  for (const [index, row] of design.entries()) {
    const weight = weights?.[index] ?? 1;
    if (weight === 0) continue;
    for (let a = 0; a < terms; a++) {
      const left = weight * row[a]!;
      if (left === 0) continue;
      right[a]! += left * values[index]!;
      for (let b = 0; b <= a; b++) cross[a * terms + b]! += left * row[b]!;
    }
  }
  for (let a = 0; a < terms; a++) for (let b = 0; b < a; b++) cross[b * terms + a] = cross[a * terms + b]!;
  return { cross, right };
}

/** Sum of products, in the order of the indexes. */
export function dotProduct(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!;
  return sum;
}

/** Heteroscedasticity-consistent variances of the coefficients (HC3, MacKinnon and White 1985). */
export function hc3Variances(
  design: readonly Float64Array[],
  values: ArrayLike<number>,
  fit: LeastSquares,
): Float64Array {
  const terms = fit.coefficients.length;
  const bread = inverse(fit.factor);
  const variances = new Float64Array(terms);
  for (const [index, row] of design.entries()) {
    const solved = solve(fit.factor, row);
    const residual = (values[index]! - dotProduct(row, fit.coefficients)) / (1 - dotProduct(row, solved));
    for (let term = 0; term < terms; term++) {
      const influence = dotProduct(bread.subarray(term * terms, (term + 1) * terms), row) * residual;
      variances[term]! += influence * influence;
    }
  }
  return variances;
}
