import { dotProduct, leastSquares } from '../numerics/least-squares.ts';
import type { Observations } from './surface.ts';

/** Canonical polynomials of Scheffé (1958): shares sum to one, so there is no intercept. */
export type ScheffeOrder = 'linear' | 'quadratic';

/** Terms of a mixture: its shares, then for `quadratic` the products of pairs (0,1), (0,2), ..., (1,2), ... */
export function scheffeTerms(shares: Float64Array, order: ScheffeOrder): Float64Array {
  if (order === 'linear') return shares;
  const count = shares.length;
  const terms = new Float64Array(count + (count * (count - 1)) / 2);
  terms.set(shares);
  let at = count;
  for (let a = 0; a < count; a++) for (let b = a + 1; b < count; b++) terms[at++] = shares[a]! * shares[b]!;
  return terms;
}

export function pairNames(components: readonly string[]): (readonly [string, string])[] {
  return components.flatMap((first, index) =>
    components.slice(index + 1).map((second) => [first, second] as const),
  );
}

/** A polynomial fitted by least squares: the coefficients of its terms, and the sum of squared residuals. */
export function fitScheffe({ shares, values }: Observations, order: ScheffeOrder) {
  const design = shares.map((row) => scheffeTerms(row, order));
  const { coefficients } = leastSquares(design, values);
  const squares = design.reduce(
    (sum, row, index) => sum + (values[index]! - dotProduct(row, coefficients)) ** 2,
    0,
  );
  return { coefficients, squares };
}
